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
  const { namespace: __, annotations, ...metadata } = record(object.metadata);
  const { [LAST_APPLIED]: ___, ...others } = record(annotations);
  const result: Record<string, unknown> = {
    ...object,
    apiVersion: manifest.apiVersion,
    kind: manifest.kind,
    metadata: { ...metadata, ...namespace === undefined ? {} : { namespace }, ...Object.keys(others).length === 0 ? {} : { annotations: others } },
  };
  return manifest.kind === 'Secret' && manifest.apiVersion === 'v1' ? secretAsApplied(result, live, manifest, last, whole) : result;
}

/** The values of a Secret all stand in `data` in a cluster. */
function secretAsApplied(object: Fields, live: Fields, manifest: Fields, last: Fields, whole: boolean): Record<string, unknown> {
  const { stringData: _, ...rest } = object;
  const named = new Set([manifest, last].flatMap(each => [...Object.keys(record(each.data)), ...Object.keys(record(each.stringData))]));
  const data = Object.fromEntries(Object.entries(record(live.data)).filter(([key]) => whole || named.has(key)));
  const { type, immutable } = live;
  return { ...rest, data, ...type === undefined ? {} : { type }, ...immutable === undefined ? {} : { immutable } };
}

function lastApplied(live: Fields): Fields {
  try {
    return record(JSON.parse(text(record(record(live.metadata).annotations)[LAST_APPLIED])));
  } catch {
    return {};
  }
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
