import { isInitContainer, type PlacedContainer, type PodContext } from './pod-context';
import type { FileKeySelector, Volume } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import { sourcesOf } from '../validate/volumes';

/** The first version whose kubelet makes variables of files. */
export const READS_FILES_SINCE = 35;

/** A variable out of a file that cannot be there, for which the container does not start: `optional` is about keys, not about files. */
export interface MissingFile {
  readonly path: FieldPath;
  readonly from: FileKeySelector;
  /** In the words of the kubelet. */
  readonly failure: string;
  /** Whether no container mounts the volume at all, so that the kubelet does not even set it up. */
  readonly isUnmounted: boolean;
}

/** The variables of a container out of files that nothing can have written when it starts. */
export function missingFiles(placed: PlacedContainer, { containers, volumes }: PodContext): MissingFile[] {
  const missing: MissingFile[] = [];
  (placed.container.env ?? []).forEach(({ valueFrom }, index) => {
    const from = valueFrom?.fileKeyRef;
    if (from === undefined || !volumes.some(({ volume }) => volume.name === from.volumeName && isEmptyDir(volume))) return;
    const mounting = containers.filter(({ container }) => container.volumeMounts?.some(mount => mount.name === from.volumeName));
    if (mounting.some(other => mayWriteBefore(placed, other, from, containers))) return;
    const isUnmounted = mounting.length === 0;
    const failure = isUnmounted ? `cannot find the volume ${JSON.stringify(from.volumeName ?? '')} referenced by FileKeyRef` : "couldn't parse env file";
    missing.push({ path: placed.path.child('env').index(index).child('valueFrom').child('fileKeyRef'), from, failure, isUnmounted });
  });
  return missing;
}

/** No other volume may hold such files; one that names no source is made an emptyDir. */
function isEmptyDir(volume: Volume): boolean {
  return sourcesOf(volume).every(source => source === 'emptyDir');
}

/** Init containers wait for those before them; the kubelet tries the others again and again, so that any other one may have written the file in the end. */
function mayWriteBefore(placed: PlacedContainer, other: PlacedContainer, { volumeName }: FileKeySelector, all: readonly PlacedContainer[]): boolean {
  if (other === placed || (isInitContainer(placed) && all.indexOf(other) > all.indexOf(placed))) return false;
  return other.container.volumeMounts!.some(mount => mount.name === volumeName && mount.readOnly !== true);
}
