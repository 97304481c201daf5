import { validateConfigMapUpdate } from './config-map';
import { validateSecretUpdate } from './secret';
import type { Codes } from '../../errors/codes';
import { asStored, areSame, inOrder } from '../decode/stored';
import { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { identityOf, type Manifest } from '../model/manifest';
import { list, record, text } from '../model/untyped';
import { quote } from '../quote';

/** The code of this rule. */
export const UPDATE_CODES = {
  ImmutableField: {
    cause: 'A change that the API server refuses: the type of a Secret, the data of an immutable Secret or ConfigMap, the selector of a workload, the pod template of a Job, '
      + 'nearly all of a Pod, some fields of a StatefulSet, the role of a binding.',
    example: 'type: Opaque before, type: kubernetes.io/tls after',
    fix: 'Give the new object another name, or delete the old one first.',
  },
} as const satisfies Codes;

const SPEC = FieldPath.ROOT.child('spec');
const NEXT = 'give the new object another name, or delete the old one first';

/** What the API server refuses in the change from one set of manifests to the next. */
export function validateUpdates(before: readonly Manifest[], after: readonly Manifest[]): void {
  const old = new Map(before.map(manifest => [identityOf(manifest), manifest]));
  for (const manifest of after) {
    const replaced = old.get(identityOf(manifest));
    if (replaced !== undefined) validateUpdate(replaced, manifest, manifest.findings);
  }
}

/** What the API server refuses in the change of one object. */
export function validateUpdate(before: Manifest, after: Manifest, out: FindingsOfObject): void {
  if (!before.readable || !after.readable) return;
  if (after.metadata.deletionGracePeriodSeconds !== undefined) {
    // whatever is created loses it
    out.refuse('ImmutableField', FieldPath.ROOT.child('metadata').child('deletionGracePeriodSeconds'), 'it is the API server that sets it', 'leave it out');
  }
  if (after.decoded !== undefined && before.decoded !== undefined) UPDATES[after.kind]?.(before.decoded, after.decoded, out);
  else if (after.apiVersion.startsWith('rbac.authorization.k8s.io/') && /^(?:Cluster)?RoleBinding$/.test(after.kind)) roleBinding(before.raw, after.raw, out);
}

/** What `Validate…Update` says in `pkg/apis/{core,apps,batch}/validation` of Kubernetes 1.28 to 1.37, by kind. */
const UPDATES: Readonly<Record<string, (before: any, after: any, out: FindingsOfObject) => void>> = {
  Secret: validateSecretUpdate,
  ConfigMap: validateConfigMapUpdate,
  Pod: (before, after, out) => podUpdate(before.spec ?? {}, after.spec ?? {}, out),
  Deployment: selectorUpdate,
  ReplicaSet: selectorUpdate,
  DaemonSet: selectorUpdate,
  StatefulSet: (before, after, out) => statefulSetUpdate(before.spec ?? {}, after.spec ?? {}, out),
  Job: (before, after, out) => jobUpdate(before.spec ?? {}, after.spec ?? {}, out),
};

function selectorUpdate(before: any, after: any, out: FindingsOfObject): void {
  immutable('selector', 'LabelSelector', before.spec?.selector, after.spec?.selector, out);
}

function immutable(field: string, struct: string, before: unknown, after: unknown, out: FindingsOfObject): void {
  if (areSame(asStored(before, struct), asStored(after, struct))) return;
  out.refuse('ImmutableField', SPEC.child(field), `${field} cannot change`, NEXT);
}

/** The fields of a StatefulSet that may change, and since which version not all of them could. */
const CHANGEABLE_SINCE: Readonly<Record<string, number>> = {
  minReadySeconds: 0, ordinals: 0, persistentVolumeClaimRetentionPolicy: 0, replicas: 0, template: 0, updateStrategy: 0, revisionHistoryLimit: 33,
};
/** From this version on the API server names the fields; before, it names none. */
const NAMES_FIELDS_SINCE = 37;

function statefulSetUpdate(before: any, after: any, out: FindingsOfObject): void {
  const old: any = asStored(before, 'StatefulSetSpec');
  const fresh: any = asStored(after, 'StatefulSetSpec');
  const changed = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].filter(field => !areSame(old[field], fresh[field])).sort();
  const fixed = changed.filter(field => !(field in CHANGEABLE_SINCE));
  for (const field of fixed) {
    const message = `${field} of a StatefulSet cannot change`;
    out.refuse('ImmutableField', SPEC.unprinted(field), message, STATEFUL_SET_NEXT, { until: NAMES_FIELDS_SINCE - 1 });
    out.refuse('ImmutableField', SPEC.child(field), message, STATEFUL_SET_NEXT, { since: NAMES_FIELDS_SINCE });
  }
  if (fixed.length === 0 && changed.includes('revisionHistoryLimit')) {
    out.refuse('ImmutableField', SPEC.unprinted('revisionHistoryLimit'), 'revisionHistoryLimit of a StatefulSet cannot change', STATEFUL_SET_NEXT, { until: CHANGEABLE_SINCE.revisionHistoryLimit - 1 });
  }
}

const STATEFUL_SET_NEXT = 'delete it without its pods (kubectl delete --cascade=orphan), and apply the new one, or give that another name';

/** What may change in the template of a Job that was suspended and has not started. */
const SCHEDULING = ['nodeSelector', 'tolerations', 'schedulingGates', 'affinity'];

function jobUpdate(before: any, after: any, out: FindingsOfObject): void {
  const old: any = asStored(before, 'JobSpec');
  const fresh: any = asStored(after, 'JobSpec');
  const fixed = ['selector', 'completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy'];
  const mayResize = fresh.completionMode === 'Indexed' && (fresh.completions === undefined || fresh.completions === fresh.parallelism);
  // what neither names stays as it was set when the Job was made
  const staysUnset = before.completions === undefined && after.completions === undefined;
  for (const field of mayResize || staysUnset ? fixed : ['completions', ...fixed]) {
    if (!areSame(old[field], fresh[field])) out.refuse('ImmutableField', SPEC.child(field), `${field} of a Job cannot change`, JOB_NEXT);
  }
  const of = (template: any) => before.suspend === true ? withoutScheduling(template) : template;
  if (!areSame(of(old.template), of(fresh.template))) out.refuse('ImmutableField', SPEC.child('template'), 'the pod template of a Job cannot change', JOB_NEXT);
}

const JOB_NEXT = 'delete the Job first, or give the new one another name, as a hash of its template does';

/** A template without what may change while a Job is suspended, the resources of its containers among it. */
function withoutScheduling(template: any): unknown {
  const { metadata: _, spec, ...rest } = record(template);
  const kept = Object.fromEntries(Object.entries(record(spec)).filter(([field]) => !SCHEDULING.includes(field)).map(([field, value]) => {
    return [field, /ontainers$/.test(field) ? list(value).map(container => ({ ...record(container), resources: undefined })) : value];
  }));
  return { ...rest, spec: kept };
}

function podUpdate(before: any, after: any, out: FindingsOfObject): void {
  const old: any = asStored(withoutImages(before), 'PodSpec');
  const fresh: any = asStored(withoutImages(after), 'PodSpec');
  for (const field of ['containers', 'initContainers']) {
    if (list(old[field]).length === list(fresh[field]).length) continue;
    out.refuse('ImmutableField', SPEC.child(field), 'a Pod can neither get nor lose containers', POD_NEXT);
    return;
  }
  const { activeDeadlineSeconds: deadline } = fresh;
  if (old.activeDeadlineSeconds !== undefined && (deadline === undefined || deadline > old.activeDeadlineSeconds)) {
    out.refuse('ImmutableField', SPEC.child('activeDeadlineSeconds'), 'the deadline of a Pod can only become shorter', POD_NEXT);
    if (deadline !== undefined) return;
  }
  const tolerations = new Set(list(fresh.tolerations).map(toleration));
  if (!list(old.tolerations).every(each => tolerations.has(toleration(each)) || isOfEveryPod(each))) {
    out.refuse('ImmutableField', SPEC.child('tolerations'), 'a Pod loses no toleration', POD_NEXT);
  }
  if (list(fresh.schedulingGates).some(gate => !list(old.schedulingGates).some(other => areSame(other, gate)))) {
    out.refuse('ImmutableField', SPEC.child('schedulingGates'), 'a Pod can only lose scheduling gates', POD_NEXT);
  }
  const gated = list(old.schedulingGates).length > 0;
  const changed = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].sort().filter(field => {
    if (['activeDeadlineSeconds', 'tolerations', 'schedulingGates'].includes(field) || (gated && ['nodeSelector', 'affinity'].includes(field))) return false;
    return !areSame(old[field], fresh[field]);
  });
  if (changed.length > 0) out.refuse('ImmutableField', SPEC, `${changed.join(', ')} of a Pod cannot change`, POD_NEXT);
}

const POD_NEXT = 'delete the Pod first, or have a Deployment make it';

/** Whether the admission gives it to every pod that lacks it. */
function isOfEveryPod(value: unknown): boolean {
  const { key, effect } = record(value);
  return effect === 'NoExecute' && (key === 'node.kubernetes.io/not-ready' || key === 'node.kubernetes.io/unreachable');
}

function toleration(value: unknown): string {
  return JSON.stringify({ ...record(value), tolerationSeconds: undefined });
}

/** Images may change; that of the default pull policy, which goes by the image, stays what it was. */
function withoutImages(spec: any): unknown {
  const of = (containers: unknown) => list(containers).map(container => ({ ...record(container), image: undefined }));
  return { ...spec, containers: of(spec.containers), initContainers: of(spec.initContainers) };
}

function roleBinding(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>, out: FindingsOfObject): void {
  if (areSame(inOrder(before.roleRef), inOrder(after.roleRef))) return;
  const { kind, name } = record(after.roleRef);
  out.refuse('ImmutableField', FieldPath.ROOT.child('roleRef'), `the role of a binding cannot change to ${quote(`${text(kind)}/${text(name)}`)}`,
    'delete the binding first, or give the new one another name');
}
