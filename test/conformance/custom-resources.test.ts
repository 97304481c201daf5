import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inspection } from '../../src/app/inspection';
import { KINDS } from '../../src/crd/schemas';
import { Stage, type Finding } from '../../src/inspect/finding';

/**
 * What the code of the API server (k8s.io/apiextensions-apiserver 0.35.4: pruning, defaults, schema, list maps, CEL) says of custom resources by the
 * definitions that src/crd/schemas.ts is made of.
 */
interface Verdict {
  readonly object: { readonly apiVersion: string; readonly kind: string };
  /** Fields that there are not. */
  readonly unknown: readonly string[];
  /** What is wrong, and the field. */
  readonly errors: readonly string[];
}

const VERDICTS: readonly Verdict[] = readFileSync(join(__dirname, 'custom-resources.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Verdict);
const CASES = VERDICTS.map((verdict, index) => [`${verdict.object.kind} ${index + 1}`, verdict] as const);

/** Entries of maps stand in brackets here, and behind a dot there. */
const plain = (path: string) => path.replace(/\[([^\]]*)\]/g, (whole, key: string) => /^\d+$/.test(key) ? whole : `.${key}`);
const sorted = (paths: readonly string[]) => [...new Set(paths)].sort();

test.each(CASES)('the schema of %s refuses what the API server refuses', (_, { object, unknown, errors }) => {
  const { findings } = Inspection.fromManifests([object]);
  const at = (stage: Stage, isIt: (finding: Finding) => boolean = () => true) => {
    return sorted(findings.filter(finding => finding.stage === stage && isIt(finding)).map(({ path }) => plain(path)));
  };
  const wrong = at(Stage.VALIDATION, ({ code }) => code === 'WrongFieldType');
  // what stands below a value of another type is not looked at
  const known = (path: string) => !wrong.some(field => path.startsWith(`${field}.`) || path.startsWith(`${field}[`));
  expect(at(Stage.STRICT_DECODING)).toEqual(sorted(unknown.filter(known)));
  // rules in CEL are only asked where nothing else is wrong with the whole object; here, with the value that they are about
  const theirs = sorted(errors.map(error => error.slice(error.indexOf(' ') + 1)));
  expect(at(Stage.VALIDATION, ({ code, path }) => !isOfWebhook(code, path) || theirs.includes(plain(path)))).toEqual(theirs);
});

/** What webhooks refuse too, besides the definitions. */
function isOfWebhook(code: string, path: string): boolean {
  return ['InvalidExternalSecret', 'ConflictingFields', 'InvalidFormat'].includes(code) || path === 'spec.issuerRef.kind';
}

test('every kind that is served has verdicts', () => {
  const idOf = ({ object: { apiVersion, kind } }: Verdict) => `${apiVersion.split('/')[0]}/${kind}`;
  expect(new Set(VERDICTS.map(idOf))).toEqual(new Set(Object.keys(KINDS)));
});
