import type { Codes } from '../../errors/codes';
import { serviceAccountOf, type PodContext } from '../model/pod-context';
import { secretReferences, SecretUse } from '../model/secret-references';
import { entryOf } from '../model/string-map';
import { quote } from '../quote';

/** The code of this rule. */
export const SERVICE_ACCOUNT_CODES = {
  NotMountable: {
    cause: 'A ServiceAccount with the annotation kubernetes.io/enforce-mountable-secrets lets pods use only the Secrets that it lists; the pod is refused.',
    example: 'a pod that uses a Secret which its ServiceAccount does not list',
    fix: 'List it, or remove the annotation (deprecated since 1.32).',
  },
} as const satisfies Codes;

/** With this annotation a ServiceAccount limits the Secrets of its pods to those that it lists. */
const MOUNTABLE_ONLY = 'kubernetes.io/enforce-mountable-secrets';

/** Secrets that the pod's ServiceAccount does not let it use. Projected volumes are not looked at by the cluster. */
export function checkMountable({ pod, cluster, namespace, out }: PodContext): void {
  const name = serviceAccountOf(pod);
  const account = cluster.serviceAccount(namespace, name);
  if (account === undefined || entryOf(account.metadata?.annotations, MOUNTABLE_ONLY) !== 'true') return;
  const mountable = new Set((account.secrets ?? []).map(secret => secret.name));
  const pullable = new Set((account.imagePullSecrets ?? []).map(secret => secret.name));
  for (const { secretName, how, field } of secretReferences(pod.spec, pod.path)) {
    const listed = how === SecretUse.IMAGE_PULL ? pullable : mountable;
    if (how === SecretUse.PROJECTED_VOLUME || how === SecretUse.VOLUME_DRIVER || listed.has(secretName)) continue;
    out.fails('NotMountable', field, `the ServiceAccount ${quote(name)} does not list the Secret ${quote(secretName)}: the pod is refused`,
      how === SecretUse.IMAGE_PULL ? 'add it to imagePullSecrets of the ServiceAccount' : 'add it to secrets of the ServiceAccount');
  }
}
