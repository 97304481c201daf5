import { didYouMeanAmong } from '../../errors/suggest';
import type { Cluster } from '../model/cluster';
import type { KeySelector } from '../model/key-selectors';
import { isKnownHere } from '../model/known-here';
import type { Manifest } from '../model/manifest';
import { quote } from '../quote';

/** Keys of Secrets that an operator reads, and that the Secret will not have. Whether there is the Secret at all is not asked: credentials are often put into a cluster by hand. */
export function checkKeySelectors(selectors: readonly KeySelector[], manifest: Manifest, cluster: Cluster): void {
  const { findings: out } = manifest;
  for (const { name, key, namespace: named, isOfConfigMap, path } of selectors) {
    const namespace = named || manifest.namespace;
    const secret = isOfConfigMap ? undefined : cluster.secrets.get(namespace, name);
    if (secret?.keys === undefined || secret.keys.has(key)) continue;
    const message = `the Secret ${quote(name)} has no key ${quote(key)}`;
    const next = didYouMeanAmong(key, secret.keys, 'keys');
    if (isKnownHere(secret, manifest, cluster)) out.fails('UnknownKey', path.child('key'), `${message}, which the operator reads`, next);
    else out.elsewhere('UnknownKey', path.child('key'), `${message}, which the operator reads, unless something else adds it`, next, JSON.stringify([namespace, name, key]));
  }
}
