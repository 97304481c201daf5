import type { Construct } from 'constructs';
import { ImportedSecret } from './imported-secret';
import type { ISecret } from './secret-reference';
import { BASIC_AUTH, TLS } from '../kubernetes/secret-types';

/**
 * What every Secret of an operator can be told.
 */
export interface OperatorSecretOptions {
  /**
   * The namespace that it is in.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;

  /**
   * Keys that a newer version of the operator makes besides.
   *
   * @default - none
   */
  readonly moreKeys?: string[];
}

/**
 * Options of `OperatorSecret.cnpgApp` and `.cnpgSuperuser`.
 */
export interface CnpgSecretOptions extends OperatorSecretOptions {
  /**
   * The name of the `Cluster`.
   */
  readonly cluster: string;
}

/**
 * Options of `OperatorSecret.zalandoUser`.
 */
export interface ZalandoSecretOptions extends OperatorSecretOptions {
  /**
   * The name of the `postgresql`.
   */
  readonly cluster: string;

  /**
   * The user of the database, as the `postgresql` names it.
   */
  readonly user: string;
}

/**
 * Options of `OperatorSecret.kafkaTlsUser` and `.kafkaScramUser`.
 */
export interface KafkaUserSecretOptions extends OperatorSecretOptions {
  /**
   * The name of the `KafkaUser`.
   */
  readonly user: string;
}

/**
 * Options of `OperatorSecret.kafkaAuthority`.
 */
export interface KafkaAuthoritySecretOptions extends OperatorSecretOptions {
  /**
   * The name of the `Kafka`.
   */
  readonly cluster: string;
}

/**
 * Options of `OperatorSecret.elasticUser` and `.elasticCertificate`.
 */
export interface ElasticSecretOptions extends OperatorSecretOptions {
  /**
   * The name of the `Elasticsearch`.
   */
  readonly cluster: string;
}

/**
 * Options of `OperatorSecret.rookObjectStoreUser`.
 */
export interface RookSecretOptions extends OperatorSecretOptions {
  /**
   * The name of the `CephObjectStore`.
   */
  readonly store: string;

  /**
   * The name of the `CephObjectStoreUser`.
   */
  readonly user: string;
}

/**
 * Options of `OperatorSecret.certificate`.
 */
export interface CertificateSecretOptions extends OperatorSecretOptions {
  /**
   * The `secretName` of the `Certificate`.
   */
  readonly secretName: string;

  /**
   * Whether the issuer gives the certificate of its authority too: the key `ca.crt`. Those of ACME never do.
   *
   * @default false
   */
  readonly givesAuthority?: boolean;
}

const DATABASE = ['dbname', 'fqdn-jdbc-uri', 'fqdn-uri', 'host', 'jdbc-uri', 'password', 'pgpass', 'port', 'uri', 'user', 'username'];

/**
 * Secrets that operators make, by the names of the objects that they make them for: with their names, types and keys. They are bound as any other secret; asking
 * for a key that the operator does not make is an error.
 *
 * @example
 * const db = OperatorSecret.cnpgApp(this, 'Db', { cluster: 'shop-db' });
 * SecretBinding.env('DATABASE_URL', db.key('uri')).applyTo(this);
 */
export class OperatorSecret {
  /**
   * What the owner of the database of a CloudNativePG `Cluster` logs in with: `CLUSTER-app`. It is there unless `bootstrap.initdb.secret` names another one.
   *
   * The keys `user`, `fqdn-uri` and `fqdn-jdbc-uri` are those of newer versions.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param options the name of the `Cluster`
   * @throws InvalidName, InvalidNamespace, InvalidKey
   * @see https://cloudnative-pg.io/documentation/current/applications/
   */
  public static cnpgApp(scope: Construct, id: string, options: CnpgSecretOptions): ISecret {
    return made(scope, id, `${options.cluster}-app`, DATABASE, options, BASIC_AUTH);
  }

  /**
   * What the superuser of a CloudNativePG `Cluster` logs in with: `CLUSTER-superuser`. It is there with `enableSuperuserAccess: true` only.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param options the name of the `Cluster`
   * @throws InvalidName, InvalidNamespace, InvalidKey
   */
  public static cnpgSuperuser(scope: Construct, id: string, options: CnpgSecretOptions): ISecret {
    return made(scope, id, `${options.cluster}-superuser`, DATABASE, options, BASIC_AUTH);
  }

  /**
   * What a user of a `postgresql` of Zalando's operator logs in with, by the operator's default template of names.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param options the names of the `postgresql` and the user
   * @throws InvalidName, InvalidNamespace, InvalidKey
   */
  public static zalandoUser(scope: Construct, id: string, options: ZalandoSecretOptions): ISecret {
    const { user, cluster } = options;
    return made(scope, id, `${user.replaceAll('_', '-')}.${cluster}.credentials.postgresql.acid.zalan.do`, ['password', 'username'], options);
  }

  /**
   * The certificate of a `KafkaUser` of Strimzi with `authentication.type: tls`, and its key, as PEM and PKCS#12.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param options the name of the `KafkaUser`
   * @throws InvalidName, InvalidNamespace, InvalidKey
   */
  public static kafkaTlsUser(scope: Construct, id: string, options: KafkaUserSecretOptions): ISecret {
    return made(scope, id, options.user, ['ca.crt', 'user.crt', 'user.key', 'user.p12', 'user.password'], options);
  }

  /**
   * The password of a `KafkaUser` of Strimzi with `authentication.type: scram-sha-512`.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param options the name of the `KafkaUser`
   * @throws InvalidName, InvalidNamespace, InvalidKey
   */
  public static kafkaScramUser(scope: Construct, id: string, options: KafkaUserSecretOptions): ISecret {
    return made(scope, id, options.user, ['password', 'sasl.jaas.config'], options);
  }

  /**
   * The certificate that the brokers of a `Kafka` of Strimzi are known by, as PEM and PKCS#12: `CLUSTER-cluster-ca-cert`.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param options the name of the `Kafka`
   * @throws InvalidName, InvalidNamespace, InvalidKey
   */
  public static kafkaAuthority(scope: Construct, id: string, options: KafkaAuthoritySecretOptions): ISecret {
    return made(scope, id, `${options.cluster}-cluster-ca-cert`, ['ca.crt', 'ca.p12', 'ca.password'], options);
  }

  /**
   * The password of the user `elastic` of an `Elasticsearch`, under the key `elastic`: `CLUSTER-es-elastic-user`.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param options the name of the `Elasticsearch`
   * @throws InvalidName, InvalidNamespace, InvalidKey
   */
  public static elasticUser(scope: Construct, id: string, options: ElasticSecretOptions): ISecret {
    return made(scope, id, `${options.cluster}-es-elastic-user`, ['elastic'], options);
  }

  /**
   * The certificates that an `Elasticsearch` is known by: `CLUSTER-es-http-certs-public`.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param options the name of the `Elasticsearch`
   * @throws InvalidName, InvalidNamespace, InvalidKey
   */
  public static elasticCertificate(scope: Construct, id: string, options: ElasticSecretOptions): ISecret {
    return made(scope, id, `${options.cluster}-es-http-certs-public`, ['ca.crt', 'tls.crt'], options);
  }

  /**
   * The keys of a `CephObjectStoreUser` of Rook, and where its store is: `AccessKey`, `SecretKey` and `Endpoint`.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param options the names of the store and the user
   * @throws InvalidName, InvalidNamespace, InvalidKey
   */
  public static rookObjectStoreUser(scope: Construct, id: string, options: RookSecretOptions): ISecret {
    return made(scope, id, `rook-ceph-object-user-${options.store}-${options.user}`, ['AccessKey', 'Endpoint', 'SecretKey'], options);
  }

  /**
   * What cert-manager makes for a `Certificate` of somebody else. For one of this program there is `SecretDelivery.certificate`.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param options the name of the Secret, and whether it has `ca.crt`
   * @throws InvalidName, InvalidNamespace, InvalidKey
   */
  public static certificate(scope: Construct, id: string, options: CertificateSecretOptions): ISecret {
    return made(scope, id, options.secretName, ['tls.crt', 'tls.key', ...options.givesAuthority === true ? ['ca.crt'] : []], options, TLS);
  }

  private constructor() {}
}

function made(
  scope: Construct, id: string, name: string, keys: readonly string[], { namespace, moreKeys = [] }: OperatorSecretOptions, type?: string,
): ISecret {
  return new ImportedSecret(scope, id, name, { namespace, type, keys: [...keys, ...moreKeys] });
}
