import { type CsiProviderVariant, knownProvider } from '../csi-variant';
import { permission, refuse, yaml } from './provider-parameters';

/**
 * Options of `CsiProvider.azureKeyVault`.
 */
export interface AzureCsiOptions {
  /**
   * The name of the vault.
   */
  readonly keyvaultName: string;

  /**
   * Its tenant.
   */
  readonly tenantId: string;

  /**
   * The client id of the identity that pods are federated with (workload identity).
   *
   * @default - none
   */
  readonly clientId?: string;

  /**
   * The client id of the managed identity of the node.
   *
   * @default - none
   */
  readonly userAssignedIdentityId?: string;
}

export function azureKeyVault({ keyvaultName, tenantId, clientId, userAssignedIdentityId }: AzureCsiOptions): CsiProviderVariant {
  const parameters = {
    keyvaultName,
    tenantId,
    clientID: clientId,
    usePodIdentity: 'false',
    useVMManagedIdentity: userAssignedIdentityId === undefined ? undefined : 'true',
    userAssignedIdentityID: userAssignedIdentityId,
  };
  return knownProvider('azure', parameters, files => {
    for (const { ref } of files) refuse(ref, 'property', 'Azure Key Vault');
    return {
      objects: yaml({
        array: files.map(({ path, ref, mode }) => yaml({
          objectName: ref.key,
          objectType: 'secret',
          objectAlias: path === ref.key ? undefined : path,
          objectVersion: ref.version,
          filePermission: permission(mode),
        })),
      }),
    };
  });
}
