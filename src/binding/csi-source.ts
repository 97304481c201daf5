import { Construct } from 'constructs';
import { agentProblem } from './agent-files';
import type { VolumeFiles } from './volume-files';
import { csiClass } from '../delivery/csi/csi-delivery';
import type { CsiVolume } from '../delivery/csi/csi-volume';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { DeclaredSecret } from '../secret/declared-secret';
import type { ISecret } from '../secret/secret-reference';

/** How pods get the files of a secret from the CSI driver, where they do. */
export function csiVolumeOf(secret: ISecret): CsiVolume | undefined {
  return DeclaredSecret._is(secret) ? secret._csiVolume : undefined;
}

/** Why a secret that the CSI driver brings can not be used so, or undefined. */
export function withoutSecret(secret: ISecret, use: string): Problem | undefined {
  const agent = agentProblem(secret);
  if (agent !== undefined) return agent;
  return csiVolumeOf(secret) === undefined ? undefined : {
    code: 'UnsupportedByDelivery',
    message: `secret ${JSON.stringify(secret.name)} is delivered by the CSI driver, which makes a Secret only once a pod mounts it: too late for ${use}`,
    next: 'give this secret another delivery, for example SecretDelivery.external',
  };
}

/**
 * The source of a volume whose files the CSI driver mounts, or undefined where they come from Secrets.
 *
 * A volume with every key of one secret uses the class of that secret; any other gets a class of its own.
 *
 * @param scope the construct below which a class is made
 */
export function csiSource(scope: Construct, files: readonly VolumeFiles[], mode: number | undefined, owner?: number): object | undefined {
  const volumes = files.map(({ secret }) => csiVolumeOf(secret));
  const [first] = volumes;
  if (volumes.every(volume => volume === undefined)) return undefined;
  const refused = (message: string, next: string) => new SecretsError({ code: 'UnsupportedByDelivery', message, next }, scope.node.path);
  if (volumes.some(volume => volume === undefined)) {
    throw refused('one volume can not hold files of the CSI driver and of Secrets', 'mount two volumes, or give these secrets one delivery');
  }
  if (files.some(source => source.isOptional)) {
    throw refused('a volume of the CSI driver is never optional: the pod does not start without its files', 'leave optional out');
  }
  if (owner !== undefined || files.some(({ items = [] }) => items.some(({ user }) => user !== undefined))) {
    throw refused('the files of the CSI driver belong to root', 'leave owner and owners out, and let others read the files');
  }
  if (files.length === 1 && files[0].items === undefined && mode === undefined) return first!.source;
  // a secret may get further keys after this
  return csiClass(scope.node.tryFindChild('ProviderClass') as Construct | undefined ?? new Construct(scope, 'ProviderClass'), files.map((source, index) => ({ volume: volumes[index]!, files: () => source.listed(mode) })));
}
