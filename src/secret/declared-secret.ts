import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { labelProblem, nameProblem } from './metadata-rules';
import { SecretBase } from './secret-base';
import { SecretData } from './secret-data';
import { SecretRegistry } from './secret-registry';
import type { SecretDeclaration } from '../delivery/secret-declaration';
import { SecretDelivery } from '../delivery/secret-delivery';
import { formatProblem, type Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import type { SensitiveValue } from '../value/sensitive-value';

/** What a declared secret is made of. */
export interface SecretDefinition {
  readonly metadata?: ApiObjectMetadata;
  readonly type: string;
  readonly immutable?: boolean;
  readonly data: Readonly<Record<string, SensitiveValue>>;
  /** The keys that the cluster adds, where others than those of `data` can be used. */
  readonly clusterKeys?: readonly string[];
  readonly delivery?: SecretDelivery;
}

/**
 * A secret that is declared here: it has keys and values, and a delivery that makes its object.
 *
 * @internal
 */
export abstract class DeclaredSecret extends SecretBase {
  /**
   * The name of the Secret in the cluster.
   */
  public readonly name: string;

  /**
   * The namespace of the secret.
   *
   * @default - not known: the namespace of whoever applies the manifest
   */
  public readonly namespace?: string;

  /**
   * The type, like `Opaque` or `kubernetes.io/tls`.
   */
  public readonly secretType?: string;

  readonly #data: SecretData;
  readonly #clusterKeys: readonly string[];
  readonly #delivery: SecretDelivery;
  readonly #declaration: SecretDeclaration;

  constructor(scope: Construct, id: string, definition: SecretDefinition) {
    super(scope, id);
    this.secretType = definition.type;
    this.#clusterKeys = definition.clusterKeys ?? [];
    const data = new SecretData(definition.type);
    this.#data = data;
    for (const [key, value] of Object.entries(definition.data)) this._add(key, value);
    this.#check(labelProblem(definition.metadata));

    this.#delivery = definition.delivery ?? SecretDelivery._settle(this);
    this.#declaration = {
      metadata: definition.metadata,
      type: definition.type,
      immutable: definition.immutable,
      values: () => data.values(),
      read: () => data.read(),
      problems: () => data.problems(),
    };
    const object: ApiObject = this.#delivery._variant.deliver(this, this.#declaration);
    this.name = object.name;
    this.namespace = object.metadata.namespace;
    this.#check(nameProblem(this.name, this.namespace));
    SecretRegistry.of(this).add(this);
    this.node.addValidation({ validate: () => this.#delivery._variant.validate(this.#declaration).map(formatProblem) });
  }

  /**
   * The names of its keys, sorted.
   */
  public get keyNames(): string[] | undefined {
    return [...this.#data.keys(), ...this.#clusterKeys].sort();
  }

  /**
   * What a checksum may hash of one key.
   *
   * @internal
   */
  public _checksumInput(key: string): Buffer | undefined {
    return this.#delivery._variant.checksumInput(this.#declaration, key);
  }

  /** @internal */
  protected _add(key: string, value: SensitiveValue): void {
    try {
      this.#data.add(key, value);
    } catch (error) {
      throw error instanceof SecretsError ? error.at(this.node.path) : error;
    }
  }

  #check(problem: Problem | undefined): void {
    if (problem !== undefined) throw new SecretsError(problem, this.node.path);
  }
}
