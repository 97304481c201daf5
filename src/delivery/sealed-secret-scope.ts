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
export abstract class SealedSecretScope {
  /**
   * Only under the name and in the namespace that it was sealed for. The default, and the safest.
   */
  public static strict(): SealedSecretScope {
    return new StrictScope();
  }

  /**
   * Under any name in the namespace that it was sealed for: whoever may create SealedSecrets there may rename it.
   */
  public static namespaceWide(): SealedSecretScope {
    return new NamespaceWideScope();
  }

  /**
   * Under any name in any namespace: whoever may create SealedSecrets anywhere may open it.
   */
  public static clusterWide(): SealedSecretScope {
    return new ClusterWideScope();
  }

  /**
   * The annotations that tell the controller.
   *
   * @internal
   */
  public abstract get _annotations(): Readonly<Record<string, string>>;

  /**
   * Whether it takes a namespace to seal for it.
   *
   * @internal
   */
  public abstract get _needsNamespace(): boolean;

  /**
   * What the values are bound to.
   *
   * @internal
   */
  public abstract _label(place: SealedPlace): Buffer;
}

/** The scope that the controller reads off annotations: cluster-wide wins, and only `"true"` counts. */
export function scopeOf(annotations: Readonly<Record<string, unknown>> = {}): SealedSecretScope {
  if (annotations[CLUSTER_WIDE] === 'true') return SealedSecretScope.clusterWide();
  return annotations[NAMESPACE_WIDE] === 'true' ? SealedSecretScope.namespaceWide() : SealedSecretScope.strict();
}

class StrictScope extends SealedSecretScope {
  public readonly _annotations = {};
  public readonly _needsNamespace = true;

  public _label({ namespace, name }: SealedPlace): Buffer {
    return Buffer.from(`${namespace}/${name}`, 'utf8');
  }
}

class NamespaceWideScope extends SealedSecretScope {
  public readonly _annotations = { [NAMESPACE_WIDE]: 'true' };
  public readonly _needsNamespace = true;

  public _label({ namespace }: SealedPlace): Buffer {
    return Buffer.from(`${namespace}`, 'utf8');
  }
}

class ClusterWideScope extends SealedSecretScope {
  public readonly _annotations = { [CLUSTER_WIDE]: 'true' };
  public readonly _needsNamespace = false;

  public _label(): Buffer {
    return Buffer.alloc(0);
  }
}
