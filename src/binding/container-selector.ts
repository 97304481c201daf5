import { quoteList } from '../errors/suggest';
import { variantOf } from '../errors/sum-type';

/** A container, as far as it can be selected. */
export interface SelectableContainer {
  readonly name: string;
  readonly isInit: boolean;
}

/**
 * Which containers of a workload see a secret.
 */
export class ContainerSelector {
  /**
   * Every app container: those of `spec.containers`. This is what a binding without a selector takes.
   */
  public static appContainers(): ContainerSelector {
    return new ContainerSelector(kinds(true, false));
  }

  /**
   * Every init container: those of `spec.initContainers`, with them the sidecars that Kubernetes keeps there.
   */
  public static initContainers(): ContainerSelector {
    return new ContainerSelector(kinds(false, true));
  }

  /**
   * Every container, init containers included.
   */
  public static all(): ContainerSelector {
    return new ContainerSelector(kinds(true, true));
  }

  /**
   * The containers of these names, app or init.
   *
   * @param names names of containers
   */
  public static named(...names: string[]): ContainerSelector {
    return new ContainerSelector(named([...names]));
  }

  /** @internal */
  public readonly _variant: SelectorVariant;

  private constructor(variant: SelectorVariant) {
    this._variant = variant;
  }
}

/** Which containers are meant. */
export interface SelectorVariant {
  /** Whether it is natural that some workloads have none of them: then it is an error only where all have none. */
  readonly mayMiss: boolean;
  /** Which of the containers of a workload are meant. */
  select(containers: readonly SelectableContainer[]): SelectableContainer[];
  /** What is meant and is not among the containers that were found, for messages, or undefined where nothing is. */
  unmet(found: ReadonlySet<string>): string | undefined;
}

/** What is in a ContainerSelector. */
export function selectorVariant(selector: ContainerSelector): SelectorVariant {
  return variantOf(selector, {
    code: 'UnknownContainer', message: 'the selector of containers is none', next: 'use ContainerSelector.appContainers, .initContainers, .all or .named',
  });
}

function kinds(app: boolean, init: boolean): SelectorVariant {
  return {
    // every workload has app containers, many have no init containers
    mayMiss: !app,
    select: containers => containers.filter(({ isInit }) => isInit ? init : app),
    unmet: found => found.size > 0 ? undefined : app ? 'container' : 'init container',
  };
}

function named(names: readonly string[]): SelectorVariant {
  return {
    mayMiss: true,
    select: containers => containers.filter(({ name }) => names.includes(name)),
    unmet: found => {
      const missing = names.filter(name => !found.has(name));
      if (names.length === 0) return 'container, as none is named,';
      return missing.length === 0 ? undefined : `container named ${quoteList(missing)}`;
    },
  };
}
