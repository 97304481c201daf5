import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { problemsOf } from './remote-keys';
import type { RestartedWorkloads } from './restarted-workloads';
import type { DeliveredSecret, SecretDeclaration } from './secret-declaration';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';

/** An object of which an operator makes a Secret. */
export interface OperatorObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** Who makes the Secret, for messages: `cert-manager`. */
  readonly operator: string;
  /** The fields beside metadata and spec. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** The workloads that the operator restarts, where it does. */
  readonly restarted?: RestartedWorkloads;
  /**
   * The spec, made when the object is rendered: keys may be added until then. Throws what stands in its way.
   *
   * @param object the object itself, of which labels and annotations may have been changed
   */
  spec(object: ApiObject): object;
}

/** A secret that an operator makes of one object; no value is read here. */
export class DeliveredByOperator implements DeliveredSecret {
  public readonly name: string;
  public readonly namespace?: string;
  public readonly object: ApiObject;

  constructor(scope: Construct, declaration: SecretDeclaration, private readonly made: OperatorObject) {
    const { apiVersion, kind, operator, fields } = made;
    if (declaration.immutable === true) {
      throw new SecretsError({
        code: 'UnsupportedByDelivery',
        message: `the Secret that ${operator} makes is never immutable: it writes new values into it`,
        next: 'leave immutable out, or give this secret another delivery',
      });
    }
    this.object = new ApiObject(scope, 'Resource', {
      apiVersion,
      kind,
      metadata: declaration.metadata,
      ...fields,
      spec: Lazy.any({ produce: () => made.spec(this.object) }),
    });
    this.name = this.object.name;
    this.namespace = this.object.metadata.namespace;
  }

  public get restarted(): RestartedWorkloads | undefined {
    return this.made.restarted;
  }

  public validate(): Problem[] {
    return problemsOf(() => this.made.spec(this.object));
  }

  public checksumInput(): undefined {
    return undefined;
  }

  public knownValues(): ReadonlyMap<string, Buffer> {
    return new Map();
  }
}

/** Labels and annotations of an object, where it has any: for the Secret that is made of it. */
export function metadataOf(object: ApiObject): { readonly labels?: object; readonly annotations?: object } {
  const { labels = {}, annotations = {} } = object.metadata.toJson() as { labels?: object; annotations?: object };
  return {
    ...Object.keys(labels).length === 0 ? {} : { labels },
    ...Object.keys(annotations).length === 0 ? {} : { annotations },
  };
}
