import type { ProviderVariant } from './provider-variant';
import { aws, type AwsProviderOptions } from './providers/aws';
import { azureKeyVault, type AzureKeyVaultProviderOptions } from './providers/azure-key-vault';
import { fake, type FakeStoreEntry } from './providers/fake';
import { googleSecretManager, type GoogleSecretManagerProviderOptions } from './providers/google-secret-manager';
import { kubernetes, type KubernetesProviderOptions } from './providers/kubernetes';
import { other } from './providers/other';
import { vault, type VaultProviderOptions } from './providers/vault';
import { variantOf } from '../errors/sum-type';

/**
 * Where a store has its values from.
 *
 * @see https://external-secrets.io/latest/introduction/stability-support/
 */
export class StoreProvider {
  /**
   * The key-value engine of Vault or OpenBao.
   *
   * @param options its address, and how to authenticate
   * @throws InvalidSecretStore
   * @see https://external-secrets.io/latest/provider/hashicorp-vault/
   */
  public static vault(options: VaultProviderOptions): StoreProvider {
    return new StoreProvider(vault(options));
  }

  /**
   * AWS Secrets Manager.
   *
   * @param options the region, and how to authenticate
   * @throws InvalidSecretStore
   * @see https://external-secrets.io/latest/provider/aws-secrets-manager/
   */
  public static awsSecretsManager(options: AwsProviderOptions): StoreProvider {
    return new StoreProvider(aws('SecretsManager', options));
  }

  /**
   * The Parameter Store of AWS Systems Manager.
   *
   * @param options the region, and how to authenticate
   * @throws InvalidSecretStore
   * @see https://external-secrets.io/latest/provider/aws-parameter-store/
   */
  public static awsParameterStore(options: AwsProviderOptions): StoreProvider {
    return new StoreProvider(aws('ParameterStore', options));
  }

  /**
   * Azure Key Vault. Names of entries have letters, digits and `-` only: see `RemoteNaming`.
   *
   * @param options its address, and how to authenticate
   * @throws InvalidSecretStore
   * @see https://external-secrets.io/latest/provider/azure-key-vault/
   */
  public static azureKeyVault(options: AzureKeyVaultProviderOptions): StoreProvider {
    return new StoreProvider(azureKeyVault(options));
  }

  /**
   * Google Secret Manager.
   *
   * @param options the project, and how to authenticate
   * @throws InvalidSecretStore
   * @see https://external-secrets.io/latest/provider/google-secrets-manager/
   */
  public static googleSecretManager(options: GoogleSecretManagerProviderOptions): StoreProvider {
    return new StoreProvider(googleSecretManager(options));
  }

  /**
   * The Secrets of a namespace, of this cluster or another one.
   *
   * @param options which namespace, and how to authenticate
   * @throws InvalidSecretStore
   * @see https://external-secrets.io/latest/provider/kubernetes/
   */
  public static kubernetes(options: KubernetesProviderOptions): StoreProvider {
    return new StoreProvider(kubernetes(options));
  }

  /**
   * Texts in the manifest, for tests.
   *
   * @param entries the entries
   * @see https://external-secrets.io/latest/provider/fake/
   */
  public static fake(entries: FakeStoreEntry[]): StoreProvider {
    return new StoreProvider(fake(entries));
  }

  /**
   * Any provider, by its field of `spec.provider`: `StoreProvider.of({ doppler: { auth: { … } } })`. Where a reference to a key of a Secret is
   * meant, a `SecretKey` can stand: `secret.key('token')`. The fields are checked with the provider's schema when the manifest is made.
   *
   * @param provider the field of one provider, with its settings
   * @throws InvalidSecretStore for none, more than one, or a name that is nearly one
   * @see https://external-secrets.io/latest/api/spec/#external-secrets.io/v1.SecretStoreProvider
   */
  public static of(provider: { [field: string]: any }): StoreProvider {
    return new StoreProvider(other(provider));
  }

  /** @internal */
  public readonly _variant: ProviderVariant;

  private constructor(variant: ProviderVariant) {
    this._variant = variant;
  }
}

/** What is in a StoreProvider. */
export function providerVariant(provider: StoreProvider): ProviderVariant {
  return variantOf(provider, {
    code: 'InvalidSecretStore', message: 'the provider of the store is none', next: 'use StoreProvider.vault, .awsSecretsManager, .of or another of its factories',
  });
}
