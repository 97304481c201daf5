import type { IExternalGenerator } from '../delivery/external/external-source';
import { generatorFacts } from '../delivery/external/generator-facts';
import { kindName } from '../delivery/external/generator-kind';
import { SecretsError } from '../errors/secrets-error';
import { variantOf } from '../errors/sum-type';
import { DeclaredSecret } from '../secret/declared-secret';
import type { ISecret } from '../secret/secret-reference';

/** What is pushed. */
export interface PushSourceVariant {
  /** What it is, for messages. */
  readonly what: string;
  readonly name: string;
  readonly namespace?: string;
  /** Its keys, where they are known. */
  readonly keys?: readonly string[];
  /** Whether it is another value each time that it is asked. */
  readonly isNewEachTime: boolean;
  /** The field `selector`. */
  readonly selector: object;
}

/**
 * What a `PushSecret` pushes into stores.
 */
export class PushSource {
  /**
   * A Secret of the cluster.
   *
   * @param secret a secret in the namespace of the PushSecret
   * @throws UnsupportedByDelivery for a secret that the CSI driver brings
   */
  public static secret(secret: ISecret): PushSource {
    if (DeclaredSecret._is(secret) && secret._csiVolume !== undefined) {
      throw new SecretsError({
        code: 'UnsupportedByDelivery',
        message: `secret ${JSON.stringify(secret.name)} is brought by the CSI driver, and there is no Secret to push while no pod mounts it`,
        next: 'push a secret of another delivery; what the driver brings is in a store already',
      }, secret.node.path);
    }
    return new PushSource({
      what: `secret ${JSON.stringify(secret.name)}`,
      name: secret.name,
      namespace: secret.namespace,
      keys: secret.keyNames,
      isNewEachTime: false,
      selector: { secret: { name: secret.name } },
    });
  }

  /**
   * What a generator makes: a password that is made once, and kept in the store even where the cluster is lost.
   *
   * @param generator an `ExternalGenerator` or a `ClusterGenerator`
   */
  public static generatedBy(generator: IExternalGenerator): PushSource {
    const { generatorName, generatorKind, madeBy, generatorNamespace, generatedKeys } = generator;
    return new PushSource({
      what: `generator ${JSON.stringify(generatorName)}`,
      name: generatorName,
      namespace: generatorNamespace,
      keys: generatedKeys,
      isNewEachTime: generatorFacts({ kind: kindName(madeBy) }, generatedKeys).isWithoutMemory,
      selector: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: kindName(generatorKind), name: generatorName } },
    });
  }

  /** @internal */
  public readonly _variant: PushSourceVariant;

  private constructor(variant: PushSourceVariant) {
    this._variant = variant;
  }
}

/** What is in a PushSource. */
export function pushSourceVariant(source: PushSource): PushSourceVariant {
  return variantOf(source, { code: 'InvalidExternalSecret', message: 'what is to be pushed is none', next: 'use PushSource.secret or .generatedBy' });
}
