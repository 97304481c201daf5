import { didYouMean } from '../../errors/suggest';
import type { VersionRange } from '../../kubernetes/versions';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { isRecord } from '../model/untyped';
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
 * @returns what has the right type, for the validation to work on; whatever needs no change is given as it is
 */
export function decodeStruct(value: unknown, struct: string, path: FieldPath, out: FindingsOfObject, unknownFields: UnknownFields): any {
  return isStruct(value, struct, unknownFields) ? value : correctStruct(value, struct, path, out, unknownFields);
}

/** Whether nothing is to be said of a value, and nothing to be changed in it. Most objects are done with this. */
function isStruct(value: unknown, struct: string, unknownFields: UnknownFields): boolean {
  if (!isRecord(value)) return false;
  const fields = fieldsOf(struct);
  // what was parsed or rendered inherits no fields, and this takes a third of the time that Object.keys would
  for (const name in value) {
    const field = fields.get(name);
    if (field === undefined) return false;
    const child = value[name];
    if (typeof child === field.typeOf) continue;
    if (field.range !== undefined && unknownFields === UnknownFields.REFUSED) return false;
    if (!isOfType(child, field.type, unknownFields)) return false;
  }
  return true;
}

function isOfType(value: unknown, type: FieldType, unknownFields: UnknownFields): boolean {
  switch (type.kind) {
    case 'scalar': return isScalar(type.name, value);
    case 'struct': return isStruct(value, type.name, unknownFields);
    case 'list': return isList(value, type.of, unknownFields);
    case 'map': return isMap(value, type.of, unknownFields);
  }
}

function isList(value: unknown, of: FieldType, unknownFields: UnknownFields): boolean {
  if (!Array.isArray(value)) return false;
  for (const item of value) if (!isOfType(item, of, unknownFields)) return false;
  return true;
}

function isMap(value: unknown, of: FieldType, unknownFields: UnknownFields): boolean {
  if (!isRecord(value)) return false;
  for (const key in value) if (!isOfType(value[key], of, unknownFields)) return false;
  return true;
}

function correctStruct(value: unknown, struct: string, path: FieldPath, out: FindingsOfObject, unknownFields: UnknownFields): any {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) {
    out.cannotDecode(path, `must be an object (${struct}), not a JSON value of type ${jsonType(value)}`);
    return {};
  }
  const fields = fieldsOf(struct);
  const corrected: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const child = value[name];
    if (child === undefined) continue;
    const field = fields.get(name);
    if (field === undefined) {
      if (unknownFields === UnknownFields.IGNORED) continue;
      out.notStrict('UnknownField', path.child(name), `there is no field ${quote(name)} in ${struct}`,
        out.drafts.length < MAX_SUGGESTIONS ? didYouMean(name, currentFields(fields), 'fields') : 'leave it out');
      continue;
    }
    if (field.range !== undefined && unknownFields === UnknownFields.REFUSED) {
      reportDropped(name, path, out, field);
      reportOtherVersions(name, path, out, field.range);
    }
    const read = correct(child, field.type, path.child(name), out, unknownFields);
    if (read !== undefined) corrected[name] = read;
  }
  return corrected;
}

/** The names of the fields that newer versions have too. */
function currentFields(fields: ReadonlyMap<string, Field>): string[] {
  return [...fields].filter(([, field]) => field.range?.until === undefined).map(([name]) => name);
}

/** The field exists, and its feature gate is off: the API server empties it, and says nothing. */
function reportDropped(name: string, path: FieldPath, out: FindingsOfObject, { range, droppedUntil }: Field): void {
  if (droppedUntil === undefined) return;
  out.surprises('FieldDropped', path.child(name), `the API server drops ${JSON.stringify(name)} up to Kubernetes 1.${droppedUntil}, without a word`,
    'leave it out, or name the versions that the manifests are for', { since: range?.since, until: droppedUntil });
}

/** The field exists, but not in every version. */
function reportOtherVersions(name: string, path: FieldPath, out: FindingsOfObject, { since, until }: VersionRange): void {
  const unknown = (when: string, next: string, range: { since?: number; until?: number }) => {
    out.notStrict('UnknownField', path.child(name), `there is no field ${JSON.stringify(name)} ${when}`, next, range);
  };
  if (since !== undefined) unknown(`before Kubernetes 1.${since}`, 'leave it out, or name the versions that the manifests are for', { until: since - 1 });
  if (until !== undefined) unknown(`since Kubernetes 1.${until + 1}`, 'leave it out, or name the versions that the manifests are for', { since: until + 1 });
}

function correct(value: unknown, type: FieldType, path: FieldPath, out: FindingsOfObject, unknownFields: UnknownFields): unknown {
  if (value === undefined || value === null) return undefined;
  switch (type.kind) {
    case 'struct': return correctStruct(value, type.name, path, out, unknownFields);
    case 'list': {
      if (Array.isArray(value)) {
        return value.map((item, index) => correct(item, type.of, path.index(index), out, unknownFields) ?? emptyValue(type.of));
      }
      out.cannotDecode(path, `must be a list, not a JSON value of type ${jsonType(value)}`);
      return undefined;
    }
    case 'map': {
      if (!isRecord(value)) {
        out.cannotDecode(path, `must be a map, not a JSON value of type ${jsonType(value)}`);
        return undefined;
      }
      return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, correct(item, type.of, path.key(key), out, unknownFields) ?? emptyValue(type.of)]));
    }
    case 'scalar': {
      if (isScalar(type.name, value)) return value;
      out.cannotDecode(path, scalarProblem(type.name, value), NEXT_STEPS[type.name]);
      return undefined;
    }
  }
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
    case 'struct':
    case 'map': return {};
    case 'list': return [];
    case 'scalar': {
      if (type.name === 'bool') return false;
      return type.name === 'int32' || type.name === 'int64' ? 0 : '';
    }
  }
}
