import type { GeneratorVariant } from './generator-variant';
import { ExternalGeneratorKind } from '../delivery/external/generator-kind';
import { type VaultProviderOptions, vaultFields } from '../store/providers/vault';

/** What is taken of Vault's answer. */
export enum VaultResultType {
  /** Its data. */
  DATA = 'Data',
  /** What it says of a login. */
  AUTH = 'Auth',
  /** All of it. */
  RAW = 'Raw',
}

/**
 * Options of `GeneratorSpec.vaultDynamicSecret`.
 */
export interface VaultDynamicSecretOptions {
  /**
   * The path to ask: `database/creds/shop`.
   */
  readonly path: string;

  /**
   * Which Vault, and how to authenticate. Its `path` and `version` do nothing here.
   */
  readonly provider: VaultProviderOptions;

  /**
   * The method: `GET`, `POST` or another.
   *
   * @default 'GET' (by the operator)
   */
  readonly method?: string;

  /**
   * What is sent with a method that writes.
   *
   * @default - nothing
   */
  readonly parameters?: { [name: string]: any };

  /**
   * What is taken of the answer.
   *
   * @default VaultResultType.DATA
   */
  readonly resultType?: VaultResultType;
}

export function vaultDynamicSecret({ path, provider, method, parameters, resultType }: VaultDynamicSecretOptions): GeneratorVariant {
  const fields = vaultFields(provider);
  return {
    kind: ExternalGeneratorKind.VAULT_DYNAMIC_SECRET,
    spec: place => ({
      path,
      method,
      parameters: parameters && { ...parameters },
      resultType: resultType ?? VaultResultType.DATA,
      allowEmptyResponse: false,
      provider: fields(place),
    }),
  };
}
