import type { Cluster } from './cluster';
import { DEFAULT_MODE } from '../../kubernetes/modes';
import { cleanPath, foldersAbove, kubeletPathFailure } from '../../kubernetes/paths';
import type { DownwardAPIVolumeFile, KeyToPath, PodSpec, Volume, VolumeProjection } from '../decode/decoded';
import type { FieldPath } from '../field-path';

/** Where a file comes from. */
export enum FileSource {
  SECRET = 'secret',
  CONFIG_MAP = 'config-map',
  POD = 'pod',
  TOKEN = 'service-account-token',
  TRUST_BUNDLE = 'cluster-trust-bundle',
  /** Whatever is in a volume that the kubelet does not fill. */
  VOLUME = 'volume',
  /** The kubelet or the container runtime makes it for every container: `/etc/hosts`, the termination message. */
  NODE = 'node',
}

/** A file that the kubelet writes into a volume. */
export interface VolumeFile {
  /** Its path in the volume, clean. */
  readonly path: string;
  /** Its mode, before a `fsGroup` widens it. */
  readonly mode: number;
  readonly source: FileSource;
  /** The name of the Secret or ConfigMap, or the field of the pod. */
  readonly from: string;
  readonly key?: string;
  /** The field that makes it. */
  readonly field: FieldPath;
  /** The field that gives it its mode, where one does. */
  readonly modeField?: FieldPath;
  /** The user that the manifest gives it to, which versions before 1.37 do not know, and 1.37 only where a feature gate is on. */
  readonly owner?: number;
}

/** The files that the kubelet writes into a volume. */
export interface VolumeFiles {
  /** Every file, in the order in which they are written: of two at one path the later one stays. */
  readonly written: readonly VolumeFile[];
  /** The files that stay, by their paths. */
  readonly byPath: ReadonlyMap<string, VolumeFile>;
  /** The directories that the files are in, besides that of the volume. */
  readonly folders: ReadonlySet<string>;
  /** A path that is a file and a directory at once, if there is one: the kubelet cannot set such a volume up. */
  readonly clash?: PathClash;
  /** The sources of which it is not known what files they make. */
  readonly open: readonly { readonly source: FileSource; readonly from: string; readonly field: FieldPath }[];
  /** Why the kubelet cannot set the volume up, as it prints it where its words do not depend on chance. */
  readonly failure?: { readonly message: string; readonly field: FieldPath };
}

/** Two paths of which one is a file and a folder at once. */
export interface PathClash {
  readonly file: VolumeFile;
  /** The file whose folder it would have to be. */
  readonly below: VolumeFile;
}

/** The volumes that the kubelet writes files into. */
export function holdsFiles(volume: Volume): boolean {
  return volume.secret !== undefined || volume.configMap !== undefined || volume.projected !== undefined || volume.downwardAPI !== undefined;
}

/** The files that the kubelet writes into a volume of a pod. */
export function filesOf(volume: Volume, path: FieldPath, pod: PodSpec, namespace: string, cluster: Cluster): VolumeFiles {
  const writer = new VolumeWriter(namespace, cluster);
  const { secret, configMap, downwardAPI, projected } = volume;
  if (secret !== undefined) {
    const at = path.child('secret');
    writer.addKeys(FileSource.SECRET, secret.secretName ?? '', secret.items, secret.optional === true, at, modeOf(secret, at));
  } else if (configMap !== undefined) {
    const at = path.child('configMap');
    writer.addKeys(FileSource.CONFIG_MAP, configMap.name ?? '', configMap.items, configMap.optional === true, at, modeOf(configMap, at));
  } else if (downwardAPI !== undefined) {
    const at = path.child('downwardAPI');
    writer.addPodFields(downwardAPI.items ?? [], at, modeOf(downwardAPI, at));
  } else if (projected !== undefined) {
    const at = path.child('projected');
    const mode = modeOf(projected, at);
    (projected.sources ?? []).forEach((source, index) => writer.addProjection(source, at.child('sources').index(index), mode, pod));
  }
  return writer.finish();
}

const TOKEN_MODE = 0o600;

interface Mode {
  readonly mode: number;
  readonly modeField?: FieldPath;
  readonly owner?: number;
}

function modeOf({ defaultMode, defaultUser: owner }: { readonly defaultMode?: number; readonly defaultUser?: number }, path: FieldPath): Mode {
  return defaultMode === undefined ? { mode: DEFAULT_MODE, owner } : { mode: defaultMode, modeField: path.child('defaultMode'), owner };
}

function itemMode(item: { readonly mode?: number; readonly user?: number }, at: FieldPath, otherwise: Mode): Mode {
  const owner = item.user ?? otherwise.owner;
  return item.mode === undefined ? { ...otherwise, owner } : { mode: item.mode, modeField: at.child('mode'), owner };
}

/** The user that every container of a pod runs as, where they all say so, and say the same. */
export function commonUser(pod: PodSpec): number | undefined {
  const containers = [...pod.containers ?? [], ...pod.initContainers ?? []];
  const users = new Set(containers.map(container => container.securityContext?.runAsUser ?? pod.securityContext?.runAsUser));
  return users.size === 1 ? users.values().next().value : undefined;
}

/** Tokens are for the user of the containers alone, where the kubelet knows who that is. */
function tokenMode(pod: PodSpec, otherwise: Mode): Mode {
  return isForOneUser(pod) ? { mode: TOKEN_MODE } : otherwise;
}

function isForOneUser(pod: PodSpec): boolean {
  return pod.securityContext?.fsGroup !== undefined || commonUser(pod) !== undefined;
}

/** The mode of the token that the cluster mounts, before a `fsGroup` widens it. */
export function tokenModeOf(pod: PodSpec): number {
  return isForOneUser(pod) ? TOKEN_MODE : DEFAULT_MODE;
}

class VolumeWriter implements VolumeFiles {
  public readonly written: VolumeFile[] = [];
  public readonly byPath = new Map<string, VolumeFile>();
  public readonly folders = new Set<string>();
  public clash?: PathClash;
  public readonly open: { readonly source: FileSource; readonly from: string; readonly field: FieldPath }[] = [];
  public failure?: { readonly message: string; readonly field: FieldPath };

  constructor(private readonly namespace: string, private readonly cluster: Cluster) {}

  /** A Secret or a ConfigMap: the keys that are named, or all of them. */
  public addKeys(
    source: FileSource, from: string, items: readonly KeyToPath[] | undefined, optional: boolean, field: FieldPath, mode: Mode,
  ): void {
    const { exists, keys } = this.#keysOf(source, from);
    const noun = source === FileSource.SECRET ? 'secret' : 'configmap';
    if (!exists && optional) return;
    if (!exists) this.#fail(`${noun} ${JSON.stringify(from)} not found`, field);
    if (items === undefined || items.length === 0) {
      if (exists && keys === undefined) this.open.push({ source, from, field });
      for (const key of [...keys ?? []].sort()) this.#write(key, mode, source, from, field, key);
      return;
    }
    items.forEach((item, index) => {
      const at = field.child('items').index(index);
      const { key = '', path = '' } = item;
      if (keys === undefined || keys.has(key)) this.#write(path, itemMode(item, at, mode), source, from, at.child('path'), key);
      else if (!optional) this.#fail(`references non-existent ${noun === 'secret' ? 'secret' : 'config'} key: ${key}`, at.child('key'));
    });
  }

  /** Fields of the pod. */
  public addPodFields(files: readonly DownwardAPIVolumeFile[], field: FieldPath, mode: Mode): void {
    files.forEach((file, index) => {
      const at = field.child('items').index(index);
      const from = file.fieldRef?.fieldPath ?? file.resourceFieldRef?.resource ?? '';
      this.#write(file.path ?? '', itemMode(file, at, mode), FileSource.POD, from, at.child('path'));
    });
  }

  /** One source of a projected volume. */
  public addProjection(source: VolumeProjection, field: FieldPath, mode: Mode, pod: PodSpec): void {
    const { secret, configMap, downwardAPI, serviceAccountToken, clusterTrustBundle } = source;
    if (secret !== undefined) this.addKeys(FileSource.SECRET, secret.name ?? '', secret.items, secret.optional === true, field.child('secret'), mode);
    if (configMap !== undefined) {
      this.addKeys(FileSource.CONFIG_MAP, configMap.name ?? '', configMap.items, configMap.optional === true, field.child('configMap'), mode);
    }
    if (downwardAPI !== undefined) this.addPodFields(downwardAPI.items ?? [], field.child('downwardAPI'), mode);
    if (serviceAccountToken !== undefined) {
      this.#write(serviceAccountToken.path ?? '', tokenMode(pod, mode), FileSource.TOKEN, '', field.child('serviceAccountToken').child('path'));
    }
    if (clusterTrustBundle !== undefined) {
      this.#write(clusterTrustBundle.path ?? '', tokenMode(pod, mode), FileSource.TRUST_BUNDLE, '', field.child('clusterTrustBundle').child('path'));
    }
  }

  /** Looks for paths that exclude each other, once everything is written. */
  public finish(): VolumeFiles {
    for (const file of this.byPath.values()) {
      for (const folder of foldersAbove(file.path)) {
        this.folders.add(folder);
        const below = this.byPath.get(folder);
        if (below !== undefined) this.clash ??= { file, below };
      }
    }
    const { clash } = this;
    if (clash !== undefined) this.#fail(`${clash.below.path} is a file, and ${clash.file.path} needs a folder there`, clash.file.field);
    return this;
  }

  #write(path: string, { mode, modeField, owner }: Mode, source: FileSource, from: string, field: FieldPath, key?: string): void {
    const failure = kubeletPathFailure(path);
    if (failure !== undefined) {
      this.#fail(failure, field);
      return;
    }
    const file = { path: cleanPath(path), mode, source, from, key, field, modeField, owner };
    this.written.push(file);
    this.byPath.set(file.path, file);
  }

  #keysOf(source: FileSource, name: string): { readonly exists: boolean; readonly keys?: ReadonlySet<string> } {
    if (source === FileSource.CONFIG_MAP) return { exists: true, keys: this.cluster.configMap(this.namespace, name)?.keys };
    const secret = this.cluster.secrets.get(this.namespace, name);
    return { exists: secret !== undefined || this.cluster.options.missingSecrets === false, keys: secret?.keys };
  }

  #fail(message: string, field: FieldPath): void {
    this.failure ??= { message, field };
  }
}
