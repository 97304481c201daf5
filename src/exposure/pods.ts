import type { EdgeDetails, ExposureGraph, GraphNode } from './graph';
import type { Places } from './places';
import { ReadingWay } from './reading-way';
import type { FieldPath } from '../inspect/field-path';
import type { Cluster } from '../inspect/model/cluster';
import { effectiveSettings, environmentOf, VariableSource, VariableState } from '../inspect/model/environment';
import type { Manifest } from '../inspect/model/manifest';
import { podContext, serviceAccountOf, type PlacedContainer, type PodContext } from '../inspect/model/pod-context';
import { classId, providerClassOf } from '../inspect/model/provider-classes';
import { secretReferences, SecretUse } from '../inspect/model/secret-references';
import { tokenMountOf } from '../inspect/model/service-account-token';
import { containerMounts } from '../inspect/model/start-failure';
import { list, record, text } from '../inspect/model/untyped';
import { FileSource } from '../inspect/model/volume-files';
import { quote } from '../inspect/quote';
import { filesOfContainer } from '../inspect/view/container-files';
import { NEWEST_VERSION, minorOf } from '../kubernetes/versions';

/** What a pod of a namespace gets by the name of a Secret. */
export type SecretLookup = (namespace: string, name: string) => GraphNode;

/** What the containers of pods have, and what is done for them. */
export class PodReadings {
  /** The files of SecretProviderClasses that become keys of Secrets, by class. */
  readonly #synced = new Map<string, readonly SyncedKey[]>();

  constructor(
    private readonly graph: ExposureGraph, private readonly places: Places, private readonly secret: SecretLookup, cluster: Cluster,
  ) {
    for (const manifest of cluster.manifests) {
      if (manifest.kind === 'SecretProviderClass') this.#synced.set(classId(manifest.namespace, manifest.name), syncedKeys(manifest));
    }
    for (const manifest of cluster.manifests) {
      if (!manifest.readable) continue;
      for (const pod of manifest.pods) this.#read(podContext(cluster, manifest, pod));
    }
  }

  #read(context: PodContext): void {
    const { manifest, pod, namespace, cluster } = context;
    const workload = this.places.workload(manifest.kind, namespace, manifest.name);
    for (const placed of context.containers) {
      this.#readVariables(placed, context, workload);
      this.#readFiles(placed, context, workload);
    }
    for (const { how, secretName, field } of secretReferences(pod.spec, pod.path)) {
      const way = how === SecretUse.IMAGE_PULL ? ReadingWay.IMAGE_PULL : how === SecretUse.VOLUME_DRIVER ? ReadingWay.VOLUME_DRIVER : undefined;
      if (way === undefined) continue;
      const why = way === ReadingWay.IMAGE_PULL ? 'the kubelet pulls its images with it' : 'the driver of a volume uses it';
      this.graph.connect(this.secret(namespace, secretName), workload, way, { why, manifest, field, ends: true });
    }
    const account = cluster.serviceAccount(namespace, serviceAccountOf(pod));
    if ((pod.spec.imagePullSecrets ?? []).length === 0) {
      for (const { name = '' } of account?.imagePullSecrets ?? []) {
        if (name === '') continue;
        const why = `the kubelet pulls its images with it, as the ServiceAccount ${quote(serviceAccountOf(pod))} says`;
        this.graph.connect(this.secret(namespace, name), workload, ReadingWay.IMAGE_PULL, { why, manifest, field: pod.path, ends: true });
      }
    }
    this.#readToken(context, workload);
  }

  #readVariables(placed: PlacedContainer, { namespace, cluster, manifest }: PodContext, workload: GraphNode): void {
    const { container, path } = placed;
    const environment = environmentOf(container, path, namespace, cluster, minorOf(NEWEST_VERSION));
    const says = (variable: string, whole: boolean, field: FieldPath, key?: string): EdgeDetails => ({
      ...key === undefined ? {} : { key },
      container: container.name ?? '',
      variable,
      why: `its container ${quote(container.name ?? '')} has it in the variable ${quote(variable)}${whole ? ', by envFrom' : ''}`,
      manifest,
      field,
    });
    for (const { name, state, source, from, key, path: field, whole } of effectiveSettings(environment)) {
      if (source !== VariableSource.SECRET || from === '' || state === VariableState.ABSENT || state === VariableState.SKIPPED) continue;
      this.graph.connect(this.secret(namespace, from), workload, ReadingWay.VARIABLE, says(name, whole, field, key));
    }
    for (const { source, from, prefix, path: field } of environment.open) {
      if (source === VariableSource.SECRET) this.graph.connect(this.secret(namespace, from), workload, ReadingWay.VARIABLE, says(`${prefix}*`, true, field));
    }
  }

  #readFiles(placed: PlacedContainer, context: PodContext, workload: GraphNode): void {
    const { namespace, manifest } = context;
    const container = placed.container.name ?? '';
    const fields = fieldsOfFiles(context);
    for (const { path, mode, user, group, source, origin, key, directory } of filesOfContainer(containerMounts(placed, context), context)) {
      if (source !== FileSource.SECRET || directory || origin === undefined) continue;
      this.graph.connect(this.secret(namespace, origin), workload, ReadingWay.FILE, {
        ...key === undefined ? {} : { key },
        container,
        path,
        ...mode === undefined ? {} : { mode, user, group },
        why: `its container ${quote(container)} has it in the file ${quote(path)}${mode === undefined ? '' : `, with the mode ${mode}`}`,
        manifest,
        field: fields.get(`${origin}\0${key ?? ''}`) ?? placed.path,
      });
    }
    const mounts = new Map((placed.container.volumeMounts ?? []).map(mount => [mount.name, mount.mountPath ?? '']));
    for (const { volume, path: field } of context.volumes) {
      const name = providerClassOf(volume.csi);
      const at = mounts.get(volume.name);
      if (name === undefined || at === undefined) continue;
      for (const { secret, key, file } of this.#synced.get(classId(namespace, name)) ?? []) {
        const path = `${at}/${file}`;
        this.graph.connect(this.secret(namespace, secret), workload, ReadingWay.FILE, {
          key, container, path, why: `its container ${quote(container)} has it in the file ${quote(path)} of the CSI driver`, manifest, field,
        });
      }
    }
  }

  /** Whoever gets into a pod can use the token that is mounted there. */
  #readToken(context: PodContext, workload: GraphNode): void {
    const { namespace, pod, manifest } = context;
    if (!context.containers.some(placed => tokenMountOf(placed, context) !== undefined || mountsOwnToken(placed, context))) return;
    const name = serviceAccountOf(pod);
    const account = this.places.subject({ kind: 'ServiceAccount', namespace, name });
    const field = pod.spec.serviceAccountName === undefined ? pod.path : pod.path.child('serviceAccountName');
    this.graph.connect(account, workload, ReadingWay.TOKEN, { why: `the token of the ServiceAccount ${quote(name)} is mounted in it`, manifest, field });
  }
}

/** A key that the CSI driver fills from a file. */
interface SyncedKey {
  readonly secret: string;
  readonly key: string;
  readonly file: string;
}

function syncedKeys({ raw }: Manifest): SyncedKey[] {
  return list(record(raw.spec).secretObjects).map(record).flatMap(({ secretName, data }) => list(data).map(record).map(({ key, objectName }) => ({
    secret: text(secretName), key: text(key), file: text(objectName),
  }))).filter(({ secret }) => secret !== '');
}

/** Where the files of Secrets are said to be, by Secret and key. */
function fieldsOfFiles({ volumes }: PodContext): ReadonlyMap<string, FieldPath> {
  const fields = new Map<string, FieldPath>();
  for (const { files } of volumes) {
    for (const { source, from, key, field } of files?.written ?? []) if (source === FileSource.SECRET) fields.set(`${from}\0${key ?? ''}`, field);
    for (const { source, from, field } of files?.open ?? []) if (source === FileSource.SECRET) fields.set(`${from}\0`, field);
  }
  return fields;
}

/** Whether a container mounts a projected token that the API server takes. */
function mountsOwnToken({ container }: PlacedContainer, { volumes }: PodContext): boolean {
  return volumes.some(({ volume: { name, projected } }) => {
    return projected?.sources?.some(({ serviceAccountToken }) => serviceAccountToken !== undefined && !serviceAccountToken.audience) === true
      && container.volumeMounts?.some(mount => mount.name === name) === true;
  });
}

