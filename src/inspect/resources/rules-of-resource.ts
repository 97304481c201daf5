import type { Cluster } from '../model/cluster';
import type { Manifest } from '../model/manifest';

/** What is looked for in a kind beyond its schema. */
export interface ResourceRules {
  /** What the webhook of its operator refuses. */
  readonly validate?: (manifest: Manifest, spec: Readonly<Record<string, unknown>>) => void;
  /** What its operator cannot do, or does otherwise than it reads. */
  readonly check?: (manifest: Manifest, spec: Readonly<Record<string, unknown>>, cluster: Cluster) => void;
}
