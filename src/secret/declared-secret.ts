import { ApiObject, type ApiObjectMetadata, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { saidOf } from './construct-path';
import type { LoggedKey, LoggedSecret } from './declaration-log';
import { dropEarlier, type EarlierValues, keepEarlier } from './earlier-secrets';
import { GeneratedHomes, type HomeSecret } from './generated-homes';
import { hashedMetadata } from './hashed-name';
import { labelProblem, nameProblem } from './metadata-rules';
import { SecretBase } from './secret-base';
import { SecretData } from './secret-data';
import { SecretRegistry } from './secret-registry';
import { addOwnValidation } from '../app/own-validation';
import type { CsiVolume } from '../delivery/csi/csi-volume';
import type { CheckedGenerations } from '../delivery/kept-generations';
import { objectName } from '../delivery/object-name';
import type { RestartedWorkloads } from '../delivery/restarted-workloads';
import type { DeliveredSecret, SecretDeclaration } from '../delivery/secret-declaration';
import { SecretDelivery } from '../delivery/secret-delivery';
import type { AgentFiles } from '../delivery/vault/agent-files';
import { formatProblem, type Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { previousKey, previousOf } from '../value/generated-value';
import type { PlainText } from '../value/plain-text';
import { SensitiveValue } from '../value/sensitive-value';
import { generatedSource, type ValueOrigin } from '../value/value-source';

const BRAND = Symbol.for('cdk8s-secrets.DeclaredSecret');

const NAME_IS_FIXED: Problem = {
  code: 'HashedNameFixed',
  message: 'the hash in the name was made of the keys that the secret was declared with',
  next: 'declare all keys at once, in `data`',
};

const NAMESPACES_ARE_CHOSEN: Problem = {
  code: 'NamespaceMismatch',
  message: 'its delivery brings the secret to namespaces of its own choice',
  next: 'have the selector of the delivery match the namespace, or leave the selector out',
};

/** What a ConfigMap beside a secret has of it. */
interface Beside {
  /** The name, without the hash that it may end in. */
  readonly name: string;
  readonly isHashed: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly immutable: boolean;
  /** How many that were made before stay in the manifests. */
  readonly keep?: CheckedGenerations;
}

/** What a declared secret is made of. */
export interface SecretDefinition {
  readonly metadata?: ApiObjectMetadata;
  readonly type: string;
  readonly immutable?: boolean;
  readonly data: Readonly<Record<string, SensitiveValue | PlainText>>;
  /** The keys that the cluster adds, where others than those of `data` can be used. */
  readonly clusterKeys?: readonly string[];
  readonly delivery?: SecretDelivery;
  readonly hashedName?: boolean;
  /** Why it is in one namespace only, where it can be in no other. */
  readonly boundToNamespace?: string;
}

/**
 * A secret that is declared here: it has keys and values, and a delivery that makes its object.
 *
 * @internal
 */
export abstract class DeclaredSecret extends SecretBase {
  /**
   * Whether a secret is declared in this app, also by another copy of this library.
   *
   * @internal
   */
  public static _is(secret: object): secret is DeclaredSecret {
    return BRAND in secret;
  }

  /**
   * The name of the Secret in the cluster.
   */
  public readonly name: string;

  /**
   * The name, as RBAC rules restrict access to it.
   *
   * @default - never: it is the name of the secret
   */
  public readonly resourceName?: string;

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

  /**
   * Whether the name changes with the values.
   *
   * @internal
   */
  public readonly _hasHashedName: boolean;

  /**
   * What its delivery is called.
   *
   * @internal
   */
  public readonly _deliveryName: string;

  readonly #definition: SecretDefinition;
  readonly #copies = new Map<string, DeclaredSecret>();
  readonly #besideCopies: ((namespace: string) => void)[] = [];
  readonly #data: SecretData;
  readonly #clusterKeys: readonly string[];
  readonly #homes: GeneratedHomes;
  readonly #home: HomeSecret;
  readonly #delivered: DeliveredSecret;
  readonly #metadata?: ApiObjectMetadata;
  readonly #immutable: boolean;
  readonly #earlier: readonly EarlierValues[] = [];
  readonly #isCopy: boolean;
  #mustBeSecret = false;

  constructor(scope: Construct, id: string, definition: SecretDefinition, original?: DeclaredSecret) {
    super(scope, id);
    Object.defineProperty(this, BRAND, { value: true });
    this.secretType = definition.type;
    this.#clusterKeys = definition.clusterKeys ?? [];
    const homes = GeneratedHomes.of(this);
    this.#homes = homes;
    this.#isCopy = original !== undefined;
    const data = original === undefined ? new SecretData(definition.type, { generate: value => homes.bytesOf(value) }) : original.#data;
    this.#data = data;
    const delivery = definition.delivery ?? SecretDelivery._settle(this);
    this._deliveryName = delivery._variant.name;
    this.#home = this.#homeOf(definition, delivery);
    for (const [key, value] of Object.entries(definition.data)) this._add(key, value);
    this.#check(labelProblem(definition.metadata));

    const declaration: SecretDeclaration = {
      metadata: definition.metadata,
      type: definition.type,
      immutable: definition.immutable,
      original: original && { name: original.name, namespace: original.namespace },
      values: () => data.values(),
      read: () => data.read(),
      problems: () => data.problems(),
      isGeneratedHere: value => homes.homeOf(value) === this.node.path,
    };
    const isHashed = definition.hashedName === true;
    this._hasHashedName = isHashed || original?._hasHashedName === true;
    const delivering = saidOf(this.node, () => isHashed ? {
      ...declaration,
      metadata: hashedMetadata(definition.metadata, objectName(this, definition.metadata), delivery._variant.nameHash(declaration)),
      immutable: true,
    } : declaration);
    this.#definition = { ...definition, metadata: delivering.metadata, immutable: delivering.immutable, hashedName: false, delivery };
    this.#metadata = delivering.metadata;
    this.#immutable = delivering.immutable ?? false;
    this.#delivered = saidOf(this.node, () => delivery._variant.deliver(this, delivering));
    this.name = this.#delivered.name;
    this.resourceName = this.name;
    this.namespace = this.#delivered.namespace;
    if (this.#delivered.reaches !== undefined) this.grants._inMany(this.#delivered.reaches);
    this.#check(nameProblem(this.name, this.namespace));
    const { keep } = delivery._variant;
    if (keep !== undefined && !this._hasHashedName) saidOf(this.node, () => dropEarlier(this, keep));
    if (this._hasHashedName && keep !== undefined) {
      this.#earlier = saidOf(this.node, () => keepEarlier({
        secret: this,
        delivery: delivery._variant,
        delivered: this.#delivered,
        declaration: delivering,
        generated: { path: (original ?? this).node.path, data, homes },
      }, keep));
    }
    SecretRegistry.of(this).add(this);
    addOwnValidation(this, () => {
      const lines = this.#delivered.validate().map(formatProblem);
      // what is wrong with the values is said of the secret itself
      const said = original === undefined || lines.length === 0 ? [] : original.#delivered.validate().map(formatProblem);
      return lines.filter(line => !said.includes(line));
    });
  }

  /**
   * Brings the secret to further namespaces as well, by its delivery: under the same name, with the same keys, values, labels and
   * annotations. Whatever is bound to it in one of those namespaces sees the Secret that is there.
   *
   * With `external` there is an ExternalSecret in each namespace, which fetches what the first one does. With `csi` there is a
   * SecretProviderClass in each, and with `existing` the Secrets are expected.
   *
   * @param namespaces the namespaces, besides that of the secret itself
   * @throws InvalidNamespace, DuplicateSecret, NamespaceMismatch where something of the secret is in one namespace only
   */
  public replicateTo(...namespaces: string[]): void {
    for (const namespace of namespaces) {
      this.#check(this.#copyProblem(namespace));
      const { metadata } = this.#definition;
      const copy = new SecretCopy(this, namespace, { ...this.#definition, metadata: { ...metadata, name: this.name, namespace }, data: {} }, this);
      if (copy.namespace !== namespace) this.#check(NAMESPACES_ARE_CHOSEN);
      this.#copies.set(namespace, copy);
      for (const make of this.#besideCopies) make(namespace);
      if (this.#mustBeSecret) copy._requireSecret();
      if (this._restarted !== undefined) copy._restarted?.follow(this._restarted);
      this.grants._extendTo(copy);
    }
  }

  /**
   * The secret as it is in a namespace, where it is in that.
   *
   * @internal
   */
  public _in(namespace: string | undefined): DeclaredSecret | undefined {
    if (namespace === this.namespace) return this;
    if (namespace === undefined) return undefined;
    return this.#copies.get(namespace) ?? (this.#delivered.reaches?.(namespace) === true ? this : undefined);
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
    return this.#delivered.checksumInput(key);
  }

  /**
   * What a command hears of it besides its name and keys.
   *
   * @internal
   */
  public get _loggedMetadata(): Pick<LoggedSecret, 'immutable' | 'labels' | 'annotations'> {
    const { labels, annotations } = this.#secretMetadata() ?? {};
    return { immutable: this.#immutable, labels: { ...labels }, annotations: { ...annotations } };
  }

  /** The metadata of the Secret itself: also what its chart, a function or anybody else has added to its object. */
  #secretMetadata(): ApiObjectMetadata | undefined {
    const object = this.node.defaultChild;
    const isSecret = ApiObject.isApiObject(object) && (object as ApiObject).kind === 'Secret';
    return isSecret ? (object as ApiObject).metadata.toJson() : this.#metadata;
  }

  /**
   * What a command hears of its keys: where their values come from. Keys that the cluster adds are not among them.
   *
   * @internal
   */
  public get _loggedKeys(): LoggedKey[] {
    return [...this.#data.values()].map(([key, value]) =>
      ({ key, source: value._description, origin: this.#originOf(value), size: this.#sizeOf(key) }));
  }

  /**
   * What a command can take the value of a key from, where it can.
   *
   * @internal
   */
  public _origin(key: string): ValueOrigin | undefined {
    const value = this.#data.values().get(key);
    return value && this.#originOf(value);
  }

  /** Random bytes are another value than that which the delivery derives, and nobody could tell what others are made of them. */
  #originOf({ _generated: generated, _origin: origin }: SensitiveValue): ValueOrigin | undefined {
    if (generated === undefined || origin?.random === undefined) return origin;
    if (this.#homes.isDelivered(generated, this.#home) || this.#homes.isPart(generated)) return undefined;
    const sharedAs = this.#homes.sharedName(generated, this.#isCopy || this.#copies.size > 0);
    return sharedAs === undefined ? origin : { random: { ...origin.random, sharedAs } };
  }

  /**
   * Whether the value of a key was declared as one that everybody may know.
   *
   * @internal
   */
  public _isPublic(key: string): boolean {
    return this.#data.values().get(key)?._isPublic === true;
  }

  /**
   * What was declared of the value of a key.
   *
   * @internal
   */
  public _value(key: string): SensitiveValue | undefined {
    return this.#data.values().get(key);
  }

  /**
   * The bytes of one key. No other is read.
   *
   * @internal
   */
  public _readOne(key: string): Buffer {
    return this.#data.readOne(key);
  }

  /**
   * What a ConfigMap beside it has of it.
   *
   * @internal
   */
  public get _beside(): Beside {
    const { labels = {} } = this.#metadata ?? {};
    const { name } = this._hasHashedName ? this.#home.place() : this;
    return { name, isHashed: this._hasHashedName, labels, immutable: this.#immutable, keep: this.#definition.delivery!._variant.keep };
  }

  /**
   * Has something made beside each of its copies in further namespaces, those that come later too.
   *
   * @internal
   */
  public _besideCopies(make: (namespace: string) => void): void {
    for (const namespace of this.#copies.keys()) make(namespace);
    this.#besideCopies.push(make);
  }

  /**
   * Whether only the cluster knows in which namespaces it is.
   *
   * @internal
   */
  public get _choosesNamespaces(): boolean {
    return this.#delivered.reaches !== undefined;
  }

  /**
   * Whether an object was made for it.
   *
   * @internal
   */
  public get _hasObject(): boolean {
    return this.#delivered.object !== undefined;
  }

  /**
   * The values, by key, where the delivery reads them.
   *
   * @internal
   */
  public _knownValues(): ReadonlyMap<string, Buffer> {
    return this.#delivered.knownValues();
  }

  /**
   * The values of the Secrets that were made before it, where these are made again.
   *
   * @internal
   */
  public get _earlierValues(): readonly EarlierValues[] {
    return this.#earlier;
  }

  /**
   * How pods get the files, where they come from no Secret.
   *
   * @internal
   */
  public get _csiVolume(): CsiVolume | undefined {
    return this.#delivered.csiVolume;
  }

  /**
   * How pods get the files, where the Vault agent writes them and there is no Secret.
   *
   * @internal
   */
  public get _agentFiles(): AgentFiles | undefined {
    return this.#delivered.agentFiles;
  }

  /**
   * Why nobody can get it through the API, where nobody can.
   *
   * @internal
   */
  public get _grantProblem(): Problem | undefined {
    return this._agentFiles === undefined ? undefined : {
      code: 'UnsupportedByDelivery',
      message: `secret ${JSON.stringify(this.name)} is delivered by the Vault agent, which writes files into pods; the API has no Secret of it`,
      next: 'bind it with SecretBinding.files, or give it another delivery: SecretDelivery.vault makes a Secret',
    };
  }

  /**
   * The workloads that see it, where its operator restarts them itself when a value changes.
   *
   * @internal
   */
  public get _restarted(): RestartedWorkloads | undefined {
    return this.#delivered.restarted;
  }

  /**
   * Has the CSI driver make a Secret as well, where it brings the secret; or says why it cannot.
   *
   * @internal
   */
  public _requireSecret(): Problem | undefined {
    this.#mustBeSecret = true;
    for (const copy of this.#copies.values()) copy._requireSecret();
    return this.#delivered.csiVolume?.requireSecret();
  }

  /** @internal */
  protected _add(key: string, value: SensitiveValue | PlainText): void {
    if (this._hasHashedName) this.#check(NAME_IS_FIXED);
    saidOf(this.node, () => {
      this.#data.add(key, value);
      const declared = value as SensitiveValue;
      this.#homes.declare(declared, this.#home, key);
      const { _generated: generated } = declared;
      if (generated?.keepsPrevious === true) {
        this.#data.add(previousKey(key), SensitiveValue._derived(generatedSource(previousOf(generated))));
      }
      // the first keys come before the object
      (this.#delivered as DeliveredSecret | undefined)?.keyAdded?.();
    });
  }

  /** What generated values are derived of, looked at when they are. */
  #homeOf({ metadata, hashedName }: SecretDefinition, delivery: SecretDelivery): HomeSecret {
    const withoutHash = hashedName === true ? objectName(this, metadata) : undefined;
    return {
      path: this.node.path,
      delivery: delivery._variant.name,
      determinismKey: delivery._variant.determinismKey,
      place: () => ({ name: withoutHash ?? this.name, namespace: metadata?.namespace ?? Chart.of(this).namespace }),
    };
  }

  /** How many bytes a value has, where its delivery reads it and it can be read. */
  /** No program is run to know it, which may ask somebody for a password or a finger. */
  #sizeOf(key: string): number | undefined {
    if (this._deliveryName !== 'manifest' || [...this.#data.values().values()].some(value => value._runsProgram)) return undefined;
    if (this.#data.problems().length > 0) return undefined;
    return this.#data.read().get(key)?.length;
  }

  #copyProblem(namespace: string): Problem | undefined {
    const { boundToNamespace } = this.#definition;
    if (boundToNamespace !== undefined) {
      return { code: 'NamespaceMismatch', message: boundToNamespace, next: 'declare another secret in the other namespace' };
    }
    const problem = nameProblem(this.name, typeof namespace === 'string' ? namespace : '');
    if (problem !== undefined || this._in(namespace) === undefined) return problem;
    return {
      code: 'DuplicateSecret',
      message: `the secret ${JSON.stringify(this.name)} is in namespace ${JSON.stringify(namespace)} already`,
      next: 'name each further namespace once',
    };
  }

  #check(problem: Problem | undefined): void {
    if (problem !== undefined) throw new SecretsError(problem, this.node.path);
  }
}

/** A declared secret in one namespace more. */
class SecretCopy extends DeclaredSecret {}
