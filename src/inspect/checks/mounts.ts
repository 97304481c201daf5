import type { Codes } from '../../errors/codes';
import { didYouMeanAmong } from '../../errors/suggest';
import { cleanPath, foldersAbove } from '../../kubernetes/paths';
import type { Container, Volume, VolumeMount } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import { areApart } from '../model/apart';
import type { Mounted, MountFailure } from '../model/container-mounts';
import { hidesProgram } from '../model/hidden-program';
import { holdsPrograms } from '../model/image-paths';
import { isKnownHere } from '../model/known-here';
import type { PlacedContainer, PlacedVolume, PodContext } from '../model/pod-context';
import { mountsToken, placeOf, TOKEN_PATH } from '../model/service-account-token';
import { containerMounts } from '../model/start-failure';
import { subPathOf } from '../model/sub-path-expr';
import { FileSource, type VolumeFiles } from '../model/volume-files';
import { quote } from '../quote';

/** The codes of these rules. */
export const MOUNT_CODES = {
  HiddenMount: {
    cause: 'One mount hides files of another, or programs of the image; the token of the ServiceAccount hides what is mounted at its place under another name.',
    example: 'a Secret with the key "tls" at /etc/app, and another volume at /etc/app/tls',
    fix: 'Use another path, or one projected volume.',
    warns: true,
  },
  BrokenMount: {
    cause: 'A mount that cannot be made, and the container does not start: a file where there is a directory, a directory where there is a file, or anything inside a volume of Secrets, in which nothing can be made. At /etc the hosts file of the kubelet has no place, at /run the token of the ServiceAccount; a mount over the program leaves none.',
    example: 'a Secret at /etc/app, and another one at /etc/app/extra with subPath: extra',
    fix: 'Use a path of its own, or put both into one projected volume.',
  },
  SubPathMissingFile: {
    cause: 'subPath names a file that the volume does not have: the container gets an empty directory of that name, and keeps it when the key appears.',
    example: 'subPath: passwrd',
    fix: 'Use the path of one of the files.',
    warns: 'in a repository, where something else may add the key',
  },
  SubPathNeverUpdates: {
    cause: 'A file that is mounted with subPath keeps its contents until the container restarts, and a folder becomes empty with the first change.',
    example: 'subPath: password with a Secret that External Secrets refreshes',
    fix: 'Mount the whole volume.',
    warns: true,
  },
  ReadOnlyAnyway: {
    cause: 'Files of Secrets are always read-only, also where a mount says readOnly: false.',
    example: 'volumeMounts: [{ name: creds, mountPath: /creds, readOnly: false }]',
    fix: 'Copy them to an emptyDir where they must be written.',
    warns: true,
  },
  HiddenToken: {
    cause: "A volume is mounted where the cluster mounts the token of the pod's ServiceAccount; the container gets no token.",
    example: 'mountPath: /var/run/secrets/kubernetes.io/serviceaccount',
    fix: 'Mount it elsewhere.',
    warns: true,
  },
} as const satisfies Codes;

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

/** A mount of a volume that can hold Secrets. */
interface SecretMount extends PlacedMount {
  readonly volume: Volume;
  readonly files: VolumeFiles;
}

/** Mounts that hide or break each other, or hold something else than they read. */
export function checkMounts(context: PodContext): void {
  const volumes = new Map(context.volumes.map(placed => [placed.volume.name ?? '', placed]));
  for (const container of context.containers) checkContainer(container, volumes, context);
}

function checkContainer(placed: PlacedContainer, volumes: ReadonlyMap<string, PlacedVolume>, context: PodContext): void {
  const { container, path } = placed;
  const mounts = (container.volumeMounts ?? []).map((mount, index): PlacedMount => {
    const volume = volumes.get(mount.name ?? '');
    return { mount, path: path.child('volumeMounts').index(index), at: placeOf(mount.mountPath ?? ''), volume: volume?.volume, files: volume?.files };
  });
  for (const mount of mounts) {
    checkPath(mount, context);
    checkOptions(mount, context);
    checkSubPath(mount, container, context);
  }
  if (mounts.some(isSecretMount) && !areApart(mounts.map(({ at }) => at), container)) checkOverlaps(mounts, placed, context);
}

function isSecretMount(placed: PlacedMount): placed is SecretMount {
  const { volume } = placed;
  return volume?.secret !== undefined || volume?.projected !== undefined;
}

/** `C:\csi`, `C:/csi`, `\\.\pipe\x`: paths of containers of Windows. */
const WINDOWS_PATH = /^(?:[A-Za-z]:(?:[\\/]|$)|\\)/;

function checkPath({ mount, path, at: place }: PlacedMount, { out }: PodContext): void {
  const { mountPath = '' } = mount;
  if (WINDOWS_PATH.test(mountPath)) return;
  const at = path.child('mountPath');
  if (leavesRoot(mountPath)) {
    out.fails('InvalidMountPath', at, `${quote(mountPath)} leaves the root: the pod does not start (FailedMount)`, 'give an absolute path');
    return;
  }
  if (!mountPath.startsWith('/')) {
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

function checkOptions(placed: PlacedMount, context: PodContext): void {
  const { out } = context;
  const { mount, path, volume, files } = placed;
  if (mount.readOnly === false && isSecretMount(placed)) {
    out.surprises('ReadOnlyAnyway', path.child('readOnly'), 'files of Secrets are read-only, whatever this says', 'copy them to an emptyDir where they must be written');
  }
  if (mount.mountPath === TOKEN_PATH && volume !== undefined && !mayHoldToken(volume, files) && mountsToken(context)) {
    out.surprises('HiddenToken', path.child('mountPath'), 'the container gets no token of its ServiceAccount, as this mount takes its place', 'mount it elsewhere');
  }
}

/** How the cluster names the Secrets that it makes for tokens: nothing declares them. */
const TOKEN_SECRET = /-token-[a-z0-9]{5}$/;

/** Whether a volume has a token, or nobody knows what is in it. */
function mayHoldToken(volume: Volume, files: VolumeFiles | undefined): boolean {
  if (TOKEN_SECRET.test(volume.secret?.secretName ?? '')) return true;
  if (files === undefined) return false;
  return files.failure !== undefined || files.open.length > 0 || [...files.byPath.values()].some(({ source, path }) => source === FileSource.TOKEN || path === 'token');
}

/** `subPath` of a volume that the kubelet fills. */
function checkSubPath(placed: PlacedMount, container: Container, { cluster, manifest, namespace, out }: PodContext): void {
  if (!isSecretMount(placed) || placed.files.failure !== undefined) return;
  const { mount, path, volume, files } = placed;
  const written = subPathOf(mount, container) ?? '';
  const given = written === '' ? '' : cleanPath(written);
  if (given === '') return;
  const at = path.child((mount.subPathExpr ?? '') === '' ? 'subPath' : 'subPathExpr');
  // The kubelet makes another ..data with each change.
  const subPath = given.replace(/^\.\.data(?:\/|$)/, '');
  const file = files.byPath.get(subPath);
  const makers = file === undefined ? files.open : [file];
  if (subPath === '' || files.folders.has(subPath)) {
    out.surprises('SubPathNeverUpdates', at, `${quote(given)} is a folder of the volume, and becomes empty with the first change of a Secret`, 'mount the whole volume');
  } else if (makers.length === 0) {
    const names = [volume.secret?.secretName, ...(volume.projected?.sources ?? []).map(source => source.secret?.name)];
    const isKnown = names.every(name => {
      const secret = cluster.secrets.get(namespace, name ?? '');
      return secret === undefined || isKnownHere(secret, manifest, cluster);
    });
    const message = `the volume has no file ${quote(subPath)}: the container gets an empty directory of that name`;
    const next = files.byPath.size === 0 ? 'mount the whole volume' : didYouMeanAmong(subPath, files.byPath.keys(), 'files');
    if (isKnown) out.fails('SubPathMissingFile', at, message, next);
    else out.surprises('SubPathMissingFile', at, message, next);
  } else if (makers.some(({ source, from }) => source === FileSource.SECRET && cluster.secrets.get(namespace, from)?.rotates)) {
    out.surprises('SubPathNeverUpdates', at, `the file ${quote(subPath)} keeps its contents until the container restarts, and its Secret is replaced from time to time`,
      'mount the whole volume, where files follow the Secret');
  }
}

/** Mounts that take the place of another, and mounts inside volumes that the kubelet fills. */
function checkOverlaps(mounts: readonly PlacedMount[], placed: PlacedContainer, context: PodContext): void {
  const { out } = context;
  const { container } = placed;
  const table = containerMounts(placed, context);
  for (const [lost, winner] of table.hidden) reportHidden(lost, winner, mounts, out);
  if (table.failure !== undefined) reportFailure(table.failure, placed, mounts, out);
  const program = hidesProgram(container, table);
  for (const { at, index, content } of table.inOrder) {
    if (index === undefined || content.kind !== 'filled' || !isSecretMount(mounts[index]) || program?.index === index || !holdsPrograms(at)) continue;
    out.surprises('HiddenMount', mounts[index].path.child('mountPath'), `the mount at ${quote(at)} hides the programs of the image`, 'use another path');
  }
  if (program?.index !== undefined) {
    out.fails('BrokenMount', mounts[program.index].path.child('mountPath'),
      `the container ${quote(container.name ?? '')} does not start: the mount at ${quote(program.at)} hides its program ${quote(container.command![0])}`, 'use another path');
  }
  const byPlace = new Map(mounts.map(mount => [mount.at, mount]));
  for (const inner of mounts) {
    for (const folder of foldersAbove(inner.at)) {
      const outer = byPlace.get(folder);
      if (outer !== undefined && isSecretMount(outer) && table.failure?.mounted.at !== inner.at) checkNested(inner, outer, out);
    }
  }
}

function mountOf({ index }: Mounted, mounts: readonly PlacedMount[]): PlacedMount | undefined {
  return index === undefined ? undefined : mounts[index];
}

function reportHidden(lost: Mounted, winner: Mounted, mounts: readonly PlacedMount[], out: PodContext['out']): void {
  const before = mountOf(lost, mounts);
  const after = mountOf(winner, mounts);
  if (before === undefined) return;
  if (after === undefined) {
    if (!isSecretMount(before)) return;
    out.surprises('HiddenMount', before.path.child('mountPath'), `${ADDED[winner.added!]} is mounted at ${quote(winner.at)}, and hides this mount`, 'use another path');
    return;
  }
  if (!isSecretMount(before) && !isSecretMount(after)) return;
  const same = before.at === after.at;
  const later = mounts[Math.max(lost.index!, winner.index!)].path.child('mountPath');
  const message = `${quote(after.mount.mountPath ?? '')} and ${quote(before.mount.mountPath ?? '')} are one place${same ? '' : ' in most images'}: one mount hides the other`;
  if (same) out.fails('DuplicateMountPath', later, message, 'use another path');
  else out.surprises('HiddenMount', later, message, 'use another path');
}

/** What the cluster and the node mount themselves. */
const ADDED = { token: 'the token of the ServiceAccount', node: 'a file of the node' } as const;

/** A mount without which the container does not start. */
function reportFailure({ mounted, outer, why }: MountFailure, { container }: PlacedContainer, mounts: readonly PlacedMount[], out: PodContext['out']): void {
  const own = mountOf(mounted, mounts);
  const around = outer && mountOf(outer, mounts);
  if (mounted.at === '/' || ![own, around].some(each => each !== undefined && isSecretMount(each))) return;
  const field = mounted.field ?? (own ?? around)!.path.child('mountPath');
  const what = mounted.field !== undefined ? 'the termination message' : mounted.added === undefined ? 'this' : ADDED[mounted.added];
  const place = `${quote(mounted.at)}${outer === undefined ? '' : `, inside the mount at ${quote(outer.at)}`}`;
  out.fails('BrokenMount', field, `the container ${quote(container.name ?? '')} does not start: ${what} cannot be mounted at ${place}: ${why}`,
    own !== undefined && outer !== undefined ? 'put both into one projected volume' : 'use another path');
}

/** The kubelet makes the directory for an inner mount first, and then no file of that name. */
function checkNested(inner: PlacedMount, outer: SecretMount, out: PodContext['out']): void {
  const [first] = inner.at.slice(outer.at.length + 1).split('/');
  if ((outer.mount.subPath ?? '') === '' && (outer.files.byPath.has(first) || outer.files.folders.has(first))) {
    out.surprises('HiddenMount', inner.path.child('mountPath'),
      `the mount at ${quote(inner.at)}, inside the mount at ${quote(outer.at)}, hides the files that the volume has there`, 'use another path');
  }
}
