import type { GeneratorVariant } from './generator-variant';
import { sshKey, type SshKeyOptions } from './ssh-key';
import { ExternalGeneratorKind, kindName } from '../delivery/generator-kind';
import { type PasswordOptions, passwordSpec } from '../delivery/password-spec';
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
