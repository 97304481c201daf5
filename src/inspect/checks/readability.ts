import type { Codes } from '../../errors/codes';
import { formatMode, hasBits } from '../../kubernetes/modes';
import type { VersionRange } from '../../kubernetes/versions';
import type { Container, PodSpec } from '../decode/decoded';
import type { PodContext } from '../model/pod-context';
import { FileSource, type VolumeFile } from '../model/volume-files';
import { quote } from '../quote';

/** The code of this rule. */
export const READABILITY_CODES = {
  UnreadableFile: {
    cause: 'A file belongs to root and only root may read it, but the container runs as another user: "permission denied". It is a warning where only the image knows the group of that user.',
    example: 'defaultMode: 0400 with runAsUser: 1000 and no fsGroup',
    fix: "Set fsGroup in the pod's securityContext, or give the file a mode that others may read.",
    warns: 'where the group may read the file, and only the image knows whether the user is in that group',
  },
} as const satisfies Codes;

/** Files of Secrets that nobody but root may read, in containers that do not run as root. */
export function checkReadability({ pod, containers, volumes, out }: PodContext): void {
  const { spec } = pod;
  if (spec.securityContext?.fsGroup !== undefined) return;
  const users = containers.filter(({ container }) => !isRoot(container, spec));
  for (const { volume, files } of volumes) {
    if (files === undefined) continue;
    const reported = new Set<string>();
    for (const { container } of users) {
      if (!container.volumeMounts?.some(mount => mount.name === volume.name)) continue;
      for (const file of files.byPath.values()) {
        if (file.source !== FileSource.SECRET) continue;
        const readable = mayRead(file, container, spec);
        if (readable === true) continue;
        const field = file.modeField ?? file.field;
        if (reported.has(field.toString())) continue;
        reported.add(field.toString());
        const range = rangeOf(file, container, spec);
        if (readable === 'unknown') {
          out.surprises('UnreadableFile', field,
            `the container ${quote(container.name ?? '')} may read ${quote(file.path)} (mode ${formatMode(file.mode)}) only where its user is in the group 0, which is up to /etc/passwd of the image`,
            "set fsGroup in the pod's securityContext, or runAsGroup: 0", range);
          continue;
        }
        out.fails('UnreadableFile', field,
          `the container ${quote(container.name ?? '')} does not run as root, and only root may read ${quote(file.path)} (mode ${formatMode(file.mode)})`,
          'give the files to a group that the container has: pod securityContext { fsGroup: 2000 } (cdk8s-plus: securityContext: { fsGroup: 2000 }), or let '
          + 'others read the file: mode 0444 (here: mode: \'0444\'); cdk8s-plus sets runAsNonRoot, so securityContext: { ensureNonRoot: false } on the container is a third way', range);
      }
    }
  }
}

/** The last version that surely gives files to root. Where 1.37 drops the owner that a manifest names, `FieldDropped` says so. */
const OWNED_BY_ROOT_UNTIL = 36;

/** The versions in which a file is not that of the container's user. */
function rangeOf({ owner, mode }: VolumeFile, container: Container, spec: PodSpec): VersionRange {
  const user = container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
  return owner !== undefined && owner === user && hasBits(mode, 0o400) ? { until: OWNED_BY_ROOT_UNTIL } : {};
}

/** Whether a container may run as root, as far as its manifest says. */
function isRoot(container: Container, spec: PodSpec): boolean {
  const user = container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
  const nonRoot = container.securityContext?.runAsNonRoot ?? spec.securityContext?.runAsNonRoot;
  return user === undefined ? nonRoot !== true : user === 0;
}

/** Files belong to user 0 and group 0. Without a runAsGroup the group of a user is the one that the image has for it, and 0 where it has none. */
function mayRead({ mode }: VolumeFile, container: Container, spec: PodSpec): boolean | 'unknown' {
  if (hasBits(mode, 0o004)) return true;
  if (!hasBits(mode, 0o040)) return false;
  const group = container.securityContext?.runAsGroup ?? spec.securityContext?.runAsGroup;
  if (group === 0 || spec.securityContext?.supplementalGroups?.includes(0)) return true;
  return group === undefined ? 'unknown' : false;
}
