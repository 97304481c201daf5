import { SecretsError } from '../errors/secrets-error';
import type { SecretKey } from '../secret/secret-reference';

/**
 * A ServiceAccount that a store authenticates as.
 */
export interface StoreServiceAccount {
  /**
   * Its name.
   */
  readonly name: string;

  /**
   * Its namespace. A ClusterSecretStore needs it, a SecretStore uses its own.
   *
   * @default - the namespace of the store, or of the secrets that use it
   */
  readonly namespace?: string;

  /**
   * Audiences of its token, beyond those that the provider adds.
   *
   * @default - none
   */
  readonly audiences?: string[];
}

/** Where the object that names credentials is. */
export interface StorePlace {
  /** Whether it is a ClusterSecretStore, which must name the namespaces of what it refers to. */
  readonly isClusterWide: boolean;
  readonly namespace?: string;
}

/** What a store's manifest holds of a key of a Secret. */
export function keyRef({ secret, name }: SecretKey, place: StorePlace): object {
  return { name: secret.name, key: name, namespace: namespaceFor(secret.namespace, place, `secret ${JSON.stringify(secret.name)}`) };
}

/** What a store's manifest holds of a ServiceAccount. */
export function serviceAccountRef({ name, namespace, audiences }: StoreServiceAccount, place: StorePlace): object {
  return { name, namespace: namespaceFor(namespace, place, `service account ${JSON.stringify(name)}`), audiences: audiences && [...audiences] };
}

function namespaceFor(namespace: string | undefined, place: StorePlace, what: string): string | undefined {
  if (place.isClusterWide) {
    if (namespace !== undefined) return namespace;
    throw new SecretsError({
      code: 'MissingNamespace',
      message: `a ClusterSecretStore must name the namespace of ${what}, which has none`,
      next: 'declare it in a chart with a namespace, or name its namespace',
    });
  }
  if (namespace === undefined || namespace === place.namespace) return undefined;
  throw new SecretsError({
    code: 'NamespaceMismatch',
    message: `${what} is in namespace ${JSON.stringify(namespace)}, the SecretStore in ${JSON.stringify(place.namespace ?? 'none')}; it can use its own only`,
    next: 'declare it in the namespace of the store, or use a ClusterSecretStore',
  });
}
