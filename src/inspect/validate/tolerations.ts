import { labelValue, qualifiedName } from '../../kubernetes/names';
import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { oneOf } from './fields';

const EFFECTS: ReadonlySet<string> = new Set(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);

/** ValidateTolerations. */
export function validateTolerations(tolerations: readonly Decoded<'Toleration'>[], path: FieldPath, out: FindingsOfObject): void {
  tolerations.forEach((toleration, index) => {
    const at = path.index(index);
    const { key = '', operator = '', effect = '', tolerationSeconds } = toleration;
    const wrong = key === '' ? [] : qualifiedName(key);
    if (wrong.length > 0) out.refuse('InvalidLabel', at.child('key'), `${quote(key)} can be no key of a taint: ${wrong.join(', ')}`, 'correct it');
    if (key === '' && operator !== 'Exists') {
      out.refuse('UnsupportedValue', at.child('operator'), 'a toleration without a key tolerates every taint, and its operator is Exists', 'name a key, or use Exists');
    }
    validateOperator(toleration, at, out);
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      out.refuse('UnsupportedValue', at.child('effect'), 'tolerationSeconds only goes with the effect NoExecute', 'use NoExecute, or leave tolerationSeconds out');
    }
    oneOf(effect, EFFECTS, at.child('effect'), out);
  });
}

/** Where the value does not go with the operator, the API server names the operator. */
function validateOperator({ operator = '', value = '' }: Decoded<'Toleration'>, path: FieldPath, out: FindingsOfObject): void {
  const at = path.child('operator');
  if (operator === '' || operator === 'Equal') {
    const wrong = labelValue(value);
    if (wrong.length > 0) out.refuse('InvalidLabel', at, `${quote(value)} can be no value of a taint: ${wrong.join(', ')}`, 'correct it');
  } else if (operator !== 'Exists') {
    out.refuse('UnsupportedValue', at, `${quote(operator)} is no operator`, 'use Equal or Exists');
  } else if (value !== '') {
    out.refuse('ForbiddenField', at, 'Exists takes no value', 'leave the value out, or use Equal');
  }
}
