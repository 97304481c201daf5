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
  /** Whether it must name the namespaces of what it refers to. */
  readonly isClusterWide: boolean;
  /** What it writes as the namespace of something; throws where it cannot reach it. */
  namespaceFor(namespace: string | undefined, what: string): string | undefined;
}

/** An object that reaches what is in its own namespace only. */
export function inNamespace(kind: string, own: string | undefined): StorePlace {
  return {
    isClusterWide: false,
    namespaceFor: (namespace, what) => {
      if (namespace === undefined || namespace === own) return undefined;
      throw new SecretsError({
        code: 'NamespaceMismatch',
        message: `${what} is in namespace ${JSON.stringify(namespace)}, the ${kind} in ${JSON.stringify(own ?? 'none')}; it can use its own only`,
        next: `declare it in the namespace of the ${kind}, or use a Cluster${kind === 'SecretStore' ? kind : 'Generator'}`,
      });
    },
  };
}

/** An object that is in no namespace, and names those of what it refers to. */
export function inNoNamespace(kind: string): StorePlace {
  return {
    isClusterWide: true,
    namespaceFor: (namespace, what) => {
      if (namespace !== undefined) return namespace;
      throw new SecretsError({
        code: 'MissingNamespace',
        message: `a ${kind} must name the namespace of ${what}, which has none`,
        next: 'declare it in a chart with a namespace, or name its namespace',
      });
    },
  };
}

/** An object that is used in many namespaces, and in each refers to what is there. */
export const IN_EACH_NAMESPACE: StorePlace = { isClusterWide: false, namespaceFor: () => undefined };

/** What a store's manifest holds of a key of a Secret. */
export function keyRef({ secret, name }: SecretKey, place: StorePlace): object {
  return { name: secret.name, key: name, namespace: place.namespaceFor(secret.namespace, `secret ${JSON.stringify(secret.name)}`) };
}

/** What a store's manifest holds of a ServiceAccount. */
export function serviceAccountRef({ name, namespace, audiences }: StoreServiceAccount, place: StorePlace): object {
  return { name, namespace: place.namespaceFor(namespace, `service account ${JSON.stringify(name)}`), audiences: audiences && [...audiences] };
}

/** Fields that somebody gave, in which references to keys of Secrets are written as manifests hold them. */
export function withReferences(fields: object, place: StorePlace): Record<string, unknown> {
  return resolved(fields, place) as Record<string, unknown>;
}

function resolved(value: unknown, place: StorePlace): unknown {
  if (Array.isArray(value)) return value.map(item => resolved(item, place));
  if (isSecretKey(value)) return keyRef(value, place);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, resolved(field, place)]));
}

/** Whether it is a reference to a key, also one of another copy of this library. */
function isSecretKey(value: unknown): value is SecretKey {
  return typeof (value as Partial<SecretKey> | null | undefined)?._valueFrom === 'function';
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}
