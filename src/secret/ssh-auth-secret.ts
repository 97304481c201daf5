import type { Construct } from 'constructs';
import { DeclaredSecret } from './declared-secret';
import type { CommonSecretProps } from './secret';
import type { SecretKey } from './secret-reference';
import { SSH_AUTH } from '../kubernetes/secret-types';
import type { SensitiveValue } from '../value/sensitive-value';

/**
 * Properties of `SshAuthSecret`.
 */
export interface SshAuthSecretProps extends CommonSecretProps {
  /**
   * The private key, with its final newline: ssh refuses a key file without one.
   */
  readonly privateKey: SensitiveValue;

  /**
   * The hosts that are trusted: the key `known_hosts`, which Kubernetes does not ask for and Flux, Tekton and others read.
   *
   * @default - no such key
   */
  readonly knownHosts?: SensitiveValue;
}

/**
 * A private key for ssh: a Secret of type `kubernetes.io/ssh-auth`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#ssh-authentication-secrets
 */
export class SshAuthSecret extends DeclaredSecret {
  /**
   * The key `ssh-privatekey`.
   */
  public readonly privateKeyKey: SecretKey;

  /**
   * The key `known_hosts`.
   *
   * @default - no such key
   */
  public readonly knownHostsKey?: SecretKey;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props the private key
   * @throws InvalidName, InvalidNamespace, InvalidLabel, InvalidValue; when the manifest is made also MissingKey for an
   *   empty private key, and what reading the values throws
   */
  constructor(scope: Construct, id: string, props: SshAuthSecretProps) {
    const { privateKey, knownHosts, ...common } = props;
    super(scope, id, {
      ...common,
      type: SSH_AUTH,
      data: { 'ssh-privatekey': privateKey, ...knownHosts === undefined ? {} : { known_hosts: knownHosts } },
    });
    this.privateKeyKey = this.key('ssh-privatekey');
    if (knownHosts !== undefined) this.knownHostsKey = this.key('known_hosts');
  }
}
