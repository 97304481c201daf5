import type { PodSpec, Volume } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { sourcesOf } from './volumes';

/** The lists of a pod's containers. */
const LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/**
 * validateFileKeyRefVolumes: a variable comes out of a file of an `emptyDir`. A volume counts here that the API server refuses for another reason,
 * and one without a source is an `emptyDir`.
 *
 * @param claims the names of a StatefulSet's claim templates, which are volumes too
 */
export function validateFileVolumes(spec: PodSpec, claims: readonly string[], path: FieldPath, out: FindingsOfObject): void {
  let volumes: ReadonlyMap<string, Volume> | undefined;
  for (const list of LISTS) {
    spec[list]?.forEach(({ env = [] }, index) => env.forEach(({ valueFrom }, variable) => {
      if (valueFrom?.fileKeyRef === undefined) return;
      volumes ??= new Map((spec.volumes ?? []).map(volume => [volume.name ?? '', volume]));
      const { volumeName: name = '' } = valueFrom.fileKeyRef;
      const at = path.child(list).index(index).child('env').index(variable).child('valueFrom').child('fileKeyRef').child('volumeName');
      const volume = volumes.get(name);
      if (claims.includes(name) || (volume !== undefined && volume.emptyDir === undefined && sourcesOf(volume).length > 0)) {
        out.refuse('UnsupportedValue', at, `the volume ${quote(name)} is no emptyDir`, 'name a volume of type emptyDir');
      } else if (volume === undefined) {
        out.refuse('UnknownVolume', at, `the pod has no volume ${quote(name)}`, 'add it to the volumes of the pod');
      }
    }));
  }
}
