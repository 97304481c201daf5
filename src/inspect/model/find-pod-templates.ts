import type { PodTemplate } from './pod-template';
import { knownPlaceOf, searchTemplates } from './template-places';
import { decodeStruct, UnknownFields } from '../decode/decode';
import type { FindingsOfObject } from '../findings-of-object';

/** The pods of a decoded object of a kind that this library knows. */
export function podTemplatesOf(kind: string, decoded: any): PodTemplate[] {
  const { fields, path, metadataPath } = knownPlaceOf(kind);
  let template = decoded;
  for (const field of fields) template = template?.[field];
  if (typeof template?.spec !== 'object') return [];
  return [{
    spec: template.spec,
    path,
    metadata: template.metadata ?? {},
    metadataPath,
    claims: (decoded.spec?.volumeClaimTemplates ?? []).map((claim: any) => claim.metadata?.name ?? ''),
  }];
}

/** The pods of an object of any other kind. Fields of such a resource that pods do not have are passed over. */
export function findPodTemplates(object: Readonly<Record<string, unknown>>, out: FindingsOfObject): PodTemplate[] {
  return searchTemplates(object).map(({ spec, path, holder, metadataPath }) => ({
    spec: decodeStruct(spec, 'PodSpec', path, out, UnknownFields.IGNORED),
    path,
    metadata: decodeStruct(holder?.metadata, 'ObjectMeta', metadataPath, out, UnknownFields.IGNORED),
    metadataPath,
    claims: [],
  }));
}
