import { didYouMean } from '../../errors/suggest';
import { cleanPath } from '../../kubernetes/paths';
import type { Container, Volume, VolumeMount } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { PodContext } from '../model/pod-context';
import type { VolumeFiles } from '../model/volume-files';
import { quote } from '../quote';

/** How many names a suggestion is looked for among. */
const MAX_CANDIDATES = 50;

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** A mount with what is known of its volume. */
interface PlacedMount {
  readonly mount: VolumeMount;
  readonly path: FieldPath;
  /** Where it is in the container: absolute and clean. */
  readonly at: string;
  readonly volume?: Volume;
  /** What the kubelet writes into the volume, where it does. */
  readonly files?: VolumeFiles;
}

/** Mounts that hide or break each other, or hold something else than they read. */
export function checkMounts(context: PodContext): void {
  const volumes = new Map(context.volumes.map(placed => [placed.volume.name ?? '', placed]));
  for (const { container, path } of context.containers) {
    const mounts = (container.volumeMounts ?? []).map((mount, index): PlacedMount => {
      const { mountPath = '' } = mount;
      const placed = volumes.get(mount.name ?? '');
      return {
        mount,
        path: path.child('volumeMounts').index(index),
        at: cleanPath(mountPath.startsWith('/') ? mountPath : `/${mountPath}`),
        volume: placed?.volume,
        files: placed?.files,
      };
    });
    for (const placed of mounts) {
      checkPath(placed, context);
      checkOptions(placed, context);
      checkSubPath(placed, context);
    }
    checkOverlaps(mounts, container, context);
  }
}

function isSecretMount({ volume }: PlacedMount): boolean {
  return volume?.secret !== undefined || volume?.projected !== undefined;
}

/** `C:\csi`, `C:/csi`, `\\.\pipe\x`: paths of containers of Windows. */
const WINDOWS_PATH = /^(?:[A-Za-z]:(?:[\\/]|$)|\\)/;

function checkPath({ mount, path, at: place }: PlacedMount, { out }: PodContext): void {
  const { mountPath = '' } = mount;
  if (mountPath === '' || WINDOWS_PATH.test(mountPath)) return;
  const at = path.child('mountPath');
  if (/^\.\.(?:\/|$)/.test(mountPath) || leavesRoot(mountPath)) {
    out.fails('InvalidMountPath', at, `${quote(mountPath)} leaves the root: the pod does not start (FailedMount)`, 'give an absolute path');
  } else if (!mountPath.startsWith('/')) {
    out.surprises('InvalidMountPath', at, `${quote(mountPath)} is relative; the kubelet mounts at ${quote(`/${mountPath}`)}`, 'give an absolute path');
  }
  if (mountPath.includes(':')) {
    out.surprises('InvalidMountPath', at, `the ':' in ${quote(mountPath)} is part of the path, and separates nothing`, 'use the fields readOnly and subPath');
  }
  if (place === '/') out.fails('InvalidMountPath', at, 'a mount at the root hides the whole image', 'mount it below a directory');
}

/** Whether a relative path, read step by step, goes above where it starts. */
function leavesRoot(path: string): boolean {
  if (path.startsWith('/')) return false;
  let depth = 0;
  return path.split('/').some(element => {
    if (element === '..') depth--;
    else if (element !== '' && element !== '.') depth++;
    return depth < 0;
  });
}

function checkOptions(placed: PlacedMount, { out }: PodContext): void {
  const { mount, path, at } = placed;
  if (mount.readOnly === false && isSecretMount(placed)) {
    out.surprises('ReadOnlyAnyway', path.child('readOnly'), 'files of Secrets are read-only, whatever this says', 'copy them to an emptyDir where they must be written');
  }
  if (at === TOKEN_PATH && placed.volume !== undefined && !isTokenVolume(placed.volume)) {
    out.surprises('HiddenToken', path.child('mountPath'), 'the container gets no token of its ServiceAccount, as this mount takes its place', 'mount it elsewhere');
  }
}

function isTokenVolume(volume: Volume): boolean {
  return (volume.projected?.sources ?? []).some(source => source.serviceAccountToken !== undefined)
    || /-token-[a-z0-9]{5}$/.test(volume.secret?.secretName ?? '');
}

/** `subPath` of a volume that the kubelet fills. */
function checkSubPath(placed: PlacedMount, { cluster, namespace, out }: PodContext): void {
  const { mount, path, volume, files } = placed;
  if ((mount.subPath ?? '') === '' || files === undefined || files.failure !== undefined || !isSecretMount(placed)) return;
  const subPath = cleanPath(mount.subPath!).replace(/^\.\.data\//, '');
  if (subPath === '') return;
  const at = path.child('subPath');
  if (files.folders.has(subPath)) {
    out.surprises('SubPathNeverUpdates', at, `${quote(subPath)} is a folder of the volume, and becomes empty with the first change of a Secret`, 'mount the whole volume');
  } else if (!files.byPath.has(subPath) && files.open.length === 0) {
    out.fails('SubPathMissingFile', at, `the volume has no file ${quote(subPath)}: the container gets an empty directory of that name`,
      files.byPath.size === 0 ? 'mount the whole volume' : didYouMean(subPath, [...files.byPath.keys()].slice(0, MAX_CANDIDATES), 'files'));
  } else if (volume !== undefined && secretNames(volume).some(name => cluster.secrets.get(namespace, name)?.rotates)) {
    out.surprises('SubPathNeverUpdates', at, `the file ${quote(subPath)} keeps its contents until the container restarts, and its Secret is replaced from time to time`,
      'mount the whole volume, where files follow the Secret');
  }
}

function secretNames({ secret, projected }: Volume): string[] {
  return [secret?.secretName ?? '', ...(projected?.sources ?? []).map(source => source.secret?.name ?? '')].filter(name => name !== '');
}

/** `/var/run` is a link to `/run` in most images. */
function realPath(path: string): string {
  return path === '/var/run' || path.startsWith('/var/run/') ? path.slice('/var'.length) : path;
}

/** Two mounts at one place, and mounts inside volumes that the kubelet fills. */
function checkOverlaps(mounts: readonly PlacedMount[], container: Container, { out }: PodContext): void {
  if (mounts.length < 2) return;
  const seen = new Map<string, PlacedMount>();
  for (const placed of mounts) {
    const { mount, path, at } = placed;
    const before = seen.get(realPath(at));
    seen.set(realPath(at), placed);
    if (before === undefined || before.mount.mountPath === mount.mountPath || !(isSecretMount(placed) || isSecretMount(before))) continue;
    const same = before.at === at;
    const message = `${quote(mount.mountPath ?? '')} and ${quote(before.mount.mountPath ?? '')} are one place${same ? '' : ' in most images'}: one mount hides the other`;
    if (same) out.fails('DuplicateMountPath', path.child('mountPath'), message, 'use another path');
    else out.surprises('HiddenMount', path.child('mountPath'), message, 'use another path');
  }
  const byPlace = new Map(mounts.map(placed => [placed.at, placed]));
  for (const placed of mounts) {
    for (let slash = placed.at.lastIndexOf('/'); slash > 0; slash = placed.at.lastIndexOf('/', slash - 1)) {
      const outer = byPlace.get(placed.at.slice(0, slash));
      if (outer !== undefined && isSecretMount(outer)) checkNested(placed, outer, container, out);
    }
  }
}

function checkNested(inner: PlacedMount, outer: PlacedMount, container: Container, out: PodContext['out']): void {
  const { mount, path, at } = inner;
  const place = `${quote(at)}, inside the mount at ${quote(outer.at)}`;
  if (inner.files?.byPath.has(cleanPath(mount.subPath ?? ''))) {
    out.fails('BrokenMount', path.child('mountPath'),
      `the container ${quote(container.name ?? '')} does not start: a file cannot be mounted at ${place}, where the kubelet has made a directory`,
      'put both into one projected volume');
    return;
  }
  const below = at.slice(outer.at.length + 1);
  if ((outer.mount.subPath ?? '') === '' && (outer.files?.byPath.has(below) || outer.files?.folders.has(below))) {
    out.surprises('HiddenMount', path.child('mountPath'), `the mount at ${place} hides the files that the volume has there`, 'use another path');
  }
}
