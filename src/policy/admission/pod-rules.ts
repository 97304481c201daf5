import type { AdmissionRule, AdmissionTarget } from './admission-rule';
import { DEFAULT_MODE, formatMode, hasBits } from '../../kubernetes/modes';

const WORKLOADS: readonly (readonly [group: string, resource: string, kind: string])[] = [
  ['', 'replicationcontrollers', 'ReplicationController'], ['', 'podtemplates', 'PodTemplate'],
  ['apps', 'deployments', 'Deployment'], ['apps', 'statefulsets', 'StatefulSet'], ['apps', 'daemonsets', 'DaemonSet'], ['apps', 'replicasets', 'ReplicaSet'],
  ['batch', 'jobs', 'Job'], ['batch', 'cronjobs', 'CronJob'],
];

/** Pods, and all that makes them. The pods that there are stay: only new ones are looked at, and containers that are added to them. */
const POD_TARGETS: readonly AdmissionTarget[] = [
  { group: '', version: 'v1', resource: 'pods', kind: 'Pod', operations: ['CREATE'] },
  { group: '', version: 'v1', resource: 'pods/ephemeralcontainers', kind: 'Pod/ephemeralcontainers', operations: ['UPDATE'] },
  ...WORKLOADS.map(([group, resource, kind]): AdmissionTarget => ({ group, version: 'v1', resource, kind, operations: ['CREATE', 'UPDATE'] })),
];

/** Where the objects have their pods. `dyn`, because no two kinds have the same fields. */
function podSpecOf(object: string): string {
  const field = `dyn(${object})`;
  return `${field}.kind == 'Pod' ? ${field}.spec : ${field}.kind == 'PodTemplate' ? ${field}.template.spec`
    + ` : ${field}.kind == 'CronJob' ? ${field}.spec.jobTemplate.spec.template.spec : ${field}.spec.template.spec`;
}

/** A list that may not be there. */
function listOf(holder: string, field: string): string {
  return `(has(${holder}.${field}) ? ${holder}.${field} : [])`;
}

const SPEC = 'variables.podSpec';

const POD_VARIABLES = {
  podSpec: podSpecOf('object'),
  // a workload that breaks the rule may be scaled, and its labels changed: its pods are another matter
  isUnchanged: `oldObject != null && (${podSpecOf('oldObject')}) == ${SPEC}`,
};

const ALL_CONTAINERS = ['containers', 'initContainers', 'ephemeralContainers'].map(field => listOf(SPEC, field)).join(' + ');

/** No secret in environment variables. */
export const FILES_ONLY_IN_CLUSTER: readonly AdmissionRule[] = [{
  code: 'VariablesForbidden',
  targets: POD_TARGETS,
  conditions: {},
  variables: { ...POD_VARIABLES, containers: ALL_CONTAINERS },
  expression: 'variables.isUnchanged || variables.containers.all(c, '
    + `${listOf('c', 'env')}.all(e, !has(e.valueFrom) || !has(e.valueFrom.secretKeyRef)) && ${listOf('c', 'envFrom')}.all(e, !has(e.secretRef)))`,
  message: 'secrets become environment variables, which crash reports and child processes get too; mount them as files',
}];

const MODE_BITS = 9;

/** Files of secrets have no other permissions than these. */
export function maxModeInCluster(allowed: number): readonly AdmissionRule[] {
  const forbidden = Array.from({ length: MODE_BITS }, (_, bit) => 2 ** bit).filter(bit => !hasBits(allowed, bit));
  // CEL has no operators for bits
  const isAllowed = (mode: string) => forbidden.length === 0 ? 'true' : `[${forbidden.join(', ')}].all(b, (${mode} / b) % 2 == 0)`;
  const sourceOf = (source: string, volume: string) => {
    const items = listOf(source, 'items');
    const byDefault = `(has(${volume}.defaultMode) ? ${volume}.defaultMode : ${DEFAULT_MODE})`;
    return `((${items}.size() > 0 && ${items}.all(i, has(i.mode))) || ${isAllowed(byDefault)}) && ${items}.all(i, !has(i.mode) || ${isAllowed('i.mode')})`;
  };
  return [{
    code: 'ModeTooOpen',
    targets: POD_TARGETS,
    conditions: {},
    variables: { ...POD_VARIABLES, volumes: listOf(SPEC, 'volumes') },
    expression: `variables.isUnchanged || variables.volumes.all(v, (!has(v.secret) || (${sourceOf('v.secret', 'v.secret')}))`
      + ` && (!has(v.projected) || ${listOf('v.projected', 'sources')}.all(s, !has(s.secret) || (${sourceOf('s.secret', 'v.projected')}))))`,
    message: `files of a secret may have no permissions beyond ${formatMode(allowed)}; without a mode they have 0644`,
  }];
}
