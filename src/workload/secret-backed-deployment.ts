import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { bindSecrets, type SecretBackedProps, withOwnContainers } from './secret-backed-workload';
import { SecretRollout } from '../binding/secret-rollout';

/**
 * Properties of `SecretBackedDeployment`: those of a Deployment of cdk8s-plus, and how it sees secrets.
 */
export interface SecretBackedDeploymentProps extends kplus.DeploymentProps, SecretBackedProps {}

/**
 * A Deployment that sees secrets, and rolls when a value that it sees changes.
 */
export class SecretBackedDeployment extends kplus.Deployment {
  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props the properties of the Deployment, and its bindings
   * @throws whatever its bindings throw when they are applied: NamespaceMismatch, UnknownContainer, DuplicateEnvName,
   *   DuplicateMountPath, DuplicateVolume, DuplicateFile, UnknownKey, InvalidPath, InvalidMode, SecretTypeMismatch
   */
  constructor(scope: Construct, id: string, props: SecretBackedDeploymentProps = {}) {
    const { bindings, rollout, ...own } = props;
    super(scope, id, withOwnContainers<kplus.DeploymentProps>(own));
    bindSecrets(this, bindings, rollout ?? SecretRollout.checksum());
  }
}
