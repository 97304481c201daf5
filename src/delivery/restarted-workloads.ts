import type { ApiObject } from 'cdk8s';

/** A workload that an operator restarts. */
export interface RestartTarget {
  readonly kind: string;
  readonly name: string;
}

/** The workloads that see a secret, which its operator restarts itself. They are looked for when its object is rendered: some come later. */
export class RestartedWorkloads {
  readonly #finders: (() => Iterable<ApiObject>)[] = [];

  /** Adds those that a binding reaches. */
  public add(find: () => Iterable<ApiObject>): void {
    this.#finders.push(find);
  }

  /** Adds those of the same secret in another namespace, also those that come later. */
  public follow(other: RestartedWorkloads): void {
    this.#finders.push(() => other.found());
  }

  /**
   * Those of a namespace whose kinds the operator can restart, each once and sorted.
   *
   * @param kinds what the operator calls each kind, by `GROUP/KIND`
   */
  public targets(namespace: string | undefined, kinds: Readonly<Record<string, string>>): RestartTarget[] {
    const targets = new Map<string, RestartTarget>();
    for (const { apiVersion, kind: ownKind, name, metadata } of this.found()) {
      const kind = kinds[`${apiVersion.split('/')[0]}/${ownKind}`];
      if (kind !== undefined && metadata.namespace === namespace) targets.set(`${kind}/${name}`, { kind, name });
    }
    return [...targets.keys()].sort().map(id => targets.get(id)!);
  }

  private* found(): Iterable<ApiObject> {
    for (const find of this.#finders) yield* find();
  }
}
