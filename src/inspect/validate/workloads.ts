import { dns1123Label, dns1123Subdomain } from '../../kubernetes/names';
import type { LabelSelector, ObjectMeta, PodSpec, PodTemplateSpec } from '../decode/decoded';
import { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import type { StringMap } from '../model/string-map';
import { quote } from '../quote';
import { refuseSpacedImage } from './containers';
import { validateAnnotations, validateLabels, validateMetadata, type NameRule } from './metadata';
import { validatePodAnnotations, validateProfilesAgree } from './pod-annotations';
import { validatePodSpec } from './pod-spec';
import { isEmptySelector, selects, validateSelector } from './selectors';

const ROOT = FieldPath.ROOT;
const ALWAYS: ReadonlySet<string> = new Set(['Always']);
const ONCE: ReadonlySet<string> = new Set(['OnFailure', 'Never']);

/** Longest name of a CronJob, in bytes: its Jobs get eleven more. */
const MAX_CRON_JOB_NAME = 52;

interface Workload {
  readonly metadata?: ObjectMeta;
  readonly spec?: WorkloadSpec;
}

interface WorkloadSpec {
  readonly replicas?: number;
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
  readonly progressDeadlineSeconds?: number;
  readonly parallelism?: number;
  readonly completions?: number;
  readonly backoffLimit?: number;
  readonly selector?: LabelSelector | StringMap;
  readonly template?: PodTemplateSpec;
  readonly volumeClaimTemplates?: readonly { readonly metadata?: ObjectMeta }[];
  readonly schedule?: string;
  readonly jobTemplate?: { readonly metadata?: ObjectMeta; readonly spec?: WorkloadSpec };
}

/** ValidatePodCreate. */
export function validatePod(pod: { metadata?: ObjectMeta; spec?: PodSpec }, out: FindingsOfObject): void {
  validateMetadata(pod.metadata ?? {}, ROOT.child('metadata'), out);
  const meta = pod.metadata ?? {};
  const spec = pod.spec ?? {};
  const path = ROOT.child('spec');
  validatePodAnnotations(meta, spec, ROOT.child('metadata').child('annotations'), out);
  validatePodSpec(spec, path, out, { complete: true, pod: meta });
  validateProfilesAgree(meta, spec, path, out);
  if ((spec.nodeName ?? '') !== '' && (spec.schedulingGates ?? []).length > 0) {
    out.refuse('ForbiddenField', path.child('nodeName'), 'a pod with gates has no node yet', 'leave the nodeName or the gates out');
  }
  if ((spec.ephemeralContainers ?? []).length > 0) {
    out.refuse('ForbiddenField', path.child('ephemeralContainers'), 'a pod cannot be created with ephemeral containers', 'add them with kubectl debug');
  }
  for (const list of ['containers', 'initContainers'] as const) {
    (spec[list] ?? []).forEach(({ image = '' }, index) => refuseSpacedImage(image, path.child(list).index(index), out));
  }
}

/** ValidatePodTemplateSpec. Where the API server leaves `metadata` out of the path, it stands here. */
function validateTemplate(
  template: PodTemplateSpec, path: FieldPath, out: FindingsOfObject, policies: ReadonlySet<string>, claims?: readonly string[],
): void {
  const metadata = path.child('metadata');
  validateLabels(template.metadata?.labels, metadata.child('labels'), out);
  validateAnnotations(template.metadata?.annotations, metadata.child('annotations'), out);
  const spec = template.spec ?? {};
  const meta = template.metadata ?? {};
  validatePodAnnotations(meta, spec, path.unprinted('metadata').child('annotations'), out);
  validatePodSpec(spec, path.child('spec'), out, { complete: true, claims });
  validateProfilesAgree(meta, spec, path.child('spec'), out);
  if ((spec.ephemeralContainers ?? []).length > 0) {
    out.refuse('ForbiddenField', path.child('spec').child('ephemeralContainers'), 'a pod template can have no ephemeral containers', 'leave them out');
  }
  const restartPolicy = spec.restartPolicy || 'Always';
  if (!policies.has(restartPolicy) && (ALWAYS.has(restartPolicy) || ONCE.has(restartPolicy))) {
    out.refuse('UnsupportedValue', path.child('spec').child('restartPolicy'), `pods of this workload cannot have the restart policy ${quote(restartPolicy)}`,
      `use one of ${[...policies].join(', ')}`);
  }
  if (policies === ALWAYS && spec.activeDeadlineSeconds !== undefined) {
    out.refuse('ForbiddenField', path.child('spec').child('activeDeadlineSeconds'), 'pods that always run can have no deadline', 'leave it out, or use a Job');
  }
}

function nonNegative(spec: WorkloadSpec, fields: readonly (keyof WorkloadSpec)[], path: FieldPath, out: FindingsOfObject): void {
  for (const field of fields) {
    const value = spec[field];
    if (typeof value === 'number' && value < 0) {
      out.refuse('OutOfRange', path.child(field), `${value} is negative`, 'give a number from 0 on');
    }
  }
}

/** ValidateDeployment and its likes: a selector that must match the template, and pods that always run. */
export function validateReplicated(kind: string, workload: Workload, out: FindingsOfObject): void {
  const nameRule: NameRule = kind === 'StatefulSet' ? dns1123Label : dns1123Subdomain;
  validateMetadata(workload.metadata ?? {}, ROOT.child('metadata'), out, nameRule);
  const path = ROOT.child('spec');
  const spec = workload.spec ?? {};
  nonNegative(spec, REPLICATED_NUMBERS, path, out);
  validateProgress(kind, spec, path, out);
  const selector = kind === 'ReplicationController' ? asSelector(spec) : spec.selector as LabelSelector | undefined;
  if (selector === undefined) {
    out.refuse('RequiredField', path.child('selector'), 'there is no selector', "select the labels of the template's pods");
  } else {
    validateSelector(selector, path.child('selector'), out);
    if (isEmptySelector(selector)) out.refuse('RequiredField', path.child('selector'), 'the selector is empty', "select the labels of the template's pods");
  }
  const template = path.child('template');
  if (kind === 'ReplicationController' && spec.template === undefined) {
    out.refuse('RequiredField', template, 'there is no pod template', 'add one');
    return;
  }
  if (selector !== undefined && !isEmptySelector(selector) && !selects(selector, spec.template?.metadata?.labels)) {
    out.refuse('SelectorMismatch', template.child('metadata').child('labels'), 'the selector does not select the pods of the template',
      'give the template the labels that the selector asks for');
  }
  validateTemplate(spec.template ?? {}, template, out, ALWAYS, kind === 'StatefulSet' ? claimsOf(spec) : undefined);
}

/** A ReplicationController without a selector selects the labels of its template. */
function asSelector(spec: WorkloadSpec): LabelSelector {
  const selector = spec.selector as StringMap | undefined;
  return { matchLabels: selector ?? spec.template?.metadata?.labels };
}

const REPLICATED_NUMBERS = ['replicas', 'minReadySeconds', 'revisionHistoryLimit'] as const;

function validateProgress(kind: string, spec: WorkloadSpec, path: FieldPath, out: FindingsOfObject): void {
  const { progressDeadlineSeconds = 600, minReadySeconds = 0 } = spec;
  if (kind !== 'Deployment' || progressDeadlineSeconds > minReadySeconds) return;
  out.refuse('OutOfRange', path.child('progressDeadlineSeconds'), 'a Deployment needs more time to progress than to be ready',
    'make it greater than minReadySeconds');
}

/** The names of the volumes that a StatefulSet gives its pods, each once: one for each claim template. */
function claimsOf(spec: WorkloadSpec): readonly string[] {
  return [...new Set((spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata?.name ?? ''))];
}

/** ValidateJob. */
export function validateJob(job: Workload, out: FindingsOfObject): void {
  validateMetadata(job.metadata ?? {}, ROOT.child('metadata'), out);
  validateJobSpec(job.spec ?? {}, ROOT.child('spec'), out);
}

function validateJobSpec(spec: WorkloadSpec, path: FieldPath, out: FindingsOfObject): void {
  nonNegative(spec, ['parallelism', 'completions', 'backoffLimit'], path, out);
  validateTemplate(spec.template ?? {}, path.child('template'), out, ONCE);
}

/** ValidateCronJob. */
export function validateCronJob(cronJob: Workload, out: FindingsOfObject): void {
  validateMetadata(cronJob.metadata ?? {}, ROOT.child('metadata'), out);
  const name = cronJob.metadata?.name ?? '';
  if (Buffer.byteLength(name) > MAX_CRON_JOB_NAME) {
    out.refuse('InvalidName', ROOT.child('metadata').child('name'), `the name of a CronJob must be no more than ${MAX_CRON_JOB_NAME} characters`, 'shorten it');
  }
  const path = ROOT.child('spec');
  const spec = cronJob.spec ?? {};
  if ((spec.schedule ?? '') === '') out.refuse('RequiredField', path.child('schedule'), 'there is no schedule', 'give it one, for example "0 * * * *"');
  const template = path.child('jobTemplate');
  validateLabels(spec.jobTemplate?.metadata?.labels, template.child('metadata').child('labels'), out);
  validateAnnotations(spec.jobTemplate?.metadata?.annotations, template.child('metadata').child('annotations'), out);
  validateJobSpec(spec.jobTemplate?.spec ?? {}, template.child('spec'), out);
}

/** PodTemplate: the template alone. */
export function validatePodTemplate(object: { metadata?: ObjectMeta; template?: PodTemplateSpec }, out: FindingsOfObject): void {
  validateMetadata(object.metadata ?? {}, ROOT.child('metadata'), out);
  validateTemplate(object.template ?? {}, ROOT.child('template'), out, new Set([...ALWAYS, ...ONCE]));
}
