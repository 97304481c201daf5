import type { PodSpec, PodTemplateSpec } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { validateAnnotations, validateLabels } from './metadata';
import { validatePodAnnotations, validateProfilesAgree } from './pod-annotations';
import { validatePodSpec } from './pod-spec';

/** The restart policy of pods that are meant to go on for ever. */
export const ALWAYS: ReadonlySet<string> = new Set(['Always']);

/** Every restart policy that a pod can have. */
export const ANY_POLICY: ReadonlySet<string> = new Set(['Always', 'OnFailure', 'Never']);

/** What a StatefulSet makes of its template. */
export interface StatefulPods {
  /** The names of its claim templates, each once. */
  readonly claims: readonly string[];
}

/** The first version that validates the pod template of a StatefulSet. */
const STATEFUL_SINCE = 34;

/**
 * ValidatePodTemplateSpec, and which restart policies the pods of a workload may have. Where the API server leaves `metadata` out of the path
 * of a label, it stands here, but for the template of a PodTemplate.
 */
export function validateTemplate(
  template: PodTemplateSpec, path: FieldPath, out: FindingsOfObject, policies: ReadonlySet<string>, stateful?: StatefulPods,
): void {
  const { metadata: meta = {}, spec = {} } = template;
  const metadata = path.segments.length === 1 ? path.unprinted('metadata') : path.child('metadata');
  validateLabels(meta.labels, metadata.child('labels'), out);
  validateAnnotations(meta.annotations, metadata.child('annotations'), out);
  validatePodAnnotations(meta, spec, path.unprinted('metadata').child('annotations'), out);
  if (stateful === undefined) {
    validatePods(template, path, out, []);
  } else {
    const found = new FindingsOfObject();
    validatePods(template, path, found, stateful.claims, true);
    refuseLate(found, out);
  }
  validatePolicy(spec, path.child('spec'), out, policies, stateful !== undefined);
}

/** Which restart policies the pods of a workload may have, and whether they may have a deadline. */
export function validatePolicy(spec: PodSpec, path: FieldPath, out: FindingsOfObject, policies: ReadonlySet<string>, isStateful: boolean): void {
  const restartPolicy = spec.restartPolicy || 'Always';
  if (!policies.has(restartPolicy) && (isStateful || ANY_POLICY.has(restartPolicy))) {
    out.refuse('UnsupportedValue', path.child('restartPolicy'), `pods of this workload cannot have the restart policy ${quote(restartPolicy)}`,
      `use one of ${[...policies].join(', ')}`);
  }
  if (policies === ALWAYS && spec.activeDeadlineSeconds !== undefined) {
    out.refuse('ForbiddenField', path.child('activeDeadlineSeconds'), 'pods that always run can have no deadline', 'leave it out, or use a Job');
  }
}

/** Up to 1.33 the API server takes the StatefulSet as it is, and then refuses its pods. */
function refuseLate(found: FindingsOfObject, out: FindingsOfObject): void {
  for (const { code, path, message, next, range } of found.drafts) {
    if ((range.since ?? 0) < STATEFUL_SINCE) {
      out.fails(code, path, `${message}; the StatefulSet cannot make its pods`, next, { ...range, until: Math.min(range.until ?? Infinity, STATEFUL_SINCE - 1) });
    }
  }
  out.addWithin({ since: STATEFUL_SINCE }, found);
}

function validatePods(template: PodTemplateSpec, path: FieldPath, out: FindingsOfObject, claims: readonly string[], isStateful = false): void {
  const { metadata = {}, spec = {} } = template;
  validatePodSpec(spec, path.child('spec'), out, { complete: true, claims, isStateful });
  validateProfilesAgree(metadata, spec, path.child('spec'), out);
  if ((spec.ephemeralContainers ?? []).length > 0) {
    out.refuse('ForbiddenField', path.child('spec').child('ephemeralContainers'), 'a pod template can have no ephemeral containers', 'leave them out');
  }
}
