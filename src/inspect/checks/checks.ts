import { RULES, type Rule } from './rules';
import type { Cluster } from '../model/cluster';
import { podContext } from '../model/pod-context';
import { checkResource } from '../resources/check-resource';
import { checkEncryptedSecret } from '../resources/encrypted-secret';
import { isResource } from '../resources/is-resource';

/** What the API server accepts in silence. Objects that it cannot even read are passed over. */
export function check(cluster: Cluster): void {
  const rules: readonly Rule[] = RULES;
  const ofObjects = rules.flatMap(rule => rule.object ?? []);
  const ofPods = rules.flatMap(rule => rule.pod ?? []);
  for (const manifest of cluster.manifests) {
    if (!manifest.readable) continue;
    if (isResource(manifest)) checkResource(manifest, cluster);
    else if (manifest.decoded === undefined && manifest.kind === 'Secret') checkEncryptedSecret(manifest);
    for (const checkObject of ofObjects) checkObject(manifest, cluster);
    for (const pod of manifest.pods) {
      const context = podContext(cluster, manifest, pod);
      for (const checkPods of ofPods) checkPods(context);
    }
  }
  for (const rule of rules) rule.cluster?.(cluster);
}
