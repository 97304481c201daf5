import { checkDuplicates } from './duplicates';
import { checkEnvironment } from './environment';
import { checkLastApplied } from './last-applied';
import { checkMadeTwice } from './made-twice';
import { checkMounts } from './mounts';
import { checkOrder } from './order';
import { checkOtherConsumers } from './other-consumers';
import { checkPullSecrets } from './pull-secrets';
import { checkReadability } from './readability';
import { checkReferences } from './references';
import { checkSecret } from './secret';
import { checkMountable } from './service-accounts';
import { checkVariableFiles } from './variable-files';
import { checkVolumes } from './volumes';
import { checkRollout } from './workload';
import type { Cluster } from '../model/cluster';
import { podContext, type PodContext } from '../model/pod-context';
import { checkResource } from '../resources/check-resource';
import { checkEncryptedSecret } from '../resources/encrypted-secret';
import { isResource } from '../resources/is-resource';

const POD_CHECKS: readonly ((context: PodContext) => void)[] = [
  checkReferences, checkEnvironment, checkVariableFiles, checkVolumes, checkReadability, checkMounts, checkPullSecrets, checkMountable, checkOrder,
];

/** What the API server accepts in silence. Objects that it cannot even read are passed over. */
export function check(cluster: Cluster): void {
  for (const manifest of cluster.manifests) {
    if (!manifest.readable) continue;
    if (manifest.kind === 'Secret' && manifest.decoded !== undefined) checkSecret(manifest, cluster);
    if (isResource(manifest)) checkResource(manifest, cluster);
    else if (manifest.decoded === undefined && manifest.kind === 'Secret') checkEncryptedSecret(manifest);
    checkLastApplied(manifest);
    checkRollout(manifest);
    checkOtherConsumers(manifest, cluster);
    for (const pod of manifest.pods) {
      const context = podContext(cluster, manifest, pod);
      for (const checkPod of POD_CHECKS) checkPod(context);
    }
  }
  checkDuplicates(cluster);
  checkMadeTwice(cluster);
}
