import type { PolicyRule } from './policy-rule';
import { podContext, serviceAccountOf } from '../../inspect/model/pod-context';
import { mountsToken } from '../../inspect/model/service-account-token';
import { keysOf } from '../../inspect/model/string-map';
import { quote } from '../../inspect/quote';

/** The account of pods that name none. */
const DEFAULT = 'default';

/** No token is mounted that nothing needs: nobody has allowed its account anything. What the rights of an account from elsewhere are is not known. */
export const limitTokens: PolicyRule = (manifest, cluster) => {
  if (manifest.decoded === undefined) return;
  for (const pod of manifest.pods) {
    const account = serviceAccountOf(pod);
    const isKnown = account === DEFAULT || cluster.serviceAccount(manifest.namespace, account) !== undefined;
    if (!isKnown || cluster.boundAccounts.has(manifest.namespace, account) || !mountsToken(podContext(cluster, manifest, pod))) continue;
    // what is injected logs in with the token: Vault's agent, for example
    if ([...keysOf(pod.metadata.annotations), ...keysOf(pod.metadata.labels)].some(name => name.includes('inject'))) continue;
    manifest.findings.surprises('TokenMounted', pod.path.child('automountServiceAccountToken'),
      `the token of the ServiceAccount ${quote(account)} is mounted into every container, and no binding allows it anything`, 'set automountServiceAccountToken: false');
  }
};
