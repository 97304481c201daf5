import type { GeneratorVariant } from './generator-variant';
import { githubAccessToken, type GithubAccessTokenOptions } from './github-token';
import { type PasswordOptions, passwordSpec } from './password-spec';
import {
  acrAccessToken, type AcrAccessTokenOptions, ecrAuthorizationToken, type EcrAuthorizationTokenOptions, gcrAccessToken, type GcrAccessTokenOptions,
  quayAccessToken, type QuayAccessTokenOptions,
} from './registry-tokens';
import { sshKey, type SshKeyOptions } from './ssh-key';
import { vaultDynamicSecret, type VaultDynamicSecretOptions } from './vault-dynamic-secret';
import { webhook, type WebhookGeneratorOptions } from './webhook';
import { ExternalGeneratorKind, kindName } from '../delivery/external/generator-kind';
import { SecretsError } from '../errors/secrets-error';
import { variantOf } from '../errors/sum-type';
import { withReferences } from '../store/store-references';

/**
 * What a generator of the External Secrets operator makes, and how.
 *
 * @see https://external-secrets.io/latest/api/generator/
 */
export class GeneratorSpec {
  /**
   * A random password, with the key `password`: 32 letters and digits, which no URL, env file or shell takes for something else.
   *
   * @param options its length and characters
   * @throws InvalidGenerator
   * @see https://external-secrets.io/latest/api/generator/password/
   */
  public static password(options: PasswordOptions = {}): GeneratorSpec {
    const spec = passwordSpec(options);
    return new GeneratorSpec({ kind: ExternalGeneratorKind.PASSWORD, spec: () => spec });
  }

  /**
   * A random UUID, with the key `uuid`.
   *
   * @see https://external-secrets.io/latest/api/generator/uuid/
   */
  public static uuid(): GeneratorSpec {
    return new GeneratorSpec({ kind: ExternalGeneratorKind.UUID, spec: () => ({}) });
  }

  /**
   * A key pair for SSH, with the keys `privateKey` and `publicKey`.
   *
   * @param options its type and size
   * @throws InvalidGenerator
   * @see https://external-secrets.io/latest/api/generator/sshkey/
   */
  public static sshKey(options: SshKeyOptions = {}): GeneratorSpec {
    return new GeneratorSpec(sshKey(options));
  }

  /**
   * A token that pulls images from the Elastic Container Registry of AWS, for 12 hours: the keys `username`, `password`, `proxy_endpoint` and `expires_at`.
   *
   * @param options the region, and how to authenticate
   * @see https://external-secrets.io/latest/api/generator/ecr/
   */
  public static ecrAuthorizationToken(options: EcrAuthorizationTokenOptions): GeneratorSpec {
    return new GeneratorSpec(ecrAuthorizationToken(options));
  }

  /**
   * A token that pulls images from the registries of Google, for an hour: the keys `username`, `password` and `expiry`.
   *
   * @param options the project, and how to authenticate
   * @throws InvalidGenerator where workload identity does not name the cluster
   * @see https://external-secrets.io/latest/api/generator/gcr/
   */
  public static gcrAccessToken(options: GcrAccessTokenOptions): GeneratorSpec {
    return new GeneratorSpec(gcrAccessToken(options));
  }

  /**
   * A token that pulls images from a registry of Azure, for 3 hours: the keys `username` and `password`.
   *
   * @param options the registry, and how to authenticate
   * @throws InvalidGenerator
   * @see https://external-secrets.io/latest/api/generator/acr/
   */
  public static acrAccessToken(options: AcrAccessTokenOptions): GeneratorSpec {
    return new GeneratorSpec(acrAccessToken(options));
  }

  /**
   * A token of a robot account of Quay: the keys `registry`, `auth` and `expiry`.
   *
   * @param options the robot account, and the ServiceAccount that is federated with it
   * @see https://external-secrets.io/latest/api/generator/quay/
   */
  public static quayAccessToken(options: QuayAccessTokenOptions): GeneratorSpec {
    return new GeneratorSpec(quayAccessToken(options));
  }

  /**
   * A token of a GitHub App, for an hour: the keys `token` and `expiry`.
   *
   * @param options the app, and what the token may do
   * @see https://external-secrets.io/latest/api/generator/github/
   */
  public static githubAccessToken(options: GithubAccessTokenOptions): GeneratorSpec {
    return new GeneratorSpec(githubAccessToken(options));
  }

  /**
   * What a server answers: a JSON object of keys.
   *
   * @param options the address, and what is sent
   * @throws InvalidSecretStore for an address without its scheme
   * @see https://external-secrets.io/latest/api/generator/webhook/
   */
  public static webhook(options: WebhookGeneratorOptions): GeneratorSpec {
    return new GeneratorSpec(webhook(options));
  }

  /**
   * What a secrets engine of Vault or OpenBao makes: credentials of a database, certificates, credentials of a cloud.
   *
   * @param options the path, and which Vault
   * @throws InvalidSecretStore
   * @see https://external-secrets.io/latest/api/generator/vault/
   */
  public static vaultDynamicSecret(options: VaultDynamicSecretOptions): GeneratorSpec {
    return new GeneratorSpec(vaultDynamicSecret(options));
  }

  /**
   * Any generator, by the fields of its spec. They are checked with its schema when the manifest is made. Where a reference to a key of a Secret
   * is meant, a `SecretKey` can stand: `secret.key('token')`.
   *
   * @param kind its kind
   * @param spec its spec, as a manifest holds it
   * @throws InvalidGenerator
   */
  public static of(kind: ExternalGeneratorKind, spec: { [field: string]: any }): GeneratorSpec {
    const name = kindName(kind);
    if (name === ExternalGeneratorKind.CLUSTER_GENERATOR.kind) {
      throw new SecretsError({
        code: 'InvalidGenerator', message: 'a ClusterGenerator wraps the spec of another generator', next: 'give the spec of that one to the construct ClusterGenerator',
      });
    }
    if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) {
      throw new SecretsError({ code: 'InvalidGenerator', message: `the spec of the ${name} is no map of fields`, next: 'give its fields, as a manifest holds them' });
    }
    return new GeneratorSpec({ kind, spec: place => withReferences(spec, place) });
  }

  /** @internal */
  public readonly _variant: GeneratorVariant;

  private constructor(variant: GeneratorVariant) {
    this._variant = variant;
  }
}

/** What is in a GeneratorSpec. */
export function generatorVariant(spec: GeneratorSpec): GeneratorVariant {
  return variantOf(spec, { code: 'InvalidGenerator', message: 'the spec of the generator is none', next: 'use GeneratorSpec.password, .sshKey, .of or another of its factories' });
}
