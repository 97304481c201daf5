import { DEFAULTS, PLAIN_FIELDS, POINTERS } from './defaults';
import { fieldsOf, type FieldType, type ScalarName } from './schema';
import { readQuantity } from '../../kubernetes/quantity';
import { isRecord } from '../model/untyped';

/** Deeper than any object of Kubernetes is. */
const MAX_DEPTH = 100;

/**
 * A decoded value as the API server would store it, for comparison: with defaults, without what is as good as nothing, amounts as numbers, and the fields in one order. Two values that
 * give the same JSON here are the same to the controllers.
 */
export function asStored(value: unknown, struct: string): unknown {
  return storedStruct(value, struct, 0);
}

function storedStruct(value: unknown, struct: string, depth: number): unknown {
  if (!isRecord(value) || depth > MAX_DEPTH) return value;
  const defaults = DEFAULTS[struct] ?? {};
  const stored: Record<string, unknown> = {};
  for (const [name, { type }] of fieldsOf(struct)) {
    const plain = PLAIN_FIELDS.has(name) && !POINTERS.has(`${struct}.${name}`);
    const given = storedField(Object.hasOwn(value, name) ? value[name] : undefined, type, depth, plain, POINTERS.has(`${struct}.${name}`));
    const otherwise = given === undefined && Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    const used = given ?? (typeof otherwise === 'function' ? otherwise(value) : otherwise);
    if (used !== undefined) stored[name] = used;
  }
  return stored;
}

function storedField(value: unknown, type: FieldType, depth: number, plain: boolean, pointer: boolean): unknown {
  if (value === undefined || value === null) return undefined;
  switch (type.kind) {
    case 'scalar': return isNothing(value, type.name, plain, pointer) ? undefined : storedScalar(value, type.name);
    case 'struct': {
      const stored = storedStruct(value, type.name, depth + 1);
      return plain && isRecord(stored) && Object.keys(stored).length === 0 ? undefined : stored;
    }
    case 'list': return !Array.isArray(value) || value.length === 0 ? undefined : value.map(item => storedItem(item, type.of, depth + 1));
    case 'map': {
      const entries = isRecord(value) ? Object.entries(value) : [];
      if (entries.length === 0) return undefined;
      return Object.fromEntries(entries.sort(([a], [b]) => a < b ? -1 : 1).map(([key, item]) => [key, storedItem(item, type.of, depth + 1)]));
    }
  }
}

/** An item of a list or a map stays, whatever it is. */
function storedItem(value: unknown, type: FieldType, depth: number): unknown {
  if (type.kind === 'scalar') return storedScalar(value, type.name);
  return storedField(value, type, depth, false, true) ?? null;
}

function isNothing(value: unknown, name: ScalarName, plain: boolean, pointer: boolean): boolean {
  return (value === '' && name !== 'any' && !pointer) || (plain && (value === false || value === 0));
}

function storedScalar(value: unknown, name: ScalarName): unknown {
  if (name === 'quantity' && ['string', 'number', 'bigint'].includes(typeof value)) {
    const quantity = readQuantity(value as string);
    if (quantity !== undefined) return String(quantity.nanos);
  }
  return name === 'any' ? inOrder(value, 0) : typeof value === 'bigint' ? String(value) : value;
}

/** Any value with the fields of its objects in one order. */
export function inOrder(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map(item => inOrder(item, depth + 1));
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([key, item]) => [key, inOrder(item, depth + 1)]));
}

/** Whether two values give the same JSON. */
export function areSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
