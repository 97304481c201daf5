import { imageRefuses } from './image-paths';
import type { PlacedContainer, PlacedVolume, PodContext } from './pod-context';
import { placeOf, tokenMountOf, TOKEN_PATH } from './service-account-token';
import { FileSource, tokenModeOf, type VolumeFile } from './volume-files';
import { cleanPath, foldersAbove } from '../../kubernetes/paths';
import type { VolumeMount } from '../decode/decoded';
import type { FieldPath } from '../field-path';

/** What the kubelet gives a container at one place. */
export interface Mounted {
  /** Where the manifest says it is: absolute and clean. */
  readonly at: string;
  /** Where it is, with the link that most images have in place of `/var/run`. */
  readonly place: string;
  /** The index of the mount in the manifest; undefined for what the cluster and the node add. */
  readonly index?: number;
  /** The volume, where it is one of the pod's. */
  readonly volume?: PlacedVolume;
  /** The token of the ServiceAccount, or a file of the node. */
  readonly added?: 'token' | 'node';
  /** The field that asks the node for the file, where one does. */
  readonly field?: FieldPath;
  readonly content: Content;
}

/** What is in a mount. */
export type Content =
  | { readonly kind: 'file'; readonly file: VolumeFile }
  /** A directory that the kubelet fills; nobody can make anything in it. */
  | { readonly kind: 'filled'; readonly entries: ReadonlyMap<string, Entry>; readonly inner: boolean; readonly complete: boolean }
  /** A directory of something else. */
  | { readonly kind: 'other' };

/** A file, or a directory that was made for files or for another mount. */
export type Entry = VolumeFile | { readonly path: string; readonly made: 'folder' | 'mount-point'; readonly of?: VolumeFile };

/** Why a container does not start: one of its mounts cannot be made. */
export interface MountFailure {
  readonly mounted: Mounted;
  /** The mount in which it would have to be. */
  readonly outer?: Mounted;
  readonly why: string;
}

/** The mounts of a container. */
export interface ContainerMounts {
  /** In the order in which the runtime makes them: the outer ones first, and of two at one place the later one counts. */
  readonly inOrder: readonly Mounted[];
  readonly failure?: MountFailure;
  /** Those whose place another mount takes. */
  readonly hidden: ReadonlyMap<Mounted, Mounted>;
}

/** Resolves the `subPathExpr` of a mount, or returns undefined where its variables are not known. */
export type SubPathOf = (mount: VolumeMount) => string | undefined;

/** What a container has at which place, in the order in which containerd and runc make it. */
export function mountsOf(placed: PlacedContainer, context: PodContext, subPathOf: SubPathOf): ContainerMounts {
  const wanted: Omit<Mounted, 'place'>[] = [];
  const volumes = new Map([...context.volumes].reverse().map(each => [each.volume.name, each]));
  const mounts = placed.container.volumeMounts ?? [];
  mounts.forEach((mount, index) => {
    const volume = volumes.get(mount.name);
    if (volume !== undefined) wanted.push({ at: placeOf(mount.mountPath ?? ''), index, volume, content: contentOf(volume, subPathOf(mount), context) });
  });
  const token = tokenMountOf(placed, context);
  if (token !== undefined) {
    const content = token.volume === undefined ? filled(tokenFiles(context), true) : contentOf(token.volume, '', context);
    wanted.push({ at: TOKEN_PATH, volume: token.volume, added: 'token', content });
  }
  addNodeFiles(wanted, placed, context);
  return arrange(wanted);
}

function nodeFile(at: string, mode: number, context: PodContext): Omit<Mounted, 'place'> {
  return { at, added: 'node', content: { kind: 'file', file: { path: at, mode, source: FileSource.NODE, from: '', field: context.pod.path } } };
}

/** What every container has of its node. The kubelet adds the first two, the runtime the others, where the pod mounts nothing there. */
function addNodeFiles(wanted: Omit<Mounted, 'place'>[], { container, path }: PlacedContainer, context: PodContext): void {
  const taken = new Set(wanted.map(({ at }) => at));
  if (!container.volumeMounts?.some(mount => mount.mountPath === '/etc/hosts')) wanted.push(nodeFile('/etc/hosts', 0o644, context));
  const { terminationMessagePath = '' } = container;
  wanted.push(terminationMessagePath === ''
    ? nodeFile('/dev/termination-log', 0o666, context)
    : { ...nodeFile(placeOf(terminationMessagePath), 0o666, context), field: path.child('terminationMessagePath') });
  for (const at of ['/etc/hostname', '/etc/resolv.conf']) {
    if (!taken.has(at)) wanted.push(nodeFile(at, 0o644, context));
  }
  if (!taken.has('/dev/shm')) wanted.push({ at: '/dev/shm', added: 'node', content: { kind: 'other' } });
}

function arrange(wanted: readonly Omit<Mounted, 'place'>[]): ContainerMounts {
  const depth = (at: string) => at.split('/').length;
  const sorted = [...wanted].sort((a, b) => depth(a.at) - depth(b.at));
  const inOrder: Mounted[] = [];
  const hidden = new Map<Mounted, Mounted>();
  const byPlace = new Map<string, Mounted>();
  let failure: MountFailure | undefined;
  const linked = !sorted.some(({ at }) => at === '/var');
  for (const each of sorted) {
    const mounted = { ...each, place: linked ? realPath(each.at) : each.at };
    const problem = failure === undefined ? refusal(mounted, byPlace) : undefined;
    failure ??= problem;
    const before = byPlace.get(mounted.place);
    if (before !== undefined) hidden.set(before, mounted);
    // Only what a link makes shorter comes after what is below it.
    if (mounted.place !== mounted.at) {
      for (const [place, other] of byPlace) if (place.startsWith(`${mounted.place}/`)) hidden.set(other, mounted);
    }
    byPlace.set(mounted.place, mounted);
    inOrder.push(mounted);
  }
  return { inOrder, failure, hidden };
}

/** `/var/run` is a link to `/run` in most images. */
function realPath(path: string): string {
  return path === '/var/run' || path.startsWith('/var/run/') ? path.slice('/var'.length) : path;
}

/** Why the runtime cannot make a mount among those that are there already. */
function refusal(mounted: Mounted, byPlace: ReadonlyMap<string, Mounted>): MountFailure | undefined {
  const { place, content } = mounted;
  const directory = content.kind !== 'file';
  const same = byPlace.get(place);
  if (same !== undefined) {
    if ((same.content.kind !== 'file') === directory) return undefined;
    return { mounted, outer: same, why: directory ? 'a directory cannot be mounted over a file' : 'a file cannot be mounted over a directory' };
  }
  for (const folder of foldersAbove(place)) {
    const outer = byPlace.get(folder);
    if (outer !== undefined) return refusalInside(mounted, outer, place.slice(folder.length + 1), directory);
  }
  const why = imageRefuses(place, directory);
  return why === undefined ? undefined : { mounted, why };
}

function refusalInside(mounted: Mounted, outer: Mounted, below: string, directory: boolean): MountFailure | undefined {
  if (outer.content.kind === 'other') return undefined;
  if (outer.content.kind === 'file') return { mounted, outer, why: 'nothing can be mounted below a file' };
  const entry = outer.content.entries.get(below);
  if (entry === undefined) return outer.content.complete ? { mounted, outer, why: 'nothing can be made there, as volumes of Secrets are read-only' } : undefined;
  const isFile = !('made' in entry);
  if (isFile !== directory) return undefined;
  return { mounted, outer, why: directory ? 'a directory cannot be mounted over a file' : 'a file cannot be mounted there, where the kubelet has made a directory' };
}

/** What the admission adds to every pod that has no such volume of its own. */
function tokenFiles({ pod }: PodContext): VolumeFile[] {
  const file = (path: string, source: FileSource, mode: number, from = ''): VolumeFile => ({ path, mode, source, from, field: pod.path });
  return [file('token', FileSource.TOKEN, tokenModeOf(pod.spec)), file('ca.crt', FileSource.CONFIG_MAP, 0o644, 'kube-root-ca.crt'), file('namespace', FileSource.POD, 0o644)];
}

function filled(files: Iterable<VolumeFile>, complete: boolean, mountPoints: Iterable<string> = [], inner = false): Content {
  const entries = new Map<string, Entry>();
  const first = new Set<string>();
  for (const point of mountPoints) {
    first.add(point.split('/')[0]);
    for (const path of foldersAbove(`${point}/`).reverse()) entries.set(path, { path, made: 'mount-point' });
  }
  for (const file of files) {
    // The kubelet makes no link where it has made a directory for another mount.
    if (first.has(file.path.split('/')[0])) continue;
    for (const path of foldersAbove(file.path).reverse()) entries.set(path, { path, made: 'folder', of: file });
    entries.set(file.path, file);
  }
  return { kind: 'filled', entries, inner, complete };
}

function contentOf({ volume, files }: PlacedVolume, given: string | undefined, context: PodContext): Content {
  if (files === undefined || given === undefined) return { kind: 'other' };
  const swapped = /^\.\.data(?:\/|$)/.test(given);
  const subPath = cleanPath(given).replace(/^\.\.data(?:\/|$)/, '');
  const points = swapped ? [] : mountPointsIn(volume.name ?? '', context);
  const complete = files.open.length === 0;
  if (subPath === '') return filled(files.byPath.values(), complete, points);
  const atRoot = filled(files.byPath.values(), complete, points);
  const single = atRoot.kind === 'filled' ? atRoot.entries.get(subPath) : undefined;
  if (single !== undefined && !('made' in single)) return { kind: 'file', file: single };
  if (single === undefined) return complete ? filled([], true) : { kind: 'other' };
  const prefix = `${subPath}/`;
  const below = [...files.byPath.values()].filter(file => file.path.startsWith(prefix));
  return filled(below.map(file => ({ ...file, path: file.path.slice(prefix.length) })), complete, [], true);
}

/** The directories that the kubelet makes in a volume for mounts inside it, of any container: it compares texts, and takes no link into account. */
function mountPointsIn(name: string, context: PodContext): string[] {
  const points: string[] = [];
  for (const placed of context.containers) {
    const mounts = [...placed.container.volumeMounts ?? []];
    const token = tokenMountOf(placed, context);
    if (token !== undefined) mounts.push(token.mount);
    if (mounts.length < 2) continue;
    const all = mounts.map(mount => ({ name: mount.name, at: cleanPath(mount.mountPath ?? '') })).sort((a, b) => a.at < b.at ? -1 : 1);
    for (const outer of all) {
      if (outer.name !== name) continue;
      let last: string | undefined;
      for (const { at } of all) {
        if (!at.startsWith(`${outer.at}/`) || (last !== undefined && at.startsWith(`${last}/`))) continue;
        last = at;
        points.push(at.slice(outer.at.length + 1));
      }
    }
  }
  return points;
}
