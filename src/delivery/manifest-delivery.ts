import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { DeliveryVariant, SecretDeclaration } from './secret-declaration';
import type { Problem } from '../errors/problem';

/** A plain `v1/Secret` with its values, in base64, in the manifest. */
export class ManifestDelivery implements DeliveryVariant {
  public deliver(scope: Construct, declaration: SecretDeclaration): ApiObject {
    return new ApiObject(scope, 'Resource', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: declaration.metadata,
      type: declaration.type,
      immutable: declaration.immutable,
      data: Lazy.any({ produce: () => base64Data(declaration) }),
    });
  }

  public validate(declaration: SecretDeclaration): Problem[] {
    return declaration.problems();
  }

  public checksumInput(declaration: SecretDeclaration, key: string): Buffer | undefined {
    return declaration.read().get(key);
  }
}

function base64Data(declaration: SecretDeclaration): Record<string, string> | undefined {
  const entries = [...declaration.read()].map(([key, bytes]) => [key, bytes.toString('base64')]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
