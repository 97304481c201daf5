import { providerNameProblem } from './provider-names';
import { SecretsError } from '../../errors/secrets-error';
import { dns1123Subdomain } from '../../kubernetes/names';

/**
 * The two kinds of stores of the External Secrets operator.
 */
export enum SecretStoreKind {
  /** For ExternalSecrets of its own namespace. */
  SECRET_STORE = 'SecretStore',
  /** For ExternalSecrets of any namespace. */
  CLUSTER_SECRET_STORE = 'ClusterSecretStore',
}

/**
 * A store that ExternalSecrets fetch their values from.
 */
export interface ISecretStore {
  /**
   * Its name in the cluster.
   */
  readonly storeName: string;

  /**
   * Whether it serves one namespace or all.
   */
  readonly storeKind: SecretStoreKind;

  /**
   * The namespace that it serves.
   *
   * @default - not known, or all
   */
  readonly storeNamespace?: string;

  /**
   * The field of its provider in `spec.provider`: `vault`, `aws`. Some providers read the property `tls.crt` as a path.
   *
   * @default - not known: properties are written as they are
   */
  readonly storeProvider?: string;
}

/**
 * What is known of a store that somebody else makes.
 */
export interface StoreReferenceOptions {
  /**
   * The field of its provider in `spec.provider`: `vault`, `aws`, `gitlab`. Keys with a dot are then written as the provider reads them.
   *
   * @default - not known: properties are written as they are
   */
  readonly provider?: string;
}

/**
 * A store that somebody else makes.
 */
export class StoreReference implements ISecretStore {
  /**
   * A SecretStore in the namespace of the secrets that use it.
   *
   * @param name its name
   * @param options its provider
   * @throws InvalidSecretStore
   */
  public static secretStore(name: string, options: StoreReferenceOptions = {}): StoreReference {
    return new StoreReference(name, SecretStoreKind.SECRET_STORE, options.provider);
  }

  /**
   * A ClusterSecretStore.
   *
   * @param name its name
   * @param options its provider
   * @throws InvalidSecretStore
   */
  public static clusterSecretStore(name: string, options: StoreReferenceOptions = {}): StoreReference {
    return new StoreReference(name, SecretStoreKind.CLUSTER_SECRET_STORE, options.provider);
  }

  /**
   * Its name in the cluster.
   */
  public readonly storeName: string;

  /**
   * Whether it serves one namespace or all.
   */
  public readonly storeKind: SecretStoreKind;

  /**
   * The field of its provider in `spec.provider`.
   *
   * @default - not known
   */
  public readonly storeProvider?: string;

  private constructor(name: string, kind: SecretStoreKind, provider: string | undefined) {
    const wrong = typeof name === 'string' ? dns1123Subdomain(name) : ['must be a text'];
    if (wrong.length > 0) {
      throw new SecretsError({
        code: 'InvalidSecretStore',
        message: `${JSON.stringify(name)} can be no name of a ${kind}: ${wrong.join(', ')}`,
        next: 'use the name that kubectl get shows',
      });
    }
    const problem = provider === undefined ? undefined : providerNameProblem(provider);
    if (problem !== undefined) throw new SecretsError(problem);
    this.storeName = name;
    this.storeKind = kind;
    if (provider !== undefined) this.storeProvider = provider;
  }
}

/** What a manifest holds of a store. */
export function storeRef(store: ISecretStore): object {
  return { name: store.storeName, kind: store.storeKind };
}
