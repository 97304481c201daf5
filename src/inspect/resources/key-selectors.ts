import { didYouMean } from '../../errors/suggest';
import type { FieldPath } from '../field-path';
import type { Cluster } from '../model/cluster';
import { isKnownHere } from '../model/known-here';
import { Nearness } from '../model/known-secrets';
import type { Manifest } from '../model/manifest';
import { isRecord, text } from '../model/untyped';
import { quote } from '../quote';

/** How deep settings are looked through. */
const MAX_DEPTH = 12;

/** How many keys a suggestion is looked for among. */
const MAX_CANDIDATES = 50;

/** What names a key of a Secret, or of a ConfigMap, somewhere in the settings of an object. */
export interface KeySelector {
  readonly name: string;
  readonly key: string;
  /** Empty where none is named. */
  readonly namespace: string;
  readonly isOfConfigMap: boolean;
  readonly path: FieldPath;
}

/** Whatever has a `name` and a `key`, as the selectors of the operators do. */
export function keySelectors(value: unknown, path: FieldPath): KeySelector[] {
  const found: KeySelector[] = [];
  const look = (at: unknown, here: FieldPath, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(at)) at.forEach((item, index) => look(item, here.index(index), depth + 1));
    if (!isRecord(at)) return;
    const name = text(at.name);
    const key = text(at.key);
    if (name !== '' && key !== '') found.push({ name, key, namespace: text(at.namespace), isOfConfigMap: at.type === 'ConfigMap', path: here });
    for (const field of Object.keys(at)) look(at[field], here.child(field), depth + 1);
  };
  look(value, path, 0);
  return found;
}

/** Keys of Secrets that an operator reads, and that the Secret will not have. Whether there is the Secret at all is not asked: credentials are often put into a cluster by hand. */
export function checkKeySelectors(selectors: readonly KeySelector[], manifest: Manifest, cluster: Cluster): void {
  const { findings: out } = manifest;
  for (const { name, key, namespace: named, isOfConfigMap, path } of selectors) {
    const namespace = named || manifest.namespace;
    const found = isOfConfigMap ? undefined : cluster.secrets.find(namespace, name);
    if (found === undefined || found.nearness === Nearness.ELSEWHERE) continue;
    const { secret } = found;
    if (secret.keys === undefined || secret.keys.has(key)) continue;
    const message = `the Secret ${quote(name)} has no key ${quote(key)}`;
    const next = didYouMean(key, [...secret.keys].slice(0, MAX_CANDIDATES), 'keys');
    if (isKnownHere(secret, manifest, cluster)) out.fails('UnknownKey', path.child('key'), `${message}, which the operator reads`, next);
    else out.elsewhere('UnknownKey', path.child('key'), `${message}, which the operator reads, unless something else adds it`, next, JSON.stringify([namespace, name, key]));
  }
}
