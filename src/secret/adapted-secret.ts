import { type ApiObject, Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { SecretBase } from './secret-base';
import type { ISecret } from './secret-reference';
import { declareExisting } from '../app/app-manifests';
import { objectOf } from '../app/render-hook';
import { SecretsError } from '../errors/secrets-error';
import { record } from '../inspect/model/untyped';
import { OPAQUE } from '../kubernetes/secret-types';

const CHILD = 'Bindable';

/**
 * The secret that a construct is: one of this library itself, another one with what its manifest says of it.
 *
 * @throws InvalidValue where it is none
 */
export function secretOf(construct: IConstruct): ISecret {
  if (isOurs(construct)) return construct;
  const adapted = construct.node.tryFindChild(CHILD) as AdaptedSecret | undefined;
  if (adapted !== undefined) return adapted;
  const object = objectOf(construct);
  if (object !== undefined && object.kind === 'Secret' && object.apiVersion === 'v1') return new AdaptedSecret(construct as Construct, object);
  const { kind, name } = construct as { readonly kind?: unknown; readonly name?: unknown };
  if (object === undefined && kind === 'Secret' && typeof name === 'string') return new AdaptedSecret(construct as Construct, name);
  throw new SecretsError({
    code: 'InvalidValue',
    message: object === undefined ? 'the construct is no Secret, and none was made for it' : `the construct makes a ${object.kind}, and no Secret`,
    next: 'give a Secret of cdk8s-plus or an ApiObject of kind Secret; for one that others make use Secret.fromSecretName',
  }, construct.node.path);
}

function isOurs(construct: IConstruct): construct is ISecret {
  const { key, grants } = construct as Partial<ISecret>;
  return typeof key === 'function' && grants !== undefined;
}

/** A secret of cdk8s-plus, or an object of kind Secret: what is known of it is what its manifest says. */
class AdaptedSecret extends SecretBase {
  public readonly name: string;
  public readonly resourceName?: string;
  public readonly namespace?: string;
  readonly #object?: ApiObject;

  constructor(scope: Construct, secret: ApiObject | string) {
    super(scope, CHILD);
    if (typeof secret === 'string') {
      this.name = secret;
      this.namespace = Chart.of(scope).namespace;
      declareExisting(this, { name: secret, namespace: this.namespace });
    } else {
      this.#object = secret;
      this.name = secret.name;
      this.namespace = secret.metadata.namespace;
    }
    this.resourceName = this.name;
  }

  public get secretType(): string | undefined {
    if (this.#object === undefined) return undefined;
    const { type } = this.#manifest();
    return typeof type === 'string' ? type : OPAQUE;
  }

  public get keyNames(): string[] | undefined {
    if (this.#object === undefined) return undefined;
    const { data, stringData } = this.#manifest();
    return [...new Set([...Object.keys(record(data)), ...Object.keys(record(stringData))])].sort();
  }

  /** As it is now: keys may be added later. */
  #manifest(): Record<string, unknown> {
    return record(this.#object!.toJson());
  }
}
