import { SkipReason } from './skipped';
import { isTestSuite } from './test-suites';
import { isRecord, list, record, text } from '../model/untyped';

/** How deep in a document a `$patch` is looked for. */
const MAX_DEPTH = 40;

/** What Kubernetes' versions of groups look like. */
const API_VERSION = /^(?:[a-z0-9.-]{1,253}\/)?v\d{1,4}(?:(?:alpha|beta)\d{1,4})?$/;

/** Files that kuttl, chainsaw and their likes compare a cluster with. */
const ASSERTION = /(?:^|[-_.])(?:assert|errors?)(?:[-_.]|$)/i;
const ASSERTION_STEP = /^(?:\d+-|chainsaw-)/;
const PATCH = /(?:^|[-_.])(?:json-?)?patch(?:es)?(?:[-_.]|$)/i;

/** Why a file that was found in a folder is no manifest of its own, by its name; undefined where the name does not say so. */
export function judgeName(name: string): SkipReason | undefined {
  const stem = name.replace(/\.(?:ya?ml|json)$/i, '');
  if (ASSERTION.test(stem) && (ASSERTION_STEP.test(stem) || /assert$/i.test(stem))) return SkipReason.ASSERTION;
  return PATCH.test(stem) ? SkipReason.KUSTOMIZE : undefined;
}

/** Why a document of a file that was found in a folder is no manifest of its own; undefined where it is one. */
export function judgeDocument(value: unknown): SkipReason | undefined {
  if (Array.isArray(value)) return value.every(entry => isRecord(entry) && 'op' in entry && 'path' in entry) ? SkipReason.KUSTOMIZE : SkipReason.NO_MANIFEST;
  if (!isRecord(value)) return SkipReason.NO_MANIFEST;
  const apiVersion = text(value.apiVersion);
  const kind = text(value.kind);
  if (apiVersion === '' || kind === '') {
    const half = API_VERSION.test(apiVersion) || /^[A-Z]/.test(kind);
    return half && isRecord(value.metadata) ? undefined : SkipReason.NO_MANIFEST;
  }
  if (apiVersion.startsWith('kustomize.config.k8s.io/')) return SkipReason.KUSTOMIZE;
  if (isTestSuite(value)) return SkipReason.ASSERTION;
  return hasPatchDirective(value, 0) || isFragment(apiVersion, kind, record(value.spec)) ? SkipReason.KUSTOMIZE : undefined;
}

const REPLICATED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

/** Whether it is a part of a workload that is merged into the whole: it has neither a selector nor an image. */
function isFragment(apiVersion: string, kind: string, spec: Record<string, unknown>): boolean {
  if (!apiVersion.startsWith('apps/') || !REPLICATED.has(kind) || spec.selector !== undefined) return false;
  const { containers } = record(record(spec.template).spec);
  return !list(containers).some(container => record(container).image !== undefined);
}

/** Whether `$patch`, `$retainKeys` and the like stand in it: then it changes another manifest. */
function hasPatchDirective(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.some(entry => hasPatchDirective(entry, depth + 1));
  return Object.entries(value).some(([key, child]) => {
    return key === '$patch' || key === '$retainKeys' || key.startsWith('$setElementOrder/') || key.startsWith('$deleteFromPrimitiveList/')
      || hasPatchDirective(child, depth + 1);
  });
}
