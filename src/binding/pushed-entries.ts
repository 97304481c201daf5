import { list, record, text } from '../inspect/model/untyped';

/** The entries of stores that a PushSecret writes, by the keys that it names. */
export function pushedEntries(manifest: unknown): ReadonlySet<string> {
  const { spec } = record(manifest);
  return new Set(list(record(spec).data).map(item => text(record(record(record(item).match).remoteRef).remoteKey)).filter(key => key !== ''));
}

/** The entries of stores that an ExternalSecret, or a ClusterExternalSecret, fetches by their keys. */
export function fetchedEntries(manifest: unknown): string[] {
  const spec = record(record(manifest).spec);
  const { data, dataFrom } = spec.externalSecretSpec === undefined ? spec : record(spec.externalSecretSpec);
  const refs = [...list(data).map(item => record(item).remoteRef), ...list(dataFrom).map(item => record(item).extract)];
  return refs.map(ref => text(record(ref).key)).filter(key => key !== '');
}
