import type { ProviderVariant } from '../provider-variant';
import { serverUrl } from '../server-url';
import type { StorePlace } from '../store-references';
import { type VaultAuth, vaultAuthFields } from '../vault-auth';

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

export function vault(options: VaultProviderOptions): ProviderVariant {
  return { field: 'vault', fields: vaultFields(options) };
}

/** The settings of Vault, as stores and generators have them. */
export function vaultFields(options: VaultProviderOptions): (place: StorePlace) => object {
  const { path, version, namespace, caBundle, auth } = options;
  const server = serverUrl(options.server);
  const authFields = vaultAuthFields(auth);
  return place => ({ server, path, version: version ?? VaultEngineVersion.V2, namespace, caBundle, auth: authFields(place) });
}
