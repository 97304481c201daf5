import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { DeclaredSecret } from './declared-secret';
import type { CommonSecretProps } from './secret';
import type { SecretKey } from './secret-reference';
import { SERVICE_ACCOUNT_NAME_ANNOTATION, SERVICE_ACCOUNT_TOKEN } from '../kubernetes/secret-types';

/**
 * Properties of `ServiceAccountTokenSecret`.
 */
export interface ServiceAccountTokenSecretProps extends CommonSecretProps {
  /**
   * The account that the token is for. It must be in the secret's namespace: the cluster deletes the token of an
   * account that does not exist.
   */
  readonly serviceAccount: kplus.IServiceAccount;
}

/**
 * A token of a ServiceAccount that does not expire: a Secret of type `kubernetes.io/service-account-token`.
 *
 * The cluster fills in its keys. Where pods can ask for tokens themselves, a projected token that expires is better.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
 */
export class ServiceAccountTokenSecret extends DeclaredSecret {
  /**
   * The key `token`.
   */
  public readonly tokenKey: SecretKey;

  /**
   * The key `ca.crt`: the certificate of the API server's authority.
   */
  public readonly certificateAuthorityKey: SecretKey;

  /**
   * The key `namespace`.
   */
  public readonly namespaceKey: SecretKey;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props the account
   * @throws InvalidName, InvalidNamespace, InvalidLabel
   */
  constructor(scope: Construct, id: string, props: ServiceAccountTokenSecretProps) {
    const { serviceAccount, metadata, ...common } = props;
    super(scope, id, {
      ...common,
      metadata: { ...metadata, annotations: { ...metadata?.annotations, [SERVICE_ACCOUNT_NAME_ANNOTATION]: serviceAccount.name } },
      type: SERVICE_ACCOUNT_TOKEN,
      data: {},
      boundToNamespace: 'a token is for a ServiceAccount of its own namespace',
      clusterKeys: ['ca.crt', 'namespace', 'token'],
    });
    this.tokenKey = this.key('token');
    this.certificateAuthorityKey = this.key('ca.crt');
    this.namespaceKey = this.key('namespace');
  }
}
