import { createHash } from 'node:crypto';
import type { IConstruct } from 'constructs';
import { annotate, type PodTemplate } from './pod-template';
import { besideSecrets, secretChecksum, seenSecrets } from './secret-checksum';
import type { Problem } from '../errors/problem';
import { quoteList } from '../errors/suggest';
import { list, record } from '../inspect/model/untyped';
import { SecretRegistry } from '../secret/secret-registry';

/** The annotation that carries the checksum; Helm charts use the same. */
export const CHECKSUM_ANNOTATION = 'checksum/secret';

const RELOAD_SECRETS = 'secret.reloader.stakater.com/auto';
const RELOAD_CONFIG_MAPS = 'configmap.reloader.stakater.com/auto';
const RELOAD_PROVIDER_CLASSES = 'secretproviderclass.reloader.stakater.com/auto';

/** The kinds whose pods are replaced when their template changes. */
const ROLLING: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout', 'Service']);

/** Annotations by name; those that are undefined are left out. */
export type Annotations = Readonly<Record<string, string | undefined>>;

/** Why a rollout is asked of a pod. */
export enum Asked {
  /** Nobody chose one. */
  BY_DEFAULT,
  /** It was chosen for a scope, which may hold workloads of all kinds. */
  OF_SCOPE,
  /** It was chosen for this workload. */
  OF_WORKLOAD,
}

/** A pod template that is being rendered. */
export interface Rolling {
  readonly pod: PodTemplate;
  readonly construct: IConstruct;
  readonly namespace: string | undefined;
  readonly manifest: Record<string, unknown>;
  readonly asked: Asked;
}

/** What is wrong with a rollout. */
export interface RolloutProblem {
  readonly problem: Problem;
  readonly isWarning?: boolean;
  /** The code under which the manifest shows the same, where a policy looks for it. */
  readonly insteadOf?: Problem['code'];
}

/** One way to restart pods. */
export interface RolloutVariant {
  /** Why it can do nothing for a kind of workload. */
  refuses?(kind: string): Problem | undefined;
  /** Annotations of a pod template, or of its workload. */
  annotations(scope: IConstruct, namespace: string | undefined, podSpec: unknown): Annotations;
  /** What the pods must keep to. */
  problems?(scope: IConstruct, namespace: string | undefined, podSpec: unknown): Problem[];
  /** Has the pods of a template restarted. */
  roll(rolling: Rolling): RolloutProblem[];
}

export const checksumRollout: RolloutVariant = {
  annotations: (scope, namespace, podSpec) => ({ [CHECKSUM_ANNOTATION]: secretChecksum(scope, namespace, podSpec) }),
  roll: ({ pod, construct, namespace, manifest, asked }) => {
    if (asked !== Asked.OF_WORKLOAD && !ROLLING.has(String(manifest.kind))) return [];
    const checksum = secretChecksum(construct, namespace, pod.spec);
    if (checksum !== undefined) pod.annotate(CHECKSUM_ANNOTATION, withOther(pod.annotation(CHECKSUM_ANNOTATION), checksum));
    return asked === Asked.BY_DEFAULT ? [] : ineffective(construct, namespace, pod.spec);
  },
};

export const hashedNameRollout: RolloutVariant = {
  annotations: () => ({}),
  problems: withoutHashedName,
  roll: ({ pod, construct, namespace }) => withoutHashedName(construct, namespace, pod.spec).map(problem => ({ problem, insteadOf: problem.code })),
};

export const reloaderRollout: RolloutVariant = {
  refuses: kind => kind !== 'Pod' ? undefined : {
    code: 'UnsupportedWorkload',
    message: 'nothing restarts a Pod that no workload made',
    next: 'make it a Deployment, StatefulSet or DaemonSet',
  },
  annotations: (scope, namespace, podSpec) => ({
    [RELOAD_SECRETS]: 'true',
    [RELOAD_CONFIG_MAPS]: besideSecrets(scope, namespace, podSpec).length > 0 ? 'true' : undefined,
    [RELOAD_PROVIDER_CLASSES]: mountsProviderClass(podSpec) ? 'true' : undefined,
  }),
  roll: ({ pod, construct, namespace, manifest, asked }) => {
    if (manifest.kind === 'Pod' || (asked === Asked.OF_SCOPE && !seesWhatReloads(construct, namespace, pod.spec))) return [];
    for (const [name, value] of Object.entries(reloaderRollout.annotations(construct, namespace, pod.spec))) {
      if (value !== undefined) annotate(manifest, name, value);
    }
    return [];
  },
};

export const noRollout: RolloutVariant = { annotations: () => ({}), roll: () => [] };

/** A checksum that is there already, of a chart or a function, still counts. */
function withOther(other: unknown, checksum: string): string {
  return typeof other !== 'string' || other === checksum ? checksum : createHash('sha256').update(`${other}\n${checksum}`).digest('hex');
}

/** The secrets whose changes a checksum does not show, where one was asked for. */
function ineffective(scope: IConstruct, namespace: string | undefined, podSpec: unknown): RolloutProblem[] {
  const registry = SecretRegistry.of(scope);
  const unknown = seenSecrets(podSpec).filter(name => {
    const secret = registry.find(namespace, name);
    return secret?._restarted === undefined && !(secret?.keyNames ?? []).some(key => secret?._checksumInput(key) !== undefined);
  });
  return unknown.length === 0 ? [] : [{
    isWarning: true,
    problem: {
      code: 'RolloutIneffective',
      message: `SecretRollout.checksum() does not see the values of ${unknown.length === 1 ? 'secret' : 'secrets'} ${quoteList(unknown)} change: they are not known here`,
      next: 'use SecretRollout.reloader(), or SecretRollout.none() where nothing has to restart',
    },
  }];
}

/** The secrets that a pod sees as variables or files, and whose names stay when their values change. */
function withoutHashedName(scope: IConstruct, namespace: string | undefined, podSpec: unknown): Problem[] {
  const registry = SecretRegistry.of(scope);
  const secrets = seenSecrets(podSpec).filter(name => registry.find(namespace, name)?._hasHashedName !== true);
  const configMaps = besideSecrets(scope, namespace, podSpec).map(({ configMap }) => configMap)
    .filter(({ _hasHashedName: isHashed }) => !isHashed).map(({ name }) => name);
  return [
    ...secrets.map(name => nameStays(`secret ${JSON.stringify(name)}`, 'it')),
    ...[...new Set(configMaps)].map(name => nameStays(`ConfigMap ${JSON.stringify(name)}`, 'its secret')),
  ];
}

function nameStays(what: string, declared: string): Problem {
  return {
    code: 'RolloutRequired',
    message: `the name of ${what} stays when its values change, so nothing restarts these pods`,
    next: `declare ${declared} with hashedName: true, or use SecretRollout.checksum() or .reloader()`,
  };
}

/** Whether pods see something whose changes Reloader sees. */
function seesWhatReloads(scope: IConstruct, namespace: string | undefined, podSpec: unknown): boolean {
  return seenSecrets(podSpec).length > 0 || mountsProviderClass(podSpec) || besideSecrets(scope, namespace, podSpec).length > 0;
}

function mountsProviderClass(podSpec: unknown): boolean {
  return list(record(podSpec).volumes).some(volume => record(record(record(volume).csi).volumeAttributes).secretProviderClass !== undefined);
}
