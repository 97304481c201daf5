import type { IConstruct } from 'constructs';
import { AppOrdering } from './app-ordering';
import { argoSyncWaves, helmHooks, type OrderingVariant } from './ordering-variants';

/**
 * In which order secrets and what needs them are applied, as the program that applies them is told.
 *
 * What was annotated already stays as it is, and what comes before it follows it.
 */
export class SecretOrdering {
  /**
   * Waves of Argo CD: each wave is applied when what is in the one before is healthy.
   *
   * What makes a Secret is in the wave before all workloads that it is bound to, -1 or earlier; stores, issuers and generators are in the
   * wave before that, and the Secrets and ServiceAccounts with which a store is asked, and the Namespaces of all these, before them. A
   * workload gets no wave; where the user has given it one, its secrets follow.
   *
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
   */
  public static argoSyncWaves(): SecretOrdering {
    return new SecretOrdering(argoSyncWaves);
  }

  /**
   * Hooks of Helm: what makes a Secret for a workload with a `pre-install`, `pre-upgrade` or `pre-rollback` hook becomes a hook of a lower
   * weight, and so does its store. Everything else stays a part of the release.
   *
   * Helm deletes a hook and makes it anew in every upgrade, and leaves it when the release is uninstalled. It waits for no operator.
   *
   * @see https://helm.sh/docs/topics/charts_hooks/
   */
  public static helmHooks(): SecretOrdering {
    return new SecretOrdering(helmHooks);
  }

  readonly #variant: OrderingVariant;

  private constructor(variant: OrderingVariant) {
    this.#variant = variant;
  }

  /**
   * Orders the secrets below a scope, those that come later too. The nearest scope wins.
   *
   * @param scope an app, a chart or any other construct
   * @throws when the app is synthesized: BindingUnused where there is nothing to order
   */
  public useFor(scope: IConstruct): void {
    AppOrdering.of(scope).choose(this.#variant, scope);
  }
}
