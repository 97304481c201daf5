import { ApiObject, type ApiObjectProps, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkedDeterminismKey } from './determinism-key';
import { checkedGenerations, type CheckedGenerations, type KeptGenerations } from './kept-generations';
import type { DeliveredSecret, DeliveryVariant, SecretDeclaration } from './secret-declaration';
import type { Problem } from '../errors/problem';
import { kustomizeNameHash } from '../kubernetes/name-hash';
import type { SensitiveValue } from '../value/sensitive-value';

/**
 * Options of `SecretDelivery.manifest`.
 */
export interface ManifestDeliveryOptions {
  /**
   * A key of at least 32 bytes, from which values are derived that are generated. Keep it out of the repository: whoever has it has these values.
   *
   * @default - no value can be generated
   */
  readonly determinismKey?: SensitiveValue;

  /**
   * Which Secrets with hashed names stay in the manifests, beside the newest: what prunes then leaves those that old pods need, and that a rollout can be taken back to.
   * They can be made again where values are generated and nothing but their generation has changed.
   *
   * @default - the manifests hold the newest
   */
  readonly keep?: KeptGenerations;
}

/** A plain `v1/Secret` with its values, in base64, in the manifest. */
export class ManifestDelivery implements DeliveryVariant {
  public readonly name = 'manifest';
  public readonly determinismKey?: SensitiveValue;
  public readonly keep?: CheckedGenerations;

  constructor(options: ManifestDeliveryOptions = {}) {
    this.determinismKey = checkedDeterminismKey(options.determinismKey);
    this.keep = checkedGenerations(options.keep, this.determinismKey !== undefined);
  }

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    return new DeliveredManifest(scope, declaration);
  }

  /** The hash that kustomize gives the name of such a Secret. */
  public nameHash(declaration: SecretDeclaration): string {
    return kustomizeNameHash(declaration.type, base64Data(declaration));
  }
}

class DeliveredManifest implements DeliveredSecret {
  public readonly object: ApiObject;

  constructor(scope: Construct, private readonly declaration: SecretDeclaration) {
    this.object = new ApiObject(scope, 'Resource', secretManifest(declaration));
  }

  public get name(): string {
    return this.object.name;
  }

  public get namespace(): string | undefined {
    return this.object.metadata.namespace;
  }

  public validate(): Problem[] {
    return this.declaration.problems();
  }

  public checksumInput(key: string): Buffer | undefined {
    return this.declaration.read().get(key);
  }

  public knownValues(): ReadonlyMap<string, Buffer> {
    return this.declaration.read();
  }
}

/** A `v1/Secret` with its values, which are read when it is rendered. */
export function secretManifest(declaration: SecretDeclaration): ApiObjectProps {
  const { metadata, type, immutable } = declaration;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata,
    type,
    immutable,
    data: Lazy.any({
      produce: () => {
        const data = base64Data(declaration);
        return Object.keys(data).length > 0 ? data : undefined;
      },
    }),
  };
}

function base64Data(declaration: SecretDeclaration): Record<string, string> {
  return Object.fromEntries([...declaration.read()].map(([key, bytes]) => [key, bytes.toString('base64')]));
}
