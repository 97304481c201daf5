import type { ScalarName } from './schema';
import { illegalBase64Byte } from '../../kubernetes/base64';

/** The word that Go's decoder has for a JSON value. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'number';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

const QUANTITY = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+|[numkKMGTPE]|[KMGTPE]i)?$/;
const TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

function isInteger(value: unknown, bits: 32 | 64): boolean {
  if (typeof value === 'bigint') return BigInt.asIntN(bits, value) === value;
  if (typeof value !== 'number' || !Number.isInteger(value)) return false;
  return -(2 ** (bits - 1)) <= value && value < 2 ** (bits - 1);
}

/**
 * What keeps a value that is not null from being a scalar of this type, or undefined where nothing does.
 *
 * No part of the value is quoted: it may be a secret.
 */
export function scalarProblem(type: ScalarName, value: unknown): string | undefined {
  const expected = (text: string) => `must be ${text}, not ${aJsonType(value)}`;
  switch (type) {
    case 'any': return undefined;
    case 'string': return typeof value === 'string' ? undefined : expected('a string');
    case 'bool': return typeof value === 'boolean' ? undefined : expected('a bool (true or false, without quotes)');
    case 'int32':
    case 'int64': {
      if (isInteger(value, type === 'int32' ? 32 : 64)) return undefined;
      return typeof value === 'number' ? `must be a whole number of type ${type}` : expected(`a whole number of type ${type}, without quotes`);
    }
    case 'intOrString': {
      return typeof value === 'string' || isInteger(value, 32) ? undefined : expected('a whole number of type int32 or a string');
    }
    case 'quantity': {
      if (typeof value === 'bigint') return undefined;
      if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'must be a quantity';
      if (typeof value !== 'string') return expected('a quantity');
      return QUANTITY.test(value) || value === '' ? undefined : 'must be a quantity such as "100m" or "64Mi"';
    }
    case 'time': {
      if (typeof value !== 'string') return expected('a time');
      return TIME.test(value) ? undefined : 'must be a time such as "2030-01-31T00:00:00Z"';
    }
    case 'bytes': return bytesProblem(value);
  }
}

/** Go's decoder takes base64 for bytes, and also a list of numbers from 0 to 255. */
function bytesProblem(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    return value.every(byte => byte === null || (isInteger(byte, 32) && byte >= 0 && byte <= 255)) ? undefined : 'must be base64';
  }
  if (typeof value !== 'string') return `must be base64 in a string, not ${aJsonType(value)}`;
  const at = illegalBase64Byte(value);
  return at === undefined ? undefined : `is no base64 (standard alphabet, with padding): illegal at byte ${at}`;
}

function aJsonType(value: unknown): string {
  const type = jsonType(value);
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
