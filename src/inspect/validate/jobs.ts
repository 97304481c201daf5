import { cronSchedule } from '../../kubernetes/cron';
import { byteLength, dns1123Label, dns1123Subdomain, labelValue } from '../../kubernetes/names';
import { timeZone } from '../../kubernetes/time-zones';
import type { Decoded, LabelSelector, ObjectMeta } from '../decode/decoded';
import { FieldPath } from '../field-path';
import { FindingsOfObject } from '../findings-of-object';
import { entryOf, keysOf, type StringMap } from '../model/string-map';
import { quote } from '../quote';
import { between, named, oneOf, oneOfOrAbsent } from './fields';
import { validateFailurePolicy, validateSuccessPolicy } from './job-policies';
import { nameOf, validateAnnotations, validateLabels, validateMetadata } from './metadata';
import { validateTemplate } from './pod-template';
import { selects, validateSelector } from './selectors';

type JobSpec = Decoded<'JobSpec'>;

const ROOT = FieldPath.ROOT;
const ONCE: ReadonlySet<string> = new Set(['OnFailure', 'Never']);
const JOB_NAME_LABELS = ['batch.kubernetes.io/job-name', 'job-name'] as const;
const UID_LABELS = ['batch.kubernetes.io/controller-uid', 'controller-uid'] as const;
/** What stands for the uid that the API server gives the Job: nobody can write it. */
const UID = '\0';

/** ValidateJob. */
export function validateJob(job: { readonly metadata?: ObjectMeta; readonly spec?: JobSpec }, out: FindingsOfObject): void {
  const { metadata: meta = {}, spec = {} } = job;
  const path = ROOT.child('spec');
  const labels = spec.template?.metadata?.labels;
  // a Job without labels gets those of its pods
  const metadata = keysOf(meta.labels).length === 0 ? { ...meta, labels } : meta;
  validateMetadata(metadata, ROOT.child('metadata'), out);
  const defaulted = spec.completions === undefined && spec.parallelism === undefined ? { ...spec, completions: 1 } : spec;
  validateJobSpec(defaulted, false, path, out);
  if (spec.manualSelector === true) validateManualSelector(spec, path, out);
  else validateGeneratedSelector({ ...meta, name: nameOf(meta) }, spec, path, out);
  const { completions = 0 } = defaulted;
  const host = `${nameOf(meta)}-${completions - 1}`;
  if (spec.completionMode === 'Indexed' && completions > 0 && dns1123Label(host).length > 0) {
    out.refuse('InvalidName', ROOT.child('metadata').child('name'), `the last pod of the Job would be named ${quote(host)}, which is no name of a host`, 'shorten the name');
  }
}

function validateManualSelector({ selector, template }: JobSpec, path: FieldPath, out: FindingsOfObject): void {
  if (selector === undefined) {
    out.refuse('RequiredField', path.child('selector'), 'there is no selector, and manualSelector asks for one', 'add it, or leave manualSelector out');
  } else {
    const found = new FindingsOfObject();
    validateSelector(selector, path.child('selector'), found);
    out.addAll(found);
    if (found.drafts.length > 0) return;
  }
  if (selector === undefined || !selects(selector, template?.metadata?.labels)) refuseLabels(path, out);
}

function refuseLabels(path: FieldPath, out: FindingsOfObject): void {
  out.refuse('SelectorMismatch', path.child('template').child('metadata').child('labels'), 'the selector does not select the pods of the template',
    'give the template the labels that the selector asks for');
}

/** validateGeneratedSelector: the API server selects pods by labels that it adds to them, and refuses others in their place. */
function validateGeneratedSelector({ name = '', labels: own }: ObjectMeta, spec: JobSpec, path: FieldPath, out: FindingsOfObject): void {
  const labels = spec.template?.metadata?.labels;
  const at = path.child('template').child('metadata').child('labels');
  const generated: Record<string, string> = {};
  for (const label of JOB_NAME_LABELS) generated[label] = name;
  for (const label of UID_LABELS) generated[label] = UID;
  for (const label of Object.keys(generated)) {
    const given = entryOf(labels, label);
    if (given !== undefined && given !== generated[label]) {
      out.refuse('ForbiddenField', at.key(label), 'the API server sets this label of the pods of a Job', 'leave it out');
    }
  }
  if (JOB_NAME_LABELS.some(label => entryOf(labels, label) === undefined) && labelValue(name).length > 0) {
    const places = labels !== undefined && keysOf(own).length === 0 ? [at, ROOT.child('metadata').child('labels')] : [at];
    for (const place of places) {
      out.refuse('InvalidLabel', place, `the name of the Job can be no label of its pods: ${labelValue(name).join(', ')}`, 'give the Job a name of at most 63 characters');
    }
  }
  validateSelectedLabels(spec.selector ?? {}, { ...generated, ...labels }, generated, path, out);
}

function validateSelectedLabels(own: LabelSelector, labels: StringMap, generated: StringMap, path: FieldPath, out: FindingsOfObject): void {
  const [uid] = UID_LABELS;
  const selector = { ...own, matchLabels: { [uid]: UID, ...own.matchLabels } };
  const found = new FindingsOfObject();
  validateSelector({ ...own, matchLabels: own.matchLabels }, path.child('selector'), found);
  out.addAll(found);
  if (found.drafts.length > 0) return;
  if (!selects(selector, generated)) {
    out.refuse('SelectorMismatch', path.child('selector'), 'the API server selects the pods of a Job itself', 'leave the selector out');
  }
  if (!selects(selector, labels)) refuseLabels(path, out);
}

const COMPLETION_MODES: ReadonlySet<string> = new Set(['NonIndexed', 'Indexed']);
const REPLACEMENTS: ReadonlySet<string> = new Set(['Failed', 'TerminatingOrFailed']);
const FAILED: ReadonlySet<string> = new Set(['Failed']);
const COUNTS = [
  'parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished', 'backoffLimitPerIndex', 'maxFailedIndexes',
] as const;

/** validateJobSpec, of a Job or of what a CronJob makes. */
function validateJobSpec(spec: JobSpec, isTemplate: boolean, path: FieldPath, out: FindingsOfObject): void {
  for (const field of COUNTS) between(spec[field], 0, Infinity, path.child(field), out);
  if (spec.managedBy !== undefined) validateManager(spec.managedBy, path.child('managedBy'), out);
  oneOfOrAbsent(spec.completionMode, COMPLETION_MODES, path.child('completionMode'), out);
  validateIndexes(spec, path, out);
  if (spec.podFailurePolicy !== undefined) validateFailurePolicy(spec, isTemplate, path.child('podFailurePolicy'), out);
  const replacements = spec.podFailurePolicy === undefined ? REPLACEMENTS : FAILED;
  oneOfOrAbsent(spec.podReplacementPolicy, replacements, path.child('podReplacementPolicy'), out);
  validateTemplate(spec.template ?? {}, path.child('template'), out, ONCE);
  if (spec.podFailurePolicy !== undefined && spec.template?.spec?.restartPolicy === 'OnFailure') {
    out.refuse('UnsupportedValue', path.child('template').child('spec').child('restartPolicy'), 'a podFailurePolicy only goes with pods that never restart',
      'use Never, or leave the policy out');
  }
}

const MAX_MANAGER = 63;
const MANAGER_PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** IsDomainPrefixedPath. */
function validateManager(manager: string, path: FieldPath, out: FindingsOfObject): void {
  const slash = manager.indexOf('/');
  const rule = () => {
    if (slash < 1 || slash === manager.length - 1) return ['must be a domain and a path, such as example.com/controller'];
    const problems = dns1123Subdomain(manager.slice(0, slash));
    if (!MANAGER_PATH.test(manager.slice(slash + 1)) || manager.endsWith('\n')) problems.push('must have a path after its domain');
    if (byteLength(manager) > MAX_MANAGER) problems.push(`must be no more than ${MAX_MANAGER} bytes`);
    return problems;
  };
  if (manager === '') out.refuse('RequiredField', path, 'no controller is named', 'name it, or leave the field out');
  else named(manager, rule, 'name of a controller', path, out);
}

/** Most pods at once, and most failed indexes, of a Job with indexes. */
const MAX_INDEXES = 100_000;
/** The same where it has more completions than that, and a limit for each index. */
const MAX_OF_MANY = 10_000;

/** What only a Job with indexes has. */
function validateIndexes(spec: JobSpec, path: FieldPath, out: FindingsOfObject): void {
  const { completions, parallelism, backoffLimitPerIndex, maxFailedIndexes, successPolicy } = spec;
  if (maxFailedIndexes !== undefined && backoffLimitPerIndex === undefined) {
    out.refuse('RequiredField', path.child('backoffLimitPerIndex'), 'maxFailedIndexes need a backoffLimitPerIndex', 'add it');
  }
  if ((spec.completionMode ?? 'NonIndexed') === 'NonIndexed') {
    for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const) {
      if (spec[field] !== undefined) out.refuse('ForbiddenField', path.child(field), 'only a Job with indexes has it', 'set completionMode: Indexed');
    }
  }
  if (spec.completionMode !== 'Indexed') {
    if (successPolicy !== undefined) out.refuse('ForbiddenField', path.child('successPolicy'), 'only a Job with indexes has it', 'set completionMode: Indexed');
    return;
  }
  const isLarge = completions !== undefined && completions > MAX_INDEXES && backoffLimitPerIndex !== undefined;
  const most = isLarge ? MAX_OF_MANY : MAX_INDEXES;
  if (completions === undefined) {
    out.refuse('RequiredField', path.child('completions'), 'a Job with indexes has a number of completions', 'give it');
  }
  if (parallelism !== undefined && parallelism > most) between(parallelism, 0, most, path.child('parallelism'), out);
  if (maxFailedIndexes !== undefined) {
    const bound = Math.min(most, completions ?? Infinity);
    if (maxFailedIndexes > bound) between(maxFailedIndexes, 0, bound, path.child('maxFailedIndexes'), out);
  } else if (isLarge) {
    out.refuse('RequiredField', path.child('maxFailedIndexes'), `a Job with more than ${MAX_INDEXES} completions says how many may fail`, 'add it');
  }
  if (successPolicy !== undefined) validateSuccessPolicy(spec, path.child('successPolicy'), out);
}

/** Longest name of a CronJob, in bytes: its Jobs get eleven more. */
const MAX_CRON_JOB_NAME = 52;
const CONCURRENCY: ReadonlySet<string> = new Set(['Allow', 'Forbid', 'Replace']);
const CRON_COUNTS = ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'] as const;

/** ValidateCronJobCreate. */
export function validateCronJob(cronJob: { readonly metadata?: ObjectMeta; readonly spec?: Decoded<'CronJobSpec'> }, out: FindingsOfObject): void {
  const { metadata: meta = {}, spec = {} } = cronJob;
  validateMetadata(meta, ROOT.child('metadata'), out);
  if (byteLength(nameOf(meta)) > MAX_CRON_JOB_NAME) {
    out.refuse('InvalidName', ROOT.child('metadata').child('name'), `the name of a CronJob must be no more than ${MAX_CRON_JOB_NAME} characters`, 'shorten it');
  }
  const path = ROOT.child('spec');
  validateSchedule(spec, path, out);
  for (const field of CRON_COUNTS) between(spec[field], 0, Infinity, path.child(field), out);
  oneOf(spec.concurrencyPolicy, CONCURRENCY, path.child('concurrencyPolicy'), out);
  const { metadata: ofJob = {}, spec: job = {} } = spec.jobTemplate ?? {};
  const template = path.child('jobTemplate');
  validateMetadataOfJobs(ofJob, template.child('metadata'), out);
  validateJobSpec(job, true, template.child('spec'), out);
  if (job.selector !== undefined) {
    out.refuse('ForbiddenField', template.child('spec').child('selector'), 'the API server selects the pods of a Job itself', 'leave the selector out');
  }
  if (job.manualSelector === true) {
    out.refuse('ForbiddenField', template.child('spec').child('manualSelector'), 'the API server selects the pods of a Job itself', 'leave it out');
  }
}

/** The API server does not look at the labels and annotations of the Jobs to come; it refuses the Jobs. */
function validateMetadataOfJobs({ labels, annotations }: ObjectMeta, path: FieldPath, out: FindingsOfObject): void {
  const found = new FindingsOfObject();
  validateLabels(labels, path.child('labels'), found);
  validateAnnotations(annotations, path.child('annotations'), found);
  for (const { code, path: at, message, next } of found.drafts) out.fails(code, at, `${message}; the CronJob cannot make its Jobs`, next);
}

/** The first version that refuses time zones in schedules. */
const ZONES_SINCE = 29;

function validateSchedule({ schedule = '', timeZone: zone }: Decoded<'CronJobSpec'>, path: FieldPath, out: FindingsOfObject): void {
  const at = path.child('schedule');
  if (schedule === '') {
    out.refuse('RequiredField', at, 'there is no schedule', 'give it one, for example "0 * * * *"');
  } else {
    const wrong = cronSchedule(schedule);
    if (wrong.length > 0) out.refuse('UnsupportedValue', at, `${quote(schedule)} is no schedule: ${wrong.join(', ')}`, 'write it like "0 * * * *"');
    if (schedule.includes('TZ')) {
      out.refuse('UnsupportedValue', at, 'a schedule does not say its time zone', 'name it in timeZone', { since: zone === undefined ? ZONES_SINCE : undefined });
    }
  }
  if (zone !== undefined) named(zone, timeZone, 'time zone', path.child('timeZone'), out);
}
