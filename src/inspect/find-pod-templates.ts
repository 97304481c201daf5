import { decodeStruct, UnknownFields } from './decode/decode';
import { FieldPath } from './field-path';
import type { FindingsOfObject } from './findings-of-object';
import type { PodTemplate } from './pod-template';

/** How far down in a custom resource pods are looked for. */
const MAX_DEPTH = 8;

const TEMPLATE_AT: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ['template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** The pods of a decoded object of a kind that this library knows. */
export function podTemplatesOf(kind: string, decoded: any): PodTemplate[] {
  const at = TEMPLATE_AT[kind] ?? ['spec', 'template'];
  const template = at.reduce((value, field) => value?.[field], decoded);
  if (typeof template?.spec !== 'object' || template.spec instanceof Map) return [];
  const path = FieldPath.of(at);
  return [{
    spec: template.spec,
    path: path.child('spec'),
    metadata: template.metadata ?? {},
    metadataPath: path.child('metadata'),
    claims: (decoded.spec?.volumeClaimTemplates ?? []).map((claim: any) => claim.metadata?.name ?? ''),
  }];
}

/**
 * The pods of an object of any other kind: whatever in it has a list of `containers`, as the pod templates of custom
 * resources do. Fields of such a resource that pods do not have are passed over.
 */
export function findPodTemplates(object: object, out: FindingsOfObject): PodTemplate[] {
  const found: PodTemplate[] = [];
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
    for (const [key, child] of Object.entries(fields)) {
      search(child, path.child(key), key === 'spec' ? fields.metadata : undefined, path.child('metadata'), depth + 1);
    }
  };
  search((object as { spec?: unknown }).spec, FieldPath.ROOT.child('spec'), undefined, FieldPath.ROOT.child('metadata'), 0);
  return found;
}

function isPodSpec(value: object): boolean {
  const { containers } = value as { containers?: unknown };
  return Array.isArray(containers) && containers.length > 0 && containers.every(container => {
    return typeof container === 'object' && container !== null && (typeof container.image === 'string' || typeof container.name === 'string');
  });
}
