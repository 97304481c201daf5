import { createHmac } from 'node:crypto';
import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkedDeterminismKey, determinismKeyOf } from '../determinism-key';
import { checkedGenerations, type CheckedGenerations, type KeptGenerations } from '../kept-generations';
import { SEALED_SECRET, sealedSpec } from './sealed-manifest';
import { SealedReuse } from './sealed-reuse';
import { scopeOf, scopeVariant, STRICT, type ScopeVariant, type SealedPlace, type SealedSecretScope } from './sealed-secret-scope';
import { type Sealable, sealDeterministically, sealRandomly } from './sealed-value';
import { SealingCertificate } from './sealing-certificate';
import type { Problem } from '../../errors/problem';
import { SecretsError } from '../../errors/secrets-error';
import { portableHash } from '../../kubernetes/name-hash';
import type { SensitiveValue } from '../../value/sensitive-value';
import type { DeliveredSecret, DeliveryVariant, SecretDeclaration } from '../secret-declaration';

/**
 * Options of `SecretDelivery.sealed`.
 */
export interface SealedDeliveryOptions {
  /**
   * The certificate of the cluster's sealed-secrets controller: a PEM file, as `kubeseal --fetch-cert` prints it. A
   * relative path starts at the working directory of the process.
   *
   * The first certificate of the file counts; it must have an RSA key and must not have expired.
   */
  readonly certificate: string;

  /**
   * Where the secrets can be opened.
   *
   * @default SealedSecretScope.strict()
   */
  readonly scope?: SealedSecretScope;

  /**
   * A key of at least 32 bytes that makes sealing repeatable: equal input gives equal bytes. Values that are generated are derived from it. Keep it out
   * of the repository: whoever has it has these values, and can test guesses of the others.
   *
   * @default - sealing is random, as kubeseal's, and no value can be generated
   */
  readonly determinismKey?: SensitiveValue;

  /**
   * The manifests of an earlier synth, a file or a folder: values that have not changed since keep their ciphertexts.
   *
   * What changed is told by keyed fingerprints in `.cdk8s-secrets/` in the working directory, which git ignores. It is not
   * used together with `determinismKey`, which needs neither.
   *
   * @default - every synth seals everything anew
   */
  readonly reuse?: string;

  /**
   * Which Secrets with hashed names stay in the manifests, beside the newest: what prunes then leaves those that old pods need, and that a rollout can be taken back to.
   *
   * @default - the manifests hold the newest
   */
  readonly keep?: KeptGenerations;

  /**
   * The date at which the certificate must not have expired.
   *
   * @default - the time of the call
   */
  readonly asOf?: Date;
}

/** A SealedSecret: values encrypted for the controller of one cluster, fit for a repository. */
export class SealedDelivery implements DeliveryVariant {
  public readonly name = 'sealed';
  public readonly isEncrypted = true;
  public readonly scope: ScopeVariant;
  public readonly certificate: SealingCertificate;
  /** Whether a value that stays the same keeps its ciphertext. */
  public readonly isStable: boolean;
  public readonly determinismKey?: SensitiveValue;
  public readonly keep?: CheckedGenerations;
  readonly #reuse?: SealedReuse;

  constructor(options: SealedDeliveryOptions) {
    const { certificate, scope, determinismKey, reuse, keep, asOf } = options;
    if (determinismKey !== undefined && reuse !== undefined) {
      throw new SecretsError({
        code: 'InvalidDeterminismKey',
        message: 'a determinism key and reuse are two ways to the same end',
        next: 'leave one of them out: with the key no earlier synth is needed',
      });
    }
    this.scope = scope === undefined ? STRICT : scopeVariant(scope);
    this.certificate = SealingCertificate.fromFile(certificate, asOf);
    this.isStable = determinismKey !== undefined || reuse !== undefined;
    this.determinismKey = checkedDeterminismKey(determinismKey);
    this.keep = checkedGenerations(keep, determinismKey !== undefined);
    this.#reuse = reuse === undefined ? undefined : new SealedReuse(reuse);
  }

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    return new DeliveredSealedSecret(scope, declaration, this);
  }

  /** A keyed hash: without the key nobody can test a guess of the values with it. */
  public nameHash(declaration: SecretDeclaration): string {
    if (this.determinismKey === undefined) {
      throw new SecretsError({
        code: 'UnsupportedByDelivery',
        message: 'the name of a sealed secret shows no plain hash of its values: whoever reads the repository could test guesses with it',
        next: 'give the delivery a determinismKey, which the hash is then made with, or leave hashedName out',
      });
    }
    const hmac = createHmac('sha256', determinismKeyOf(this.determinismKey._read())).update(`cdk8s-secrets/sealed/name/v1\0${declaration.type}`);
    for (const [key, bytes] of declaration.read()) hmac.update(`\0${key}\0${bytes.length}\0`).update(bytes);
    return portableHash(hmac.digest());
  }

  /** The ciphertext of one value. */
  public seal(place: SealedPlace, value: Sealable): string {
    if (this.#reuse !== undefined) return this.#reuse.seal(place, value);
    if (this.determinismKey === undefined) return sealRandomly(value);
    const isInLabel = STRICT.label(place).equals(value.label);
    return sealDeterministically(this.determinismKey._read(), isInLabel ? '' : JSON.stringify([place.namespace ?? null, place.name]))(value);
  }
}

class DeliveredSealedSecret implements DeliveredSecret {
  public readonly name: string;
  public readonly namespace?: string;
  public readonly object: ApiObject;
  /** What was sealed, by key: rendering twice gives the same bytes. */
  readonly #sealed = new Map<string, { readonly plaintext: Buffer; readonly ciphertext: string }>();

  constructor(scope: Construct, private readonly declaration: SecretDeclaration, private readonly delivery: SealedDelivery) {
    const { metadata, type, immutable } = declaration;
    this.object = new ApiObject(scope, 'Resource', {
      ...SEALED_SECRET,
      metadata: { ...metadata, annotations: { ...metadata?.annotations, ...delivery.scope.annotations } },
      spec: Lazy.any({
        produce: () => sealedSpec({ metadata: this.object.metadata.toJson(), type, immutable, encryptedData: this.ciphertexts() }),
      }),
    });
    this.name = this.object.name;
    this.namespace = this.object.metadata.namespace;
    if (this.namespace === undefined && delivery.scope.needsNamespace) {
      throw new SecretsError({
        code: 'MissingNamespace',
        message: `secret ${JSON.stringify(this.name)} has no namespace to be sealed for`,
        next: 'give the chart a namespace, or seal with SealedSecretScope.clusterWide()',
      });
    }
  }

  public validate(): Problem[] {
    const problems = this.declaration.problems();
    if (problems.length > 0) return problems;
    try {
      this.ciphertexts();
    } catch (error) {
      if (error instanceof SecretsError) return [error.problem];
      throw error;
    }
    return this.changed(this.object.toJson());
  }

  public checksumInput(key: string): Buffer | undefined {
    return this.delivery.isStable ? Buffer.from(this.ciphertexts()[key] ?? '') : undefined;
  }

  public knownValues(): ReadonlyMap<string, Buffer> {
    return this.declaration.read();
  }

  private ciphertexts(): Record<string, string> {
    return Object.fromEntries([...this.declaration.read()].map(([key, plaintext]) => [key, this.ciphertext(key, plaintext)]));
  }

  private ciphertext(dataKey: string, plaintext: Buffer): string {
    const known = this.#sealed.get(dataKey);
    if (known?.plaintext.equals(plaintext)) return known.ciphertext;
    const { certificate, scope } = this.delivery;
    const ciphertext = this.delivery.seal(this, { certificate, label: scope.label(this), dataKey, plaintext });
    this.#sealed.set(dataKey, { plaintext, ciphertext });
    return ciphertext;
  }

  /** What the controller could no longer open, because a patch changed what the values were sealed for. */
  private changed({ metadata }: any): Problem[] {
    const sealedFor = this.delivery.scope.label(this);
    if (scopeOf(metadata.annotations).label(metadata).equals(sealedFor)) return [];
    return [{
      code: 'SealedForAnotherName',
      message: `the values were sealed for ${JSON.stringify(sealedFor.toString())}, and its metadata now says ${JSON.stringify(`${metadata.namespace}/${metadata.name}`)}`
        + ` with the scope annotations ${JSON.stringify(scopeOf(metadata.annotations).annotations)}`,
      next: 'change name, namespace and scope where the secret is declared, so that it is sealed for them',
    }];
  }
}
