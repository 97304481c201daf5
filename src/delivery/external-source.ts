import { ExternalRewrite } from './external-rewrite';
import { type ISecretStore, storeRef } from './store-reference';
import { SecretsError } from '../errors/secrets-error';
import { dns1123Subdomain } from '../kubernetes/names';
import {
  checkedRemoteRef, RemoteConversionStrategy, RemoteDecodingStrategy, RemoteMetadataPolicy, type RemoteNullBytePolicy, type RemoteRef,
} from '../value/remote-ref';

/**
 * What every source of many keys can be given.
 */
export interface ExternalSourceOptions {
  /**
   * How the keys are renamed, one step after the other.
   *
   * @default - they keep their names
   */
  readonly rewrite?: ExternalRewrite[];

  /**
   * Another store than that of the delivery.
   *
   * @default - the store of the delivery
   */
  readonly store?: ISecretStore;
}

/**
 * Options of `ExternalSource.find`: which entries. At least `nameRegexp` or `tags` is needed.
 */
export interface ExternalFindOptions extends ExternalSourceOptions {
  /**
   * A regular expression for the names of the entries.
   *
   * @default - any name
   */
  readonly nameRegexp?: string;

  /**
   * Tags that the entries have.
   *
   * @default - any tags
   */
  readonly tags?: { [key: string]: string };

  /**
   * The path below which entries are looked for, where the store knows paths.
   *
   * @default - the whole store
   */
  readonly path?: string;

  /**
   * How names from the store become keys.
   *
   * @default RemoteConversionStrategy.DEFAULT
   */
  readonly conversionStrategy?: RemoteConversionStrategy;

  /**
   * How the values are decoded.
   *
   * @default RemoteDecodingStrategy.NONE
   */
  readonly decodingStrategy?: RemoteDecodingStrategy;

  /**
   * What is done with NUL bytes in the values. Needs External Secrets 2.3 or later.
   *
   * @default - not written: NUL bytes are taken as they are
   */
  readonly nullBytePolicy?: RemoteNullBytePolicy;
}

/**
 * The generators of the External Secrets operator.
 *
 * @see https://external-secrets.io/latest/api/generator/
 */
export enum ExternalGeneratorKind {
  ACR_ACCESS_TOKEN = 'ACRAccessToken',
  BEYONDTRUST_WORKLOAD_CREDENTIALS_DYNAMIC_SECRET = 'BeyondtrustWorkloadCredentialsDynamicSecret',
  CLOUDSMITH_ACCESS_TOKEN = 'CloudsmithAccessToken',
  CLUSTER_GENERATOR = 'ClusterGenerator',
  ECR_AUTHORIZATION_TOKEN = 'ECRAuthorizationToken',
  FAKE = 'Fake',
  GCR_ACCESS_TOKEN = 'GCRAccessToken',
  GITHUB_ACCESS_TOKEN = 'GithubAccessToken',
  GITLAB_DEPLOY_TOKEN = 'GitlabDeployToken',
  GRAFANA = 'Grafana',
  MFA = 'MFA',
  PASSWORD = 'Password',
  QUAY_ACCESS_TOKEN = 'QuayAccessToken',
  SSH_KEY = 'SSHKey',
  STS_SESSION_TOKEN = 'STSSessionToken',
  UUID = 'UUID',
  VAULT_DYNAMIC_SECRET = 'VaultDynamicSecret',
  WEBHOOK = 'Webhook',
}

/**
 * Where an ExternalSecret has many keys from at once. The declared keys of the Secret that have no value of their own
 * are what it must bring.
 */
export abstract class ExternalSource {
  /**
   * Every property of one entry, as a key.
   *
   * @param ref the entry
   * @param options how the keys are renamed, and another store
   * @throws InvalidExternalSecret
   */
  public static extract(ref: RemoteRef, options: ExternalSourceOptions = {}): ExternalSource {
    return new FixedSource({ extract: remoteRefFields(checkedRemoteRef(ref)) }, options);
  }

  /**
   * Every entry that has such a name or such tags, as a key.
   *
   * @param options which entries
   * @throws InvalidExternalSecret
   */
  public static find(options: ExternalFindOptions): ExternalSource {
    const { nameRegexp, tags, path, nullBytePolicy } = options;
    if (nameRegexp === undefined && tags === undefined) {
      throw new SecretsError({
        code: 'InvalidExternalSecret',
        message: 'neither names nor tags say which entries are meant',
        next: "give nameRegexp, for example '.*', or tags",
      });
    }
    const find = {
      path,
      name: nameRegexp === undefined ? undefined : { regexp: nameRegexp },
      tags: tags && { ...tags },
      conversionStrategy: options.conversionStrategy ?? RemoteConversionStrategy.DEFAULT,
      decodingStrategy: options.decodingStrategy ?? RemoteDecodingStrategy.NONE,
      nullBytePolicy,
    };
    return new FixedSource({ find }, options);
  }

  /**
   * What a generator makes at each refresh: `password` for `Password`, `username` and `password` for registries…
   *
   * A `Password`, a `UUID` and an `SSHKey` keep nothing of what they made: with the usual refresh there is a new value every hour, which is the
   * warning `RegeneratedSecret`. To make it once, give the Secret `immutable: true` and the delivery `ExternalRefresh.once()` with
   * `ExternalCreationPolicy.ORPHAN`.
   *
   * @param kind its kind
   * @param name its name in the cluster
   * @param options how the keys are renamed
   * @throws InvalidExternalSecret
   */
  public static generator(kind: ExternalGeneratorKind, name: string, options: ExternalSourceOptions = {}): ExternalSource {
    const wrong = dns1123Subdomain(name);
    const problem = wrong.length > 0 ? `${JSON.stringify(name)} can be no name of a generator: ${wrong.join(', ')}`
      : options.store !== undefined ? 'a generator has no store' : undefined;
    if (problem !== undefined) throw new SecretsError({ code: 'InvalidExternalSecret', message: problem, next: 'correct it' });
    return new FixedSource({ sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind, name } } }, options);
  }

  /**
   * What a manifest holds of it.
   *
   * @internal
   */
  public abstract get _fields(): object;
}

class FixedSource extends ExternalSource {
  public readonly _fields: object;

  constructor(source: object, { rewrite = [], store }: ExternalSourceOptions) {
    super();
    this._fields = {
      ...source,
      ...store === undefined ? {} : { sourceRef: { storeRef: storeRef(store) } },
      ...rewrite.length === 0 ? {} : { rewrite: rewrite.map(step => step._fields) },
    };
  }
}

/**
 * What a manifest holds of a reference. The three strategies are written out: versions from 0.16 to 2.8 of the operator
 * write them into the object where they are missing, and whoever compares it with the repository sees a change.
 */
export function remoteRefFields(ref: RemoteRef): object {
  return {
    key: ref.key,
    property: ref.property,
    version: ref.version,
    conversionStrategy: ref.conversionStrategy ?? RemoteConversionStrategy.DEFAULT,
    decodingStrategy: ref.decodingStrategy ?? RemoteDecodingStrategy.NONE,
    metadataPolicy: ref.metadataPolicy ?? RemoteMetadataPolicy.NONE,
    nullBytePolicy: ref.nullBytePolicy,
  };
}
