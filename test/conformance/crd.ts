import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/**
 * A strict check of custom resources against the CRDs in `crd/`: what the API server checks, and fields that the schema
 * does not know are refused as well (the server drops them in silence, which is how a misspelt field gets lost).
 *
 * It knows the keywords that those CRDs use and refuses to run on any other, so that an update cannot weaken it.
 */
export function crdProblems(manifest: any): string[] {
  const schema = SCHEMAS.get(`${manifest?.apiVersion} ${manifest?.kind}`);
  if (schema === undefined) return [`no CRD of ${manifest?.apiVersion} ${manifest?.kind}`];
  const problems: string[] = [];
  check({ ...schema, properties: { ...schema.properties, metadata: METADATA } }, manifest, '', problems);
  return problems;
}

interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly properties?: { [name: string]: Schema };
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly required?: string[];
  readonly enum?: unknown[];
  readonly pattern?: string;
  readonly [keyword: string]: unknown;
}

const KEYWORDS = new Set([
  'type', 'properties', 'additionalProperties', 'items', 'required', 'enum', 'pattern', 'nullable', 'default', 'format',
  'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minimum', 'maximum',
  'x-kubernetes-preserve-unknown-fields', 'x-kubernetes-map-type', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys',
  'x-kubernetes-int-or-string',
]);

const strings: Schema = { type: 'object', additionalProperties: { type: 'string' } };
const METADATA: Schema = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1 }, namespace: { type: 'string' }, labels: strings, annotations: strings },
};

const SCHEMAS = new Map<string, Schema>();
for (const file of readdirSync(join(__dirname, 'crd'))) {
  const { spec } = parse(readFileSync(join(__dirname, 'crd', file), 'utf8'));
  for (const version of spec.versions) {
    SCHEMAS.set(`${spec.group}/${version.name} ${spec.names.kind}`, version.schema.openAPIV3Schema);
  }
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function check(schema: Schema, value: any, path: string, problems: string[]): void {
  for (const keyword of Object.keys(schema)) {
    if (!KEYWORDS.has(keyword)) throw new Error(`the check does not know the keyword '${keyword}' at ${path}`);
  }
  const fail = (text: string) => { problems.push(`${path === '' ? '.' : path}: ${text}`); };
  const type = typeOf(value);
  if (value === null && schema.nullable === true) return;
  const wanted = schema['x-kubernetes-int-or-string'] === true ? ['integer', 'string']
    : schema.type === 'number' ? ['number', 'integer'] : [schema.type ?? type];
  if (!wanted.includes(type)) return fail(`must be ${wanted.join(' or ')}, is ${type}`);
  if (schema.enum !== undefined && !schema.enum.includes(value)) fail(`must be one of ${schema.enum.join(', ')}`);

  if (type === 'string') {
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) fail(`must match ${schema.pattern}`);
    if (schema.format === 'byte' && Buffer.from(value, 'base64').toString('base64') !== value) fail('must be base64');
    range('length', [...value].length, schema.minLength, schema.maxLength);
  } else if (type === 'integer' || type === 'number') {
    range('value', value, schema.minimum, schema.maximum);
  } else if (type === 'array') {
    range('number of items', value.length, schema.minItems, schema.maxItems);
    value.forEach((item: unknown, index: number) => { check(schema.items ?? {}, item, `${path}[${index}]`, problems); });
  } else if (type === 'object') {
    range('number of fields', Object.keys(value).length, schema.minProperties, schema.maxProperties);
    for (const name of schema.required ?? []) {
      if (value[name] === undefined) fail(`must have '${name}'`);
    }
    for (const [name, field] of Object.entries(value)) {
      const known = schema.properties?.[name] ?? schema.additionalProperties;
      if (known !== undefined) check(known, field, `${path}.${name}`, problems);
      else if (schema['x-kubernetes-preserve-unknown-fields'] !== true) fail(`unknown field '${name}'`);
    }
  }

  function range(what: string, actual: number, least: unknown, most: unknown) {
    if (typeof least === 'number' && actual < least) fail(`${what} must be at least ${least}`);
    if (typeof most === 'number' && actual > most) fail(`${what} must be at most ${most}`);
  }
}
