import { isUtf8 } from 'node:buffer';
import { isRecord, list, record, text } from '../inspect/model/untyped';
import { LAST_APPLIED } from '../kubernetes/last-applied';

/** Deeper than any object of Kubernetes is. */
const MAX_DEPTH = 100;

type Fields = Readonly<Record<string, unknown>>;

/**
 * An object of a cluster as whoever applied it would write it, for comparison with a manifest: what the manifest does not name, and an
 * earlier one did not name either, is left out. It is a default, or somebody else's, and `kubectl apply` leaves it alone.
 *
 * @param live the object of the cluster
 * @param manifest the manifest that is compared with it
 * @param whole whether keys of a Secret that the manifest does not have are kept all the same: where it is asked what there is, and not what would become of it
 */
export function asApplied(live: Fields, manifest: Fields, whole = false): Record<string, unknown> {
  const last = lastApplied(live);
  const { status: _, ...fields } = live;
  const object = project(fields, manifest, last, 0) as Record<string, unknown>;
  const { namespace } = record(manifest.metadata);
  const { namespace: __, annotations, managedFields: ____, ...metadata } = record(object.metadata);
  const { [LAST_APPLIED]: ___, ...others } = record(annotations);
  const result: Record<string, unknown> = {
    ...object,
    apiVersion: manifest.apiVersion,
    kind: manifest.kind,
    metadata: { ...metadata, ...namespace === undefined ? {} : { namespace }, ...Object.keys(others).length === 0 ? {} : { annotations: others } },
  };
  return manifest.kind === 'Secret' && manifest.apiVersion === 'v1' ? secretAsApplied(result, live, manifest, last, whole) : result;
}

/**
 * The values of a Secret all stand in `data` in a cluster; those that the manifest has as texts are given as such. A key that is only taken out of `stringData` stays in the
 * cluster, so what was there last does not count.
 */
function secretAsApplied(object: Fields, live: Fields, manifest: Fields, last: Fields, whole: boolean): Record<string, unknown> {
  const { stringData: _, ...rest } = object;
  const texts = record(manifest.stringData);
  const named = new Set([manifest.data, texts, last.data].flatMap(values => Object.keys(record(values))));
  const values = Object.entries(record(live.data)).filter(([key]) => whole || named.has(key));
  const isText = ([key, value]: [string, unknown]) => Object.hasOwn(texts, key) && isUtf8(Buffer.from(text(value), 'base64'));
  const stringData = Object.fromEntries(values.filter(isText).map(([key, value]) => [key, Buffer.from(text(value), 'base64').toString('utf8')]));
  const { type, immutable } = live;
  return {
    ...rest,
    data: Object.fromEntries(values.filter(entry => !isText(entry))),
    ...Object.keys(stringData).length === 0 ? {} : { stringData },
    ...type === undefined ? {} : { type },
    ...immutable === undefined ? {} : { immutable },
  };
}

/** What was applied last: as kubectl noted it, or, where the API server did, the fields whose owners have applied them. */
function lastApplied(live: Fields): Fields {
  try {
    return record(JSON.parse(text(record(record(live.metadata).annotations)[LAST_APPLIED])));
  } catch {
    const owned = list(record(live.metadata).managedFields).map(record).filter(({ operation, subresource }) => operation === 'Apply' && text(subresource) === '');
    return owned.map(({ fieldsV1 }) => fieldsOf(fieldsV1, 0)).reduce<Fields>((all, fields) => record(together(all, fields)), {});
  }
}

/** The fields of `fieldsV1` with something in each: `f:` stands before the name of a field, `k:` before what tells an item of a list. */
function fieldsOf(owned: unknown, depth: number): unknown {
  const entries = Object.entries(record(owned)).filter(([name]) => name !== '.');
  if (depth > MAX_DEPTH || entries.length === 0) return true;
  if (entries.every(([name]) => name.startsWith('k:'))) {
    return entries.map(([name, child]) => ({ ...record(fieldsOf(child, depth + 1)), ...record(JSON.parse(name.slice('k:'.length))) }));
  }
  return Object.fromEntries(entries.filter(([name]) => name.startsWith('f:')).map(([name, child]) => [name.slice('f:'.length), fieldsOf(child, depth + 1)]));
}

/** What either of two owners has. */
function together(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  if (!isRecord(a) || !isRecord(b)) return b ?? a;
  return Object.fromEntries([...new Set([...Object.keys(a), ...Object.keys(b)])].map(name => [name, together(a[name], b[name])]));
}

function project(live: unknown, manifest: unknown, last: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) return live;
  if (isRecord(live) && (isRecord(manifest) || isRecord(last))) {
    const [named, former] = [record(manifest), record(last)];
    return Object.fromEntries(Object.keys(live).filter(key => Object.hasOwn(named, key) || Object.hasOwn(former, key))
      .map(key => [key, project(live[key], named[key], former[key], depth + 1)]));
  }
  if (Array.isArray(live) && (Array.isArray(manifest) || Array.isArray(last))) return projectList(live, list(manifest), list(last), depth);
  return live;
}

/** Items that have names are found by them; others by where they stand. */
function projectList(live: readonly unknown[], manifest: readonly unknown[], last: readonly unknown[], depth: number): unknown[] {
  const nameOf = (item: unknown) => isRecord(item) && typeof item.name === 'string' ? item.name : undefined;
  if ([...live, ...manifest].every(item => nameOf(item) !== undefined)) {
    const byName = (items: readonly unknown[]) => new Map(items.map(item => [nameOf(item), item]));
    const [named, former] = [byName(manifest), byName(last)];
    const kept = live.filter(item => named.has(nameOf(item)) || former.has(nameOf(item)));
    return kept.map(item => project(item, named.get(nameOf(item)), former.get(nameOf(item)), depth + 1));
  }
  return live.map((item, index) => live.length === manifest.length ? project(item, manifest[index], last[index], depth + 1) : item);
}
