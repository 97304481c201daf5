import { dns1123Label } from '../../kubernetes/names';
import { intersection, type VersionRange } from '../../kubernetes/versions';
import type { Decoded, LabelSelector, ObjectMeta, PodSpec, PodTemplateSpec } from '../decode/decoded';
import { FieldPath } from '../field-path';
import { FindingsOfObject } from '../findings-of-object';
import { validateClaimSpec } from './claims';
import { refuseSpacedImage } from './containers';
import { between, named, oneOf } from './fields';
import { validateMetadata, type MetadataRules } from './metadata';
import { validatePodAnnotations, validateProfilesAgree, validateWrittenProfiles } from './pod-annotations';
import { validatePodSpec } from './pod-spec';
import { ALWAYS, ANY_POLICY, validatePolicy, validateTemplate, type StatefulPods } from './pod-template';
import { isEmptySelector, selects, validateSelector } from './selectors';
import { validateDaemonSetStrategy, validateDeploymentStrategy, validateStatefulSetStrategy } from './update-strategies';
import type { Codes } from '../../errors/codes';
import { keysOf, type StringMap } from '../model/string-map';
import { quote } from '../quote';

/** The code of this rule. */
export const WORKLOAD_CODES = {
  SelectorMismatch: {
    cause: 'The selector of a workload does not select the pods of its template.',
    example: 'matchLabels: { app: web } with a template labelled app: api',
    fix: 'Make the two agree.',
  },
} as const satisfies Codes;

const ROOT = FieldPath.ROOT;
const SPEC = ROOT.child('spec');
const METADATA = ROOT.child('metadata');

/** The first version that sets the generation of a Pod. */
const POD_GENERATION_SINCE = 33;
const OF_POD: MetadataRules = { generationRange: { until: POD_GENERATION_SINCE - 1 } };
/** The first version that looks only at the name that a ReplicationController gets, not at its generateName. */
const CONTROLLER_NAME_SINCE = 35;
const NAMED_CONTROLLERS: VersionRange = { since: CONTROLLER_NAME_SINCE };
const OF_CONTROLLER: MetadataRules = { generateNameRange: { until: CONTROLLER_NAME_SINCE - 1 } };

/** ValidatePodCreate. */
export function validatePod(pod: { metadata?: ObjectMeta; spec?: PodSpec }, out: FindingsOfObject): void {
  const { metadata: meta = {}, spec = {} } = pod;
  validateMetadata(meta, METADATA, out, OF_POD);
  validatePodAnnotations(meta, spec, METADATA.child('annotations'), out);
  validateWrittenProfiles(meta, spec, METADATA.child('annotations'), out);
  validatePodSpec(spec, SPEC, out, { complete: true, pod: meta });
  validateProfilesAgree(meta, spec, SPEC, out);
  if ((spec.nodeName ?? '') !== '' && (spec.schedulingGates ?? []).length > 0) {
    out.refuse('ForbiddenField', SPEC.child('nodeName'), 'a pod with gates has no node yet', 'leave the nodeName or the gates out');
  }
  if ((spec.ephemeralContainers ?? []).length > 0) {
    out.refuse('ForbiddenField', SPEC.child('ephemeralContainers'), 'a pod cannot be created with ephemeral containers', 'add them with kubectl debug');
  }
  for (const list of ['containers', 'initContainers'] as const) {
    spec[list]?.forEach(({ image = '' }, index) => refuseSpacedImage(image, SPEC.child(list).index(index), out));
  }
}

interface Workload<Spec> {
  readonly metadata?: ObjectMeta;
  readonly spec?: Spec;
}

/** A selector, and a template whose pods it has to select. */
interface Selecting {
  readonly replicas?: number;
  readonly selector?: LabelSelector;
  readonly template?: PodTemplateSpec;
}

/** ValidateDeployment. */
export function validateDeployment({ metadata = {}, spec = {} }: Workload<Decoded<'DeploymentSpec'>>, out: FindingsOfObject): void {
  validateMetadata(metadata, METADATA, out);
  countsOf(spec, ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'], out);
  const { progressDeadlineSeconds = 600, minReadySeconds = 0 } = spec;
  if (progressDeadlineSeconds <= minReadySeconds) {
    out.refuse('OutOfRange', SPEC.child('progressDeadlineSeconds'), 'a Deployment needs more time to progress than to be ready', 'make it greater than minReadySeconds');
  }
  validateDeploymentStrategy(spec.strategy ?? {}, SPEC.child('strategy'), out);
  validateSelected(spec, out);
}

/** ValidateReplicaSet. */
export function validateReplicaSet({ metadata = {}, spec = {} }: Workload<Decoded<'ReplicaSetSpec'>>, out: FindingsOfObject): void {
  validateMetadata(metadata, METADATA, out);
  countsOf(spec, ['replicas', 'minReadySeconds'], out);
  validateSelected(spec, out);
}

/** ValidateDaemonSet. Unlike others it is not asked for a selector, but without one it selects nothing. */
export function validateDaemonSet({ metadata = {}, spec = {} }: Workload<Decoded<'DaemonSetSpec'>>, out: FindingsOfObject): void {
  validateMetadata(metadata, METADATA, out);
  countsOf(spec, ['minReadySeconds', 'revisionHistoryLimit'], out);
  validateDaemonSetStrategy(spec.updateStrategy ?? {}, SPEC.child('updateStrategy'), out);
  const { selector, template = {} } = spec;
  if (selector === undefined || validateOwnSelector(selector, out)) refuseOtherPods(selector, template, out);
  validateTemplate(template, SPEC.child('template'), out, ALWAYS);
  refuseWritableDisks(template, out);
}

const MANAGEMENT: ReadonlySet<string> = new Set(['OrderedReady', 'Parallel']);
const RETENTION: ReadonlySet<string> = new Set(['Retain', 'Delete']);
/** The first version that looks at the serviceName of a StatefulSet. */
const SERVICE_NAME_SINCE = 33;
/** The first version that validates claim templates. */
const CLAIMS_SINCE = 34;

/** ValidateStatefulSet. */
export function validateStatefulSet({ metadata = {}, spec = {} }: Workload<Decoded<'StatefulSetSpec'>>, out: FindingsOfObject): void {
  validateMetadata(metadata, METADATA, out, { nameRule: dns1123Label });
  countsOf(spec, ['replicas', 'minReadySeconds'], out);
  between(spec.ordinals?.start, 0, Infinity, SPEC.child('ordinals').child('start'), out);
  oneOf(spec.podManagementPolicy, MANAGEMENT, SPEC.child('podManagementPolicy'), out);
  validateStatefulSetStrategy(spec.updateStrategy ?? {}, SPEC.child('updateStrategy'), out);
  for (const when of ['whenDeleted', 'whenScaled'] as const) {
    oneOf(spec.persistentVolumeClaimRetentionPolicy?.[when], RETENTION, SPEC.child('persistentVolumeClaimRetentionPolicy').child(when), out);
  }
  const { serviceName = '', volumeClaimTemplates = [] } = spec;
  if (serviceName !== '') named(serviceName, dns1123Label, 'name of a Service', SPEC.child('serviceName'), out, { since: SERVICE_NAME_SINCE });
  const found = new FindingsOfObject();
  volumeClaimTemplates.forEach((claim, index) => {
    validateClaimSpec(claim.spec ?? {}, SPEC.child('volumeClaimTemplates').index(index).child('spec'), found);
  });
  out.addWithin({ since: CLAIMS_SINCE }, found);
  validateSelected(spec, out, { claims: [...new Set(volumeClaimTemplates.map(({ metadata: meta }) => meta?.name ?? ''))] });
}

/** ValidateReplicationController. What is left of the rules for generateName is only asked where nothing else is wrong. */
export function validateReplicationController(controller: Workload<Decoded<'ReplicationControllerSpec'>>, out: FindingsOfObject): void {
  const found = new FindingsOfObject();
  validateController(controller, found);
  out.addAll(found);
  const { generateName = '' } = controller.metadata ?? {};
  if (/[/%]/.test(generateName) && !found.drafts.some(({ range }) => intersection(range, NAMED_CONTROLLERS) !== undefined)) {
    out.refuse('InvalidName', METADATA.child('generateName'), `${quote(generateName)} can be no start of a name: it has a slash or a percent sign`, 'correct it',
      NAMED_CONTROLLERS);
  }
}

/** Without a selector, and without labels, it has those of its template. */
function validateController({ metadata = {}, spec = {} }: Workload<Decoded<'ReplicationControllerSpec'>>, out: FindingsOfObject): void {
  const labels = spec.template?.metadata?.labels;
  validateMetadata({ ...metadata, labels: orElse(metadata.labels, labels) }, METADATA, out, OF_CONTROLLER);
  countsOf(spec, ['replicas', 'minReadySeconds'], out);
  const matchLabels = orElse(spec.selector, labels);
  if (keysOf(matchLabels).length === 0) {
    out.refuse('RequiredField', SPEC.child('selector'), 'there is no selector', "select the labels of the template's pods");
  }
  if (spec.template === undefined) {
    out.refuse('RequiredField', SPEC.child('template'), 'there is no pod template', 'add one');
    return;
  }
  refuseOtherPods({ matchLabels }, spec.template, out);
  validateTemplate(spec.template, SPEC.child('template'), out, ALWAYS);
  if (isReplicated(spec)) refuseWritableDisks(spec.template, out);
}

function orElse(labels: StringMap | undefined, others: StringMap | undefined): StringMap | undefined {
  return keysOf(labels).length > 0 ? labels : others;
}

function countsOf<Spec extends Readonly<Record<Field, number | undefined>>, Field extends keyof Spec & string>(
  spec: { readonly [Name in Field]?: number }, fields: readonly Field[], out: FindingsOfObject,
): void {
  for (const field of fields) between(spec[field], 0, Infinity, SPEC.child(field), out);
}

/** The selector of a workload and the template that it has to select, which the API server only looks at where it can read the selector. */
function validateSelected(spec: Selecting, out: FindingsOfObject, stateful?: StatefulPods): void {
  const { selector, template = {} } = spec;
  if (selector === undefined) {
    out.refuse('RequiredField', SPEC.child('selector'), 'there is no selector', "select the labels of the template's pods");
  } else if (!validateOwnSelector(selector, out)) {
    out.refuse('UnsupportedValue', SPEC.child('selector'), 'the selector cannot be read', 'correct it; the template is looked at then');
    if (stateful !== undefined) validatePolicy(template.spec ?? {}, SPEC.child('template').child('spec'), out, ALWAYS, true);
    return;
  }
  refuseOtherPods(selector, template, out);
  validateTemplate(template, SPEC.child('template'), out, ALWAYS, stateful);
  if (stateful === undefined && isReplicated(spec)) refuseWritableDisks(template, out);
}

/** The last version that wants disks of Google Cloud to be read-only where several pods mount them. */
const DISKS_UNTIL = 28;

function isReplicated({ replicas = 1 }: { readonly replicas?: number }): boolean {
  return replicas > 1;
}

/** ValidateReadOnlyPersistentDisks. */
function refuseWritableDisks({ spec: { volumes = [] } = {} }: PodTemplateSpec, out: FindingsOfObject): void {
  volumes.forEach(({ gcePersistentDisk: disk }, index) => {
    if (disk === undefined || disk.readOnly === true) return;
    out.refuse('UnsupportedValue', SPEC.child('template').child('spec').child('volumes').index(index).child('gcePersistentDisk').child('readOnly'),
      'pods on several nodes can only read the disk', 'set readOnly: true', { until: DISKS_UNTIL });
  });
}

/** Whether the API server can make anything of a selector. */
function validateOwnSelector(selector: LabelSelector, out: FindingsOfObject): boolean {
  const found = new FindingsOfObject();
  validateSelector(selector, SPEC.child('selector'), found);
  out.addAll(found);
  if (isEmptySelector(selector)) {
    out.refuse('RequiredField', SPEC.child('selector'), 'the selector is empty', "select the labels of the template's pods");
  }
  return found.drafts.length === 0;
}

function refuseOtherPods(selector: LabelSelector | undefined, template: PodTemplateSpec, out: FindingsOfObject): void {
  if (selector !== undefined && selects(selector, template.metadata?.labels)) return;
  out.refuse('SelectorMismatch', SPEC.child('template').child('metadata').child('labels'), 'the selector does not select the pods of the template',
    'give the template the labels that the selector asks for');
}

/** PodTemplate: the template alone. */
export function validatePodTemplate(object: { metadata?: ObjectMeta; template?: PodTemplateSpec }, out: FindingsOfObject): void {
  validateMetadata(object.metadata ?? {}, METADATA, out);
  validateTemplate(object.template ?? {}, ROOT.child('template'), out, ANY_POLICY);
}
