import type { IConstruct } from 'constructs';
import type { DeclaredSecret } from './declared-secret';
import { formatProblem } from '../errors/problem';

const REGISTRIES = new WeakMap<IConstruct, SecretRegistry>();

/** The secrets that one app declares, by namespace and name. */
export class SecretRegistry {
  /** The registry of the app that holds a construct. */
  public static of(scope: IConstruct): SecretRegistry {
    const { root } = scope.node;
    let registry = REGISTRIES.get(root);
    if (registry === undefined) {
      registry = new SecretRegistry();
      REGISTRIES.set(root, registry);
      root.node.addValidation(registry);
    }
    return registry;
  }

  private readonly secrets = new Map<string, DeclaredSecret>();
  private readonly duplicates: string[] = [];

  private constructor() {}

  public add(secret: DeclaredSecret): void {
    const place = JSON.stringify([secret.namespace ?? null, secret.name]);
    const first = this.secrets.get(place);
    if (first === undefined) {
      this.secrets.set(place, secret);
      return;
    }
    const where = secret.namespace === undefined ? 'without a namespace' : `in namespace ${JSON.stringify(secret.namespace)}`;
    this.duplicates.push(formatProblem({
      code: 'DuplicateSecret',
      message: `${JSON.stringify(first.node.path)} and ${JSON.stringify(secret.node.path)} both declare the secret ${JSON.stringify(secret.name)} ${where}`,
      next: 'declare it once and pass the construct to whoever uses it, or give one of them another name',
    }));
  }

  /** The declared secret of that name, as a pod of that namespace would find it. */
  public find(namespace: string | undefined, name: string): DeclaredSecret | undefined {
    return this.secrets.get(JSON.stringify([namespace ?? null, name]));
  }

  public validate(): string[] {
    return [...this.duplicates];
  }
}
