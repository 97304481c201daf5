import { directoryModeWithFsGroup, fileModeWithFsGroup, formatMode } from '../../kubernetes/modes';
import type { Volume } from '../decode/decoded';
import type { Content, ContainerMounts, Entry, Mounted } from '../model/container-mounts';
import type { PodContext } from '../model/pod-context';
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

/** A volume of Secrets is in memory; its root is like /tmp. */
const ROOT_MODE = 0o1777;
const DIRECTORY_MODE = 0o755;
/** An emptyDir is for everybody. */
const EMPTY_DIR_MODE = 0o777;

/**
 * The files that a container has from its volumes, in the order of their paths. A mount hides whatever was at its place. What the node
 * adds to every container is listed inside of volumes only.
 *
 * The directory and the links behind which the kubelet swaps all files of a volume at once are left out.
 */
export function filesOfContainer(mounts: ContainerMounts, context: PodContext): ContainerFile[] {
  const tree = new ContainerTree(context);
  for (const mounted of mounts.inOrder) tree.mount(mounted);
  return tree.filesAt(mounts.inOrder.filter(mounted => mounted.added !== 'node'));
}

class ContainerTree {
  readonly #files = new Map<string, ContainerFile>();
  readonly #fsGroup: number | undefined;
  readonly #user: number | undefined;

  constructor({ pod }: PodContext) {
    this.#fsGroup = pod.spec.securityContext?.fsGroup;
    this.#user = commonUser(pod.spec);
  }

  /** The files at and below these mounts, by the paths that the manifest has. */
  public filesAt(mounts: readonly Mounted[]): ContainerFile[] {
    const files = new Map<string, ContainerFile>();
    for (const { at, place } of mounts) {
      for (const [key, file] of this.#files) {
        if (key !== place && !key.startsWith(`${place}/`)) continue;
        files.set(at + key.slice(place.length), at === place ? file : { ...file, path: at + file.path.slice(place.length) });
      }
    }
    return [...files.values()].sort((a, b) => a.path < b.path ? -1 : 1);
  }

  public mount({ place, volume, added, content }: Mounted): void {
    for (const path of this.#files.keys()) {
      if (path === place || path.startsWith(`${place}/`)) this.#files.delete(path);
    }
    if (content.kind === 'file') this.#files.set(place, this.#fileAt(place, content.file));
    else if (content.kind === 'filled') this.#fill(place, content, volume === undefined ? [FileSource.TOKEN, ''] : [FileSource.VOLUME, originOfVolume(volume.volume)], volume?.files?.open ?? []);
    else if (added === undefined && volume !== undefined) this.#files.set(place, this.#other(place, volume.volume));
  }

  /** The root of a volume whose contents the kubelet does not make. */
  #other(path: string, volume: Volume): ContainerFile {
    const origin = originOfVolume(volume);
    const [kind = 'emptyDir'] = sourcesOf(volume);
    if (kind !== 'emptyDir') return { path, directory: true, source: FileSource.VOLUME, origin };
    return this.#directory(path, EMPTY_DIR_MODE, FileSource.VOLUME, origin);
  }

  #fill(at: string, content: Content & { readonly kind: 'filled' }, [source, origin]: readonly [FileSource, string], open: readonly { readonly source: FileSource; readonly from: string }[]): void {
    this.#files.set(at, this.#directory(at, content.inner ? DIRECTORY_MODE : ROOT_MODE, source, origin));
    for (const entry of content.entries.values()) this.#write(`${at}/${entry.path}`, entry, [source, origin]);
    if (content.complete) return;
    for (const each of open) this.#files.set(`${at}/* ${each.from}`, { path: `${at}/*`, directory: false, source: each.source, origin: each.from });
  }

  #write(path: string, entry: Entry, [source, origin]: readonly [FileSource, string]): void {
    if (!('made' in entry)) this.#files.set(path, this.#fileAt(path, entry));
    else this.#files.set(path, this.#directory(path, DIRECTORY_MODE, entry.of?.source ?? source, entry.of?.from ?? origin));
  }

  #directory(path: string, mode: number, source: FileSource, origin: string): ContainerFile {
    const effective = this.#fsGroup === undefined ? mode : directoryModeWithFsGroup(mode);
    return { path, directory: true, mode: formatMode(effective), user: 0, group: this.#fsGroup ?? 0, source, ...origin === '' ? {} : { origin } };
  }

  #fileAt(path: string, { mode, source, from, key }: VolumeFile): ContainerFile {
    const group = source === FileSource.NODE ? undefined : this.#fsGroup;
    const effective = group === undefined ? mode : fileModeWithFsGroup(mode);
    return {
      path,
      directory: false,
      mode: formatMode(effective),
      user: source === FileSource.TOKEN ? this.#user ?? 0 : 0,
      group: group ?? 0,
      source,
      ...from === '' ? {} : { origin: from },
      ...key === undefined ? {} : { key },
    };
  }
}

function originOfVolume(volume: Volume): string {
  const [kind = 'emptyDir'] = sourcesOf(volume);
  return `${kind} ${volume.name ?? ''}`;
}
