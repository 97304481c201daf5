import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { AgeRecipient } from './age-recipient';
import { checkedDeterminismKey, determinismKeyOf } from '../determinism-key';
import { checkedGenerations, type CheckedGenerations, type KeptGenerations } from '../kept-generations';
import { secretManifest } from '../manifest-delivery';
import type { DeliveredSecret, DeliveryVariant, SecretDeclaration } from '../secret-declaration';
import { encryptWithSops } from './sops-document';
import { SopsKeys } from './sops-keys';
import { renderingProblem } from '../../app/app-manifests';
import type { Problem } from '../../errors/problem';
import { SecretsError } from '../../errors/secrets-error';
import { list, record } from '../../inspect/model/untyped';
import { portableHash } from '../../kubernetes/name-hash';
import { keyedHash } from '../../value/derived-bytes';
import type { SensitiveValue } from '../../value/sensitive-value';

/**
 * Options of `SecretDelivery.sops`.
 */
export interface SopsDeliveryOptions {
  /**
   * Who can decrypt the secrets: X25519 recipients of age, `age1…`, as `age-keygen` prints them. At least one.
   *
   * SSH keys, hybrid keys and those of plugins are not supported.
   */
  readonly age: string[];

  /**
   * A key of at least 32 bytes that makes encryption repeatable: equal input gives equal bytes. Keep it out of the repository:
   * with it, every value in the repository can be decrypted. Values that are generated are derived from it.
   *
   * @default - encryption is random, as that of sops: every synth changes every secret; and no value can be generated
   */
  readonly determinismKey?: SensitiveValue;

  /**
   * Which Secrets with hashed names stay in the manifests, beside the newest: what prunes then leaves those that old pods need, and that a rollout can be taken back to.
   *
   * @default - the manifests hold the newest
   */
  readonly keep?: KeptGenerations;
}

/** A Secret that is encrypted with SOPS for recipients of age, fit for a repository. */
export class SopsDelivery implements DeliveryVariant {
  public readonly name = 'sops';
  public readonly isEncrypted = true;
  public readonly recipients: readonly AgeRecipient[];
  public readonly determinismKey?: SensitiveValue;
  public readonly keep?: CheckedGenerations;

  constructor({ age, determinismKey, keep }: SopsDeliveryOptions) {
    this.recipients = recipientsOf(age);
    this.determinismKey = checkedDeterminismKey(determinismKey);
    this.keep = checkedGenerations(keep, determinismKey !== undefined);
  }

  /** Every recipient of today must be able to decrypt it, as nobody here knows which one is the cluster's. */
  public outdated({ sops }: Readonly<Record<string, unknown>>): string | undefined {
    const known = new Set(list(record(sops).age).map(entry => record(entry).recipient));
    return this.recipients.every(({ text }) => known.has(text)) ? undefined : 'is encrypted for other recipients';
  }

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    return new DeliveredSopsSecret(scope, declaration, this);
  }

  /** A keyed hash: without the key nobody can test a guess of the values with it. */
  public nameHash(declaration: SecretDeclaration): string {
    const key = this.determinismBytes();
    if (key === undefined) {
      throw new SecretsError({
        code: 'UnsupportedByDelivery',
        message: 'the name of a secret that is encrypted shows no plain hash of its values: whoever reads the repository could test guesses with it',
        next: 'give the delivery a determinismKey, which the hash is then made with, or leave hashedName out',
      });
    }
    return portableHash(keyedHash('sha256', key, ['cdk8s-secrets/sops/name/v1', declaration.type, ...[...declaration.read()].flat()]));
  }

  /** The bytes of the determinism key, where there is one. */
  public determinismBytes(): Buffer | undefined {
    return this.determinismKey === undefined ? undefined : determinismKeyOf(this.determinismKey._read());
  }
}

class DeliveredSopsSecret implements DeliveredSecret {
  public readonly name: string;
  public readonly namespace?: string;
  public readonly object: ApiObject;

  constructor(scope: Construct, private readonly declaration: SecretDeclaration, private readonly delivery: SopsDelivery) {
    this.object = new SopsSecret(scope, declaration, delivery);
    this.name = this.object.name;
    this.namespace = this.object.metadata.namespace;
  }

  public validate(): Problem[] {
    const problems = this.declaration.problems();
    if (problems.length > 0) return problems;
    try {
      this.object.toJson();
    } catch (error) {
      if (error instanceof SecretsError) return [error.problem];
      throw error;
    }
    return [];
  }

  /** A keyed hash of the value: it stays the same for other recipients. */
  public checksumInput(key: string): Buffer | undefined {
    const determinismKey = this.delivery.determinismBytes();
    if (determinismKey === undefined) return undefined;
    const place = JSON.stringify([this.namespace ?? null, this.name]);
    return keyedHash('sha256', determinismKey, ['cdk8s-secrets/sops/checksum/v1', place, key, this.declaration.read().get(key) ?? '']);
  }

  public knownValues(): ReadonlyMap<string, Buffer> {
    return this.declaration.read();
  }
}

/** A Secret that is encrypted when it is rendered, as the last of all: the MAC is over the whole manifest, patches included. */
class SopsSecret extends ApiObject {
  readonly #delivery: SopsDelivery;
  #randomKeys?: SopsKeys;

  constructor(scope: Construct, declaration: SecretDeclaration, delivery: SopsDelivery) {
    super(scope, 'Resource', secretManifest(declaration));
    this.#delivery = delivery;
  }

  public toJson(): any {
    return encryptWithSops(this.plainManifest(), this.#delivery.recipients, this.keys());
  }

  /** What is encrypted. An error of a patch holds the whole of it, so only what it is about is said. */
  private plainManifest(): any {
    try {
      return super.toJson();
    } catch (error) {
      const problem = renderingProblem(error);
      throw problem === undefined ? error : new SecretsError(problem);
    }
  }

  /** Rendering twice gives the same bytes, also where they are random. */
  private keys(): SopsKeys {
    const determinismKey = this.#delivery.determinismBytes();
    if (determinismKey === undefined) return this.#randomKeys ??= SopsKeys.random();
    return SopsKeys.derived(determinismKey, { namespace: this.metadata.namespace, name: this.name, recipients: this.#delivery.recipients });
  }
}

function recipientsOf(age: readonly string[]): AgeRecipient[] {
  const given = Array.isArray(age) ? age : [];
  if (given.length === 0) {
    throw new SecretsError({ code: 'InvalidAgeRecipient', message: 'SOPS needs somebody who can decrypt', next: "name the recipient of the cluster's key: age: ['age1…']" });
  }
  const recipients = given.map(text => AgeRecipient.parse(text));
  const twice = recipients.find(({ text }, index) => given.indexOf(text) !== index);
  if (twice === undefined) return recipients;
  throw new SecretsError({ code: 'InvalidAgeRecipient', message: `the recipient ${twice.text} is named twice`, next: 'name it once' });
}
