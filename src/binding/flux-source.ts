import { SecretsError } from '../errors/secrets-error';

/** Where Flux has the manifests from, as a Kustomization names it. */
export interface FluxSourceFields {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/**
 * Where Flux has the manifests of this program from.
 *
 * @see https://fluxcd.io/flux/components/source/
 */
export class FluxSource {
  /**
   * A GitRepository.
   *
   * @param name its name
   * @param namespace its namespace; without it, that of the Kustomizations
   * @throws InvalidValue
   */
  public static gitRepository(name: string, namespace?: string): FluxSource {
    return FluxSource.of('GitRepository', name, namespace);
  }

  /**
   * An OCIRepository.
   *
   * @param name its name
   * @param namespace its namespace; without it, that of the Kustomizations
   * @throws InvalidValue
   */
  public static ociRepository(name: string, namespace?: string): FluxSource {
    return FluxSource.of('OCIRepository', name, namespace);
  }

  /**
   * A Bucket.
   *
   * @param name its name
   * @param namespace its namespace; without it, that of the Kustomizations
   * @throws InvalidValue
   */
  public static bucket(name: string, namespace?: string): FluxSource {
    return FluxSource.of('Bucket', name, namespace);
  }

  /**
   * A source of another kind, like `ExternalArtifact`.
   *
   * @param kind its kind
   * @param name its name
   * @param namespace its namespace; without it, that of the Kustomizations
   * @throws InvalidValue
   */
  public static of(kind: string, name: string, namespace?: string): FluxSource {
    for (const text of [kind, name, ...namespace === undefined ? [] : [namespace]]) {
      if (typeof text === 'string' && text !== '') continue;
      throw new SecretsError({ code: 'InvalidValue', message: 'the kind, the name and the namespace of a source of Flux are texts', next: 'give its name, like that of the GitRepository' });
    }
    return new FluxSource({ kind, name, namespace });
  }

  /** @internal */
  public readonly _variant: FluxSourceFields;

  private constructor(fields: FluxSourceFields) {
    this._variant = fields;
  }
}
