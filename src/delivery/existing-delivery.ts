import { type ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { DeliveredSecret, DeliveryVariant, SecretDeclaration } from './secret-declaration';
import type { Problem } from '../errors/problem';
import { declareExisting } from '../inspect/app-manifests';

/** Nothing: somebody else makes the Secret, with the keys that are declared. */
export class ExistingDelivery implements DeliveryVariant {
  public readonly name = 'existing';

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    return new DeliveredExistingSecret(scope, declaration);
  }
}

class DeliveredExistingSecret implements DeliveredSecret {
  public readonly name: string;
  public readonly namespace?: string;

  constructor(scope: Construct, { metadata, type, values }: SecretDeclaration) {
    const chart = Chart.of(scope);
    // The name is that of the object which other deliveries make: it comes from the path alone.
    this.name = metadata?.name ?? chart.generateObjectName(new Construct(scope, 'Resource') as ApiObject);
    this.namespace = metadata?.namespace ?? chart.namespace;
    declareExisting(scope, {
      name: this.name,
      namespace: this.namespace,
      type,
      get keys() {
        return [...values().keys()];
      },
    });
  }

  public validate(): Problem[] {
    return [];
  }

  public checksumInput(): undefined {
    return undefined;
  }

  public knownValues(): ReadonlyMap<string, Buffer> {
    return new Map();
  }
}
