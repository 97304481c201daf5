import { keyRef, serviceAccountRef, type StorePlace, type StoreServiceAccount } from './store-references';
import { variantOf } from '../errors/sum-type';
import type { SecretKey } from '../secret/secret-reference';

/**
 * Options of `VaultAuth.kubernetes`.
 */
export interface VaultKubernetesAuthOptions {
  /**
   * The role in Vault.
   */
  readonly role: string;

  /**
   * Where the auth method is mounted.
   *
   * @default 'kubernetes'
   */
  readonly mountPath?: string;

  /**
   * The ServiceAccount whose token is shown to Vault.
   *
   * @default - that of the operator
   */
  readonly serviceAccount?: StoreServiceAccount;
}

/**
 * Options of `VaultAuth.appRole`.
 */
export interface VaultAppRoleAuthOptions {
  /**
   * The id of the role.
   */
  readonly roleId: string;

  /**
   * The key of the Secret that holds the secret id.
   */
  readonly secretId: SecretKey;

  /**
   * Where the auth method is mounted.
   *
   * @default 'approle'
   */
  readonly path?: string;
}

/**
 * How a store authenticates with Vault.
 *
 * @see https://external-secrets.io/latest/provider/hashicorp-vault/
 */
export class VaultAuth {
  /**
   * By the token of a ServiceAccount.
   *
   * @param options the role, and which account
   */
  public static kubernetes(options: VaultKubernetesAuthOptions): VaultAuth {
    const { role, mountPath, serviceAccount } = options;
    return new VaultAuth(place => ({
      kubernetes: {
        mountPath: mountPath ?? 'kubernetes',
        role,
        serviceAccountRef: serviceAccount && serviceAccountRef(serviceAccount, place),
      },
    }));
  }

  /**
   * By the id of a role and a secret id.
   *
   * @param options the ids
   */
  public static appRole(options: VaultAppRoleAuthOptions): VaultAuth {
    const { roleId, secretId, path } = options;
    return new VaultAuth(place => ({ appRole: { path: path ?? 'approle', roleId, secretRef: keyRef(secretId, place) } }));
  }

  /**
   * By a token of Vault.
   *
   * @param token the key of the Secret that holds it
   */
  public static token(token: SecretKey): VaultAuth {
    return new VaultAuth(place => ({ tokenSecretRef: keyRef(token, place) }));
  }

  /** @internal */
  public readonly _variant: (place: StorePlace) => object;

  private constructor(variant: (place: StorePlace) => object) {
    this._variant = variant;
  }
}

/** What a manifest holds of it. */
export function vaultAuthFields(auth: VaultAuth): (place: StorePlace) => object {
  return variantOf(auth, { code: 'InvalidSecretStore', message: 'the way to authenticate with Vault is none', next: 'use VaultAuth.kubernetes, .appRole or .token' });
}
