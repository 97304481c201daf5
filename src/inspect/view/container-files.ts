import { referencesIn } from '../../kubernetes/expansion';
import { directoryModeWithFsGroup, fileModeWithFsGroup, formatMode } from '../../kubernetes/modes';
import { cleanPath } from '../../kubernetes/paths';
import type { VolumeMount } from '../decode/decoded';
import { serviceAccountOf, type PlacedContainer, type PlacedVolume, type PodContext } from '../model/pod-context';
import { commonUser, FileSource, type VolumeFile } from '../model/volume-files';
import { sourcesOf } from '../validate/volumes';

/** A file or a directory that a container has from a volume. */
export interface ContainerFile {
  /**
   * Its path in the container; it ends in `/*` where there are files of which the names are not known.
   */
  readonly path: string;

  /**
   * Whether it is a directory.
   */
  readonly directory: boolean;

  /**
   * Its mode, as chmod has it: `0400`.
   *
   * @default - unknown
   */
  readonly mode?: string;

  /**
   * The number of the user that it belongs to.
   *
   * @default - unknown
   */
  readonly user?: number;

  /**
   * The number of the group that it belongs to.
   *
   * @default - unknown
   */
  readonly group?: number;

  /**
   * Where it comes from.
   */
  readonly source: FileSource;

  /**
   * The name of the Secret or ConfigMap, the field of the pod, or the kind and name of the volume.
   *
   * @default - it comes from nothing that has a name
   */
  readonly origin?: string;

  /**
   * The key of the Secret or ConfigMap.
   *
   * @default - it comes from no key
   */
  readonly key?: string;
}

/** Where the cluster mounts the token of the ServiceAccount. */
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** A volume of Secrets is in memory; its root is like /tmp. */
const ROOT_MODE = 0o1777;
const DIRECTORY_MODE = 0o755;

/**
 * The files that a container has from its volumes, in the order of their paths. A mount hides whatever was at its place.
 *
 * The directory and the links behind which the kubelet swaps all files of a volume at once are left out.
 */
export function filesOfContainer(placed: PlacedContainer, context: PodContext): ContainerFile[] {
  const tree = new ContainerTree(context);
  const mounts = placed.container.volumeMounts ?? [];
  // The runtime mounts the outer directory before the inner one.
  const inOrder = mounts.map(mount => ({ mount, at: cleanPath(`/${mount.mountPath ?? ''}`) }))
    .sort((a, b) => a.at.split('/').length - b.at.split('/').length);
  if (mountsToken(context) && mounts.every(mount => mount.mountPath !== TOKEN_PATH)) tree.mountToken();
  for (const { mount, at } of inOrder) {
    const volume = context.volumes.find(candidate => candidate.volume.name === mount.name);
    if (volume !== undefined) tree.mount(mount, at, volume);
  }
  return tree.files;
}

/** The pod decides, then its ServiceAccount, and otherwise the token is mounted. */
function mountsToken({ pod, cluster, namespace }: PodContext): boolean {
  const account = cluster.serviceAccount(namespace, serviceAccountOf(pod));
  return pod.spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true;
}

class ContainerTree {
  readonly #files = new Map<string, ContainerFile>();
  readonly #fsGroup: number | undefined;
  readonly #user: number | undefined;

  constructor(private readonly context: PodContext) {
    this.#fsGroup = context.pod.spec.securityContext?.fsGroup;
    this.#user = commonUser(context.pod.spec);
  }

  public get files(): ContainerFile[] {
    return [...this.#files.values()].sort((a, b) => a.path < b.path ? -1 : 1);
  }

  /** What the admission of the API server adds to every pod. */
  public mountToken(): void {
    const restricted = this.#fsGroup !== undefined || this.#user !== undefined;
    const file = (path: string, source: FileSource, mode: number): VolumeFile => {
      return { path, mode, source, from: source === FileSource.CONFIG_MAP ? 'kube-root-ca.crt' : '', field: this.context.pod.path };
    };
    this.#place(TOKEN_PATH, FileSource.TOKEN, '');
    this.#write(TOKEN_PATH, [
      file('token', FileSource.TOKEN, restricted ? 0o600 : 0o644),
      file('ca.crt', FileSource.CONFIG_MAP, 0o644),
      file('namespace', FileSource.POD, 0o644),
    ]);
  }

  public mount(mount: VolumeMount, at: string, { volume, files }: PlacedVolume): void {
    const [kind = 'emptyDir'] = sourcesOf(volume);
    const origin = `${kind} ${volume.name ?? ''}`;
    const subPathExpr = mount.subPathExpr ?? '';
    if (files === undefined || referencesIn(subPathExpr).length > 0) {
      this.#hide(at);
      this.#files.set(at, { path: at, directory: true, source: FileSource.VOLUME, origin });
      return;
    }
    const subPath = cleanPath(mount.subPath || subPathExpr).replace(/^\.\.data(?:\/|$)/, '');
    const single = files.byPath.get(subPath);
    this.#hide(at);
    if (single !== undefined) {
      this.#files.set(at, this.#fileAt(at, single));
      return;
    }
    this.#place(at, FileSource.VOLUME, origin);
    const prefix = subPath === '' ? '' : `${subPath}/`;
    const present = [...files.byPath.values()].filter(file => file.path.startsWith(prefix));
    this.#write(at, present.map(file => ({ ...file, path: file.path.slice(prefix.length) })));
    for (const { source, from } of files.open) this.#files.set(`${at}/* ${from}`, { path: `${at}/*`, directory: false, source, origin: from });
  }

  #hide(at: string): void {
    for (const path of this.#files.keys()) {
      if (path === at || path.startsWith(`${at}/`)) this.#files.delete(path);
    }
  }

  /** The root of a volume that the kubelet fills. */
  #place(at: string, source: FileSource, origin: string): void {
    this.#files.set(at, this.#directory(at, ROOT_MODE, source, origin));
  }

  #write(at: string, files: readonly VolumeFile[]): void {
    for (const file of files) {
      for (let slash = file.path.indexOf('/'); slash !== -1; slash = file.path.indexOf('/', slash + 1)) {
        const path = `${at}/${file.path.slice(0, slash)}`;
        this.#files.set(path, this.#directory(path, DIRECTORY_MODE, file.source, file.from));
      }
      const path = `${at}/${file.path}`;
      this.#files.set(path, this.#fileAt(path, file));
    }
  }

  #directory(path: string, mode: number, source: FileSource, origin: string): ContainerFile {
    const effective = this.#fsGroup === undefined ? mode : directoryModeWithFsGroup(mode);
    return { path, directory: true, mode: formatMode(effective), user: 0, group: this.#fsGroup ?? 0, source, ...origin === '' ? {} : { origin } };
  }

  #fileAt(path: string, { mode, source, from, key }: VolumeFile): ContainerFile {
    const effective = this.#fsGroup === undefined ? mode : fileModeWithFsGroup(mode);
    return {
      path,
      directory: false,
      mode: formatMode(effective),
      user: source === FileSource.TOKEN ? this.#user ?? 0 : 0,
      group: this.#fsGroup ?? 0,
      source,
      ...from === '' ? {} : { origin: from },
      ...key === undefined ? {} : { key },
    };
  }
}
