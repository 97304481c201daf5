import type { ScalarName } from './schema';
import { illegalBase64Byte } from '../../kubernetes/base64';
import { goTime } from '../../kubernetes/go-time';
import { isQuantity } from '../../kubernetes/quantity';

/** The word that Go's decoder has for a JSON value. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'number';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

const TWO_TO_31 = 2 ** 31;
const TWO_TO_63 = 2 ** 63;

function isInteger(value: unknown, bits: 32 | 64): boolean {
  if (typeof value === 'bigint') return BigInt.asIntN(bits, value) === value;
  const limit = bits === 32 ? TWO_TO_31 : TWO_TO_63;
  return typeof value === 'number' && Number.isInteger(value) && value >= -limit && value < limit;
}

/** Whether a value is a scalar of this type. */
export function isScalar(type: ScalarName, value: unknown): boolean {
  switch (type) {
    case 'any': return value !== null && value !== undefined;
    case 'string': return typeof value === 'string';
    case 'bool': return typeof value === 'boolean';
    case 'int32': return isInteger(value, 32);
    case 'int64': return isInteger(value, 64);
    case 'intOrString': return typeof value === 'string' || isInteger(value, 32);
    case 'quantity': return typeof value === 'bigint' || ((typeof value === 'number' || typeof value === 'string') && isQuantity(value));
    case 'time': return typeof value === 'string' && goTime(value) !== undefined;
    case 'bytes': return typeof value === 'string' ? illegalBase64Byte(value) === undefined : isListOfBytes(value);
  }
}

/** Whether a value is a whole number that its reader kept exactly. Rules compare and print numbers, and a bigint is none. */
export function isExactInteger(type: ScalarName, value: unknown): value is bigint {
  return typeof value === 'bigint' && (type === 'int32' || type === 'int64' || type === 'intOrString');
}

/** Go's decoder takes base64 for bytes, and also a list of numbers from 0 to 255. */
function isListOfBytes(value: unknown): boolean {
  return Array.isArray(value) && value.every(byte => byte === null || (isInteger(byte, 32) && byte >= 0 && byte <= 255));
}

/**
 * What keeps a value that is not null from being a scalar of this type.
 *
 * No part of the value is quoted: it may be a secret.
 */
export function scalarProblem(type: ScalarName, value: unknown): string {
  const isText = typeof value === 'string';
  const isNumber = jsonType(value) === 'number';
  const expected = (text: string) => `must be ${text}, not ${aJsonType(value)}`;
  switch (type) {
    case 'any': return expected('a value');
    case 'string': return expected('a string');
    case 'bool': return expected('a bool (true or false, without quotes)');
    case 'int32':
    case 'int64': return isNumber ? `must be a whole number of type ${type}` : expected(`a whole number of type ${type}, without quotes`);
    case 'intOrString': return expected('a whole number of type int32 or a string');
    case 'quantity': {
      if (typeof value === 'number') return 'must be a quantity';
      return isText ? 'must be a quantity such as "100m" or "64Mi"' : expected('a quantity');
    }
    case 'time': return isText ? 'must be a time such as "2030-01-31T00:00:00Z"' : expected('a time');
    case 'bytes': {
      if (Array.isArray(value)) return 'must be base64';
      return isText ? `is no base64 (standard alphabet, with padding): illegal at byte ${illegalBase64Byte(value)}` : expected('base64 in a string');
    }
  }
}

function aJsonType(value: unknown): string {
  const type = jsonType(value);
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
