import type { Construct } from 'constructs';
import { DeclaredSecret } from './declared-secret';
import type { CommonSecretProps } from './secret';
import type { SecretKey } from './secret-reference';
import { BASIC_AUTH } from '../kubernetes/secret-types';
import type { SensitiveValue } from '../value/sensitive-value';

/**
 * Properties of `BasicAuthSecret`.
 */
export interface BasicAuthSecretProps extends CommonSecretProps {
  /**
   * The user name.
   */
  readonly username: SensitiveValue;

  /**
   * The password or token.
   */
  readonly password: SensitiveValue;
}

/**
 * A user name and a password: a Secret of type `kubernetes.io/basic-auth`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#basic-authentication-secret
 */
export class BasicAuthSecret extends DeclaredSecret {
  /**
   * The key `username`.
   */
  public readonly usernameKey: SecretKey;

  /**
   * The key `password`.
   */
  public readonly passwordKey: SecretKey;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props user name and password
   * @throws InvalidName, InvalidNamespace, InvalidLabel, InvalidValue; when the manifest is made also what reading the
   *   values throws
   */
  constructor(scope: Construct, id: string, props: BasicAuthSecretProps) {
    const { username, password, ...common } = props;
    super(scope, id, { ...common, type: BASIC_AUTH, data: { username, password } });
    this.usernameKey = this.key('username');
    this.passwordKey = this.key('password');
  }
}
