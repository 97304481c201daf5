import type { VersionRange } from '../../kubernetes/versions';
import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';

/** The first version that says which of the references it means. */
const INDEX_SINCE = 37;

/** ValidateOwnerReferences. */
export function validateOwnerReferences(references: readonly Decoded<'OwnerReference'>[], path: FieldPath, out: FindingsOfObject): void {
  let hasController = false;
  references.forEach((reference, index) => {
    validateOwnerReference(reference, path.unprinted(index), { until: INDEX_SINCE - 1 }, out);
    validateOwnerReference(reference, path.index(index), { since: INDEX_SINCE }, out);
    if (reference.controller !== true) return;
    if (hasController) out.refuse('AmbiguousSource', path.unprinted(index), 'an object has one controller', 'leave controller: true out of the other references');
    hasController = true;
  });
}

function validateOwnerReference(reference: Decoded<'OwnerReference'>, path: FieldPath, range: VersionRange, out: FindingsOfObject): void {
  const { apiVersion = '' } = reference;
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  if (version === '' || apiVersion.split('/').length > 2) {
    out.refuse('RequiredField', path.child('apiVersion'), 'the owner has no version', 'write VERSION or GROUP/VERSION', range);
  }
  for (const field of ['kind', 'name', 'uid'] as const) {
    if ((reference[field] ?? '') === '') out.refuse('RequiredField', path.child(field), `the owner has no ${field}`, `give its ${field}`, range);
  }
  if (group === '' && version === 'v1' && reference.kind === 'Event') {
    out.refuse('UnsupportedValue', path, 'an Event cannot own an object', 'leave the reference out', range);
  }
}
