import * as kplus from 'cdk8s-plus-28';
import type { ISecret } from '../secret/secret-reference';

/** An `envFrom` entry for a secret, with what cdk8s-plus' own lacks: `optional`. */
export class SecretEnvFrom extends kplus.EnvFrom {
  constructor(public readonly secret: ISecret, private readonly namePrefix: string | undefined, private readonly optional: boolean | undefined) {
    super(undefined, namePrefix, secret);
  }

  public equals(other: SecretEnvFrom): boolean {
    return JSON.stringify(this._toKube()) === JSON.stringify(other._toKube());
  }

  /** What a container's `envFrom` holds of it. */
  public _toKube(): any {
    return { prefix: this.namePrefix, secretRef: { name: this.secret.name, optional: this.optional } };
  }
}
