import type { Codes } from '../../errors/codes';
import { MissingSecrets } from '../inspection-options';
import type { Cluster } from '../model/cluster';
import type { PodContext } from '../model/pod-context';
import { classId, providerClassOf } from '../model/provider-classes';
import { secretReferences } from '../model/secret-references';
import { quote } from '../quote';
import { reportMissing } from '../resources/references';

/** The codes of this rule. */
export const PROVIDER_CLASS_CODES = {
  UnknownProviderClass: {
    cause: 'A volume of the Secrets Store CSI driver names a SecretProviderClass that no manifest makes in its namespace. The pod does not start (FailedMount) until there is one.',
    example: 'volumeAttributes: { secretProviderClass: vualt } where the class is called "vault"',
    fix: 'Correct the name, or add the class. Where it exists in the cluster, acknowledge the finding.',
    warns: 'in an app, and in a repository without --missing-secrets error',
  },
  SecretNeedsMount: {
    cause: 'A pod uses a Secret that the Secrets Store CSI driver makes, and no pod mounts the SecretProviderClass that it is made of. The driver makes the Secret when it mounts the files: without a mount the pod waits for ever.',
    example: 'env from a Secret of secretObjects, in a pod without a volume of the class',
    fix: 'Mount a volume of the class in the pod too, or have a SecretSync make the Secret.',
    warns: 'in a repository without --missing-secrets error',
  },
} as const satisfies Codes;

const GROUP = 'secrets-store.csi.x-k8s.io';
const KIND = 'SecretProviderClass';

/** Volumes of the Secrets Store CSI driver, and Secrets that it makes while they are mounted. */
export function checkProviderClasses(context: PodContext): void {
  const { volumes, out, cluster, manifest, namespace } = context;
  for (const { volume: { csi }, path } of volumes) {
    const name = providerClassOf(csi);
    if (name === undefined) continue;
    const at = path.child('csi');
    if (csi!.readOnly !== true) {
      out.fails('InvalidProviderClass', at.child('readOnly'), 'the driver only mounts volumes with readOnly: true: the pod does not start (FailedMount)', 'write readOnly: true');
    }
    const field = at.child('volumeAttributes').key('secretProviderClass');
    if (name === '') {
      out.fails('InvalidProviderClass', field, 'no SecretProviderClass is named: the pod does not start (FailedMount)', 'name one of the same namespace');
    } else if (cluster.resources.find(GROUP, KIND, name, namespace) === undefined) {
      const without = 'until there is one, the pod does not start (FailedMount)';
      reportMissing({ code: 'UnknownProviderClass', group: GROUP, kind: KIND, name, path: field, without }, manifest, cluster);
    }
  }
  checkMounted(context);
}

/** A Secret that the driver makes is only there while some pod mounts its class. */
function checkMounted({ pod, out, cluster, namespace }: PodContext): void {
  if (!hasClasses(cluster) || cluster.missingSecrets === MissingSecrets.IGNORE) return;
  // in a repository, a pod that is not in it may mount the class
  const say = (cluster.missingSecrets === MissingSecrets.ERROR ? out.fails : out.surprises).bind(out);
  const seen = new Set<string>();
  for (const { secretName, optional, field } of secretReferences(pod.spec, pod.path)) {
    const maker = cluster.secrets.get(namespace, secretName)?.manifest;
    if (optional || maker?.kind !== KIND || seen.has(secretName)) continue;
    seen.add(secretName);
    if ([namespace, maker.namespace, ''].some(one => cluster.mountedClasses.has(classId(one, maker.name)))) continue;
    say('SecretNeedsMount', field, `the driver makes the Secret ${quote(secretName)} while a pod mounts its class ${quote(maker.name)}, and none does`,
      `mount a volume of the class in this pod: driver secrets-store.csi.k8s.io, secretProviderClass ${quote(maker.name)}`);
  }
}

function hasClasses({ resources }: Cluster): boolean {
  return resources.has(GROUP, KIND);
}
