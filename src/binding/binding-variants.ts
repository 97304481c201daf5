import { posix } from 'node:path';
import type { IConstruct } from 'constructs';
import { agentOf, agentProblem, agentVariant } from './agent-files';
import type { BindingVariant } from './app-bindings';
import type { SelectorVariant } from './container-selector';
import { csiVolumeOf, withoutSecret } from './csi-source';
import type { PodContainer, PodTemplate } from './pod-template';
import type { SecretVolume } from './secret-volume';
import { childOf, VolumeOfFiles, type VolumeOptions, type VolumeSelection } from './volume-of-files';
import { SecretsError } from '../errors/secrets-error';
import { DeclaredSecret } from '../secret/declared-secret';
import type { ISecret } from '../secret/secret-reference';

/** Where secrets of the CSI driver are mounted that are bound as variables only. */
const CSI_MOUNTS = '/mnt/secrets-store';

type Change = ReturnType<BindingVariant['applyTo']>;

/** Files of one secret, in a folder or as one file. */
export function filesVariant(
  selection: VolumeSelection, options: VolumeOptions, containers: SelectorVariant, path: string, subPath?: string,
): BindingVariant {
  const agent = agentOf(selection.secret);
  if (agent !== undefined) return agentVariant(agent, selection, options, containers, path, subPath);
  const volume = new VolumeOfFiles([selection], options, selection.secret.node);
  return {
    secrets: [selection.secret],
    containers,
    applyTo: scope => {
      const source = volume.sourceIn(() => childOf(scope, volume.name));
      return (pod, selected) => mountIn(pod, selected, path, volume.name, volume.content, source, subPath);
    },
  };
}

/** A volume that the user made. */
export function volumeVariant(volume: SecretVolume, containers: SelectorVariant, path: string): BindingVariant {
  return {
    secrets: volume.secrets,
    containers,
    applyTo: () => (pod, selected) => mountIn(pod, selected, path, volume.volumeName, volume._content, () => volume._source()),
  };
}

/** Credentials that the kubelet pulls images with. */
export function pullVariant(secrets: readonly ISecret[]): BindingVariant {
  return {
    secrets,
    applyTo: scope => {
      for (const secret of secrets) {
        const problem = withoutSecret(secret, 'pulling images');
        if (problem !== undefined) throw new SecretsError(problem, scope.node.path);
      }
      return pod => secrets.forEach(({ name }) => pod.pullSecret(name));
    },
  };
}

/**
 * A change of single containers for which there must be a Secret. Where the CSI driver brings it, it makes the Secret only for
 * pods that mount it.
 *
 * @throws UnsupportedByDelivery
 */
export function withSecret(secret: ISecret, scope: IConstruct, change: (pod: PodTemplate, container: PodContainer) => void): Change {
  const agent = agentProblem(secret);
  if (agent !== undefined) throw new SecretsError(agent, scope.node.path);
  if (!DeclaredSecret._is(secret) || csiVolumeOf(secret) === undefined) {
    return (pod, containers) => containers.forEach(container => change(pod, container));
  }
  const problem = secret._requireSecret();
  if (problem !== undefined) throw new SecretsError(problem, scope.node.path);
  const volume = new VolumeOfFiles([{ secret }], {}, secret.node);
  const source = volume.sourceIn(() => childOf(scope, volume.name));
  return (pod, containers) => {
    containers.forEach(container => change(pod, container));
    const name = pod.volume(volume.name, volume.content, source());
    if (name !== undefined && !pod.mounts(name)) pod.mount(containers[0], posix.join(CSI_MOUNTS, secret.name), name);
  };
}

function mountIn(
  pod: PodTemplate, containers: readonly PodContainer[], path: string, volumeName: string, content: string, source: () => object, subPath?: string,
): void {
  const name = pod.volume(volumeName, content, source());
  if (name !== undefined) containers.forEach(container => pod.mount(container, path, name, subPath));
}
