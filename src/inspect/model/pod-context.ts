import type { Cluster } from './cluster';
import type { Container, Volume } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import type { Manifest } from './manifest';
import type { PodTemplate } from './pod-template';
import { filesOf, holdsFiles, type VolumeFiles } from './volume-files';

/** The pods of one workload, and all that is known about where they will run. */
export interface PodContext {
  readonly cluster: Cluster;
  readonly manifest: Manifest;
  readonly pod: PodTemplate;
  readonly namespace: string;
  readonly out: FindingsOfObject;
  readonly containers: readonly PlacedContainer[];
  readonly volumes: readonly PlacedVolume[];
}

/** A volume, where it stands, and what the kubelet writes into it, where it does. */
export interface PlacedVolume {
  readonly volume: Volume;
  readonly path: FieldPath;
  readonly files?: VolumeFiles;
}

/** A container and where it stands. */
export interface PlacedContainer {
  readonly container: Container;
  readonly path: FieldPath;
}

/** Gathers what checks need to know of the pods of a workload. */
export function podContext(cluster: Cluster, manifest: Manifest, pod: PodTemplate): PodContext {
  const { namespace, findings: out } = manifest;
  const volumes = (pod.spec.volumes ?? []).map((volume, index) => {
    const path = pod.path.child('volumes').index(index);
    return { volume, path, files: holdsFiles(volume) ? filesOf(volume, path, pod.spec, namespace, cluster) : undefined };
  });
  return { cluster, manifest, pod, namespace, out, containers: containersOf(pod), volumes };
}

/** Every container of a pod, init containers first. */
function containersOf({ spec, path }: PodTemplate): PlacedContainer[] {
  const placed: PlacedContainer[] = [];
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    spec[list]?.forEach((container, index) => placed.push({ container, path: path.child(list).index(index) }));
  }
  return placed;
}

/** Whether it is one of the init containers, sidecars among them, which start one after the other. */
export function isInitContainer({ path }: PlacedContainer): boolean {
  return path.toString().includes('initContainers[');
}

/** Whether a container mounts the volume of that name. The kubelet sets no other volume up. */
export function isMounted(name: string | undefined, containers: readonly PlacedContainer[]): boolean {
  return containers.some(({ container: { volumeMounts, volumeDevices } }) => {
    return volumeMounts?.some(mount => mount.name === name) || volumeDevices?.some(device => device.name === name);
  });
}

/** The name of the ServiceAccount that the pods run as. */
export function serviceAccountOf({ spec }: PodTemplate): string {
  return spec.serviceAccountName || spec.serviceAccount || 'default';
}
