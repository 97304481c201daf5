import { ApiObject, Chart, JsonPatch, type ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { providerVariant, type StoreProvider } from './store-provider';
import { inNamespace, inNoNamespace, type StorePlace } from './store-references';
import { type ISecretStore, SecretStoreKind } from '../delivery/external/store-reference';
import { saidOf } from '../secret/construct-path';

/**
 * Properties of `SecretStore`.
 */
export interface SecretStoreProps {
  /**
   * Where the values are.
   */
  readonly provider: StoreProvider;

  /**
   * Name, namespace, labels and annotations.
   *
   * @default - a name made from the construct's path, in the namespace and with the labels of the chart
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * Properties of `ClusterSecretStore`.
 */
export interface ClusterSecretStoreProps extends SecretStoreProps {
  /**
   * The namespaces whose ExternalSecrets may use it.
   *
   * @default - every namespace
   */
  readonly namespaces?: string[];
}

/**
 * A store that the ExternalSecrets of one namespace fetch their values from.
 *
 * @example
 * const store = new SecretStore(this, 'Store', {
 *   provider: StoreProvider.vault({
 *     server: 'https://vault.example.com:8200',
 *     path: 'secret',
 *     auth: VaultAuth.kubernetes({ role: 'shop', serviceAccount: { name: 'shop' } }),
 *   }),
 * });
 * SecretDelivery.external({ store }).useFor(this);
 *
 * @see https://external-secrets.io/latest/api/secretstore/
 */
export class SecretStore extends Construct implements ISecretStore {
  /**
   * Its name in the cluster.
   */
  public readonly storeName: string;

  /**
   * Whether it serves one namespace or all.
   */
  public readonly storeKind = SecretStoreKind.SECRET_STORE;

  /**
   * The namespace that it serves.
   *
   * @default - not known: the namespace of whoever applies the manifest
   */
  public readonly storeNamespace?: string;

  /**
   * The field of its provider in `spec.provider`: `vault`, `aws`.
   */
  public readonly storeProvider?: string;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props the provider
   * @throws InvalidSecretStore, NamespaceMismatch for credentials of another namespace
   */
  constructor(scope: Construct, id: string, props: SecretStoreProps) {
    super(scope, id);
    const object = makeStore(this, this.storeKind, props, place => ({ provider: providerFields(props.provider, place) }));
    this.storeName = object.name;
    this.storeProvider = providerVariant(props.provider).field;
    this.storeNamespace = object.metadata.namespace;
  }
}

/**
 * A store that the ExternalSecrets of any namespace fetch their values from.
 *
 * @see https://external-secrets.io/latest/api/clustersecretstore/
 */
export class ClusterSecretStore extends Construct implements ISecretStore {
  /**
   * Its name in the cluster.
   */
  public readonly storeName: string;

  /**
   * Whether it serves one namespace or all.
   */
  public readonly storeKind = SecretStoreKind.CLUSTER_SECRET_STORE;

  /**
   * The field of its provider in `spec.provider`: `vault`, `aws`.
   */
  public readonly storeProvider?: string;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props the provider, and who may use it
   * @throws InvalidSecretStore, MissingNamespace for credentials whose namespace is not known
   */
  constructor(scope: Construct, id: string, props: ClusterSecretStoreProps) {
    super(scope, id);
    const conditions = props.namespaces && [{ namespaces: [...props.namespaces] }];
    const object = makeStore(this, this.storeKind, props, place => ({ provider: providerFields(props.provider, place), conditions }));
    this.storeName = object.name;
    this.storeProvider = providerVariant(props.provider).field;
  }
}

/** The object of a store. One that serves all namespaces is in none, whatever the chart says. */
function makeStore(store: Construct, kind: SecretStoreKind, { metadata }: SecretStoreProps, spec: (place: StorePlace) => object): ApiObject {
  const isClusterWide = kind === SecretStoreKind.CLUSTER_SECRET_STORE;
  const namespace = metadata?.namespace ?? Chart.of(store).namespace;
  const object = new ApiObject(store, 'Resource', {
    apiVersion: 'external-secrets.io/v1',
    kind,
    metadata,
    spec: saidOf(store.node, () => spec(isClusterWide ? inNoNamespace(kind) : inNamespace(kind, namespace))),
  });
  if (isClusterWide && namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return object;
}

function providerFields(provider: StoreProvider, place: StorePlace): object {
  const { field, fields } = providerVariant(provider);
  return { [field]: fields(place) };
}
