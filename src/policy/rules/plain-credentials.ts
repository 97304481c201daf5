import type { PolicyRule } from './policy-rule';
import { credentialIn } from '../../inspect/credentials/credential-in-text';
import { isNamedCredential } from '../../inspect/credentials/credential-names';
import { FieldPath } from '../../inspect/field-path';
import type { Manifest } from '../../inspect/model/manifest';
import { record } from '../../inspect/model/untyped';
import { quote } from '../../inspect/quote';
import { LAST_APPLIED } from '../../kubernetes/last-applied';

/** Maps of which the keys are anybody's texts. */
const MAPS: ReadonlySet<string> = new Set(['data', 'binaryData', 'stringData', 'annotations', 'labels', 'encryptedData', 'matchLabels', 'nodeSelector']);

/** Deeper than any object of Kubernetes is. */
const MAX_DEPTH = 100;

/** No credential outside of Secrets: in ConfigMaps, variables, arguments, annotations, custom resources. */
export const forbidPlainCredentials: PolicyRule = manifest => {
  const found = new Set<string>();
  for (const { text, path } of textsOf(manifest)) {
    const what = credentialIn(text);
    if (what === undefined) continue;
    found.add(path.toString());
    manifest.findings.fails('PlaintextCredential', path, `${what} stands here, where everybody who has the manifest can read it`, NEXT);
  }
  for (const { name, value, path } of settingsOf(manifest)) {
    if (found.has(path.toString()) || !isNamedCredential(name, value)) continue;
    manifest.findings.surprises('PlaintextCredential', path, `the value of ${quote(name)} stands here, where everybody who has the manifest can read it`, NEXT);
  }
};

const NEXT = 'replace it, as it is known now, and refer to a Secret that is sealed, encrypted or made in the cluster';

interface Setting {
  readonly name: string;
  readonly value: string;
  readonly path: FieldPath;
}

/** What has a name and a value: entries of a ConfigMap, variables, and options of a program. */
function* settingsOf({ kind, raw, pods }: Manifest): Generator<Setting> {
  if (kind === 'ConfigMap') {
    for (const [name, value] of Object.entries(record(raw.data))) {
      if (typeof value === 'string') yield { name, value, path: FieldPath.ROOT.child('data').key(name) };
    }
  }
  for (const { spec, path } of pods) {
    for (const field of ['initContainers', 'containers'] as const) {
      for (const [index, { env = [], args = [], command = [] }] of (spec[field] ?? []).entries()) {
        const at = path.child(field).index(index);
        for (const [entry, { name, value }] of env.entries()) {
          if (typeof name === 'string' && typeof value === 'string') yield { name, value, path: at.child('env').index(entry).child('value') };
        }
        yield* optionsOf(command, at.child('command'));
        yield* optionsOf(args, at.child('args'));
      }
    }
  }
}

/** `--name=value`, and `--name` with the value behind it. */
function* optionsOf(words: readonly unknown[], path: FieldPath): Generator<Setting> {
  for (const [index, word] of words.entries()) {
    if (typeof word !== 'string' || !word.startsWith('-')) continue;
    const equals = word.indexOf('=');
    if (equals !== -1) yield { name: word.slice(0, equals), value: word.slice(equals + 1), path: path.index(index) };
    const next = words[index + 1];
    if (equals === -1 && typeof next === 'string' && !next.startsWith('-')) yield { name: word, value: next, path: path.index(index + 1) };
  }
}

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
