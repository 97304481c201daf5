import { isRecord, text } from './untyped';
import { structOf } from '../decode/schema';
import { FieldPath } from '../field-path';

/** How far down in a custom resource pods are looked for. */
const MAX_DEPTH = 8;

/** Where an object has pods: its own, or those that are made of it. */
export interface TemplatePlace {
  /** The pod spec. */
  readonly spec: Record<string, unknown>;
  readonly path: FieldPath;
  /** What holds the spec and, beside it, the metadata of the pods; undefined where the spec stands alone. */
  readonly holder?: Record<string, unknown>;
  readonly metadataPath: FieldPath;
  /** Whether it is a task of Tekton, whose containers are its steps and sidecars, and which says nothing else of its pod. */
  readonly isTask?: boolean;
}

/** The API group of Tekton, whose tasks have steps in place of containers. */
const TEKTON = 'tekton.dev/';

/** The groups of Kyverno and Gatekeeper: what looks like a pod in their policies is a pattern that pods are compared with. */
const OF_POLICIES = /^(?:(?:policies\.)?kyverno\.io|[a-z]{1,30}\.gatekeeper\.sh)\//;

/** Where the objects of a kind have their pod template. */
interface KnownPlace {
  /** The fields that lead to it. */
  readonly fields: readonly string[];
  /** Where it has the spec and the metadata of the pods. */
  readonly path: FieldPath;
  readonly metadataPath: FieldPath;
}

function placeAt(...fields: string[]): KnownPlace {
  const template = FieldPath.of(fields);
  return { fields, path: template.child('spec'), metadataPath: template.child('metadata') };
}

const USUAL = placeAt('spec', 'template');
const UNUSUAL: ReadonlyMap<string, KnownPlace> = new Map([
  ['Pod', placeAt()],
  ['PodTemplate', placeAt('template')],
  ['CronJob', placeAt('spec', 'jobTemplate', 'spec', 'template')],
]);

/** Where the objects of a kind that this library knows have their pod template. */
export function knownPlaceOf(kind: string): KnownPlace {
  return UNUSUAL.get(kind) ?? USUAL;
}

/** Where a manifest of any kind has pods. */
export function templatePlaces(manifest: Record<string, unknown>): TemplatePlace[] {
  const { apiVersion, kind } = manifest;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  if (apiVersion.startsWith(TEKTON)) return searchTasks(manifest);
  return structOf(apiVersion, kind) === undefined ? searchTemplates(manifest) : knownPlace(manifest, kind);
}

function knownPlace(manifest: Record<string, unknown>, kind: string): TemplatePlace[] {
  let holder: unknown = manifest;
  const { fields, path, metadataPath } = knownPlaceOf(kind);
  for (const field of fields) holder = isRecord(holder) ? holder[field] : undefined;
  if (!isRecord(holder) || !isRecord(holder.spec)) return [];
  return [{ spec: holder.spec, path, holder, metadataPath }];
}

/**
 * The pods of an object of any other kind: whatever in it has a list of `containers`, as the pod templates of custom
 * resources do.
 */
export function searchTemplates(object: Readonly<Record<string, unknown>>): TemplatePlace[] {
  return mayHoldPods(object.spec, 0) && !OF_POLICIES.test(text(object.apiVersion)) ? search(object, isPodSpec, false) : [];
}

/** The tasks in an object of Tekton. */
function searchTasks(object: Readonly<Record<string, unknown>>): TemplatePlace[] {
  return search(object, ({ steps }) => isContainerList(steps), true);
}

type Fields = Readonly<Record<string, unknown>>;

function search(object: Fields, isFound: (fields: Fields) => boolean, isTask: boolean): TemplatePlace[] {
  const found: TemplatePlace[] = [];
  const visit = (value: unknown, path: FieldPath, holder: Record<string, unknown> | undefined, metadataPath: FieldPath, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
    if (Array.isArray(value)) {
      value.forEach((item, index) => visit(item, path.index(index), undefined, path, depth + 1));
      return;
    }
    const fields = value as Record<string, unknown>;
    if (isFound(fields)) {
      found.push({ spec: fields, path, holder, metadataPath, ...isTask ? { isTask } : {} });
      return;
    }
    for (const key of Object.keys(fields)) {
      const child = fields[key];
      if (typeof child === 'object' && child !== null) {
        visit(child, path.child(key), key === 'spec' ? fields : undefined, path.child('metadata'), depth + 1);
      }
    }
  };
  visit(object.spec, FieldPath.ROOT.child('spec'), undefined, FieldPath.ROOT.child('metadata'), 0);
  return found;
}

/** Whether there are `containers` anywhere: most objects without a pod are done with this. */
function mayHoldPods(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
  if ('containers' in value) return true;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key in fields) if (typeof fields[key] === 'object' && mayHoldPods(fields[key], depth + 1)) return true;
  return false;
}

function isPodSpec({ containers }: Fields): boolean {
  return isContainerList(containers);
}

function isContainerList(containers: unknown): boolean {
  return Array.isArray(containers) && containers.length > 0 && containers.every(container => {
    return typeof container === 'object' && container !== null && (typeof container.image === 'string' || typeof container.name === 'string');
  });
}
