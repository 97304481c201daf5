import type * as kplus from 'cdk8s-plus-28';
import type { SecretGrants } from './secret-grants';
import { SecretsError } from '../errors/secrets-error';
import { shownName } from '../errors/shown-name';
import { didYouMean } from '../errors/suggest';
import { dataKey } from '../kubernetes/keys';

/** What keys of Secrets look like. */
const KEY_NAME = /^[-._a-zA-Z0-9]{1,253}$/;

/**
 * A Kubernetes Secret that a workload can use, whoever makes it.
 *
 * It is taken wherever cdk8s-plus takes an `ISecret`.
 */
export interface ISecret extends kplus.ISecret {
  /**
   * The namespace of the secret.
   *
   * @default - not known: the namespace of whoever applies the manifest
   */
  readonly namespace?: string;

  /**
   * The type, like `Opaque` or `kubernetes.io/tls`.
   *
   * @default - not known
   */
  readonly secretType?: string;

  /**
   * The names of its keys, sorted.
   *
   * @default - not known: any key can be asked for
   */
  readonly keyNames?: string[] | undefined;

  /**
   * Who may do what with the secret, through the API.
   */
  readonly grants: SecretGrants;

  /**
   * A reference to one of its keys.
   *
   * @param name the key
   * @throws UnknownKey where the keys are known and this is none of them
   * @throws InvalidKey where no secret can have such a key
   */
  key(name: string): SecretKey;
}

/**
 * A reference to one key of one secret: what `SecretBinding.env` and `SecretBinding.file` take.
 *
 * Made by `secret.key('password')`.
 */
export class SecretKey {
  /**
   * The secret.
   */
  public readonly secret: ISecret;

  /**
   * The key.
   */
  public readonly name: string;

  /**
   * @param secret the secret
   * @param name one of its keys
   * @throws UnknownKey where the keys are known and this is none of them
   * @throws InvalidKey where no secret can have such a key
   */
  constructor(secret: ISecret, name: string) {
    const known = secret.keyNames;
    if (known !== undefined && !known.includes(name)) {
      throw new SecretsError({
        code: 'UnknownKey',
        message: `secret ${JSON.stringify(secret.name)} has no key ${shownName(String(name), KEY_NAME)}`,
        next: didYouMean(String(name), known, 'keys'),
      }, secret.node.path);
    }
    const problems = typeof name === 'string' ? dataKey(name) : ['must be a text'];
    if (problems.length > 0) {
      throw new SecretsError({
        code: 'InvalidKey',
        message: `${JSON.stringify(name)} can be no key of a secret: ${problems.join(', ')}`,
        next: 'use the key as it stands in the data of the secret',
      }, secret.node.path);
    }
    this.secret = secret;
    this.name = name;
  }

  /**
   * The value of an environment variable in a container of cdk8s-plus.
   *
   * @param options whether the key may be missing
   */
  public envValue(options?: kplus.EnvValueFromSecretOptions): kplus.EnvValue {
    // Of such a value, every cdk8s-plus asks what a container's `env` holds of it.
    return { valueFrom: this._valueFrom(options?.optional) } as kplus.EnvValue;
  }

  /**
   * What an environment variable that takes the key has as `valueFrom`.
   *
   * @internal
   */
  public _valueFrom(optional?: boolean): object {
    return { secretKeyRef: { key: this.name, name: this.secret.name, optional } };
  }

  /**
   * `secret/key`, for messages.
   */
  public toString(): string {
    return `${this.secret.name}/${this.name}`;
  }
}
