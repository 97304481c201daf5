import { withoutLiveFields } from './live-fields';
import { isRecord, record } from '../../inspect/model/untyped';
import { LAST_APPLIED } from '../../kubernetes/last-applied';

type Fields = Readonly<Record<string, unknown>>;

/** What the API server and its controllers write into the metadata of an object. */
const WRITTEN_BY_SERVER: ReadonlySet<string> = new Set([
  'creationTimestamp', 'deletionGracePeriodSeconds', 'deletionTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid',
]);
const WRITTEN_INTO_ANNOTATIONS: ReadonlySet<string> = new Set([
  LAST_APPLIED, 'deployment.kubernetes.io/revision', 'deprecated.daemonset.template.generation', 'kubernetes.io/service-account.uid', 'pv.kubernetes.io/bind-completed',
  'pv.kubernetes.io/bound-by-controller', 'volume.beta.kubernetes.io/storage-provisioner', 'volume.kubernetes.io/selected-node', 'volume.kubernetes.io/storage-provisioner',
]);
const WRITTEN_INTO_FINALIZERS: ReadonlySet<unknown> = new Set(['kubernetes.io/pv-protection', 'kubernetes.io/pvc-protection']);

/** Kinds whose objects nobody applies, and namespaces that every cluster has. */
const KINDS_OF_CLUSTER: ReadonlySet<string> = new Set(['coordination.k8s.io/v1 Lease', 'events.k8s.io/v1 Event', 'v1 Event', 'v1 Node']);
const NAMESPACES_OF_CLUSTER: ReadonlySet<unknown> = new Set(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
/** Labels and annotations of what the cluster, or one of its controllers, makes without owning it. */
const MARKS_OF_CLUSTER: readonly string[] = ['kube-aggregator.kubernetes.io/automanaged', 'kubernetes.io/bootstrapping'];
const MARKS_OF_ENDPOINTS: readonly string[] = ['endpoints.kubernetes.io/last-change-trigger-time', 'endpoints.kubernetes.io/managed-by'];
const PROVISIONER = 'pv.kubernetes.io/provisioned-by';

/** The ConfigMaps with the certificate of the API server, and of the services of OpenShift. */
const MADE_BY_CLUSTER: ReadonlySet<string> = new Set(['kube-root-ca.crt', 'openshift-service-ca.crt']);
/** What Helm knows of a release. */
const HELM_RELEASE = 'helm.sh/release.v1';

/** Whether an object was read from a cluster. */
export function isLive(object: Fields): boolean {
  const { uid, resourceVersion, managedFields } = record(object.metadata);
  return uid !== undefined || resourceVersion !== undefined || managedFields !== undefined;
}

/** Who made an object of a cluster that nobody applied: the controller that owns it, Helm, or the cluster, for each namespace. */
export function makerOf(object: Fields): string | undefined {
  if (!isLive(object)) return undefined;
  const { ownerReferences, name, labels, annotations: notes } = record(object.metadata);
  const marks = { ...record(labels), ...record(notes) };
  if (KINDS_OF_CLUSTER.has(`${String(object.apiVersion)} ${String(object.kind)}`) || MARKS_OF_CLUSTER.some(mark => mark in marks)) return 'the cluster';
  if (object.kind === 'Namespace' && NAMESPACES_OF_CLUSTER.has(name)) return 'the cluster';
  if (object.kind === 'Endpoints' && MARKS_OF_ENDPOINTS.some(mark => mark in marks)) return `Service ${String(name)}`;
  if (object.kind === 'PersistentVolume' && PROVISIONER in marks) return `the provisioner ${String(marks[PROVISIONER])}`;
  if (object.kind === 'ConfigMap' && MADE_BY_CLUSTER.has(String(name))) return 'the cluster';
  if (object.kind === 'ServiceAccount' && name === 'default' && object.secrets === undefined && object.imagePullSecrets === undefined) return 'the cluster';
  if (object.kind === 'Secret' && object.type === HELM_RELEASE) return 'Helm';
  const owner = Array.isArray(ownerReferences) ? ownerReferences.map(record).find(({ controller }) => controller === true) : undefined;
  return owner === undefined ? undefined : `${String(owner.kind)} ${String(owner.name)}`;
}

/** An object as somebody would apply it: without what a cluster writes into it, and without fields that hold nothing. */
export function cleaned(object: Fields): Record<string, unknown> {
  const live = isLive(object);
  const { status: _, ...given } = live ? withoutLiveFields(object) : object;
  const rest = given.kind === 'Secret' || given.kind === 'ConfigMap' ? withEmptyTexts(given) : given;
  if (!isRecord(given.metadata)) return withoutNulls(rest) as Record<string, unknown>;
  const metadata = Object.fromEntries(Object.entries(given.metadata)
    .filter(([name]) => !WRITTEN_BY_SERVER.has(name) && !(live && name === 'ownerReferences'))
    .map(([name, value]) => [name, name === 'annotations' && isRecord(value) ? annotations(value) : name === 'finalizers' && live ? finalizers(value) : value])
    .filter(([name, value]) => !((name === 'annotations' || name === 'labels' || name === 'finalizers' && live) && isEmpty(value))));
  return withoutNulls({ ...rest, metadata }) as Record<string, unknown>;
}

function annotations(all: Fields): Fields {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !WRITTEN_INTO_ANNOTATIONS.has(name)));
}

function finalizers(all: unknown): unknown {
  return Array.isArray(all) ? all.filter(name => !WRITTEN_INTO_FINALIZERS.has(name)) : all;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Of a map of texts, one that is null is empty. */
function withEmptyTexts(object: Fields): Fields {
  const texts = (map: unknown) => isRecord(map) ? Object.fromEntries(Object.entries(map).map(([key, value]) => [key, value ?? ''])) : map;
  return { ...object, data: texts(object.data), stringData: texts(object.stringData) };
}

/** A field that is null is one that is not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  const there = Object.entries(value).filter(([, child]) => child !== null && child !== undefined);
  return Object.fromEntries(there.map(([name, child]) => [name, withoutNulls(child)]));
}
