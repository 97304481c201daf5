import type { AwsAuth, AzureAuth, GoogleAuth } from './cloud-auth';
import type { KubernetesAuth } from './kubernetes-auth';
import type { StorePlace } from './store-references';
import type { VaultAuth } from './vault-auth';
import { SecretsError } from '../errors/secrets-error';

/**
 * The versions of Vault's key-value engine.
 */
export enum VaultEngineVersion {
  /** Without versions of entries. */
  V1 = 'v1',
  /** With versions of entries. */
  V2 = 'v2',
}

/**
 * Options of `StoreProvider.vault`.
 */
export interface VaultProviderOptions {
  /**
   * The address of the server: `https://vault.example.com:8200`.
   */
  readonly server: string;

  /**
   * How to authenticate.
   */
  readonly auth: VaultAuth;

  /**
   * Where the key-value engine is mounted. The keys of entries are then paths below it.
   *
   * @default - none: the keys of entries start with the mount
   */
  readonly path?: string;

  /**
   * The version of the engine.
   *
   * @default VaultEngineVersion.V2
   */
  readonly version?: VaultEngineVersion;

  /**
   * The namespace of Vault Enterprise.
   *
   * @default - none
   */
  readonly namespace?: string;

  /**
   * The certificates that the server's is checked with: PEM, in base64.
   *
   * @default - those of the system
   */
  readonly caBundle?: string;
}

/**
 * Options of the providers of AWS.
 */
export interface AwsProviderOptions {
  /**
   * The region: `eu-central-1`.
   */
  readonly region: string;

  /**
   * How to authenticate.
   *
   * @default - as the operator's own pods are
   */
  readonly auth?: AwsAuth;

  /**
   * The ARN of a role of IAM to take on.
   *
   * @default - none
   */
  readonly role?: string;
}

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

/**
 * Options of `StoreProvider.googleSecretManager`.
 */
export interface GoogleSecretManagerProviderOptions {
  /**
   * The id of the project.
   */
  readonly projectId: string;

  /**
   * How to authenticate.
   *
   * @default - as the operator's own pods are
   */
  readonly auth?: GoogleAuth;

  /**
   * The location of regional secrets.
   *
   * @default - global secrets
   */
  readonly location?: string;
}

/**
 * Options of `StoreProvider.kubernetes`.
 */
export interface KubernetesProviderOptions {
  /**
   * How to authenticate with the API server.
   */
  readonly auth: KubernetesAuth;

  /**
   * The namespace whose Secrets are read. The key of an entry is the name of a Secret, its property the key.
   *
   * @default 'default'
   */
  readonly remoteNamespace?: string;

  /**
   * The address of the API server.
   *
   * @default 'kubernetes.default' - that of the cluster itself
   */
  readonly serverUrl?: string;

  /**
   * The certificates that the server's is checked with: PEM, in base64.
   *
   * @default - those of the ConfigMap `kube-root-ca.crt`, which every namespace has
   */
  readonly caBundle?: string;
}

/**
 * One entry of the fake provider. Everybody who can read the manifest can read it.
 */
export interface FakeStoreEntry {
  /**
   * The key of the entry.
   */
  readonly key: string;

  /**
   * What it holds: a text, or a JSON text where it has properties.
   */
  readonly text: string;

  /**
   * Its version.
   *
   * @default - none
   */
  readonly version?: string;
}

/**
 * Where a store has its values from.
 *
 * @see https://external-secrets.io/latest/provider/aws-secrets-manager/
 */
export abstract class StoreProvider {
  /**
   * The key-value engine of Vault or OpenBao.
   *
   * @param options its address, and how to authenticate
   * @see https://external-secrets.io/latest/provider/hashicorp-vault/
   */
  public static vault(options: VaultProviderOptions): StoreProvider {
    const { path, version, namespace, caBundle, auth } = options;
    const server = urlOf(options.server);
    return new FixedProvider(place => ({
      vault: { server, path, version: version ?? VaultEngineVersion.V2, namespace, caBundle, auth: auth._fields(place) },
    }));
  }

  /**
   * AWS Secrets Manager.
   *
   * @param options the region, and how to authenticate
   * @see https://external-secrets.io/latest/provider/aws-secrets-manager/
   */
  public static awsSecretsManager(options: AwsProviderOptions): StoreProvider {
    return awsProvider('SecretsManager', options);
  }

  /**
   * The Parameter Store of AWS Systems Manager.
   *
   * @param options the region, and how to authenticate
   * @see https://external-secrets.io/latest/provider/aws-parameter-store/
   */
  public static awsParameterStore(options: AwsProviderOptions): StoreProvider {
    return awsProvider('ParameterStore', options);
  }

  /**
   * Azure Key Vault. Names of entries have letters, digits and `-` only: see `RemoteNaming`.
   *
   * @param options its address, and how to authenticate
   * @see https://external-secrets.io/latest/provider/azure-key-vault/
   */
  public static azureKeyVault(options: AzureKeyVaultProviderOptions): StoreProvider {
    const { auth } = options;
    const vaultUrl = urlOf(options.vaultUrl);
    return new FixedProvider(place => ({ azurekv: { vaultUrl, environmentType: 'PublicCloud', ...auth._fields(place) } }));
  }

  /**
   * Google Secret Manager.
   *
   * @param options the project, and how to authenticate
   * @see https://external-secrets.io/latest/provider/google-secrets-manager/
   */
  public static googleSecretManager(options: GoogleSecretManagerProviderOptions): StoreProvider {
    const { projectId, location, auth } = options;
    return new FixedProvider(place => ({ gcpsm: { projectID: projectId, location, auth: auth?._fields(place) } }));
  }

  /**
   * The Secrets of a namespace, of this cluster or another one.
   *
   * @param options which namespace, and how to authenticate
   * @see https://external-secrets.io/latest/provider/kubernetes/
   */
  public static kubernetes(options: KubernetesProviderOptions): StoreProvider {
    const { remoteNamespace, serverUrl, caBundle, auth } = options;
    return new FixedProvider(place => ({
      kubernetes: {
        remoteNamespace: remoteNamespace ?? 'default',
        server: { url: serverUrl ?? 'kubernetes.default', caBundle, caProvider: caBundle === undefined ? rootCertificates(place) : undefined },
        auth: auth._fields(place),
      },
    }));
  }

  /**
   * Texts in the manifest, for tests.
   *
   * @param entries the entries
   * @see https://external-secrets.io/latest/provider/fake/
   */
  public static fake(entries: FakeStoreEntry[]): StoreProvider {
    const data = entries.map(({ key, text, version }) => ({ key, value: text, version }));
    return new FixedProvider(() => ({ fake: { data } }));
  }

  /**
   * What a manifest holds of it.
   *
   * @internal
   */
  public abstract _fields(place: StorePlace): object;
}

class FixedProvider extends StoreProvider {
  constructor(public readonly _fields: (place: StorePlace) => object) {
    super();
  }
}

function awsProvider(service: string, { region, role, auth }: AwsProviderOptions): StoreProvider {
  return new FixedProvider(place => ({ aws: { service, region, role, auth: auth?._fields(place) } }));
}

function rootCertificates({ isClusterWide }: StorePlace): object {
  return { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt', namespace: isClusterWide ? 'default' : undefined };
}

function urlOf(text: string): string {
  if (/^https?:\/\/[^\s/]+/.test(text)) return text;
  throw new SecretsError({
    code: 'InvalidSecretStore',
    message: `${JSON.stringify(text)} is no address of a server`,
    next: "write it with its scheme: 'https://vault.example.com:8200'",
  });
}
