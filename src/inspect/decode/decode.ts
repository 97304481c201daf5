import { didYouMean } from '../../errors/suggest';
import { intersection, minorOf, NEWEST_VERSION, OLDEST_VERSION, type VersionRange } from '../../kubernetes/versions';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { isRecord } from '../model/untyped';
import { quote } from '../quote';
import { gateOffIn } from './dropped';
import { isExactInteger, isScalar, jsonType, scalarProblem } from './scalars';
import { fieldsOf, type Field, type FieldType, type ScalarName } from './schema';
import type { Codes } from '../../errors/codes';

/** The codes of these rules. */
export const DECODE_CODES = {
  FieldDropped: {
    cause: 'The API server knows the field, but its feature gate is off in this version: it empties the field before it validates the object, without a word.',
    example: 'volumes: [{ name: tools, image: { reference: tools:1 } }] on Kubernetes 1.34',
    fix: 'Leave the field out, or name with --kubernetes-version (versions) the versions that the manifests are for. Whoever turned the gate on may acknowledge it.',
    warns: true,
  },
  UnknownField: {
    cause: 'There is no such field, or not in every version that the manifests are for. kubectl refuses it; other clients drop it in silence.',
    example: 'volumes: [{ name: v, secret: { name: db } }] (the field is secretName)',
    fix: 'Correct the name, its upper and lower case too, or its place.',
    warns: 'where a newer version than those that are asked for has the field',
  },
} as const satisfies Codes;

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
  return isStruct(value, struct, unknownFields) ? value : new Correction(out, unknownFields).struct(value, struct, path, EVERY_VERSION);
}

const EVERY_VERSION: VersionRange = {};
const KNOWN_VERSIONS: VersionRange = { until: minorOf(NEWEST_VERSION) };
const NEWER_VERSIONS: VersionRange = { since: minorOf(NEWEST_VERSION) + 1 };

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
    case 'scalar': return isScalar(type.name, value) && !isExactInteger(type.name, value);
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

/** Reads a value in which something is wrong, or not the same in every version. */
class Correction {
  constructor(private readonly out: FindingsOfObject, private readonly unknownFields: UnknownFields) {}

  /** @param known the versions that know the field that the value is in: others do not look into it */
  public struct(value: unknown, struct: string, path: FieldPath, known: VersionRange): any {
    if (value === undefined || value === null) return {};
    const { out } = this;
    if (!isRecord(value)) {
      out.cannotDecode(path, `must be an object (${struct}), not a JSON value of type ${jsonType(value)}`, undefined, known);
      return {};
    }
    const fields = fieldsOf(struct);
    const corrected: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      const child = value[name];
      if (child === undefined) continue;
      const field = fields.get(name);
      if (field === undefined) {
        this.#reportUnknown(name, struct, path, known);
        continue;
      }
      if (field.range !== undefined && this.unknownFields === UnknownFields.REFUSED) this.#reportVersions(name, struct, child, path, field, known);
      const read = this.#value(child, field.type, path.child(name), field.range === undefined ? known : intersection(known, field.range) ?? known);
      if (read !== undefined) corrected[name] = read;
    }
    return corrected;
  }

  #reportUnknown(name: string, struct: string, path: FieldPath, known: VersionRange): void {
    if (this.unknownFields === UnknownFields.IGNORED) return;
    const { out } = this;
    const at = path.child(name);
    const message = `there is no field ${quote(name)} in ${struct}`;
    const next = out.drafts.length < MAX_SUGGESTIONS ? didYouMean(name, currentFields(fieldsOf(struct)), 'fields') : 'leave it out';
    const inKnown = intersection(known, KNOWN_VERSIONS);
    if (inKnown !== undefined) out.notStrict('UnknownField', at, message, next, inKnown);
    const inNewer = intersection(known, NEWER_VERSIONS);
    if (inNewer !== undefined) out.surprises('UnknownField', at, `${message} up to ${NEWEST_VERSION}, the newest version that is known`, next, inNewer);
  }

  /** The field exists, but not in every version, or its feature gate is off: the API server empties it then, and says nothing. */
  #reportVersions(name: string, struct: string, value: unknown, path: FieldPath, field: Field, known: VersionRange): void {
    const at = path.child(name);
    const isEmpty = Array.isArray(value) && value.length === 0;
    for (const range of isEmpty ? [] : gateOffIn(field, name, value, path)) {
      const what = struct === 'Volume' ? `a volume with ${JSON.stringify(name)}, and its mounts` : JSON.stringify(name);
      this.out.surprises('FieldDropped', at, `the API server of ${minorsText(range)} drops ${what} without a word: the feature gate is off`,
        range.until === KNOWN_VERSIONS.until ? NO_VERSION : OTHER_VERSIONS, range);
    }
    const { since, until } = field.range!;
    const unknown = (when: string, range: VersionRange) => {
      const there = intersection(known, range);
      if (there !== undefined) this.out.notStrict('UnknownField', at, `there is no field ${JSON.stringify(name)} ${when}`, OTHER_VERSIONS, there);
    };
    if (since !== undefined) unknown(`before Kubernetes 1.${since}`, { until: since - 1 });
    if (until !== undefined) unknown(`since Kubernetes 1.${until + 1}`, { since: until + 1 });
  }

  #value(value: unknown, type: FieldType, path: FieldPath, known: VersionRange): unknown {
    if (value === undefined || value === null) return undefined;
    const { out } = this;
    switch (type.kind) {
      case 'struct': return this.struct(value, type.name, path, known);
      case 'list': {
        // not by map, which passes over the holes of a list that a program made
        if (Array.isArray(value)) {
          return Array.from(value, (item, index) => this.#value(item, type.of, path.index(index), known) ?? emptyValue(type.of));
        }
        out.cannotDecode(path, `must be a list, not a JSON value of type ${jsonType(value)}`, undefined, known);
        return undefined;
      }
      case 'map': {
        if (isRecord(value)) {
          return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)
            .map(([key, item]) => [key, this.#value(item, type.of, path.key(key), known) ?? emptyValue(type.of)]));
        }
        out.cannotDecode(path, `must be a map, not a JSON value of type ${jsonType(value)}`, undefined, known);
        return undefined;
      }
      case 'scalar': {
        if (isScalar(type.name, value)) return isExactInteger(type.name, value) ? Number(value) : value;
        out.cannotDecode(path, scalarProblem(type.name, value), NEXT_STEPS[type.name], known);
        return undefined;
      }
    }
  }
}

/** What to do about a field that the newest version drops too. */
const NO_VERSION = 'leave it out, or acknowledge it where the feature gate is on';
const OTHER_VERSIONS = 'leave it out, or name the versions that the manifests are for';

/** The names of the fields that newer versions have too. */
function currentFields(fields: ReadonlyMap<string, Field>): string[] {
  return [...fields].filter(([, field]) => field.range?.until === undefined).map(([name]) => name);
}

/** `Kubernetes 1.34`, `Kubernetes 1.31 to 1.34`. */
function minorsText({ since = minorOf(OLDEST_VERSION), until = minorOf(NEWEST_VERSION) }: VersionRange): string {
  return `Kubernetes 1.${since}${since === until ? '' : ` to 1.${until}`}`;
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
      return type.name === 'int32' || type.name === 'int64' || type.name === 'quantity' ? 0 : '';
    }
  }
}
