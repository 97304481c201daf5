import { serviceAccountOf, type PlacedContainer, type PlacedVolume, type PodContext } from './pod-context';
import { cleanPath } from '../../kubernetes/paths';
import type { VolumeMount } from '../decode/decoded';

/** Where the cluster mounts the token of the ServiceAccount. */
export const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** How the names of the volumes start that the cluster adds for the token of the ServiceAccount. */
export const TOKEN_VOLUME = 'kube-api-access-';

/** The mount that the admission of the API server adds to a container, and the volume of the pod that it takes for the token's, if there is one. */
export interface TokenMount {
  readonly mount: VolumeMount;
  readonly volume?: PlacedVolume;
}

/** What the admission adds for the token: nothing where the pod or its ServiceAccount says so, or where exactly its place is taken. */
export function tokenMountOf({ container, path }: PlacedContainer, context: PodContext): TokenMount | undefined {
  if (path.toString().includes('.ephemeralContainers[') || !mountsToken(context)) return undefined;
  if (container.volumeMounts?.some(mount => mount.mountPath === TOKEN_PATH)) return undefined;
  const volume = context.volumes.find(candidate => candidate.volume.name?.startsWith(TOKEN_VOLUME));
  return { mount: { name: volume?.volume.name ?? TOKEN_VOLUME, mountPath: TOKEN_PATH, readOnly: true }, volume };
}

/** The pod decides, then its ServiceAccount, and otherwise the token is mounted. */
export function mountsToken({ pod, cluster, namespace }: PodContext): boolean {
  const account = cluster.serviceAccount(namespace, serviceAccountOf(pod));
  return pod.spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true;
}

/** A path of a mount as the runtime takes it: absolute and clean. */
export function placeOf(mountPath: string): string {
  return cleanPath(mountPath.startsWith('/') ? mountPath : `/${mountPath}`);
}
