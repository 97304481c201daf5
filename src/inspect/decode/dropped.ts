import type { Field } from './schema';
import type { VersionRange } from '../../kubernetes/versions';
import type { FieldPath } from '../field-path';

/** The last version before sidecars. */
const BEFORE_SIDECARS = 28;
/** The one version that knows restart policies of containers and has them off; those before refuse them. */
const POLICIES_OFF: VersionRange = { since: 34, until: 34 };

/** Fields of a Job that are not dropped of the Jobs that a CronJob describes: those are validated, and lose them when they are made. */
const KEPT_BY_CRON_JOBS: ReadonlySet<string> = new Set(['backoffLimitPerIndex', 'maxFailedIndexes', 'managedBy', 'podReplacementPolicy', 'successPolicy']);

/** The versions in which the API server empties a field before it validates the object, in their order; its gate is off there. */
export function droppedIn(field: Field, name: string, value: unknown, path: FieldPath): readonly VersionRange[] {
  return KEPT_BY_CRON_JOBS.has(name) && isOfCronJob(path) ? [] : gateOffIn(field, name, value, path);
}

/** The versions in which the gate of a field is off: sooner or later it is dropped, in their order. */
export function gateOffIn({ range, droppedUntil }: Field, name: string, value: unknown, path: FieldPath): readonly VersionRange[] {
  if (droppedUntil === undefined) return [];
  return name === 'restartPolicy' ? droppedPolicies(value, path) : [{ since: range?.since, until: droppedUntil }];
}

/** Whether the spec of a Job is that of a CronJob's template. */
export function isOfCronJob({ segments }: FieldPath): boolean {
  return segments[segments.length - 2] === 'jobTemplate';
}

/** What becomes of a container's own restart policy depends on the list that it is in: an init container may be a sidecar. */
function droppedPolicies(policy: unknown, container: FieldPath): readonly VersionRange[] {
  const { segments } = container;
  if (segments[segments.length - 2] !== 'initContainers') return [POLICIES_OFF];
  return policy === 'Always' ? [{ until: BEFORE_SIDECARS }] : [{ until: BEFORE_SIDECARS }, POLICIES_OFF];
}
