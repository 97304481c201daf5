import { Charts, type Imported } from './charts';
import { makerOf } from './clean';
import { HiddenValues } from './hide-values';
import { KnownNames } from './known-names';
import { LeftOut } from './left-out';
import { isSecret } from './manifest-kinds';
import { Names } from './names';
import { NeededValues } from './needed-values';
import { ObjectImporter } from './object-importer';
import { printStatement } from './print';
import { SecretImporter } from './secret-importer';
import { WholeProgram } from './whole-program';
import { CustomResources } from '../../inspect/model/custom-resources';
import type { Manifest } from '../../inspect/model/manifest';
import { readManifests } from '../../inspect/model/read-manifests';
import { secretsOf } from '../../inspect/model/secrets-of-manifest';
import { isRecord } from '../../inspect/model/untyped';
import type { ManifestSource } from '../../inspect/read/manifest-source';

/** A program, and what has to be said about it. */
export interface ImportedProgram {
  /** TypeScript. */
  readonly text: string;
  readonly values: NeededValues;
  /** What is not in it, and why. */
  readonly leftOut: LeftOut;
  /** How many objects the manifests have. */
  readonly objectCount: number;
}

/** Makes a program of manifests, whose synth makes the same objects. */
export function importManifests(sources: readonly ManifestSource[]): ImportedProgram {
  const leftOut = new LeftOut();
  const manifests = readManifests(sources, '');
  const kept = manifests.filter(manifest => isKept(manifest, leftOut));
  const variables = Names.ofVariables();
  const charts = new Charts(variables);
  const names = new KnownNames(variables);
  const values = new NeededValues();
  const hidden = new HiddenValues(manifests);
  const secrets = new SecretImporter(values, leftOut);
  const objects = new ObjectImporter(names, values, hidden, leftOut);
  const importerOf = (manifest: Manifest) => isSecret(manifest) ? secrets : objects;

  for (const { raw } of kept) charts.of(raw);
  const resources = new CustomResources(kept);
  for (const manifest of kept) {
    const chart = charts.of(manifest.raw);
    const isDeclared = importerOf(manifest).canDeclare(manifest, chart);
    for (const { name, type, keys } of secretsOf(manifest, () => resources)) {
      const facts = {
        name,
        ...chart.namespace === undefined ? {} : { namespace: chart.namespace },
        ...keys === undefined ? {} : { keys: [...keys].sort() },
        ...type === undefined ? {} : { type },
      };
      if (isDeclared) names.declare(facts);
      else names.make(facts);
    }
  }
  const all = kept.flatMap(manifest => {
    const imported = values.during(() => printable(importerOf(manifest).import(manifest, charts.of(manifest.raw)), manifest, hidden, leftOut));
    return imported === undefined ? [] : [imported];
  });
  const text = new WholeProgram(all, charts, names, variables).print(values, printed => !hidden.isIn(printed));
  return { text, values, leftOut, objectCount: manifests.length };
}

function isKept(manifest: Manifest, leftOut: LeftOut): boolean {
  const { raw, kind, apiVersion } = manifest;
  const maker = makerOf(raw);
  const isObject = isRecord(raw.metadata) && kind !== '' && apiVersion !== '';
  if (!isObject) leftOut.add(manifest, 'it is no object of Kubernetes with a name');
  else if (maker !== undefined) leftOut.addMade(manifest, maker);
  return isObject && maker === undefined;
}

/** Nothing goes into a program that prints a value: this is the last look, after all that was hidden. */
function printable(imported: Imported | undefined, manifest: Manifest, hidden: HiddenValues, leftOut: LeftOut): Imported | undefined {
  if (imported === undefined) return undefined;
  const lines = printStatement({ code: imported.code, comments: imported.comments }).split('\n');
  return lines.some(line => hidden.isIn(line)) ? leftOut.add(manifest, 'it holds the value of a Secret where none is expected') : imported;
}
