import { keyRef, serviceAccountRef, type StorePlace, type StoreServiceAccount } from './store-references';
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
export abstract class VaultAuth {
  /**
   * By the token of a ServiceAccount.
   *
   * @param options the role, and which account
   */
  public static kubernetes(options: VaultKubernetesAuthOptions): VaultAuth {
    const { role, mountPath, serviceAccount } = options;
    return new FixedAuth(place => ({
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
    return new FixedAuth(place => ({ appRole: { path: path ?? 'approle', roleId, secretRef: keyRef(secretId, place) } }));
  }

  /**
   * By a token of Vault.
   *
   * @param token the key of the Secret that holds it
   */
  public static token(token: SecretKey): VaultAuth {
    return new FixedAuth(place => ({ tokenSecretRef: keyRef(token, place) }));
  }

  /**
   * What a manifest holds of it.
   *
   * @internal
   */
  public abstract _fields(place: StorePlace): object;
}

class FixedAuth extends VaultAuth {
  constructor(public readonly _fields: (place: StorePlace) => object) {
    super();
  }
}
