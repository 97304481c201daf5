import type { Cluster } from './cluster';
import { makersOf, type KnownSecret } from './known-secrets';
import { areNeighbours, type Manifest } from './manifest';
import type { FindingsOfObject } from '../findings-of-object';
import { MissingSecrets } from '../inspection-options';

/**
 * Whether what a repository says of the keys of a Secret is all that there is to say: in an app it is. In a repository a Secret without any
 * key is filled by something else, and one that stands somewhere else may be that of another example.
 */
export function isKnownHere(secret: KnownSecret, manifest: Manifest, cluster: Cluster): boolean {
  if (cluster.missingSecrets === MissingSecrets.ERROR) return true;
  if (secret.keys?.size === 0) return false;
  const makers = makersOf(secret);
  return makers.length === 0 || makers.some(maker => areNeighbours(maker, manifest));
}

/** How it is reported that a Secret lacks a key: as an error, or as a warning where something else may add it. */
export function reproachOfKeys(secret: KnownSecret, manifest: Manifest, cluster: Cluster): FindingsOfObject['fails'] {
  const { findings: out } = manifest;
  return (isKnownHere(secret, manifest, cluster) ? out.fails : out.surprises).bind(out);
}
