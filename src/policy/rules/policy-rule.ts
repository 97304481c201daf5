import type { Cluster } from '../../inspect/model/cluster';
import type { Manifest } from '../../inspect/model/manifest';

/** What a platform demands of one manifest. What violates it is added to the findings of the manifest. */
export type PolicyRule = (manifest: Manifest, cluster: Cluster) => void;
