import type { IConstruct } from 'constructs';
import { SecretsError } from '../errors/secrets-error';

const RECORD = Symbol.for('cdk8s-secrets.app');

/** The version of what the entries of a record look like to another copy of this library. It changes with any of them. */
const SHAPE = 1;

interface AppRecord {
  readonly shape: number;
  readonly entries: Map<string, unknown>;
}

/**
 * One thing that is known of an app: its deliveries, its declared secrets, its inspector.
 *
 * All of it is in one record on the root of the app, where every copy of this library finds it: a platform team's package may bring its own.
 */
export class AppEntry<T> {
  /**
   * @param name what it is called in the record, the same in every copy
   * @param create makes the first value, of an app's root
   */
  constructor(private readonly name: string, private readonly create: (root: IConstruct) => T) {}

  /**
   * The value for the app that holds a construct.
   *
   * @throws IncompatibleCopies where another copy of this library keeps a record that this one cannot read
   */
  public of(construct: IConstruct): T {
    const { root } = construct.node;
    const { entries } = recordOf(root);
    let value = entries.get(this.name) as T | undefined;
    if (value === undefined) entries.set(this.name, value = this.create(root));
    return value;
  }
}

/** What was chosen for scopes of an app; the nearest choice above a construct holds for it. */
export class ScopedChoice<T> {
  readonly #entry: AppEntry<Map<IConstruct, T>>;

  constructor(name: string) {
    this.#entry = new AppEntry(name, () => new Map());
  }

  /** Chooses for everything below a scope. */
  public set(scope: IConstruct, choice: T): void {
    this.#entry.of(scope).set(scope, choice);
  }

  /** The choice that holds for a construct. */
  public nearest(construct: IConstruct): T | undefined {
    const choices = this.#entry.of(construct);
    if (choices.size === 0) return undefined;
    for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope) {
      const choice = choices.get(at);
      if (choice !== undefined) return choice;
    }
    return undefined;
  }
}

function recordOf(root: IConstruct): AppRecord {
  const holder = root as { [RECORD]?: AppRecord };
  const record = holder[RECORD];
  if (record === undefined) {
    const created = { shape: SHAPE, entries: new Map<string, unknown>() };
    Object.defineProperty(root, RECORD, { value: created });
    return created;
  }
  if (record.shape === SHAPE) return record;
  throw new SecretsError({
    code: 'IncompatibleCopies',
    message: 'two copies of cdk8s-secrets are used in this app, and one is too old or too new to share with the other what it knows',
    next: 'have all packages of the app use one version of it: npm ls cdk8s-secrets',
  }, root.node.path);
}
