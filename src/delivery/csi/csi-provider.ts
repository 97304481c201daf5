import type { CsiProviderVariant } from './csi-variant';
import { aws, type AwsCsiOptions } from './providers/aws';
import { azureKeyVault, type AzureCsiOptions } from './providers/azure-key-vault';
import { googleSecretManager, type GoogleCsiOptions } from './providers/google-secret-manager';
import { other } from './providers/other';
import { vault, type VaultCsiOptions } from './providers/vault';
import { variantOf } from '../../errors/sum-type';

/**
 * A provider of the Secrets Store CSI driver: where the files of a volume come from.
 *
 * @see https://secrets-store-csi-driver.sigs.k8s.io/providers
 */
export class CsiProvider {
  /**
   * Vault. The key of an entry is its full path, `secret/data/db` for version 2 of the key-value engine, its property a
   * field; entries have no version.
   *
   * @param options the role, and which Vault
   * @see https://developer.hashicorp.com/vault/docs/platform/k8s/csi/configurations
   */
  public static vault(options: VaultCsiOptions): CsiProvider {
    return new CsiProvider(vault(options));
  }

  /**
   * AWS Secrets Manager. The key of an entry is its name or ARN, its property a field of its JSON text.
   *
   * @param options the region
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/integrating_csi_driver.html
   */
  public static awsSecretsManager(options: AwsCsiOptions = {}): CsiProvider {
    return new CsiProvider(aws('secretsmanager', options));
  }

  /**
   * The Parameter Store of AWS Systems Manager.
   *
   * @param options the region
   */
  public static awsParameterStore(options: AwsCsiOptions = {}): CsiProvider {
    return new CsiProvider(aws('ssmparameter', options));
  }

  /**
   * Azure Key Vault. The key of an entry is the name of a secret of the vault; entries have no properties.
   *
   * @param options which vault, and how to authenticate
   * @see https://azure.github.io/secrets-store-csi-driver-provider-azure/docs/getting-started/usage/
   */
  public static azureKeyVault(options: AzureCsiOptions): CsiProvider {
    return new CsiProvider(azureKeyVault(options));
  }

  /**
   * Google Secret Manager. The key of an entry is the name of a secret of the project, its property a field of its JSON text.
   *
   * @param options the project
   * @see https://github.com/GoogleCloudPlatform/secrets-store-csi-driver-provider-gcp
   */
  public static googleSecretManager(options: GoogleCsiOptions): CsiProvider {
    return new CsiProvider(googleSecretManager(options));
  }

  /**
   * Any other provider. Its parameters are written as they are; the files that they name must be the keys of the secret.
   *
   * @param name the name that it is installed under: letters, digits, `-` and `_`, at most 30
   * @param parameters its parameters
   * @throws InvalidProviderClass
   */
  public static of(name: string, parameters: { [name: string]: string }): CsiProvider {
    return new CsiProvider(other(name, parameters));
  }

  /** @internal */
  public readonly _variant: CsiProviderVariant;

  private constructor(variant: CsiProviderVariant) {
    this._variant = variant;
  }
}

/** What is in a CsiProvider. */
export function csiProviderVariant(provider: CsiProvider): CsiProviderVariant {
  return variantOf(provider, {
    code: 'InvalidProviderClass', message: 'the provider is none', next: 'give CsiProvider.vault, .awsSecretsManager, … or .of',
  });
}
