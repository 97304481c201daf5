import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { ExternalCreationPolicy, ExternalDeletionPolicy, policyProblem } from './external-policies';
import { ExternalRefresh, refreshVariant, type RefreshVariant } from './external-refresh';
import { type ExternalSource, type SourceVariant, sourceVariant } from './external-source';
import { CLUSTER_EXTERNAL_SECRET, externalSecretSpec, EXTERNAL_SECRET, forNamespaces, typeProblem } from './external-spec';
import { refreshFor, timeProblem } from './external-times';
import { type NamespaceSelector, namespaceSelector, type NamespaceSelectorVariant } from './namespace-selector';
import { objectName } from '../object-name';
import { generationSuffix, OperatorGenerators } from './operator-generators';
import { namedEntry, propertyProblem } from './provider-properties';
import { problemsOf, remoteKeysOf, undeclaredTemplate } from '../remote-keys';
import { RemoteNaming } from '../remote-naming';
import { type DeliveredSecret, type DeliveryVariant, type SecretDeclaration, valuesNotKnown } from '../secret-declaration';
import { type ISecretStore, SecretStoreKind } from './store-reference';
import type { Problem } from '../../errors/problem';
import { SecretsError } from '../../errors/secrets-error';
import { didYouMean } from '../../errors/suggest';
import { missingKeyProblem, missingKeys } from '../../kubernetes/secret-types';

/**
 * Options of `SecretDelivery.external`.
 */
export interface ExternalDeliveryOptions {
  /**
   * Where the values are: `StoreReference.secretStore('vault')`, `StoreReference.clusterSecretStore('vault')`, or a
   * `SecretStore` or `ClusterSecretStore` of this program.
   *
   * @default - none: everything comes from generators, or from sources that have stores of their own
   */
  readonly store?: ISecretStore;

  /**
   * Where the store holds the keys that have no `SensitiveValue.fromRemote` of their own.
   *
   * @default - what `RemoteNaming.….useFor(scope)` set nearest above the secret; without it, one entry of the secret's
   *   name, with a property for each key. Not used where `sources` are given
   */
  readonly naming?: RemoteNaming;

  /**
   * Where the keys that have no `SensitiveValue.fromRemote` of their own come from, all at once. A later source wins.
   *
   * @default - each key has an entry of its own, or a property of one
   */
  readonly sources?: ExternalSource[];

  /**
   * When the values are fetched.
   *
   * @default - every hour, and every 30 minutes where a source is a generator whose tokens live for an hour. Generators that make another value
   *   each time (Password, UUID, SSHKey) have no default: `RegeneratedSecret`
   */
  readonly refresh?: ExternalRefresh;

  /**
   * Who owns the Secret.
   *
   * @default ExternalCreationPolicy.OWNER
   */
  readonly creationPolicy?: ExternalCreationPolicy;

  /**
   * What happens to the Secret when the store no longer has its values.
   *
   * @default ExternalDeletionPolicy.RETAIN
   */
  readonly deletionPolicy?: ExternalDeletionPolicy;

  /**
   * Keys that are made by a Go template of what is fetched, by key: `{ url: 'postgres://{{ .username }}:{{ .password }}@db' }`.
   *
   * @default - none but those that a typed secret needs
   * @see https://external-secrets.io/latest/guides/templating/
   */
  readonly templates?: { [key: string]: string };

  /**
   * The namespaces that get the Secret, by a ClusterExternalSecret. Whoever uses it in one of them uses it as ever.
   *
   * @default - the namespace of the secret, by an ExternalSecret
   */
  readonly namespaces?: NamespaceSelector;
}

/** An ExternalSecret: the External Secrets operator fetches the values. No value is read here. */
export class ExternalDelivery implements DeliveryVariant {
  public readonly name = 'external';
  public readonly sources: readonly SourceVariant[];
  public readonly refresh: RefreshVariant;
  public readonly namespaces?: NamespaceSelectorVariant;

  constructor(public readonly options: ExternalDeliveryOptions) {
    const problem = policyProblem(this.creationPolicy, this.deletionPolicy);
    if (problem !== undefined) throw new SecretsError(problem);
    if (options.store !== undefined && typeof options.store?.storeName !== 'string') {
      throw new SecretsError({ code: 'InvalidSecretStore', message: 'the store is none', next: GIVE_A_STORE });
    }
    this.sources = (options.sources ?? []).map(sourceVariant);
    this.namespaces = options.namespaces && namespaceSelector(options.namespaces);
    this.refresh = refreshFor(this.sources, options.refresh);
  }

  public get creationPolicy(): ExternalCreationPolicy {
    return this.options.creationPolicy ?? ExternalCreationPolicy.OWNER;
  }

  public get deletionPolicy(): ExternalDeletionPolicy {
    return this.options.deletionPolicy ?? ExternalDeletionPolicy.RETAIN;
  }

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    return new DeliveredExternalSecret(scope, declaration, this);
  }

  public nameHash(): string {
    throw valuesNotKnown(this.name);
  }
}

class DeliveredExternalSecret implements DeliveredSecret {
  public readonly name: string;
  public readonly namespace?: string;
  public readonly object: ApiObject;
  public readonly reaches?: (namespace: string) => boolean;

  readonly #generators: OperatorGenerators;

  constructor(private readonly scope: Construct, private readonly declaration: SecretDeclaration, private readonly delivery: ExternalDelivery) {
    const { type } = declaration;
    const { namespaces } = delivery;
    const suffix = declaration.original === undefined ? generationSuffix(declaration) : '';
    const metadata = suffix === '' ? declaration.metadata : { ...declaration.metadata, name: `${objectName(scope, declaration.metadata)}${suffix}` };
    this.object = new ApiObject(scope, 'Resource', {
      ...namespaces === undefined ? EXTERNAL_SECRET : CLUSTER_EXTERNAL_SECRET,
      metadata,
      spec: Lazy.any({ produce: () => forNamespaces(namespaces, this.object.metadata.toJson(), this.spec()) }),
    });
    this.name = this.object.name;
    this.reaches = namespaces && (namespace => namespaces.mayBe(namespace));
    this.namespace = namespaces === undefined ? this.object.metadata.namespace : undefined;
    if (namespaces !== undefined && this.object.metadata.namespace !== undefined) this.object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    this.#generators = new OperatorGenerators(this.object, declaration, suffix);
    if (namespaces === undefined) this.#generators.make();
    const problem = this.storeProblem() ?? this.generatorProblem() ?? typeProblem(type, metadata?.annotations);
    if (problem !== undefined) throw new SecretsError(problem);
  }

  public validate(): Problem[] {
    const { type, immutable } = this.declaration;
    const untimely = timeProblem(this.delivery.sources, this.delivery.options.refresh, immutable);
    if (untimely !== undefined) return [untimely];
    // where there are no sources, the inspection of the manifest says so
    const hasSources = this.delivery.sources.length > 0;
    const missing = hasSources ? missingKeyProblem(type, missingKeys(type, new Set(this.declaration.values().keys()))) : undefined;
    if (missing !== undefined) return [missing];
    return problemsOf(() => {
      const { entries, templates, generated } = this.keys();
      const { sources } = this.delivery;
      const isKnown = (key: string) => entries.has(key) || templates.has(key) || generated.has(key);
      const unmade = [...this.declaration.values().keys()].find(key => !isKnown(key) && !mayBring(sources, key));
      if (unmade !== undefined) throw new SecretsError(notGenerated(unmade, sources));
    });
  }

  public checksumInput(): undefined {
    return undefined;
  }

  public knownValues(): ReadonlyMap<string, Buffer> {
    return new Map();
  }

  public keyAdded(): void {
    if (this.delivery.namespaces === undefined) this.#generators.make();
  }

  private spec(): object {
    const { options: { store }, sources, refresh, creationPolicy, deletionPolicy } = this.delivery;
    const { type, immutable } = this.declaration;
    const { generated, ...keys } = this.keys();
    const parts = { metadata: this.object.metadata.toJson(), type, declared: [...this.declaration.values().keys()], ...keys };
    if (generated.size > 0) {
      const { sources: made, isMoreBrought } = this.#generators.bring(generated);
      return externalSecretSpec({ ...parts, ...madeOnce(), sources: made.map(sourceVariant), isMoreBrought });
    }
    return externalSecretSpec({ ...parts, immutable, store, sources, refresh, creationPolicy, deletionPolicy });
  }

  /** Where each key comes from. */
  private keys() {
    const { options: { store, templates: given = {} }, sources } = this.delivery;
    const declared = [...this.declaration.values().keys()];
    const naming = sources.length > 0 ? undefined : this.delivery.options.naming ?? RemoteNaming._of(this.scope);
    const made = new Map(Object.entries(given));
    for (const key of made.keys()) {
      if (!declared.includes(key)) throw new SecretsError(undeclaredTemplate(key, declared));
    }
    const keys = remoteKeysOf(this.declaration, this, naming, made);
    this.#generators.check(keys, sources, this.delivery.namespaces !== undefined);
    const isFetched = keys.entries.size + keys.parts.size + keys.generated.size + sources.length > 0;
    if (!isFetched) throw new SecretsError(declared.length === 0 ? NO_DATA : NOTHING_FETCHED);
    const [unstored] = keys.entries.keys();
    const asksStore = keys.entries.size + keys.parts.size > 0 || sources.some(({ needsStore }) => needsStore);
    if (store === undefined && asksStore) throw new SecretsError(withoutStore(unstored));
    if (store === undefined) return keys;
    for (const ref of [...keys.entries.values(), ...keys.parts.values()]) {
      const problem = propertyProblem(store, ref);
      if (problem !== undefined) throw new SecretsError(problem);
    }
    const values = this.declaration.values();
    const entries = [...keys.entries].map(([key, ref]) => [key, values.get(key)?._remote === undefined ? namedEntry(store, ref) : ref] as const);
    return { ...keys, entries: new Map(entries) };
  }

  /** A SecretStore serves the secrets of its own namespace only. */
  private storeProblem(): Problem | undefined {
    const { store } = this.delivery.options;
    if (store === undefined) return undefined;
    const { storeName, storeKind, storeNamespace } = store;
    if (storeKind === SecretStoreKind.CLUSTER_SECRET_STORE || storeNamespace === undefined || storeNamespace === this.namespace) return undefined;
    return {
      code: 'NamespaceMismatch',
      message: `the SecretStore ${JSON.stringify(storeName)} is in namespace ${JSON.stringify(storeNamespace)}, the secret in ${JSON.stringify(this.namespace ?? 'none')}`,
      next: 'use a store of the same namespace, or a ClusterSecretStore',
    };
  }

  /** A generator serves the secrets of its own namespace only, where it is no ClusterGenerator. */
  private generatorProblem(): Problem | undefined {
    const other = this.delivery.sources.map(({ generator }) => generator).find(generator => {
      return generator?.namespace !== undefined && generator.namespace !== this.namespace;
    });
    return other && {
      code: 'NamespaceMismatch',
      message: `the generator ${JSON.stringify(other.name)} is in namespace ${JSON.stringify(other.namespace)}, the secret in ${JSON.stringify(this.namespace ?? 'none')}`,
      next: 'declare it in the namespace of the secret, or use a ClusterGenerator',
    };
  }
}

const GIVE_A_STORE = "give StoreReference.secretStore('…') or .clusterSecretStore('…'), or a SecretStore of this program";

function withoutStore(key: string | undefined): Problem {
  return {
    code: 'InvalidSecretStore',
    message: `the delivery has no store, from which ${key === undefined ? 'one of its sources' : `the key ${JSON.stringify(key)}`} would be fetched`,
    next: GIVE_A_STORE,
  };
}

/** The keys of a source, where they are known. */
function keysOf({ renames, generator }: SourceVariant): readonly string[] | undefined {
  return renames ? undefined : generator?.facts.keys;
}

/** Whether sources may bring a key, or there are none. */
function mayBring(sources: readonly SourceVariant[], key: string): boolean {
  return sources.length === 0 || sources.some(source => keysOf(source)?.includes(key) ?? true);
}

function notGenerated(key: string, sources: readonly SourceVariant[]): Problem {
  return {
    code: 'UnknownKey',
    message: `none of the generators makes the key ${JSON.stringify(key)}`,
    next: didYouMean(key, [...new Set(sources.flatMap(source => keysOf(source) ?? []))], 'keys'),
  };
}

/** How the operator makes a value once, and leaves it as it is: whatever else is done, it would make another one. */
function madeOnce() {
  return {
    immutable: true,
    refresh: refreshVariant(ExternalRefresh.once()),
    creationPolicy: ExternalCreationPolicy.ORPHAN,
    deletionPolicy: ExternalDeletionPolicy.RETAIN,
  };
}

const NO_DATA: Problem = {
  code: 'InvalidExternalSecret',
  message: 'the secret declares no key, and the delivery names no source',
  next: 'declare its keys, or give the delivery sources: ExternalSource.extract, .find or .generator',
};

const NOTHING_FETCHED: Problem = {
  code: 'InvalidExternalSecret',
  message: 'every value of the secret stands in the program or in templates, and the operator refuses an ExternalSecret that fetches nothing',
  next: 'declare the keys that the templates need, or give this secret SecretDelivery.manifest() where everybody may know its values',
};
