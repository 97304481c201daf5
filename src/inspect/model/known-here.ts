import type { Cluster } from './cluster';
import type { KnownSecret } from './known-secrets';
import { areNeighbours, type Manifest } from './manifest';
import { MissingSecrets } from '../inspection-options';

/**
 * Whether what a repository says of the keys of a Secret is all that there is to say: in an app it is. In a repository a Secret without any
 * key is filled by something else, and one that stands somewhere else may be that of another example.
 */
export function isKnownHere(secret: KnownSecret, manifest: Manifest, cluster: Cluster): boolean {
  if (cluster.missingSecrets === MissingSecrets.ERROR) return true;
  if (secret.keys?.size === 0) return false;
  const makers = secret.makers ?? (secret.manifest === undefined ? [] : [secret.manifest]);
  return makers.length === 0 || makers.some(maker => areNeighbours(maker, manifest));
}
