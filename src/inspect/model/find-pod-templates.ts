import { decodeStruct, UnknownFields } from '../decode/decode';
import { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import type { PodTemplate } from './pod-template';

/** How far down in a custom resource pods are looked for. */
const MAX_DEPTH = 8;

/** Where the objects of a kind have their pod template. */
interface TemplatePlace {
  readonly at: readonly string[];
  readonly spec: FieldPath;
  readonly metadata: FieldPath;
}

function placeOf(...at: string[]): TemplatePlace {
  const path = FieldPath.of(at);
  return { at, spec: path.child('spec'), metadata: path.child('metadata') };
}

const PLACES: ReadonlyMap<string, TemplatePlace> = new Map([
  ['Pod', placeOf()],
  ['PodTemplate', placeOf('template')],
  ['CronJob', placeOf('spec', 'jobTemplate', 'spec', 'template')],
]);
const USUAL_PLACE = placeOf('spec', 'template');

/** The pods of a decoded object of a kind that this library knows. */
export function podTemplatesOf(kind: string, decoded: any): PodTemplate[] {
  const { at, spec, metadata } = PLACES.get(kind) ?? USUAL_PLACE;
  let template = decoded;
  for (const field of at) template = template?.[field];
  if (typeof template?.spec !== 'object') return [];
  return [{
    spec: template.spec,
    path: spec,
    metadata: template.metadata ?? {},
    metadataPath: metadata,
    claims: (decoded.spec?.volumeClaimTemplates ?? []).map((claim: any) => claim.metadata?.name ?? ''),
  }];
}

/**
 * The pods of an object of any other kind: whatever in it has a list of `containers`, as the pod templates of custom
 * resources do. Fields of such a resource that pods do not have are passed over.
 */
export function findPodTemplates(object: object, out: FindingsOfObject): PodTemplate[] {
  const found: PodTemplate[] = [];
  if (!mayHoldPods((object as { spec?: unknown }).spec, 0)) return found;
  const search = (value: unknown, path: FieldPath, metadata: unknown, metadataPath: FieldPath, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
    if (isPodSpec(value)) {
      found.push({
        spec: decodeStruct(value, 'PodSpec', path, out, UnknownFields.IGNORED),
        path,
        metadata: decodeStruct(metadata, 'ObjectMeta', metadataPath, out, UnknownFields.IGNORED),
        metadataPath,
        claims: [],
      });
      return;
    }
    if (Array.isArray(value)) {
      value.forEach((item, index) => search(item, path.index(index), undefined, path, depth + 1));
      return;
    }
    const fields = value as Record<string, unknown>;
    for (const key of Object.keys(fields)) {
      const child = fields[key];
      if (typeof child === 'object' && child !== null) {
        search(child, path.child(key), key === 'spec' ? fields.metadata : undefined, path.child('metadata'), depth + 1);
      }
    }
  };
  search((object as { spec?: unknown }).spec, FieldPath.ROOT.child('spec'), undefined, FieldPath.ROOT.child('metadata'), 0);
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

function isPodSpec(value: object): boolean {
  const { containers } = value as { containers?: unknown };
  return Array.isArray(containers) && containers.length > 0 && containers.every(container => {
    return typeof container === 'object' && container !== null && (typeof container.image === 'string' || typeof container.name === 'string');
  });
}
