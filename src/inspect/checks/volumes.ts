import type { Codes } from '../../errors/codes';
import { closest } from '../../errors/suggest';
import { fileModeWithFsGroup, formatMode, hasBits } from '../../kubernetes/modes';
import { cleanPath, kubeletPathFailure } from '../../kubernetes/paths';
import type { KeyToPath, Volume } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { isMounted, type PodContext } from '../model/pod-context';
import { TOKEN_VOLUME } from '../model/service-account-token';
import { record, valueAt } from '../model/untyped';
import { FileSource, type VolumeFile, type VolumeFiles } from '../model/volume-files';
import { quote } from '../quote';
import { projectionSources } from '../validate/projected-volume';
import { sourcesOf, VOLUME_SOURCES } from '../validate/volumes';

/** The codes of these rules. */
export const VOLUME_CODES = {
  WidenedMode: {
    cause: 'With a fsGroup every file of a Secret may be read by that group too: 0400 becomes 0440. Some programs, ssh for one, refuse such a key.',
    example: 'defaultMode: 0400 with fsGroup: 2000',
    fix: 'Take it into account, or copy the file in an init container.',
    warns: true,
  },
  DecimalMode: {
    cause: 'A mode that looks octal was taken as decimal: 400 is 0620.',
    example: 'defaultMode: 400',
    fix: 'Write 0400 in YAML, 256 in JSON.',
    warns: true,
  },
  EmptyItems: {
    cause: 'An empty list of items means every key, not none.',
    example: 'secret: { secretName: db, items: [] }',
    fix: 'Leave items out, or list the keys.',
    warns: true,
  },
  ReplacedFile: {
    cause: 'Two keys become one file of a volume: the later one stays, in silence.',
    example: 'items: [{ key: a, path: x }, { key: b, path: x }]',
    fix: 'Give one of them another path.',
    warns: true,
  },
  VolumeWithoutSource: {
    cause: 'A volume that names no source becomes an empty directory.',
    example: 'volumes: [{ name: creds }]',
    fix: 'Give it its source.',
    warns: true,
  },
  UnmountedVolume: {
    cause: 'No container mounts a volume. The kubelet does not even look whether its Secret exists.',
    example: 'a volume "creds" and no volumeMounts',
    fix: 'Mount it, or leave it out.',
    warns: true,
  },
  TokenVolumeName: {
    cause: 'The cluster takes any volume whose name starts with kube-api-access- for the one of the token, and mounts it in its place.',
    example: 'volumes: [{ name: kube-api-access-db, … }]',
    fix: 'Give it another name.',
    warns: true,
  },
} as const satisfies Codes;

/** Decimal numbers that were meant as octal ones: read in octal they are modes people use, and as they stand nobody does. */
const DECIMAL_MODES: ReadonlySet<number> = new Set([400, 440, 444, 500]);

/** What a volume holds, other than what it says. */
export function checkVolumes(context: PodContext): void {
  const { containers, out } = context;
  for (const { volume, path, files } of context.volumes) {
    checkSources(volume, path, context);
    const mounted = isMounted(volume.name, containers);
    checkPaths(volume, path, mounted, out);
    if (files !== undefined) checkFiles(files, mounted, context);
    if (usesSecret(volume) && !mounted) {
      out.surprises('UnmountedVolume', path, `no container mounts the volume ${quote(volume.name ?? '')}`, 'mount it, or leave it out');
    }
    if (volume.name?.startsWith(TOKEN_VOLUME) && volume.projected === undefined) {
      out.surprises('TokenVolumeName', path.child('name'),
        `the volume ${quote(volume.name)} is taken for the one of the ServiceAccount's token, and mounted in its place`, 'give it another name');
    }
  }
}

function usesSecret({ secret, projected, csi }: Volume): boolean {
  return secret !== undefined || csi?.driver === 'secrets-store.csi.k8s.io' || (projected?.sources ?? []).some(source => source.secret !== undefined);
}

function checkSources(volume: Volume, path: FieldPath, { manifest, out }: PodContext): void {
  if (sourcesOf(volume).length === 0) checkNoSource(volume, record(valueAt(manifest.raw, path.segments)), path, out);
  const { secret, projected } = volume;
  if (projected !== undefined && (projected.sources ?? []).every(source => projectionSources(source).length === 0)) {
    out.surprises('VolumeWithoutSource', path.child('projected'), `the volume ${quote(volume.name ?? '')} has no sources, and is empty`, 'give it sources');
  }
  const checkItems = (items: readonly KeyToPath[] | undefined, at: () => FieldPath) => {
    if (items?.length === 0) out.surprises('EmptyItems', at().child('secret').child('items'), 'an empty list of items means every key', 'leave items out, or list the keys');
  };
  checkItems(secret?.items, () => path);
  projected?.sources?.forEach((source, index) => checkItems(source.secret?.items, () => path.child('projected').child('sources').index(index)));
}

/** A source without a value, such as `emptyDir:`, says what is meant, and the API server makes just that of it. */
function checkNoSource(volume: Volume, written: Readonly<Record<string, unknown>>, path: FieldPath, out: FindingsOfObject): void {
  if (written.emptyDir === null) return;
  const [meant] = Object.keys(written).map(field => ({ field, source: closest(field, VOLUME_SOURCES) })).filter(({ source }) => source !== undefined);
  out.surprises('VolumeWithoutSource', path, `the volume ${quote(volume.name ?? '')} has no source, and becomes an empty directory`,
    meant === undefined ? 'give it a source, or emptyDir: {}' : `write ${meant.source} for ${quote(meant.field)}`);
}

function checkFiles({ written, clash }: VolumeFiles, mounted: boolean, { pod, out }: PodContext): void {
  const fsGroup = pod.spec.securityContext?.fsGroup;
  if (clash !== undefined) {
    notSetUp('DuplicateFile', clash.file.field, `${quote(clash.below.path)} is a file, and ${quote(clash.file.path)} needs a folder there`, 'give one of them another path', mounted, out);
  }
  reportReplaced(written, out);
  // one field may give several files their mode
  const modes = new Map<FieldPath, VolumeFile>();
  for (const file of written) if (file.modeField !== undefined) modes.set(file.modeField, file);
  for (const [modeField, { mode, source }] of modes) {
    if (DECIMAL_MODES.has(mode)) {
      out.surprises('DecimalMode', modeField, `the mode ${mode} is decimal, and ${formatMode(mode)} in octal`, `write 0${mode} in YAML, or ${parseInt(String(mode), 8)}`);
    }
    if (fsGroup !== undefined && !hasBits(mode, 0o040) && source === FileSource.SECRET) {
      out.surprises('WidenedMode', modeField, `fsGroup ${fsGroup} may read these files too: ${formatMode(mode)} becomes ${formatMode(fileModeWithFsGroup(mode))}`,
        'leave fsGroup out, or take the wider mode into account (ssh refuses such a key)');
    }
  }
}

/** The pod waits for a volume that the kubelet cannot set up, where a container mounts it. */
function notSetUp(code: 'DuplicateFile' | 'InvalidPath', field: FieldPath, message: string, next: string, mounted: boolean, out: FindingsOfObject): void {
  if (mounted) out.fails(code, field, `${message}: the pod does not start (FailedMount)`, next);
  else out.surprises(code, field, `${message}: the pod does not start once a container mounts it`, next);
}

/** Two files at one path. In projected volumes the API server refuses the plainest case itself. */
function reportReplaced(written: readonly VolumeFile[], out: FindingsOfObject): void {
  if (written.length < 2) return;
  const seen = new Map<string, VolumeFile>();
  for (const file of written) {
    const before = seen.get(file.path);
    seen.set(file.path, file);
    if (before === undefined) continue;
    out.surprises('ReplacedFile', file.field, `the file ${quote(file.path)} is made from ${originOf(file)}, and no longer from ${originOf(before)}`,
      'give one of them another path');
  }
}

function originOf({ source, from, key }: VolumeFile): string {
  switch (source) {
    case FileSource.SECRET: return `the key ${quote(key ?? '')} of the Secret ${quote(from)}`;
    case FileSource.CONFIG_MAP: return `the key ${quote(key ?? '')} of the ConfigMap ${quote(from)}`;
    case FileSource.POD: return `the field ${quote(from)}`;
    case FileSource.TOKEN: return 'the token of the ServiceAccount';
    case FileSource.TRUST_BUNDLE: return 'a trust bundle';
    case FileSource.VOLUME:
    case FileSource.NODE: return 'the volume';
  }
}

/** Paths that the API server lets through, and the kubelet refuses or rewrites. */
function checkPaths({ secret, projected }: Volume, path: FieldPath, mounted: boolean, out: FindingsOfObject): void {
  const check = (item: string, at: FieldPath) => {
    const failure = kubeletPathFailure(item);
    if (failure !== undefined) notSetUp('InvalidPath', at, failure, 'give the path of a file in the volume', mounted, out);
    else if (cleanPath(item) !== item) out.surprises('InvalidPath', at, `the file of ${quote(item)} is ${quote(cleanPath(item))}`, 'write the shorter path');
  };
  secret?.items?.forEach((item, index) => check(item.path ?? '', path.child('secret').child('items').index(index).child('path')));
  (projected?.sources ?? []).forEach((source, index) => source.secret?.items?.forEach((item, itemIndex) => {
    check(item.path ?? '', path.child('projected').child('sources').index(index).child('secret').child('items').index(itemIndex).child('path'));
  }));
}
