import type * as kplus from 'cdk8s-plus-28';
import type { SecretBinding } from '../binding/secret-binding';
import type { SecretRollout } from '../binding/secret-rollout';

/**
 * What the ready workloads have beyond those of cdk8s-plus.
 */
export interface SecretBackedProps {
  /**
   * How the workload sees secrets. They are applied to the containers given in the properties.
   *
   * @default - it sees none
   */
  readonly bindings?: SecretBinding[];

  /**
   * What restarts the pods when a bound value changes.
   *
   * @default - SecretRollout.checksum() for a Deployment; SecretRollout.none() for a Pod, which nothing restarts, and
   *   for a Job, whose pod template can not be changed once it is applied
   */
  readonly rollout?: SecretRollout;
}

/**
 * The properties, with containers that share nothing with the caller's: cdk8s-plus keeps the objects that it is given,
 * and what is bound to one workload would show in every other that was made from the same ones.
 */
export function withOwnContainers<P extends kplus.AbstractPodProps>(props: P): P {
  const own = (containers?: kplus.ContainerProps[]) => containers?.map(container => ({
    ...container,
    envVariables: { ...container.envVariables },
    envFrom: [...container.envFrom ?? []],
    volumeMounts: [...container.volumeMounts ?? []],
  }));
  return { ...props, containers: own(props.containers), initContainers: own(props.initContainers) };
}

/** Applies what the properties ask for. */
export function bindSecrets(workload: kplus.AbstractPod, bindings: readonly SecretBinding[] | undefined, rollout: SecretRollout): void {
  for (const binding of bindings ?? []) binding.applyTo(workload);
  rollout.applyTo(workload);
}
