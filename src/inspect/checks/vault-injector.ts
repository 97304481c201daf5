import type { Codes } from '../../errors/codes';
import { isGoTrue } from '../../kubernetes/go-bool';
import type { PodContext } from '../model/pod-context';
import { mountsToken } from '../model/service-account-token';
import { entryOf } from '../model/string-map';

const PREFIX = 'vault.hashicorp.com/';

/** Namespaces in which it injects nothing. */
const SYSTEM_NAMESPACES = ['kube-system', 'kube-public'];

/** Annotations by which the agent may end by itself, or not be what it usually is. */
const MAY_END = ['agent-enable-quit', 'agent-configmap', 'agent-json-patch'];

/** The codes of this rule. */
export const VAULT_INJECTOR_CODES = {
  InjectorRefusesPod: {
    cause: 'The injector of the Vault agent refuses the pods: no container has the token of the ServiceAccount that the agent logs in with, or the namespace is one of the system. The workload makes no pods.',
    example: 'vault.hashicorp.com/agent-inject: "true" on pods with automountServiceAccountToken: false',
    fix: 'Set automountServiceAccountToken: true on the pods (cdk8s-plus sets false), or name a volume with a token: vault.hashicorp.com/agent-service-account-token-volume-name.',
  },
  InjectorKeepsJob: {
    cause: 'The Vault agent runs beside the container of a Job, and goes on when that has ended: the Job never completes.',
    example: 'a Job with vault.hashicorp.com/agent-inject: "true" and nothing more',
    fix: 'Set vault.hashicorp.com/agent-pre-populate-only: "true": the agent then writes the files before the container starts, and ends.',
    warns: true,
  },
} as const satisfies Codes;

/** Pods that ask for an agent of Vault, and do not get it, or do not get rid of it. */
export function checkVaultInjector(context: PodContext): void {
  const { pod, manifest, namespace, out } = context;
  const annotation = (name: string) => entryOf(pod.metadata.annotations, `${PREFIX}${name}`) ?? '';
  if (!isGoTrue(annotation('agent-inject')) || annotation('agent-inject-status') === 'injected') return;

  if (SYSTEM_NAMESPACES.includes(namespace)) {
    out.fails('InjectorRefusesPod', pod.metadataPath, `the injector of Vault injects nothing in the namespace "${namespace}", and refuses the pods`, 'move the workload to a namespace of its own');
  } else if (annotation('agent-service-account-token-volume-name') === '' && !hasToken(context)) {
    out.fails('InjectorRefusesPod', pod.path.child('automountServiceAccountToken'), 'the injector of Vault refuses the pods: no container has the token of the ServiceAccount, with which the agent logs in',
      'set automountServiceAccountToken: true');
  }

  const isJob = manifest.kind === 'Job' || manifest.kind === 'CronJob';
  if (isJob && !isGoTrue(annotation('agent-pre-populate-only')) && !MAY_END.some(name => annotation(name) !== '')) {
    out.surprises('InjectorKeepsJob', pod.metadataPath, `the Vault agent goes on running when the containers of the ${manifest.kind} have ended, which so never completes`,
      `add the annotation ${PREFIX}agent-pre-populate-only: "true" to the pods`);
  }
}

/** Whether the injector finds a mount of a token: by the path, and in containers that are no init containers. */
function hasToken(context: PodContext): boolean {
  if (mountsToken(context)) return true;
  return context.pod.spec.containers?.some(({ volumeMounts }) => volumeMounts?.some(({ mountPath }) => mountPath?.includes('serviceaccount'))) === true;
}
