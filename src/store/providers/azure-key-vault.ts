import { type AzureAuth, azureAuth } from '../azure-auth';
import type { ProviderVariant } from '../provider-variant';
import { serverUrl } from '../server-url';

/**
 * Options of `StoreProvider.azureKeyVault`.
 */
export interface AzureKeyVaultProviderOptions {
  /**
   * The address of the vault: `https://my-vault.vault.azure.net`.
   */
  readonly vaultUrl: string;

  /**
   * How to authenticate.
   */
  readonly auth: AzureAuth;
}

export function azureKeyVault({ vaultUrl: url, auth }: AzureKeyVaultProviderOptions): ProviderVariant {
  const vaultUrl = serverUrl(url);
  const { storeFields } = azureAuth(auth);
  return { field: 'azurekv', fields: place => ({ vaultUrl, environmentType: 'PublicCloud', ...storeFields(place) }) };
}
