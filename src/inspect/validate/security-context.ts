import type { PodSecurityContext } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';

const MAX_ID = 2 ** 31 - 1;

/** The number of a user or of a group. */
export function validateId(id: number | undefined, path: FieldPath, out: FindingsOfObject): void {
  if (id !== undefined && (id < 0 || id > MAX_ID)) {
    out.refuse('OutOfRange', path, `${id} can be no id of a user or group`, `use 0 to ${MAX_ID}`);
  }
}

/** ValidatePodSecurityContext, as far as it decides who may read files. */
export function validatePodSecurityContext(context: PodSecurityContext, path: FieldPath, out: FindingsOfObject): void {
  validateId(context.runAsUser, path.child('runAsUser'), out);
  validateId(context.runAsGroup, path.child('runAsGroup'), out);
  validateId(context.fsGroup, path.child('fsGroup'), out);
  context.supplementalGroups?.forEach((group, index) => validateId(group, path.child('supplementalGroups').index(index), out));
  const { fsGroupChangePolicy } = context;
  if (fsGroupChangePolicy !== undefined && fsGroupChangePolicy !== 'Always' && fsGroupChangePolicy !== 'OnRootMismatch') {
    out.refuse('UnsupportedValue', path.child('fsGroupChangePolicy'), `${quote(fsGroupChangePolicy)} is no value of this field`,
      'use one of Always, OnRootMismatch');
  }
}
