import { didYouMean } from '../../errors/suggest';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { jsonType, scalarProblem } from './scalars';
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
 * @returns a copy that holds only what has the right type, for the validation to work on
 */
export function decodeStruct(value: unknown, struct: string, path: FieldPath, out: FindingsOfObject, unknownFields: UnknownFields): any {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    out.cannotDecode(path, `must be an object (${struct}), not a JSON value of type ${jsonType(value)}`);
    return {};
  }
  const fields = fieldsOf(struct);
  const decoded: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(value)) {
    const field = fields.get(name);
    if (field === undefined) {
      if (unknownFields === UnknownFields.REFUSED && child !== undefined) {
        out.notStrict('UnknownField', path.child(name), `there is no field ${quote(name)} in ${struct}`,
          out.drafts.length < MAX_SUGGESTIONS ? didYouMean(name, currentFields(fields), 'fields') : 'leave it out');
      }
      continue;
    }
    const { since, until } = field.range;
    if (unknownFields === UnknownFields.REFUSED && child !== undefined && (since !== undefined || until !== undefined)) {
      reportOtherVersions(name, path, out, since, until);
    }
    const read = decodeField(child, field.type, path, name, out, unknownFields);
    if (read !== undefined) decoded[name] = read;
  }
  return decoded;
}

/** The names of the fields that newer versions have too. */
function currentFields(fields: ReadonlyMap<string, Field>): string[] {
  return [...fields].filter(([, field]) => field.range.until === undefined).map(([name]) => name);
}

/** The field exists, but not in every version. */
function reportOtherVersions(name: string, path: FieldPath, out: FindingsOfObject, since?: number, until?: number): void {
  const unknown = (when: string, next: string, range: { since?: number; until?: number }) => {
    out.notStrict('UnknownField', path.child(name), `there is no field ${JSON.stringify(name)} ${when}`, next, range);
  };
  if (since !== undefined) unknown(`before Kubernetes 1.${since}`, 'leave it out, or name the versions that the manifests are for', { until: since - 1 });
  if (until !== undefined) unknown(`since Kubernetes 1.${until + 1}`, 'leave it out, or name the versions that the manifests are for', { since: until + 1 });
}

/** Most fields are scalars of the right type: for those no path is made. */
function decodeField(value: unknown, type: FieldType, parent: FieldPath, name: string, out: FindingsOfObject, unknownFields: UnknownFields): unknown {
  if (type.kind === 'scalar' && value !== undefined && value !== null && scalarProblem(type.name, value) === undefined) return value;
  return decodeValue(value, type, parent.child(name), out, unknownFields);
}

function decodeValue(value: unknown, type: FieldType, path: FieldPath, out: FindingsOfObject, unknownFields: UnknownFields): unknown {
  if (value === undefined || value === null) return undefined;
  switch (type.kind) {
    case 'struct': return decodeStruct(value, type.name, path, out, unknownFields);
    case 'list': {
      if (!Array.isArray(value)) {
        out.cannotDecode(path, `must be a list, not a JSON value of type ${jsonType(value)}`);
        return undefined;
      }
      return value.map((item, index) => decodeValue(item, type.of, path.index(index), out, unknownFields) ?? emptyValue(type.of));
    }
    case 'map': {
      if (typeof value !== 'object' || Array.isArray(value)) {
        out.cannotDecode(path, `must be a map, not a JSON value of type ${jsonType(value)}`);
        return undefined;
      }
      const decoded = new Map<string, unknown>();
      for (const [key, child] of Object.entries(value)) {
        if (child === undefined) continue;
        decoded.set(key, decodeValue(child, type.of, path.key(key), out, unknownFields) ?? emptyValue(type.of));
      }
      return decoded;
    }
    case 'scalar': {
      const problem = scalarProblem(type.name, value);
      if (problem === undefined) return value;
      out.cannotDecode(path, problem, NEXT_STEPS[type.name]);
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
    case 'struct': return {};
    case 'list': return [];
    case 'map': return new Map();
    case 'scalar': {
      if (type.name === 'bool') return false;
      return type.name === 'int32' || type.name === 'int64' ? 0 : '';
    }
  }
}
