import { join } from 'node:path';
import { Construct } from 'constructs';
import { declareAssumed } from '../app/app-manifests';
import { SecretsError } from '../errors/secrets-error';
import { dns1123Subdomain } from '../kubernetes/names';
import { Secret } from '../secret/secret';
import type { ISecret } from '../secret/secret-reference';
import { SensitiveValue } from '../value/sensitive-value';

/**
 * The secrets that the functions of a stack file name: those that are given, those that a folder has files for, and all
 * others as made by somebody else, which is a warning. By the convention of OpenFaaS each has one key, named like it.
 */
export class StackSecrets {
  readonly #scope: Construct;
  readonly #made = new Map<string, ISecret>();

  readonly #given = new Map<string, ISecret[]>();

  constructor(scope: Construct, given: readonly ISecret[], private readonly folder: string | undefined) {
    this.#scope = new Construct(scope, 'Secrets');
    for (const secret of given) this.#given.set(secret.name, [...this.#given.get(secret.name) ?? [], secret]);
  }

  /** The secret of that name for a function in the namespace; it is made once. */
  public find(name: string, namespace: string): ISecret {
    const given = this.#given.get(name) ?? [];
    const nearest = given.find(secret => secret.namespace === namespace) ?? given[0];
    if (nearest !== undefined) return nearest;
    const id = `${namespace}.${name}`;
    const secret = this.#made.get(id) ?? this.make(id, name, namespace);
    this.#made.set(id, secret);
    return secret;
  }

  private make(id: string, name: string, namespace: string): ISecret {
    const problems = dns1123Subdomain(name);
    if (problems.length > 0) {
      throw new SecretsError({
        code: 'InvalidName',
        message: `${JSON.stringify(name)} can be no secret of a function: ${problems.join(', ')}`,
        next: 'rename it in the stack file',
      });
    }
    if (this.folder === undefined) {
      const secret = Secret.fromSecretName(this.#scope, id, name, { namespace, keys: [name] });
      declareAssumed(secret);
      return secret;
    }
    return new Secret(this.#scope, id, {
      metadata: { name, namespace },
      data: { [name]: SensitiveValue.fromFile(join(this.folder, name)) },
    });
  }
}
