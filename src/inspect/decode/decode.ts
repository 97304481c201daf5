import { didYouMean } from '../../errors/suggest';
import type { VersionRange } from '../../kubernetes/versions';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { isScalar, jsonType, scalarProblem } from './scalars';
import { fieldsOf, type Field, type FieldType, type ScalarName } from './schema';

/** Whether fields that a type does not have are findings. */
export enum UnknownFields {
  /** They are, as under kubectl's strict field validation. */
  REFUSED,
  /** They are not: the object is of a type that has more fields than ours. */
  IGNORED,
}

/** How many findings an object may have before nothing is suggested any more. */
const MAX_SUGGESTIONS = 100;

/**
 * Reads a value as the API server does: fields of another type are findings, fields that do not exist are findings where
 * `unknownFields` says so, and `null` is as good as absent, except in maps and lists, where it is the empty value.
 *
 * @returns what has the right type, for the validation to work on: maps as `Map`, and whatever needs no change as it is
 */
export function decodeStruct(value: unknown, struct: string, path: FieldPath, out: FindingsOfObject, unknownFields: UnknownFields): any {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    out.cannotDecode(path, `must be an object (${struct}), not a JSON value of type ${jsonType(value)}`);
    return {};
  }
  const fields = fieldsOf(struct);
  const given = value as Readonly<Record<string, unknown>>;
  let decoded: Record<string, unknown> | undefined;
  for (const name of Object.keys(given)) {
    const child = given[name];
    if (child === undefined) continue;
    const field = fields.get(name);
    let read: unknown;
    if (field !== undefined) {
      if (field.range !== undefined && unknownFields === UnknownFields.REFUSED) reportOtherVersions(name, path, out, field.range);
      const { type } = field;
      // most fields are scalars of the right type: for those no path is made
      read = type.kind === 'scalar' && isScalar(type.name, child) ? child : decodeValue(child, type, path.child(name), out, unknownFields);
    } else if (unknownFields === UnknownFields.REFUSED) {
      out.notStrict('UnknownField', path.child(name), `there is no field ${quote(name)} in ${struct}`,
        out.drafts.length < MAX_SUGGESTIONS ? didYouMean(name, currentFields(fields), 'fields') : 'leave it out');
    }
    if (read !== child) (decoded ??= { ...given })[name] = read;
  }
  return decoded ?? given;
}

/** The names of the fields that newer versions have too. */
function currentFields(fields: ReadonlyMap<string, Field>): string[] {
  return [...fields].filter(([, field]) => field.range?.until === undefined).map(([name]) => name);
}

/** The field exists, but not in every version. */
function reportOtherVersions(name: string, path: FieldPath, out: FindingsOfObject, { since, until }: VersionRange): void {
  const unknown = (when: string, next: string, range: { since?: number; until?: number }) => {
    out.notStrict('UnknownField', path.child(name), `there is no field ${JSON.stringify(name)} ${when}`, next, range);
  };
  if (since !== undefined) unknown(`before Kubernetes 1.${since}`, 'leave it out, or name the versions that the manifests are for', { until: since - 1 });
  if (until !== undefined) unknown(`since Kubernetes 1.${until + 1}`, 'leave it out, or name the versions that the manifests are for', { since: until + 1 });
}

function decodeValue(value: unknown, type: FieldType, path: FieldPath, out: FindingsOfObject, unknownFields: UnknownFields): unknown {
  if (value === undefined || value === null) return undefined;
  switch (type.kind) {
    case 'struct': return decodeStruct(value, type.name, path, out, unknownFields);
    case 'list': return decodeList(value, type.of, path, out, unknownFields);
    case 'map': return decodeMap(value, type.of, path, out, unknownFields);
    case 'scalar': {
      if (isScalar(type.name, value)) return value;
      out.cannotDecode(path, scalarProblem(type.name, value), NEXT_STEPS[type.name]);
      return undefined;
    }
  }
}

function decodeList(value: {}, of: FieldType, path: FieldPath, out: FindingsOfObject, unknownFields: UnknownFields): unknown {
  if (!Array.isArray(value)) {
    out.cannotDecode(path, `must be a list, not a JSON value of type ${jsonType(value)}`);
    return undefined;
  }
  let decoded: unknown[] | undefined;
  for (let index = 0; index < value.length; index++) {
    const item: unknown = value[index];
    const isPlain = of.kind === 'scalar' && isScalar(of.name, item);
    const read = isPlain ? item : decodeValue(item, of, path.index(index), out, unknownFields) ?? emptyValue(of);
    if (read !== item) (decoded ??= [...value])[index] = read;
  }
  return decoded ?? value;
}

function decodeMap(value: {}, of: FieldType, path: FieldPath, out: FindingsOfObject, unknownFields: UnknownFields): unknown {
  if (typeof value !== 'object' || Array.isArray(value)) {
    out.cannotDecode(path, `must be a map, not a JSON value of type ${jsonType(value)}`);
    return undefined;
  }
  const given = value as Readonly<Record<string, unknown>>;
  const decoded = new Map<string, unknown>();
  for (const key of Object.keys(given)) {
    const item = given[key];
    if (item === undefined) continue;
    const isPlain = of.kind === 'scalar' && isScalar(of.name, item);
    decoded.set(key, isPlain ? item : decodeValue(item, of, path.key(key), out, unknownFields) ?? emptyValue(of));
  }
  return decoded;
}

/** What to do where a scalar has another type, as YAML gives it. */
const NEXT_STEPS: Readonly<Partial<Record<ScalarName, string>>> = {
  string: 'put the value in quotes',
  bool: 'write true or false, without quotes',
  int32: 'write a whole number, without quotes',
  int64: 'write a whole number, without quotes',
  bytes: 'encode the value in base64, or move it to stringData',
};

/** What Go makes of a `null` in a list or a map. */
function emptyValue(type: FieldType): unknown {
  switch (type.kind) {
    case 'struct': return {};
    case 'list': return [];
    case 'map': return new Map();
    case 'scalar': {
      if (type.name === 'bool') return false;
      return type.name === 'int32' || type.name === 'int64' ? 0 : '';
    }
  }
}
