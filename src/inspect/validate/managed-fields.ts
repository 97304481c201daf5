import { byteLength } from '../../kubernetes/names';
import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';

const OPERATIONS: readonly string[] = ['Apply', 'Update'];
const FIELDS_TYPE = 'FieldsV1';
const MAX_MANAGER = 128;
const MAX_SUBRESOURCE = 256;
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u;

/** ValidateManagedFields: what the API server itself writes, and some manifests that were read from a cluster still have. */
export function validateManagedFields(entries: readonly Decoded<'ManagedFieldsEntry'>[], path: FieldPath, out: FindingsOfObject): void {
  const next = 'leave managedFields out: the API server keeps them';
  entries.forEach(({ operation = '', fieldsType = '', manager = '', subresource = '' }, index) => {
    const at = path.index(index);
    if (!OPERATIONS.includes(operation)) out.refuse('UnsupportedValue', at.child('operation'), `${quote(operation)} is no operation`, next);
    if (fieldsType !== '' && fieldsType !== FIELDS_TYPE) out.refuse('UnsupportedValue', at.child('fieldsType'), `${quote(fieldsType)} is no type of fields`, next);
    if (byteLength(manager) > MAX_MANAGER) out.refuse('OutOfRange', at.child('manager'), `the manager has more than ${MAX_MANAGER} bytes`, next);
    if (!PRINTABLE.test(manager)) out.refuse('InvalidName', at.child('manager'), `${quote(manager)} has characters that cannot be printed`, next);
    if (byteLength(subresource) > MAX_SUBRESOURCE) out.refuse('OutOfRange', at.child('subresource'), `the subresource has more than ${MAX_SUBRESOURCE} bytes`, next);
  });
}
