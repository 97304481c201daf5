import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { objectName } from './object-name';
import { type DeliveredSecret, type DeliveryVariant, type SecretDeclaration, valuesNotKnown } from './secret-declaration';
import { declareExisting } from '../app/app-manifests';
import type { Problem } from '../errors/problem';

/** Nothing: somebody else makes the Secret, with the keys that are declared. */
export class ExistingDelivery implements DeliveryVariant {
  public readonly name = 'existing';

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    return new DeliveredExistingSecret(scope, declaration);
  }

  public nameHash(): string {
    throw valuesNotKnown(this.name);
  }
}

class DeliveredExistingSecret implements DeliveredSecret {
  public readonly name: string;
  public readonly namespace?: string;

  constructor(scope: Construct, { metadata, type, values }: SecretDeclaration) {
    this.name = objectName(scope, metadata);
    this.namespace = metadata?.namespace ?? Chart.of(scope).namespace;
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
