import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { secretOf } from './adapted-secret';
import { childPath, saidOf } from './construct-path';
import { DeclaredSecret } from './declared-secret';
import { ImportedSecret } from './imported-secret';
import type { ISecret, SecretKey } from './secret-reference';
import type { SecretDelivery } from '../delivery/secret-delivery';
import { OPAQUE } from '../kubernetes/secret-types';
import { directory } from '../value/directory';
import { envFile } from '../value/env-file';
import type { PlainText } from '../value/plain-text';
import type { SensitiveValue } from '../value/sensitive-value';
import { valuesOf } from '../value/value-set';

/**
 * What every declared secret can be given.
 */
export interface CommonSecretProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - a name made from the construct's path, in the namespace and with the labels of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Whether the cluster refuses every later change of the data. A new value then needs a new name.
   *
   * @default - not set, which means false
   */
  readonly immutable?: boolean;

  /**
   * How this secret reaches the cluster.
   *
   * @default - the delivery set nearest above it with `SecretDelivery.….useFor(scope)`, else `SecretDelivery.manifest()`
   */
  readonly delivery?: SecretDelivery;

  /**
   * Whether the name ends in a hash of the values, as kustomize's `secretGenerator` makes it. The secret is then immutable:
   * another value is another Secret, and every workload that sees it is rolled out. Old ones have the same label
   * `cdk8s-secrets/hashed-name-of`, by which they can be pruned; with the `keep` of a delivery the manifests hold some of them.
   *
   * The values are read when the secret is declared. Whoever can read the name can test guesses of the values with it,
   * unless the delivery is `sealed` or `sops`.
   *
   * @default false
   */
  readonly hashedName?: boolean;
}

/**
 * Properties of `Secret`.
 */
export interface SecretProps extends CommonSecretProps {
  /**
   * The keys, and where the value of each comes from. A plain text is refused, in every language; no message shows it.
   *
   * @default - none; add them with `addData`
   */
  readonly data?: { [key: string]: SensitiveValue | PlainText };

  /**
   * The type. The keys that Kubernetes demands of a type are checked when the manifest is made.
   *
   * @default 'Opaque'
   * @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
   */
  readonly type?: string;
}

/**
 * Properties of `Secret.fromEnvFile`.
 */
export interface SecretFromEnvFileProps extends CommonSecretProps {
  /**
   * The keys that the file has. With them it is read only when a manifest is made that needs its values.
   *
   * @default - the keys that the file has now; it must be there when the secret is declared
   */
  readonly keys?: string[];

  /**
   * The type.
   *
   * @default 'Opaque'
   */
  readonly type?: string;
}

/**
 * Properties of `Secret.fromDirectory`.
 */
export interface SecretFromDirectoryProps extends SecretFromEnvFileProps {
  /**
   * Names of entries of the directory that are left out.
   *
   * @default - none
   */
  readonly exclude?: string[];
}

/**
 * What is known of a secret that somebody else makes.
 */
export interface SecretFromNameOptions {
  /**
   * The namespace that it is in.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;

  /**
   * The keys that it has. With them, asking for any other is an error.
   *
   * @default - not known: any key can be asked for
   */
  readonly keys?: string[];

  /**
   * Its type.
   *
   * @default - not known: it can be bound in every way
   */
  readonly type?: string;
}

/**
 * A Kubernetes Secret: declared once, delivered as the environment needs it, bound to any number of workloads.
 *
 * Its keys and values are copied in; nothing is read before the manifest is made. `ApiObject.of(secret)` is the object
 * that was made for it.
 *
 * @example
 * const db = new Secret(this, 'Db', {
 *   metadata: { name: 'db' },
 *   data: {
 *     username: SensitiveValue.fromLiteral('app'),
 *     password: SensitiveValue.fromEnvironment('DB_PASSWORD'),
 *   },
 * });
 * db.key('password'); // a reference; db.key('passwrd') throws
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export class Secret extends DeclaredSecret {
  /**
   * A secret that somebody else makes: a pipeline, an operator, `kubectl create secret`.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param name the name of the Secret in the cluster
   * @param options what is known of it
   * @throws InvalidName, InvalidNamespace, InvalidKey
   */
  public static fromSecretName(scope: Construct, id: string, name: string, options: SecretFromNameOptions = {}): ISecret {
    return new ImportedSecret(scope, id, name, options);
  }

  /**
   * The secret that another construct is, so that it can be bound: a Secret of any cdk8s-plus, or an `ApiObject` of kind Secret. Its
   * keys and its type are those that it has when they are asked for; of one that cdk8s-plus imported by name they are not known.
   *
   * @param construct the construct
   * @throws InvalidValue where it is no Secret
   */
  public static of(construct: IConstruct): ISecret {
    return secretOf(construct);
  }

  /**
   * A secret with the keys and values of an env file, as `kubectl create secret generic --from-env-file` reads it.
   *
   * A line is `KEY=value`. Quotes and trailing blanks belong to the value, `export` is not understood, `KEY` alone takes
   * the value of the environment variable of that name. What kubectl would lose in silence is refused: such a variable
   * that is not set, and a line of 64 KiB or more.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param path the file; a relative path starts at the working directory of the process
   * @param props the other properties of the secret
   * @throws FileUnreadable, InvalidEnvFile; when the manifest is made also KeysChanged, EnvironmentVariableUnset
   */
  public static fromEnvFile(scope: Construct, id: string, path: string, props: SecretFromEnvFileProps = {}): Secret {
    return new Secret(scope, id, { ...propsOf(props), data: saidOf({ path: childPath(scope, id) }, () => valuesOf(envFile(path), props.keys)) });
  }

  /**
   * A secret with a key for every file of a directory, as `kubectl create secret generic --from-file=DIRECTORY` reads it.
   *
   * The names of the files are the keys, dot files included, and their bytes the values. What kubectl would skip in
   * silence (folders, symbolic links) is refused, unless `exclude` names it.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param path the directory; a relative path starts at the working directory of the process
   * @param props the other properties of the secret
   * @throws FileUnreadable, InvalidDirectory; when the manifest is made also KeysChanged
   */
  public static fromDirectory(scope: Construct, id: string, path: string, props: SecretFromDirectoryProps = {}): Secret {
    const files = directory(path, [...props.exclude ?? []]);
    return new Secret(scope, id, { ...propsOf(props), data: saidOf({ path: childPath(scope, id) }, () => valuesOf(files, props.keys)) });
  }

  /**
   * Like the constructor, with keys that the TypeScript compiler knows: `Secret.typed(…).keys.password`.
   *
   * Other languages use `secret.key('password')`, which checks the same when it is called.
   *
   * @jsii ignore
   */
  public static typed<const K extends string>(scope: Construct, id: string, props: TypedSecretProps<K>): TypedSecret<K> {
    return withKeys(new Secret(scope, id, props), Object.keys(props.data) as K[]);
  }

  /**
   * Like `fromSecretName`, with keys that the TypeScript compiler knows.
   *
   * @jsii ignore
   */
  public static typedFromSecretName<const K extends string>(
    scope: Construct, id: string, name: string, options: TypedSecretFromNameOptions<K>,
  ): TypedISecret<K> {
    return withKeys(Secret.fromSecretName(scope, id, name, { ...options, keys: [...options.keys] }), options.keys);
  }

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props what it is made of
   * @throws InvalidName, InvalidNamespace, InvalidLabel, InvalidKey, InvalidValue; when the manifest is made also
   *   EnvironmentVariableUnset, FileUnreadable, MissingKey, SecretTooLarge, InvalidDockerConfig, InvalidCertificate,
   *   DuplicateSecret
   */
  constructor(scope: Construct, id: string, props: SecretProps = {}) {
    super(scope, id, { ...props, type: props.type ?? OPAQUE, data: props.data ?? {} });
  }

  /**
   * Adds a key.
   *
   * @param key the key
   * @param value where its value comes from
   * @throws DuplicateKey, InvalidKey, InvalidValue
   */
  public addData(key: string, value: SensitiveValue): void {
    this._add(key, value);
  }
}

function propsOf(props: SecretFromEnvFileProps): SecretProps {
  return { metadata: props.metadata, immutable: props.immutable, delivery: props.delivery, hashedName: props.hashedName, type: props.type };
}

/** Properties of `Secret.typed`. */
export type TypedSecretProps<K extends string> = Omit<SecretProps, 'data'> & { readonly data: { readonly [key in K]: SensitiveValue } };

/** Options of `Secret.typedFromSecretName`. */
export type TypedSecretFromNameOptions<K extends string> = Omit<SecretFromNameOptions, 'keys'> & { readonly keys: readonly K[] };

/** References to keys that the compiler knows. */
export type TypedKeys<K extends string> = { readonly keys: { readonly [key in K]: SecretKey } };

/** A declared secret with keys that the compiler knows. */
export type TypedSecret<K extends string> = Secret & TypedKeys<K>;

/** A secret that somebody else makes, with keys that the compiler knows. */
export type TypedISecret<K extends string> = ISecret & TypedKeys<K>;

function withKeys<S extends ISecret, K extends string>(secret: S, names: readonly K[]): S & TypedKeys<K> {
  const keys = Object.freeze(Object.fromEntries(names.map(name => [name, secret.key(name)])));
  return Object.defineProperty(secret, 'keys', { value: keys, enumerable: true }) as S & TypedKeys<K>;
}
