import { resourceRules } from './resource-rules';
import type { Cluster } from '../model/cluster';
import { groupOf } from '../model/custom-resources';
import type { Manifest } from '../model/manifest';
import { record } from '../model/untyped';

/** What the operator of a custom resource cannot do, or does otherwise than it reads. */
export function checkResource(manifest: Manifest, cluster: Cluster): void {
  resourceRules(groupOf(manifest), manifest.kind)?.check?.(manifest, record(manifest.raw.spec), cluster);
}
