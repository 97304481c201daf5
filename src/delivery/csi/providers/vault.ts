import { type CsiProviderVariant, knownProvider } from '../csi-variant';
import { refuse, yaml } from './provider-parameters';

/**
 * Options of `CsiProvider.vault`.
 */
export interface VaultCsiOptions {
  /**
   * The role of Vault's Kubernetes auth method. Pods authenticate as their own ServiceAccounts.
   */
  readonly roleName: string;

  /**
   * The address of Vault.
   *
   * @default - the one that the provider was installed with
   */
  readonly vaultAddress?: string;

  /**
   * The namespace of Vault Enterprise.
   *
   * @default - none
   */
  readonly vaultNamespace?: string;

  /**
   * Where the Kubernetes auth method is mounted.
   *
   * @default 'kubernetes' (by the provider)
   */
  readonly vaultKubernetesMountPath?: string;
}

export function vault({ roleName, vaultAddress, vaultNamespace, vaultKubernetesMountPath }: VaultCsiOptions): CsiProviderVariant {
  return knownProvider('vault', { roleName, vaultAddress, vaultNamespace, vaultKubernetesMountPath }, files => {
    for (const { ref } of files) refuse(ref, 'version', 'Vault');
    return {
      objects: yaml(files.map(({ path, ref, mode }) => ({ objectName: path, secretPath: ref.key, secretKey: ref.property, filePermission: mode }))),
    };
  });
}
