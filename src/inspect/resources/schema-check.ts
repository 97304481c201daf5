import { CEL_RULES } from '../../crd/cel-rules';
import type { SchemaNode } from '../../crd/custom-kind';
import { PATTERNS } from '../../crd/patterns';
import { closest, didYouMean } from '../../errors/suggest';
import { illegalBase64Byte } from '../../kubernetes/base64';
import { isDay } from '../../kubernetes/go-time';
import { jsonType } from '../decode/scalars';
import type { FieldPath } from '../field-path';
import { Stage } from '../finding';
import type { FindingsOfObject } from '../findings-of-object';
import { isRecord } from '../model/untyped';
import { quote } from '../quote';

/** How many findings an object may have before nothing is suggested any more. */
const MAX_SUGGESTIONS = 100;

/** The most characters that are compared with a pattern where the schema has no bound. */
const MAX_MATCHED = 65_536;

/** Fields that every object may have and that no schema lists. */
const OF_EVERY_OBJECT: ReadonlySet<string> = new Set(['status']);

/**
 * Looks for what the API server refuses in a custom resource by the schema of its definition: as it does, after unknown fields were
 * dropped, `null` was taken for absent and defaults were filled in. No value is quoted: it may be a secret.
 */
export class SchemaCheck {
  /**
   * @param of whose definition it is, with its version
   * @param nodeOf the schema with a number
   * @param hints what to do about fields that there are not, by their paths, where there is more to say than what there is
   */
  constructor(
    private readonly of: string, private readonly nodeOf: (number: number) => SchemaNode, private readonly out: FindingsOfObject,
    private readonly hints: Readonly<Record<string, string>> = {},
  ) {}

  /** The whole object. */
  public object(value: Readonly<Record<string, unknown>>, number: number, path: FieldPath): void {
    this.#fields(value, this.nodeOf(number), path, OF_EVERY_OBJECT);
  }

  #value(value: unknown, number: number, path: FieldPath): void {
    const node = this.nodeOf(number);
    if (value === null && node.nullable === true) return;
    if (!isOfType(value, node)) {
      this.out.refuse('WrongFieldType', path, `the field must be ${expected(node)}, not ${aJsonType(value)}`, nextStep(node, value));
      return;
    }
    if (node.enum !== undefined && !node.enum.includes(value)) this.#unsupported(value, node.enum, path);
    if (typeof value === 'string') this.#text(value, node, path);
    else if (typeof value === 'number' || typeof value === 'bigint') this.#number(Number(value), node, path);
    else if (Array.isArray(value)) this.#list(value, node, path);
    else if (isRecord(value)) this.#map(value, node, path);
  }

  #unsupported(value: unknown, values: readonly unknown[], path: FieldPath): void {
    const message = 'the field has none of the values that it can have';
    const names = values.map(String);
    const mayServe = typeof value === 'string' && this.#mayServe();
    const next = mayServe ? didYouMean(value, names, 'values') : `values: ${values.map(one => JSON.stringify(one)).join(', ')}`;
    if (mayServe && closest(value, names) === undefined) this.out.refuseUnlessNewer('UnsupportedValue', Stage.VALIDATION, path, message, next);
    else this.#add('UnsupportedValue', path, message, next);
  }

  /** What is nearly the name of a field is a slip; what is not may be one of a newer definition. */
  #unknown(name: string, fields: readonly string[], path: FieldPath): void {
    const message = `there is no field ${quote(name)} here, in ${this.of}`;
    const hint = this.hints[path.toString()];
    const next = hint ?? (this.#mayServe() ? didYouMean(name, fields, 'fields') : 'leave it out');
    const isSlip = hint !== undefined || !this.#mayServe() || closest(name, fields) !== undefined;
    if (isSlip) this.out.notStrict('UnknownField', path, message, next);
    else this.out.refuseUnlessNewer('UnknownField', Stage.STRICT_DECODING, path, message, next);
  }

  #text(value: string, { minLength, maxLength, pattern, format }: SchemaNode, path: FieldPath): void {
    if (minLength !== undefined && value.length < minLength) {
      this.#add('RequiredField', path, minLength === 1 ? 'the field must not be empty' : `the field must have at least ${minLength} characters`, 'give it a value');
      return;
    }
    // the length counts UTF-16; only what is longer in code points too is refused
    if (maxLength !== undefined && value.length > maxLength && [...value.slice(0, 2 * maxLength + 2)].length > maxLength) {
      this.#add('OutOfRange', path, `the field must have at most ${maxLength} characters`, 'shorten it');
      return;
    }
    if (pattern !== undefined && value.length <= MAX_MATCHED && !PATTERNS[pattern].matches(value)) {
      const { code, asks } = PATTERNS[pattern];
      this.#add(code, path, `the field must be ${asks}`, 'correct it');
    }
    if (format === 'byte' && illegalBase64Byte(value) !== undefined) {
      this.#add('InvalidBase64', path, 'the value is no base64 (standard alphabet, with padding)', 'encode the value in base64');
    }
    if (format === 'date-time' && !isDateTime(value)) {
      this.#add('InvalidFormat', path, 'the field must be a time such as 2030-01-31T00:00:00Z', 'correct it');
    }
  }

  #number(value: number, { minimum, maximum }: SchemaNode, path: FieldPath): void {
    if (minimum !== undefined && value < minimum) this.#add('OutOfRange', path, `the number must be at least ${minimum}`, 'give a larger number');
    if (maximum !== undefined && value > maximum) this.#add('OutOfRange', path, `the number must be at most ${maximum}`, 'give a smaller number');
  }

  #list(value: readonly unknown[], node: SchemaNode, path: FieldPath): void {
    const { items, minItems, maxItems, mapKeys } = node;
    if (minItems !== undefined && value.length < minItems) {
      this.#add('RequiredField', path, minItems === 1 ? 'the list must not be empty' : `the list must have at least ${minItems} items`, 'add what is missing, or leave the field out');
    }
    if (maxItems !== undefined && value.length > maxItems) this.#add('OutOfRange', path, `the list must have at most ${maxItems} items`, 'leave some out');
    if (mapKeys !== undefined) this.#unique(value, mapKeys, path);
    if (items !== undefined) value.forEach((item, index) => this.#value(item, items, path.index(index)));
  }

  #unique(items: readonly unknown[], keys: readonly string[], path: FieldPath): void {
    const seen = new Set<string>();
    items.forEach((item, index) => {
      if (!isRecord(item)) return;
      const id = JSON.stringify(keys.map(key => item[key] ?? null));
      if (seen.has(id)) this.#add('ConflictingFields', path.index(index), `the item has the ${keys.join(' and ')} of another item of the list`, 'remove one of them');
      seen.add(id);
    });
  }

  #map(value: Readonly<Record<string, unknown>>, node: SchemaNode, path: FieldPath): void {
    const before = this.out.drafts.length;
    // the server counts what is left once unknown fields are dropped
    const isDropped = (name: string) => node.values === undefined && node.open !== true && !Object.hasOwn(node.fields ?? {}, name);
    const names = Object.keys(value).filter(name => isThere(value[name]) && !isDropped(name));
    if (node.minProperties !== undefined && names.length < node.minProperties) {
      const message = `the field must have ${node.minProperties === 1 ? 'at least one field' : `at least ${node.minProperties} fields`}`;
      const next = node.fields === undefined ? 'add one' : `fields: ${listOf(Object.keys(node.fields))}`;
      if (names.length < Object.keys(value).length) this.out.refuseUnlessNewer('RequiredField', Stage.VALIDATION, path, message, next);
      else this.#add('RequiredField', path, message, next);
    }
    if (node.maxProperties !== undefined && names.length > node.maxProperties) {
      this.#add('AmbiguousSource', path, `the field may have only ${node.maxProperties === 1 ? 'one field' : `${node.maxProperties} fields`}, and has ${listOf(names)}`, 'leave all but one out');
    }
    this.#fields(value, node, path);
    // a rule is only asked about values that the schema takes
    if (node.rules === undefined || this.out.drafts.length > before) return;
    for (const [rule, message] of node.rules) {
      if (!CEL_RULES[rule](value)) this.#add('ConflictingFields', path, message.replace(/\.$/, ''), 'correct it');
    }
  }

  #fields(value: Readonly<Record<string, unknown>>, node: SchemaNode, path: FieldPath, also?: ReadonlySet<string>): void {
    const { fields, values, open, required = [] } = node;
    for (const name of required) {
      if (!Object.hasOwn(value, name) || !isThere(value[name])) {
        this.#add('RequiredField', path.child(name), 'the field is required', 'add it');
      }
    }
    for (const name of Object.keys(value)) {
      const child = value[name];
      const number = fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (number !== undefined) {
        if (isThere(child) || (child === null && this.nodeOf(number).nullable === true)) this.#value(child, number, path.child(name));
      } else if (values !== undefined) {
        if (isThere(child)) this.#value(child, values, path.key(name));
      } else if (open !== true && also?.has(name) !== true && child !== undefined) {
        this.#unknown(name, Object.keys(fields ?? {}), path.child(name));
      }
    }
  }

  #mayServe(): boolean {
    return this.out.drafts.length < MAX_SUGGESTIONS;
  }

  #add(code: Parameters<FindingsOfObject['refuse']>[0], path: FieldPath, message: string, next: string): void {
    this.out.refuse(code, path, message, next);
  }
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 10).map(quote).join(', ');
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}

function isOfType(value: unknown, { type, intOrString, open }: SchemaNode): boolean {
  if (intOrString === true) return typeof value === 'string' || isWhole(value);
  switch (type) {
    case 'object': return isRecord(value);
    case 'array': return Array.isArray(value);
    case 'integer': return isWhole(value);
    case 'number': return typeof value === 'number' || typeof value === 'bigint';
    case 'string':
    case 'boolean': return typeof value === type;
    case undefined: return open === true ? true : isThere(value);
  }
}

function isWhole(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

function expected({ type, intOrString }: SchemaNode): string {
  if (intOrString === true) return 'a whole number or a string';
  switch (type) {
    case 'object': return 'a map';
    case 'array': return 'a list';
    case 'integer': return 'a whole number, without quotes';
    case 'number': return 'a number, without quotes';
    case 'boolean': return 'a bool (true or false, without quotes)';
    default: return 'a string';
  }
}

function nextStep({ type }: SchemaNode, value: unknown): string {
  if (type === 'string' && !isRecord(value) && !Array.isArray(value)) return 'put the value in quotes';
  return 'give the field a value of its type';
}

function aJsonType(value: unknown): string {
  const type = jsonType(value);
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** A time as the API server takes it by the definition of a kind: letters of any case, and any character before a fraction. */
function isDateTime(text: string): boolean {
  const [day, time = ''] = text.toLowerCase().split('t');
  return isDay(day) && /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:.\d+)?(?:z|[+-]\d\d:\d\d)$/.test(time);
}
