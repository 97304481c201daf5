import type { Manifest } from './manifest';
import { entryOf } from './string-map';
import type { CSIVolumeSource } from '../decode/decoded';

/** The name of the Secrets Store CSI driver. */
const DRIVER = 'secrets-store.csi.k8s.io';

/** The SecretProviderClass that a volume of the driver names; empty where it names none, undefined where it is another volume. */
export function providerClassOf(csi: CSIVolumeSource | undefined): string | undefined {
  return csi?.driver === DRIVER ? entryOf(csi.volumeAttributes, 'secretProviderClass') ?? '' : undefined;
}

/** The classes that pods mount, by namespace and name: the driver makes their Secrets while one does. */
export function mountedClasses(manifests: readonly Manifest[]): ReadonlySet<string> {
  const mounted = new Set<string>();
  for (const { namespace, pods } of manifests) {
    for (const { spec } of pods) {
      for (const { csi } of spec.volumes ?? []) {
        const name = providerClassOf(csi);
        if (name !== undefined) mounted.add(classId(namespace, name));
      }
    }
  }
  return mounted;
}

/** What a class is in the set of those that are mounted. */
export function classId(namespace: string, name: string): string {
  return `${namespace}\0${name}`;
}
