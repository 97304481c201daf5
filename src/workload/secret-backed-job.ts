import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { bindSecrets, type SecretBackedProps, withOwnContainers } from './secret-backed-workload';
import { SecretRollout } from '../binding/secret-rollout';

/**
 * Properties of `SecretBackedJob`: those of a Job of cdk8s-plus, and how it sees secrets.
 */
export interface SecretBackedJobProps extends kplus.JobProps, SecretBackedProps {}

/**
 * A Job that sees secrets.
 *
 * Its pod template can not be changed once it is applied, so by default nothing in it follows the values.
 */
export class SecretBackedJob extends kplus.Job {
  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props the properties of the Job, and its bindings
   * @throws whatever its bindings throw when they are applied: NamespaceMismatch, UnknownContainer, DuplicateEnvName,
   *   DuplicateMountPath, DuplicateVolume, DuplicateFile, UnknownKey, InvalidPath, InvalidMode, SecretTypeMismatch
   */
  constructor(scope: Construct, id: string, props: SecretBackedJobProps = {}) {
    const { bindings, rollout, ...own } = props;
    super(scope, id, withOwnContainers<kplus.JobProps>(own));
    bindSecrets(this, bindings, rollout ?? SecretRollout.none());
  }
}
