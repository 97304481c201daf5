import { Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct, IMixin } from 'constructs';
import { secretChecksum } from './secret-checksum';

/** The annotation that carries the checksum; Helm charts use the same. */
export const CHECKSUM_ANNOTATION = 'checksum/secret';

const ANNOTATED = new WeakSet<IConstruct>();

/**
 * What restarts the pods of a workload when a value that they see changes.
 *
 * Kubernetes itself restarts nothing: a Deployment, StatefulSet or DaemonSet rolls only where its pod template changes.
 */
export abstract class SecretRollout implements IMixin {
  /**
   * An annotation `checksum/secret` on the pod template, with a SHA-256 of the values that the pods see as variables or
   * files. It changes when, and only when, one of them changes; the pods are then replaced.
   *
   * Values that this program does not know (secrets that others make) are not part of it.
   */
  public static checksum(): SecretRollout {
    return new ChecksumRollout();
  }

  /**
   * Nothing: running pods keep the variables that they started with, and see new files within minutes.
   */
  public static none(): SecretRollout {
    return new NoRollout();
  }

  /**
   * Whether a construct has a pod template.
   *
   * @param construct any construct
   */
  public supports(construct: IConstruct): boolean {
    return construct instanceof kplus.AbstractPod;
  }

  /**
   * Applies it to one workload of cdk8s-plus; `workload.with(rollout)` does the same.
   *
   * @param construct a workload
   */
  public abstract applyTo(construct: IConstruct): void;

  /**
   * Annotations of a pod template, beyond those that it has.
   *
   * @internal
   */
  public abstract _annotations(scope: IConstruct, namespace: string | undefined, podSpec: () => unknown): Record<string, any>;
}

class ChecksumRollout extends SecretRollout {
  public applyTo(construct: IConstruct): void {
    if (!(construct instanceof kplus.AbstractPod) || ANNOTATED.has(construct)) return;
    ANNOTATED.add(construct);
    const { namespace } = construct.metadata;
    for (const [name, value] of Object.entries(this._annotations(construct, namespace, () => podSpecOf(construct)))) {
      construct.podMetadata.addAnnotation(name, value);
    }
  }

  public _annotations(scope: IConstruct, namespace: string | undefined, podSpec: () => unknown): Record<string, any> {
    return { [CHECKSUM_ANNOTATION]: Lazy.any({ produce: () => secretChecksum(scope, namespace, podSpec()) }) };
  }
}

class NoRollout extends SecretRollout {
  public applyTo(): void {}

  public _annotations(): Record<string, any> {
    return {};
  }
}

/** The parts of a workload's pod spec that name secrets, as they are now. */
function podSpecOf(workload: kplus.AbstractPod): object {
  const containers = [...workload.containers, ...workload.initContainers];
  const volumes = new Set([...workload.volumes, ...containers.flatMap(container => container.mounts.map(mount => mount.volume))]);
  return {
    containers: containers.map(({ env }) => ({
      env: Object.values(env.variables),
      envFrom: env.sources.map(source => source._toKube()),
    })),
    volumes: [...volumes].map(volume => volume._toKube()),
  };
}
