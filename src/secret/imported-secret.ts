import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { nameProblem } from './metadata-rules';
import { SecretBase } from './secret-base';
import { SecretKey } from './secret-reference';
import { declareExisting } from '../app/app-manifests';
import { SecretsError } from '../errors/secrets-error';

/** What is known of a secret that somebody else makes. */
export interface ImportedSecretDefinition {
  readonly namespace?: string;
  readonly type?: string;
  readonly keys?: readonly string[];
}

/** A secret that somebody else makes. */
export class ImportedSecret extends SecretBase {
  public readonly name: string;
  public readonly resourceName?: string;
  public readonly namespace?: string;
  public readonly secretType?: string;
  readonly #keys?: readonly string[];

  constructor(scope: Construct, id: string, name: string, definition: ImportedSecretDefinition) {
    super(scope, id);
    this.name = name;
    this.resourceName = name;
    this.namespace = definition.namespace ?? Chart.of(this).namespace;
    this.secretType = definition.type;
    const problem = nameProblem(name, this.namespace);
    if (problem !== undefined) throw new SecretsError(problem, this.node.path);
    this.#keys = definition.keys && [...new Set(definition.keys)].sort();
    for (const key of this.#keys ?? []) new SecretKey(this, key);
    declareExisting(this, { name, namespace: this.namespace, type: this.secretType, keys: this.keyNames });
  }

  public get keyNames(): string[] | undefined {
    return this.#keys && [...this.#keys];
  }
}
