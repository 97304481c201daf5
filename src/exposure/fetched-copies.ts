import type { ExposureGraph, GraphNode } from './graph';
import type { Places } from './places';
import { ReadingWay } from './reading-way';
import { FieldPath } from '../inspect/field-path';
import type { CustomResources } from '../inspect/model/custom-resources';
import type { Manifest } from '../inspect/model/manifest';
import { list, record, text } from '../inspect/model/untyped';
import { quote } from '../inspect/quote';

const GROUP = 'external-secrets.io';
const SPEC = FieldPath.ROOT.child('spec');

/** The namespace that a store of the Kubernetes provider reads where it names none. */
const REMOTE_NAMESPACE = 'default';

/** How the API server of the cluster itself is named, in whatever spelling. */
const OWN_SERVER = 'kubernetes.default';

/**
 * Connects what an ExternalSecret makes with the Secrets of this cluster that it reads, by a store of the provider `kubernetes`.
 *
 * @see https://external-secrets.io/latest/provider/kubernetes/
 */
export function connectFetched(made: GraphNode, manifest: Manifest, resources: CustomResources, graph: ExposureGraph, places: Places): void {
  if (manifest.kind !== 'ExternalSecret') return;
  const spec = record(manifest.raw.spec);
  const why = `the ExternalSecret ${quote(manifest.name)} copies it`;
  const connect = (store: unknown, name: unknown, field: FieldPath, keys: { key?: string; asKey?: string }) => {
    const namespace = remoteNamespace(store ?? spec.secretStoreRef, manifest, resources);
    if (namespace !== undefined && text(name) !== '') graph.connect(places.secret(namespace, text(name)), made, ReadingWay.COPY, { why, manifest, field, ...keys });
  };
  list(spec.data).map(record).forEach(({ secretKey, remoteRef, sourceRef }, index) => {
    const { key: name, property } = record(remoteRef);
    const key = text(property) === '' ? {} : { key: text(property) };
    connect(record(sourceRef).storeRef, name, SPEC.child('data').index(index).child('remoteRef').child('key'), { ...key, asKey: text(secretKey) });
  });
  list(spec.dataFrom).map(record).forEach(({ extract, sourceRef }, index) => {
    connect(record(sourceRef).storeRef, record(extract).key, SPEC.child('dataFrom').index(index).child('extract').child('key'), {});
  });
}

/** The namespace of this cluster that a store reads; undefined for any other store. */
function remoteNamespace(reference: unknown, { namespace }: Manifest, resources: CustomResources): string | undefined {
  const { kind, name } = record(reference);
  const isClusterWide = kind === 'ClusterSecretStore';
  const store = resources.find(GROUP, isClusterWide ? 'ClusterSecretStore' : 'SecretStore', text(name), isClusterWide ? undefined : namespace);
  const { kubernetes } = record(record(store?.raw.spec).provider);
  if (typeof kubernetes !== 'object' || kubernetes === null) return undefined;
  const { server, remoteNamespace: remote } = record(kubernetes);
  const { url } = record(server);
  return url === undefined || text(url).includes(OWN_SERVER) ? text(remote) || REMOTE_NAMESPACE : undefined;
}
