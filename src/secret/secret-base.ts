import { inspect } from 'node:util';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { SecretGrants } from './secret-grants';
import { type ISecret, SecretKey } from './secret-reference';
import { AppInspector } from '../app/app-inspector';
import type { Problem } from '../errors/problem';

/**
 * What every secret of this library has in common, whether it is declared here or made by somebody else.
 *
 * @internal
 */
export abstract class SecretBase extends Construct implements ISecret {
  /**
   * The API group: the core group, which is the empty text.
   */
  public readonly apiGroup = '';

  /**
   * The API version.
   */
  public readonly apiVersion = 'v1';

  /**
   * The kind.
   */
  public readonly kind = 'Secret';

  /**
   * The resource type, as RBAC rules name it.
   */
  public readonly resourceType = 'secrets';

  /**
   * The name of the Secret in the cluster.
   */
  public abstract readonly name: string;

  /**
   * The name, as RBAC rules restrict access to it.
   *
   * @default - never: it is the name of the secret
   */
  public abstract readonly resourceName?: string;

  /**
   * The namespace of the secret.
   *
   * @default - not known: the namespace of whoever applies the manifest
   */
  public abstract readonly namespace?: string;

  /**
   * The type, like `Opaque` or `kubernetes.io/tls`.
   *
   * @default - not known
   */
  public abstract readonly secretType?: string;

  /**
   * Who may do what with the secret, through the API.
   */
  public readonly grants: SecretGrants;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.grants = new SecretGrants(this);
    AppInspector.of(this);
  }

  /**
   * The names of its keys, sorted.
   *
   * @default - not known: any key can be asked for
   */
  public abstract get keyNames(): string[] | undefined;

  /**
   * Why nobody can get it through the API, where nobody can.
   *
   * @internal
   */
  public get _grantProblem(): Problem | undefined {
    return undefined;
  }

  /**
   * A reference to one of its keys.
   *
   * @param name the key
   * @throws UnknownKey where the keys are known and this is none of them
   * @throws InvalidKey where no secret can have such a key
   */
  public key(name: string): SecretKey {
    return new SecretKey(this, name);
  }

  /**
   * The value of an environment variable in a container of cdk8s-plus.
   *
   * @param key a key of the secret
   * @param options whether the key may be missing
   * @throws UnknownKey
   */
  public envValue(key: string, options?: kplus.EnvValueFromSecretOptions): kplus.EnvValue {
    return this.key(key).envValue(options);
  }

  /**
   * What is known of the secret, never a value.
   */
  public toJSON(): any {
    return { kind: this.kind, namespace: this.namespace, name: this.name, type: this.secretType, keys: this.keyNames };
  }

  /**
   * What is known of the secret, never a value.
   *
   * @internal
   */
  public [inspect.custom](): string {
    return `${this.constructor.name} ${inspect(this.toJSON())}`;
  }

  /**
   * This secret, as permissions of cdk8s-plus take it.
   */
  public asApiResource(): kplus.IApiResource | undefined {
    return this;
  }

  /**
   * Nothing: a secret is an API resource.
   */
  public asNonApiResource(): string | undefined {
    return undefined;
  }
}
