import { variantOf } from '../../errors/sum-type';

const NAMESPACE_WIDE = 'sealedsecrets.bitnami.com/namespace-wide';
const CLUSTER_WIDE = 'sealedsecrets.bitnami.com/cluster-wide';

/** Where a sealed value can be opened, as its OAEP label says it. */
export interface SealedPlace {
  readonly name: string;
  readonly namespace?: string;
}

/**
 * Where a sealed secret can be opened: the controller refuses every other place.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets#scopes
 */
export class SealedSecretScope {
  /**
   * Only under the name and in the namespace that it was sealed for. The default, and the safest.
   */
  public static strict(): SealedSecretScope {
    return new SealedSecretScope(STRICT);
  }

  /**
   * Under any name in the namespace that it was sealed for: whoever may create SealedSecrets there may rename it.
   */
  public static namespaceWide(): SealedSecretScope {
    return new SealedSecretScope(NAMESPACE);
  }

  /**
   * Under any name in any namespace: whoever may create SealedSecrets anywhere may open it.
   */
  public static clusterWide(): SealedSecretScope {
    return new SealedSecretScope(CLUSTER);
  }

  /** @internal */
  public readonly _variant: ScopeVariant;

  private constructor(variant: ScopeVariant) {
    this._variant = variant;
  }
}

/** Where a sealed secret can be opened. */
export interface ScopeVariant {
  /** The annotations that tell the controller. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Whether it takes a namespace to seal for it. */
  readonly needsNamespace: boolean;
  /** What the values are bound to. */
  label(place: SealedPlace): Buffer;
}

/** What is in a SealedSecretScope. */
export function scopeVariant(scope: SealedSecretScope): ScopeVariant {
  return variantOf(scope, {
    code: 'InvalidValue', message: 'the scope to seal for is none', next: 'use SealedSecretScope.strict, .namespaceWide or .clusterWide',
  });
}

/** The default: under its name, in its namespace. */
export const STRICT: ScopeVariant = {
  annotations: {},
  needsNamespace: true,
  label: ({ namespace, name }) => Buffer.from(`${namespace}/${name}`, 'utf8'),
};

const NAMESPACE: ScopeVariant = {
  annotations: { [NAMESPACE_WIDE]: 'true' },
  needsNamespace: true,
  label: ({ namespace }) => Buffer.from(`${namespace}`, 'utf8'),
};

const CLUSTER: ScopeVariant = {
  annotations: { [CLUSTER_WIDE]: 'true' },
  needsNamespace: false,
  label: () => Buffer.alloc(0),
};

/** The scope that the controller reads off annotations: cluster-wide wins, and only `"true"` counts. */
export function scopeOf(annotations: Readonly<Record<string, unknown>> = {}): ScopeVariant {
  if (annotations[CLUSTER_WIDE] === 'true') return CLUSTER;
  return annotations[NAMESPACE_WIDE] === 'true' ? NAMESPACE : STRICT;
}
