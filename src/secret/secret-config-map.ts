import { isUtf8 } from 'node:buffer';
import { ApiObject, type ApiObjectMetadata, Lazy } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ConfigMapRegistry } from './config-map-registry';
import { childPath, saidOf } from './construct-path';
import { DeclaredSecret } from './declared-secret';
import { keepEarlierConfigMaps } from './earlier-secrets';
import { hashedMetadata } from './hashed-name';
import { labelProblem } from './metadata-rules';
import type { ISecret } from './secret-reference';
import { addOwnValidation } from '../app/own-validation';
import { formatProblem, type Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { didYouMean } from '../errors/suggest';
import { isPublicName, isPublicValue } from '../inspect/leaks/public-values';
import { nameProblem } from '../kubernetes/metadata';
import { kustomizeConfigMapHash } from '../kubernetes/name-hash';
import type { SensitiveValue } from '../value/sensitive-value';

const BRAND = Symbol.for('cdk8s-secrets.SecretConfigMap');

const show = (text: string) => JSON.stringify(text);

/**
 * Properties of `SecretConfigMap`.
 */
export interface SecretConfigMapProps {
  /**
   * The secret, declared in this program.
   */
  readonly secret: ISecret;

  /**
   * Which of its keys the ConfigMap has too. Their values are ones that everybody may know: by their key (`username`, `host`, `port`,
   * `tls.crt`), or by `asPublic()`.
   */
  readonly keys: string[];

  /**
   * Name, labels and annotations. The namespace is that of the secret.
   *
   * @default - the name and the labels of the secret
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * Public keys of a declared secret in a ConfigMap beside it, for a chart or a program that takes the names of both: the host, the port and the
 * user in the ConfigMap, and all of them with the password in the Secret.
 *
 * The values are read here, with every delivery, and stand in the manifest. One that is not known to be public is refused. The ConfigMap is
 * immutable where the secret is, its name ends in a hash where that of the secret does (and those of before stay as Secrets do, see `keep` of the delivery), and it is in every namespace that the secret is replicated to.
 *
 * Bind it with `ConfigMapBinding`, or give it to whatever takes a ConfigMap of cdk8s-plus.
 *
 * @example
 * const db = new Secret(this, 'Db', {
 *   metadata: { name: 'db' },
 *   data: {
 *     host: SensitiveValue.fromLiteral('db.example.com'),
 *     password: SensitiveValue.fromEnvironment('DB_PASSWORD'),
 *   },
 * });
 * const config = new SecretConfigMap(this, 'DbConfig', { secret: db, keys: ['host'] });
 * new kplus.Deployment(this, 'Api', { containers: [{ image: 'api' }] }).with(
 *   ConfigMapBinding.envFrom(config, { prefix: 'DB_' }),
 *   SecretBinding.env('DB_PASSWORD', db.key('password')),
 * );
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export class SecretConfigMap extends Construct implements kplus.IConfigMap {
  /**
   * Whether something is such a ConfigMap, also one of another copy of this library.
   *
   * @internal
   */
  public static _is(x: unknown): x is SecretConfigMap {
    return typeof x === 'object' && x !== null && BRAND in x;
  }

  /**
   * The API group: the core group, which is the empty text.
   */
  public readonly apiGroup = '';

  /**
   * The API version.
   */
  public readonly apiVersion = 'v1';

  /**
   * The kind.
   */
  public readonly kind = 'ConfigMap';

  /**
   * The resource type, as RBAC rules name it.
   */
  public readonly resourceType = 'configmaps';

  /**
   * The name of the ConfigMap in the cluster.
   */
  public readonly name: string;

  /**
   * The name, as RBAC rules restrict access to it.
   *
   * @default - never: it is the name of the ConfigMap
   */
  public readonly resourceName?: string;

  /**
   * The namespace: that of the secret.
   *
   * @default - not known: the namespace of whoever applies the manifest
   */
  public readonly namespace?: string;

  /**
   * Whether the name changes with the values.
   *
   * @internal
   */
  public readonly _hasHashedName: boolean;

  readonly #secret: DeclaredSecret;
  readonly #keys: readonly string[];
  readonly #namespaces = new Set<string | undefined>();
  #contents?: ReadonlyMap<string, Buffer>;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props the secret, and which of its keys
   * @throws NotPublic, UnknownKey, DuplicateKey, InvalidName, InvalidLabel, NamespaceMismatch, UnsupportedByDelivery; when the manifest is made also RemoteValue
   *   and what reading the values throws
   */
  constructor(scope: Construct, id: string, props: SecretConfigMapProps) {
    const { secret, keys, metadata } = props;
    const problem = unknownValues(secret) ?? keysProblem(secret, keys) ?? labelProblem(metadata)
      ?? notPublicProblem(secret as DeclaredSecret, keys) ?? namespaceProblem(secret as DeclaredSecret, metadata);
    if (problem !== undefined) throw new SecretsError(problem, childPath(scope, id));
    super(scope, id);
    Object.defineProperty(this, BRAND, { value: true });
    this.#secret = secret as DeclaredSecret;
    this.#keys = [...keys].sort();
    const { name, labels, immutable, isHashed, keep } = this.#secret._beside;
    const wish = metadata?.name ?? name;
    const named = { ...metadata, name: wish, labels: { ...labels, ...metadata?.labels } };
    const own = isHashed ? hashedMetadata(named, wish, this.#nameHash()) : named;
    this._hasHashedName = isHashed;
    this.name = own.name!;
    this.resourceName = this.name;
    this.namespace = secret.namespace;
    const misnamed = nameProblem(this.name, 'name of a ConfigMap', show);
    if (misnamed !== undefined) throw new SecretsError(misnamed, this.node.path);

    const fields = {
      apiVersion: this.apiVersion,
      kind: this.kind,
      immutable: immutable ? true : undefined,
      data: Lazy.any({ produce: () => orNothing(this.#split().data) }),
      binaryData: Lazy.any({ produce: () => orNothing(this.#split().binaryData) }),
    };
    const make = (childId: string, namespace: string | undefined) => {
      const object = new ApiObject(this, childId, { ...fields, metadata: { ...own, namespace } });
      this.#namespaces.add(namespace);
      ConfigMapRegistry.of(this).add(this, namespace);
      if (isHashed && keep !== undefined) saidOf(this.node, () => keepEarlierConfigMaps(this, object, keep));
    };
    make('Resource', this.namespace);
    this.#secret._besideCopies(namespace => make(namespace, namespace));
    addOwnValidation(this, () => this.#problems().map(formatProblem));
  }

  /**
   * The names of its keys, sorted.
   */
  public get keyNames(): string[] {
    return [...this.#keys];
  }

  /**
   * This ConfigMap, as permissions of cdk8s-plus take it.
   */
  public asApiResource(): kplus.IApiResource | undefined {
    return this;
  }

  /**
   * Nothing: a ConfigMap is an API resource.
   */
  public asNonApiResource(): string | undefined {
    return undefined;
  }

  /**
   * One of its keys.
   *
   * @throws UnknownKey
   *
   * @internal
   */
  public _key(name: string): { readonly name: string } {
    if (this.#keys.includes(name)) return { name };
    throw new SecretsError({
      code: 'UnknownKey',
      message: `the ConfigMap ${show(this.name)} has no key ${show(String(name))}`,
      next: didYouMean(String(name), this.#keys, 'keys'),
    }, this.node.path);
  }

  /**
   * Whether a pod of a namespace sees it.
   *
   * @internal
   */
  public _isIn(namespace: string | undefined): boolean {
    return this.#namespaces.has(namespace);
  }

  /**
   * Its object in a namespace.
   *
   * @internal
   */
  public _object(namespace: string | undefined): ApiObject {
    return this.node.findChild(namespace === this.namespace ? 'Resource' : namespace!) as ApiObject;
  }

  /**
   * What a checksum may hash of one key.
   *
   * @internal
   */
  public _checksumInput(key: string): Buffer | undefined {
    return this.#read().get(key);
  }

  #read(): ReadonlyMap<string, Buffer> {
    return this.#contents ??= new Map(this.#keys.map(key => [key, readPublic(this.#secret, key)]));
  }

  #problems(): Problem[] {
    if (this.#contents !== undefined) return [];
    return this.#keys.flatMap(key => {
      try {
        readPublic(this.#secret, key);
        return [];
      } catch (error) {
        if (error instanceof SecretsError) return [error.problem];
        throw error;
      }
    });
  }

  /** Texts, and what is none in base64, as `kubectl create configmap` tells them apart. */
  #split() {
    const entries = [...this.#read()];
    return {
      data: Object.fromEntries(entries.filter(([, bytes]) => isUtf8(bytes)).map(([key, bytes]) => [key, bytes.toString('utf8')])),
      binaryData: Object.fromEntries(entries.filter(([, bytes]) => !isUtf8(bytes)).map(([key, bytes]) => [key, bytes.toString('base64')])),
    };
  }

  #nameHash(): string {
    try {
      const { data, binaryData } = this.#split();
      return kustomizeConfigMapHash(data, binaryData);
    } catch (error) {
      throw error instanceof SecretsError ? error.at(this.node.path) : error;
    }
  }
}

function orNothing(data: Record<string, string>): Record<string, string> | undefined {
  return Object.keys(data).length > 0 ? data : undefined;
}

function notPublicProblem(secret: DeclaredSecret, keys: readonly string[]): Problem | undefined {
  const ofPublicKeys = valuesOfPublicKeys(secret);
  return keys.map(key => publicProblem(secret, key, ofPublicKeys)).find(problem => problem !== undefined);
}

/** Only what is declared here has values that can be written. */
function unknownValues(secret: ISecret): Problem | undefined {
  if (typeof secret === 'object' && secret !== null && DeclaredSecret._is(secret)) return undefined;
  const what = typeof secret?.name === 'string' ? `secret ${show(secret.name)}` : 'what is no secret';
  return {
    code: 'NotPublic',
    message: `the values of ${what} are not known here, and whether everybody may know them is not either`,
    next: 'declare it with new Secret(…), or write a ConfigMap of what is known',
  };
}

function keysProblem(secret: ISecret, keys: readonly string[]): Problem | undefined {
  const known = secret.keyNames ?? [];
  if (!Array.isArray(keys) || keys.length === 0) {
    return { code: 'UnknownKey', message: `no key of secret ${show(secret.name)} is named for the ConfigMap`, next: 'name those that everybody may know, in `keys`' };
  }
  const unknown = keys.find(key => !known.includes(key));
  if (unknown !== undefined) {
    return { code: 'UnknownKey', message: `secret ${show(secret.name)} has no key ${show(String(unknown))}`, next: didYouMean(String(unknown), known, 'keys') };
  }
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  return twice === undefined ? undefined : { code: 'DuplicateKey', message: `the key ${show(twice)} is named twice`, next: 'name each key once' };
}

/** Why a value may not be written, as far as its declaration says. */
function publicProblem(secret: DeclaredSecret, key: string, ofPublicKeys: ReadonlySet<unknown>): Problem | undefined {
  const value = secret._value(key);
  if (value?._isPublic === true) return undefined;
  if (value?._holdsGenerated !== false || !isPublicName(secret.secretType, key)) return notPublic(key);
  const part = secretPart(value, ofPublicKeys);
  return part === undefined ? undefined : notPublic(key, `leave it to the Secret; where everybody may know ${show(part)}, of which it is made, declare that with .asPublic()`);
}

/** The values that are public by their keys, as far as their declarations say. */
function valuesOfPublicKeys(secret: DeclaredSecret): ReadonlySet<unknown> {
  return new Set((secret.keyNames ?? []).filter(key => isPublicName(secret.secretType, key)).map(key => secret._value(key)));
}

/** The name of what a value is made of that is not known to be public: by its own word, its name, or as the value of a key. */
function secretPart(value: SensitiveValue, ofPublicKeys: ReadonlySet<unknown>): string | undefined {
  for (const [name, part] of Object.entries(value._recipe?.parts ?? {})) {
    if (part._isPublic) continue;
    const isNamedSo = isPublicName(undefined, name) || ofPublicKeys.has(part);
    const own = isNamedSo ? undefined : name;
    const secret = part._recipe === undefined ? own : secretPart(part, ofPublicKeys);
    if (secret !== undefined) return secret;
  }
  return undefined;
}

function notPublic(key: string, next = 'leave it to the Secret; where everybody may know it, declare it with .asPublic()'): Problem {
  return {
    code: 'NotPublic',
    message: `the value of key ${show(key)} is not known to be public, and a ConfigMap is read by whoever may look at the namespace`,
    next,
  };
}

/** A ConfigMap serves the pods of its own namespace, as the Secret does. */
function namespaceProblem(secret: DeclaredSecret, metadata: ApiObjectMetadata | undefined): Problem | undefined {
  if (secret._choosesNamespaces) {
    return {
      code: 'UnsupportedByDelivery',
      message: `the delivery of secret ${show(secret.name)} brings it to namespaces that only the cluster knows, and no ConfigMap`,
      next: 'leave `namespaces` out of the delivery and name the namespaces with replicateTo',
    };
  }
  const { namespace } = metadata ?? {};
  return namespace === undefined || namespace === secret.namespace ? undefined : {
    code: 'NamespaceMismatch',
    message: `the ConfigMap would be in namespace ${show(namespace)}, the secret is in ${secret.namespace === undefined ? 'none' : show(secret.namespace)}`,
    next: 'leave the namespace out; with secret.replicateTo both are in further ones',
  };
}

/** The value of a key, if it is what everybody may know. */
function readPublic(secret: DeclaredSecret, key: string): Buffer {
  const bytes = readFor(secret, key);
  if (bytes.includes('PRIVATE KEY-----')) throw new SecretsError(notPublic(key, 'leave it to the Secret: it holds a private key'));
  if (!secret._isPublic(key) && !isPublicValue(secret.secretType, key, bytes)) throw new SecretsError(notPublic(key));
  return bytes;
}

function readFor(secret: DeclaredSecret, key: string): Buffer {
  try {
    return secret._readOne(key);
  } catch (error) {
    if (!(error instanceof SecretsError)) throw error;
    const problem = error.about(`key ${show(key)} of the ConfigMap`);
    throw new SecretsError(error.code !== 'RemoteValue' ? problem : {
      ...problem,
      next: 'leave the key out, or give it a value here as well: SensitiveValue.fromLiteral(…).orRemote(…)',
    });
  }
}
