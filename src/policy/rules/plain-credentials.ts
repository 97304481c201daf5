import type { PolicyRule } from './policy-rule';
import { credentialIn } from '../../inspect/credentials/credential-in-text';
import { FieldPath } from '../../inspect/field-path';
import type { Manifest } from '../../inspect/model/manifest';
import { LAST_APPLIED } from '../../kubernetes/last-applied';

/** Maps of which the keys are anybody's texts. */
const MAPS: ReadonlySet<string> = new Set(['data', 'binaryData', 'stringData', 'annotations', 'labels', 'encryptedData', 'matchLabels', 'nodeSelector']);

/** Deeper than any object of Kubernetes is. */
const MAX_DEPTH = 100;

/** No credential outside of Secrets: in ConfigMaps, variables, arguments, annotations, custom resources. */
export const forbidPlainCredentials: PolicyRule = manifest => {
  for (const { text, path } of textsOf(manifest)) {
    const what = credentialIn(text);
    if (what === undefined) continue;
    manifest.findings.fails('PlaintextCredential', path, `${what} stands here, where everybody who has the manifest can read it`,
      'replace it, as it is known now, and refer to a Secret that is sealed, encrypted or made in the cluster');
  }
};

interface PlacedText {
  readonly text: string;
  readonly path: FieldPath;
}

/** Every text of an object but the values of a Secret, of which another rule speaks. */
function* textsOf({ kind, apiVersion, raw }: Manifest): Generator<PlacedText> {
  const values = kind === 'Secret' && apiVersion === 'v1' ? ['data', 'stringData'] : [];
  for (const [name, value] of Object.entries(raw)) {
    if (!values.includes(name)) yield* textsIn(value, FieldPath.ROOT.child(name), MAPS.has(name), 0);
  }
}

function* textsIn(value: unknown, path: FieldPath, isMap: boolean, depth: number): Generator<PlacedText> {
  if (typeof value === 'string') yield { text: value, path };
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsIn(item, path.index(index), false, depth + 1);
    return;
  }
  for (const [name, child] of Object.entries(value)) {
    if (name !== LAST_APPLIED) yield* textsIn(child, isMap ? path.key(name) : path.child(name), MAPS.has(name), depth + 1);
  }
}
