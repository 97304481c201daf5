import { ApiObject, Chart, Duration, type ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { type PushSource, pushSourceVariant, type PushSourceVariant } from './push-source';
import { ExternalRefresh, refreshVariant } from '../delivery/external/external-refresh';
import { propertyProblem } from '../delivery/external/provider-properties';
import { type ISecretStore, SecretStoreKind, storeRef } from '../delivery/external/store-reference';
import { namingVariant, RemoteNaming } from '../delivery/remote-naming';
import { SecretsError } from '../errors/secrets-error';
import { didYouMean } from '../errors/suggest';
import { printGoDuration } from '../kubernetes/go-duration';
import { saidOf } from '../secret/construct-path';

/** What is done with an entry that the store has already. */
export enum PushUpdatePolicy {
  /** It is replaced. */
  REPLACE = 'Replace',
  /** It stays as it is. */
  IF_NOT_EXISTS = 'IfNotExists',
}

/** What becomes of the entries of the store when the PushSecret is deleted. */
export enum PushDeletionPolicy {
  /** They stay. */
  NONE = 'None',
  /** They are deleted. */
  DELETE = 'Delete',
}

/**
 * One key, and where it is pushed.
 */
export interface PushedKey {
  /**
   * The key.
   *
   * @default - all of them, as the provider takes several: as one JSON text, mostly
   */
  readonly secretKey?: string;

  /**
   * The name of the entry in the store.
   */
  readonly remoteKey: string;

  /**
   * The property of the entry.
   *
   * @default - the entry as a whole
   */
  readonly property?: string;

  /**
   * What the provider is told of the entry, as a manifest holds it: labels, a KMS key, the format.
   *
   * @default - nothing
   * @see https://external-secrets.io/latest/guides/pushsecrets/
   */
  readonly metadata?: { [field: string]: any };
}

/**
 * Properties of `PushSecret`.
 */
export interface PushSecretProps {
  /**
   * What is pushed.
   */
  readonly source: PushSource;

  /**
   * The stores that it is pushed into, at least one.
   */
  readonly stores: ISecretStore[];

  /**
   * Which key is pushed where.
   *
   * @default - every key, to where `naming` says
   */
  readonly data?: PushedKey[];

  /**
   * Where each key is pushed: the convention by which `SecretDelivery.external` finds it again. `{name}` is the name of the Secret or of the generator.
   *
   * @default - what `RemoteNaming.….useFor(scope)` set nearest above it; without it, one entry of that name, with a property for each key
   */
  readonly naming?: RemoteNaming;

  /**
   * What is done with an entry that the store has already.
   *
   * @default - `IF_NOT_EXISTS` for a generator that makes another value each time, which would replace the one in use; otherwise `REPLACE`
   */
  readonly updatePolicy?: PushUpdatePolicy;

  /**
   * What becomes of the entries of the store when the PushSecret is deleted.
   *
   * @default PushDeletionPolicy.NONE
   */
  readonly deletionPolicy?: PushDeletionPolicy;

  /**
   * How often the stores are looked at, beside every change of the Secret.
   *
   * @default Duration.hours(1)
   */
  readonly refreshInterval?: Duration;

  /**
   * Name, namespace, labels and annotations.
   *
   * @default - a name made from the construct's path, in the namespace and with the labels of the chart
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * Pushes a Secret, or what a generator makes, into stores: the External Secrets operator writes there.
 *
 * @example
 * // made once, kept in the store, and read from there
 * const store = StoreReference.secretStore('vault');
 * const generator = new ExternalGenerator(this, 'Password', { spec: GeneratorSpec.password(), metadata: { name: 'db' } });
 * new PushSecret(this, 'Push', { source: PushSource.generatedBy(generator), stores: [store] });
 * new Secret(this, 'Db', {
 *   metadata: { name: 'db' },
 *   data: { password: SensitiveValue.fromDelivery() },
 *   delivery: SecretDelivery.external({ store }),
 * });
 *
 * @see https://external-secrets.io/latest/guides/pushsecrets/
 */
export class PushSecret extends Construct {
  /**
   * Its name in the cluster.
   */
  public readonly name: string;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props what is pushed, and where
   * @throws InvalidExternalSecret, InvalidSecretStore, UnknownKey, NamespaceMismatch, MissingNamespace
   */
  constructor(scope: Construct, id: string, props: PushSecretProps) {
    super(scope, id);
    const spec = saidOf(this.node, () => this.spec(props));
    const object = new ApiObject(this, 'Resource', { apiVersion: 'external-secrets.io/v1alpha1', kind: 'PushSecret', metadata: props.metadata, spec });
    this.name = object.name;
  }

  private spec(props: PushSecretProps): object {
    const { metadata, stores, updatePolicy, deletionPolicy } = props;
    const namespace = metadata?.namespace ?? Chart.of(this).namespace;
    const source = pushSourceVariant(props.source);
    refuse(source.namespace !== undefined && source.namespace !== namespace, 'NamespaceMismatch',
      `the ${source.what} is in namespace ${JSON.stringify(source.namespace)}, the PushSecret in ${JSON.stringify(namespace ?? 'none')}`,
      'declare the PushSecret in the namespace of what it pushes');
    return {
      ...refreshOf(props.refreshInterval),
      updatePolicy: updatePolicy ?? (source.isNewEachTime ? PushUpdatePolicy.IF_NOT_EXISTS : PushUpdatePolicy.REPLACE),
      deletionPolicy: deletionPolicy ?? PushDeletionPolicy.NONE,
      secretStoreRefs: storeRefs(stores, namespace),
      selector: source.selector,
      data: this.pushed(props, source, namespace).map(({ secretKey, remoteKey, property, metadata: told }) => ({
        match: { secretKey, remoteRef: { remoteKey, property } },
        metadata: told && { ...told },
        conversionStrategy: 'None',
      })),
    };
  }

  /** What is pushed where. */
  private pushed({ data, naming, stores }: PushSecretProps, source: PushSourceVariant, namespace: string | undefined): readonly PushedKey[] {
    const pushed = data ?? namedBy(naming ?? RemoteNaming._of(this), source, namespace);
    refuse(pushed.length === 0, 'InvalidExternalSecret', `nothing of the ${source.what} is pushed`, 'name at least one key');
    const places = new Set<string>();
    for (const { secretKey, remoteKey, property } of pushed) {
      const unread = stores.map(store => propertyProblem(store, { key: remoteKey, property })).find(problem => problem !== undefined);
      if (unread !== undefined) throw new SecretsError(unread);
      refuse(typeof remoteKey !== 'string' || remoteKey === '', 'InvalidExternalSecret', 'the entry that a key is pushed to must be a text that is not empty', 'name the entry of the store');
      refuse(secretKey !== undefined && source.keys?.includes(secretKey) === false, 'UnknownKey',
        `the ${source.what} has no key ${JSON.stringify(secretKey)}`, didYouMean(`${secretKey}`, source.keys ?? [], 'keys'));
      const place = JSON.stringify([remoteKey, property ?? null]);
      refuse(places.has(place), 'InvalidExternalSecret', `two keys are pushed to ${JSON.stringify(remoteKey)}${property === undefined ? '' : `, property ${JSON.stringify(property)}`}`, 'give each a place of its own');
      places.add(place);
    }
    return pushed;
  }
}

/** Each key where the convention says. */
function namedBy(naming: RemoteNaming, { what, name, keys }: PushSourceVariant, namespace: string | undefined): PushedKey[] {
  if (keys === undefined) {
    throw new SecretsError({ code: 'InvalidExternalSecret', message: `the keys of the ${what} are not known`, next: 'say in data which key is pushed where' });
  }
  return keys.map(key => {
    const ref = namingVariant(naming).refOf({ namespace, name, key });
    if ('code' in ref) throw new SecretsError(ref);
    return { secretKey: key, remoteKey: ref.key, property: ref.property };
  });
}

function storeRefs(stores: readonly ISecretStore[], namespace: string | undefined): object[] {
  refuse(!Array.isArray(stores) || stores.length === 0, 'InvalidSecretStore', 'there is no store to push into', 'name at least one');
  return stores.map(store => {
    refuse(typeof store?.storeName !== 'string', 'InvalidSecretStore', 'the store is none', "give StoreReference.secretStore('…'), or a SecretStore of this program");
    const { storeKind, storeNamespace, storeName } = store;
    refuse(storeKind === SecretStoreKind.SECRET_STORE && storeNamespace !== undefined && storeNamespace !== namespace, 'NamespaceMismatch',
      `the SecretStore ${JSON.stringify(storeName)} is in namespace ${JSON.stringify(storeNamespace)}, the PushSecret in ${JSON.stringify(namespace ?? 'none')}`,
      'use a store of the same namespace, or a ClusterSecretStore');
    return storeRef(store);
  });
}

function refreshOf(interval: Duration = Duration.hours(1)): object {
  const { seconds } = refreshVariant(ExternalRefresh.every(interval));
  return { refreshInterval: printGoDuration(seconds!) };
}

function refuse(isWrong: boolean, code: SecretsError['code'], message: string, next: string): void {
  if (isWrong) throw new SecretsError({ code, message, next });
}
