import { variantOf } from '../errors/sum-type';

/**
 * Options of `VaultOperatorMethod.kubernetes`.
 */
export interface VaultOperatorKubernetesOptions {
  /**
   * The role in Vault.
   */
  readonly role: string;

  /**
   * The ServiceAccount whose token is shown to Vault: one of that name in the namespace of each secret.
   *
   * @default 'default'
   */
  readonly serviceAccount?: string;

  /**
   * Whom the token is for, as the role in Vault asks for it.
   *
   * @default - the API server
   */
  readonly audiences?: string[];

  /**
   * Where the auth method is mounted.
   *
   * @default 'kubernetes'
   */
  readonly mount?: string;
}

/**
 * Options of `VaultOperatorMethod.jwt`.
 */
export interface VaultOperatorJwtOptions {
  /**
   * The role in Vault.
   */
  readonly role: string;

  /**
   * The ServiceAccount whose token is shown to Vault: one of that name in the namespace of each secret.
   *
   * @default 'default'
   */
  readonly serviceAccount?: string;

  /**
   * Whom the token is for.
   *
   * @default - the API server
   */
  readonly audiences?: string[];

  /**
   * Where the auth method is mounted.
   *
   * @default 'jwt'
   */
  readonly mount?: string;
}

/**
 * Options of `VaultOperatorMethod.appRole`.
 */
export interface VaultOperatorAppRoleOptions {
  /**
   * The id of the role.
   */
  readonly roleId: string;

  /**
   * The name of the Secret, in the namespace of each secret that is fetched, that holds the secret id in its key `id`.
   */
  readonly secretIdSecretName: string;

  /**
   * Where the auth method is mounted.
   *
   * @default 'approle'
   */
  readonly mount?: string;
}

/**
 * Options of `VaultOperatorMethod.aws`.
 */
export interface VaultOperatorAwsOptions {
  /**
   * The role in Vault.
   */
  readonly role: string;

  /**
   * The ServiceAccount that has a role of IAM: one of that name in the namespace of each secret.
   *
   * @default - the role of the node
   */
  readonly irsaServiceAccount?: string;

  /**
   * The region that requests are signed for.
   *
   * @default - that of the node
   */
  readonly region?: string;

  /**
   * Where the auth method is mounted.
   *
   * @default 'aws'
   */
  readonly mount?: string;
}

/**
 * How the Vault Secrets Operator authenticates with Vault.
 *
 * @see https://developer.hashicorp.com/vault/docs/platform/k8s/vso/sources/vault/auth
 */
export class VaultOperatorMethod {
  /**
   * By the token of a ServiceAccount, which Vault has the cluster review.
   *
   * @param options the role, and which account
   */
  public static kubernetes(options: VaultOperatorKubernetesOptions): VaultOperatorMethod {
    const { role, serviceAccount = 'default', audiences, mount = 'kubernetes' } = options;
    return new VaultOperatorMethod({ method: 'kubernetes', mount, kubernetes: { role, serviceAccount, audiences: audiences && [...audiences] } });
  }

  /**
   * By the token of a ServiceAccount, whose signature Vault checks itself.
   *
   * @param options the role, and which account
   */
  public static jwt(options: VaultOperatorJwtOptions): VaultOperatorMethod {
    const { role, serviceAccount = 'default', audiences, mount = 'jwt' } = options;
    return new VaultOperatorMethod({ method: 'jwt', mount, jwt: { role, serviceAccount, audiences: audiences && [...audiences] } });
  }

  /**
   * By the id of a role and a secret id.
   *
   * @param options the id, and the Secret that holds the secret id
   */
  public static appRole(options: VaultOperatorAppRoleOptions): VaultOperatorMethod {
    const { roleId, secretIdSecretName, mount = 'approle' } = options;
    return new VaultOperatorMethod({ method: 'appRole', mount, appRole: { roleId, secretRef: secretIdSecretName } });
  }

  /**
   * By a role of AWS.
   *
   * @param options the role, and which account
   */
  public static aws(options: VaultOperatorAwsOptions): VaultOperatorMethod {
    const { role, irsaServiceAccount, region, mount = 'aws' } = options;
    return new VaultOperatorMethod({ method: 'aws', mount, aws: { role, irsaServiceAccount, region } });
  }

  /**
   * The fields of a VaultAuth.
   *
   * @internal
   */
  public readonly _variant: object;

  private constructor(variant: object) {
    this._variant = variant;
  }
}

/** What a VaultAuth holds of a method. */
export function methodVariant(method: VaultOperatorMethod): object {
  return variantOf(method, { code: 'InvalidDelivery', message: 'the method is none', next: 'give VaultOperatorMethod.kubernetes, .jwt, .appRole or .aws' });
}
