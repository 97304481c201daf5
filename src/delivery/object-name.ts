import { type ApiObject, type ApiObjectMetadata, Chart } from 'cdk8s';
import { Construct } from 'constructs';

const OBJECT_ID = 'Resource';

/** The name of the object that a delivery makes, or would make, for a secret: it comes from the path alone. */
export function objectName(secret: Construct, metadata: ApiObjectMetadata | undefined): string {
  if (metadata?.name !== undefined) return metadata.name;
  const object = new Construct(secret, OBJECT_ID);
  try {
    return Chart.of(secret).generateObjectName(object as ApiObject);
  } finally {
    secret.node.tryRemoveChild(OBJECT_ID);
  }
}
