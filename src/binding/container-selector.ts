import { quoteList } from '../errors/suggest';

/** A container, as far as it can be selected. */
export interface SelectableContainer {
  readonly name: string;
  readonly isInit: boolean;
}

/**
 * Which containers of a workload see a secret.
 */
export abstract class ContainerSelector {
  /**
   * Every app container: those of `spec.containers`. This is what a binding without a selector takes.
   */
  public static appContainers(): ContainerSelector {
    return new Kinds(true, false);
  }

  /**
   * Every init container: those of `spec.initContainers`, with them the sidecars that Kubernetes keeps there.
   */
  public static initContainers(): ContainerSelector {
    return new Kinds(false, true);
  }

  /**
   * Every container, init containers included.
   */
  public static all(): ContainerSelector {
    return new Kinds(true, true);
  }

  /**
   * The containers of these names, app or init.
   *
   * @param names names of containers
   */
  public static named(...names: string[]): ContainerSelector {
    return new Named([...names]);
  }

  /**
   * Which of the containers of a workload are meant.
   *
   * @internal
   */
  public abstract _select(containers: readonly SelectableContainer[]): SelectableContainer[];

  /**
   * What is meant and is not among the containers that were found, for messages, or undefined where nothing is.
   *
   * @internal
   */
  public abstract _unmet(found: ReadonlySet<string>): string | undefined;

  /**
   * Whether it is natural that some workloads have none of them: then it is an error only where all have none.
   *
   * @internal
   */
  public abstract get _mayMiss(): boolean;
}

class Kinds extends ContainerSelector {
  constructor(private readonly app: boolean, private readonly init: boolean) {
    super();
  }

  /** Every workload has app containers, many have no init containers. */
  public get _mayMiss(): boolean {
    return !this.app;
  }

  public _select(containers: readonly SelectableContainer[]): SelectableContainer[] {
    return containers.filter(({ isInit }) => isInit ? this.init : this.app);
  }

  public _unmet(found: ReadonlySet<string>): string | undefined {
    if (found.size > 0) return undefined;
    return this.app ? 'container' : 'init container';
  }
}

class Named extends ContainerSelector {
  public readonly _mayMiss = true;

  constructor(private readonly names: readonly string[]) {
    super();
  }

  public _select(containers: readonly SelectableContainer[]): SelectableContainer[] {
    return containers.filter(({ name }) => this.names.includes(name));
  }

  public _unmet(found: ReadonlySet<string>): string | undefined {
    const missing = this.names.filter(name => !found.has(name));
    if (this.names.length === 0) return 'container, as none is named,';
    return missing.length === 0 ? undefined : `container named ${quoteList(missing)}`;
  }
}
