import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { bindSecrets, type SecretBackedProps, withOwnContainers } from './secret-backed-workload';
import { SecretRollout } from '../binding/secret-rollout';

/**
 * Properties of `SecretBackedPod`: those of a Pod of cdk8s-plus, and how it sees secrets.
 */
export interface SecretBackedPodProps extends kplus.PodProps, SecretBackedProps {}

/**
 * A Pod that sees secrets.
 *
 * Nothing restarts a bare Pod when a value changes: its variables are those that it started with.
 */
export class SecretBackedPod extends kplus.Pod {
  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props the properties of the Pod, and its bindings
   * @throws whatever its bindings throw when they are applied: NamespaceMismatch, UnknownContainer, DuplicateEnvName,
   *   DuplicateMountPath, DuplicateVolume, DuplicateFile, UnknownKey, InvalidPath, InvalidMode, SecretTypeMismatch
   */
  constructor(scope: Construct, id: string, props: SecretBackedPodProps = {}) {
    const { bindings, rollout, ...own } = props;
    super(scope, id, withOwnContainers<kplus.PodProps>(own));
    bindSecrets(this, bindings, rollout ?? SecretRollout.none());
  }
}
