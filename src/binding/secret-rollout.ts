import type { IConstruct, IMixin } from 'constructs';
import { AppBindings } from './app-bindings';
import { checksumRollout, hashedNameRollout, noRollout, reloaderRollout, type RolloutVariant } from './rollout-variants';

/**
 * What restarts the pods of a workload when a value that they see changes.
 *
 * Kubernetes itself restarts nothing: a Deployment, StatefulSet or DaemonSet rolls only where its pod template changes. Those to
 * which a secret is bound have `checksum()` where nothing else was chosen.
 *
 * Choose one for a workload with `workload.with(rollout)`, or for all of a chart with `chart.with(rollout)`; the nearest one holds.
 */
export class SecretRollout implements IMixin {
  /**
   * An annotation `checksum/secret` on the pod template, with a SHA-256 of the values that the pods see as variables or
   * files. It changes when, and only when, one of them changes; the pods are then replaced.
   *
   * Values that this program does not know (secrets that others make) are not part of it.
   */
  public static checksum(): SecretRollout {
    return new SecretRollout(checksumRollout);
  }

  /**
   * The names of the secrets: those that the pods see as variables or files must be declared with `hashedName: true`, so
   * that another value is another name, and the pods are replaced. Others are an error.
   *
   * The old Secret stays until it is pruned, so a rollout can be taken back. With the `keep` of a delivery the manifests hold it for some generations more.
   */
  public static hashedName(): SecretRollout {
    return new SecretRollout(hashedNameRollout);
  }

  /**
   * Annotations for Reloader, a controller that restarts pods when a Secret that they see changes in the cluster. It is the
   * way for values that this program never sees, and publishes nothing of them.
   *
   * @see https://github.com/stakater/Reloader
   */
  public static reloader(): SecretRollout {
    return new SecretRollout(reloaderRollout);
  }

  /**
   * Nothing: running pods keep the variables that they started with, and see new files within minutes.
   */
  public static none(): SecretRollout {
    return new SecretRollout(noRollout);
  }

  /** @internal */
  public readonly _variant: RolloutVariant;

  private constructor(variant: RolloutVariant) {
    this._variant = variant;
  }

  /**
   * Whether it can be chosen for a construct: for any, since pods may be made below it later.
   *
   * @param _construct any construct
   */
  public supports(_construct: IConstruct): boolean {
    return true;
  }

  /**
   * Chooses it for the pods below a construct; `construct.with(rollout)` does the same.
   *
   * @param construct a workload, a chart or any other construct
   * @throws UnsupportedWorkload
   */
  public applyTo(construct: IConstruct): void {
    AppBindings.of(construct).rollOut(this._variant, construct);
  }
}
