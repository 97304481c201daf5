import type { Construct } from 'constructs';
import { DeclaredSecret } from './declared-secret';
import type { CommonSecretProps } from './secret';
import type { SecretKey } from './secret-reference';
import { TLS } from '../kubernetes/secret-types';
import { SensitiveValue } from '../value/sensitive-value';

/**
 * Properties of `TlsSecret`.
 */
export interface TlsSecretProps extends CommonSecretProps {
  /**
   * The certificate, PEM, with the certificates of its chain after it.
   *
   * @default SensitiveValue.fromDelivery(): the delivery makes or finds it
   */
  readonly tlsCert?: SensitiveValue;

  /**
   * The private key of the certificate, PEM, not encrypted.
   *
   * @default SensitiveValue.fromDelivery(): the delivery makes or finds it
   */
  readonly tlsKey?: SensitiveValue;

  /**
   * The certificate of the authority that signed it, PEM: the key `ca.crt`, which Kubernetes does not ask for and many
   * programs read.
   *
   * @default - no such key
   */
  readonly certificateAuthority?: SensitiveValue;
}

/**
 * A certificate and its private key: a Secret of type `kubernetes.io/tls`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets
 */
export class TlsSecret extends DeclaredSecret {
  /**
   * The key `tls.crt`.
   */
  public readonly certificateKey: SecretKey;

  /**
   * The key `tls.key`.
   */
  public readonly privateKeyKey: SecretKey;

  /**
   * The key `ca.crt`.
   *
   * @default - no such key
   */
  public readonly certificateAuthorityKey?: SecretKey;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props the certificate and its key
   * @throws InvalidName, InvalidNamespace, InvalidLabel, InvalidValue; when the manifest is made also InvalidCertificate
   *   and what reading the values throws
   */
  constructor(scope: Construct, id: string, props: TlsSecretProps = {}) {
    const { tlsCert = SensitiveValue.fromDelivery(), tlsKey = SensitiveValue.fromDelivery(), certificateAuthority, ...common } = props;
    super(scope, id, {
      ...common,
      type: TLS,
      data: {
        'tls.crt': tlsCert,
        'tls.key': tlsKey,
        ...certificateAuthority === undefined ? {} : { 'ca.crt': certificateAuthority },
      },
    });
    this.certificateKey = this.key('tls.crt');
    this.privateKeyKey = this.key('tls.key');
    if (certificateAuthority !== undefined) this.certificateAuthorityKey = this.key('ca.crt');
  }
}
