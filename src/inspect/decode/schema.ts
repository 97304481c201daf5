import type { VersionRange } from '../../kubernetes/versions';
import { TYPES } from '../../schema/types';

/** The table of types, for names that only come at run time. */
type TypeTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A scalar type of the API. */
export type ScalarName = 'string' | 'bool' | 'int32' | 'int64' | 'bytes' | 'quantity' | 'time' | 'intOrString' | 'any';

/** What a field holds. */
export type FieldType =
  | { readonly kind: 'scalar'; readonly name: ScalarName }
  | { readonly kind: 'list' | 'map'; readonly of: FieldType }
  | { readonly kind: 'struct'; readonly name: string };

/** A field of a struct, and the versions that have it where not all do. */
export interface Field {
  readonly type: FieldType;
  readonly range?: VersionRange;
  /** Up to which version the API server empties the field before it validates the object. */
  readonly droppedUntil?: number;
  /** What `typeof` says of every value of the field, where that is all there is to know: texts and truth values are most of an object. */
  readonly typeOf?: 'string' | 'boolean';
}

const TABLE: TypeTable = TYPES;
const SCALARS = new Set<string>(['string', 'bool', 'int32', 'int64', 'bytes', 'quantity', 'time', 'intOrString', 'any']);
const structs = new Map<string, ReadonlyMap<string, Field>>();

/** What the table leaves out has no fields. */
const NO_FIELDS = {};

/** The fields of a type. */
export function fieldsOf(struct: string): ReadonlyMap<string, Field> {
  let fields = structs.get(struct);
  if (fields === undefined) {
    fields = new Map(Object.entries(TABLE[struct] ?? NO_FIELDS).map(([name, notation]) => [name, parseField(notation)]));
    structs.set(struct, fields);
  }
  return fields;
}

const TYPE_OF: Readonly<Record<string, 'string' | 'boolean'>> = { string: 'string', bool: 'boolean' };

function parseField(notation: string): Field {
  const [type, ...rest] = notation.split(' ');
  const minor = (word: string) => rest.includes(word) ? Number(rest[rest.indexOf(word) + 1].slice('1.'.length)) : undefined;
  if (rest.length > 0) return { type: parseType(type), range: { since: minor('since'), until: minor('until') }, droppedUntil: minor('dropped') };
  return { type: parseType(type), typeOf: TYPE_OF[type] };
}

function parseType(notation: string): FieldType {
  for (const [prefix, kind] of [['[]', 'list'], ['map[string]', 'map']] as const) {
    if (notation.startsWith(prefix)) return { kind, of: parseType(notation.slice(prefix.length)) };
  }
  return SCALARS.has(notation) ? { kind: 'scalar', name: notation as ScalarName } : { kind: 'struct', name: notation };
}

/** The type that objects of an API version and kind are decoded as, or undefined where this library knows none. */
export function structOf(apiVersion: string, kind: string): string | undefined {
  return API_VERSIONS.get(kind) === apiVersion ? kind : undefined;
}

const API_VERSIONS: ReadonlyMap<string, string> = new Map(([
  ['v1', ['Secret', 'ConfigMap', 'ServiceAccount', 'Pod', 'PodTemplate', 'ReplicationController']],
  ['apps/v1', ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet']],
  ['batch/v1', ['Job', 'CronJob']],
] as const).flatMap(([apiVersion, kinds]) => kinds.map(kind => [kind, apiVersion] as const)));
