import type { CustomResources } from './custom-resources';
import type { KnownSecret } from './known-secrets';
import type { Manifest } from './manifest';
import { list, record, text } from './untyped';
import { requiredKeys, TLS } from '../../kubernetes/secret-types';

/** What is known of a Secret that an operator makes. */
export type SecretOfResource = Partial<KnownSecret> & { readonly name: string };

/** What a custom resource says of the Secrets that its operator makes. Keys that are not known may be any. */
export type SecretReader = (spec: Record<string, unknown>, manifest: Manifest, resources: () => CustomResources) => SecretOfResource[];

const BASIC = new Set(['username', 'password']);

/** Names with an ending, all with keys that are not told. */
function ending(...endings: string[]): SecretReader {
  return (_, { name }) => endings.map(end => ({ name: `${name}${end}` }));
}

/** The Secrets of the operators of databases, brokers and stores, by group and kind. */
export const OPERATOR_READERS: Readonly<Record<string, SecretReader>> = {
  'postgresql.cnpg.io/Cluster': (spec, { name }) => {
    const app = text(record(record(record(spec.bootstrap).initdb).secret).name) === '' ? ['app'] : [];
    // none since 1.21, unless it is asked for
    const superuser = spec.enableSuperuserAccess === true && text(record(spec.superuserSecret).name) === '' ? ['superuser'] : [];
    return [...app, ...superuser, 'ca', 'server', 'replication'].map(end => ({ name: `${name}-${end}` }));
  },
  'acid.zalan.do/postgresql': (spec, { name }) => {
    const users = [...Object.keys(record(spec.users)), 'postgres', 'standby', 'pooler', ...Object.keys(record(spec.preparedDatabases)).flatMap(preparedUsers)];
    return users.map(user => ({ name: `${user.replaceAll('_', '-')}.${name}.credentials.postgresql.acid.zalan.do`, keys: BASIC }));
  },
  'kafka.strimzi.io/KafkaUser': (spec, { name }) => [{
    name,
    keys: text(record(spec.authentication).type).startsWith('scram')
      ? new Set(['password', 'sasl.jaas.config']) : new Set(['ca.crt', 'user.crt', 'user.key', 'user.p12', 'user.password']),
  }],
  'kafka.strimzi.io/Kafka': ending('-cluster-ca-cert', '-clients-ca-cert', '-cluster-ca', '-clients-ca', '-cluster-operator-certs', '-kafka-brokers'),
  'elasticsearch.k8s.elastic.co/Elasticsearch': (_, { name }) => [
    { name: `${name}-es-elastic-user`, keys: new Set(['elastic']) },
    { name: `${name}-es-http-certs-public`, keys: new Set(['ca.crt', 'tls.crt']) },
    { name: `${name}-es-http-certs-internal` },
    { name: `${name}-es-http-ca-internal` },
  ],
  'kibana.k8s.elastic.co/Kibana': ending('-kb-http-certs-public', '-kb-http-certs-internal', '-kibana-user'),
  'ceph.rook.io/CephObjectStoreUser': (spec, { name }) => [{
    name: `rook-ceph-object-user-${text(spec.store)}-${name}`,
    keys: new Set(['AccessKey', 'SecretKey', 'Endpoint']),
  }],
  'secrets.infisical.com/InfisicalStaticSecret': spec => list(spec.targets).map(record).filter(({ kind }) => kind !== 'ConfigMap').map(target => ({
    name: text(target.name),
    ...text(target.namespace) === '' ? {} : { namespace: text(target.namespace) },
  })),
  'secrets.infisical.com/InfisicalSecret': spec => {
    return [spec.managedSecretReference, ...list(spec.managedKubeSecretReferences)].map(record).map(({ secretName, secretNamespace }) => ({
      name: text(secretName),
      ...text(secretNamespace) === '' ? {} : { namespace: text(secretNamespace) },
    }));
  },
  // what istiod signs with where nobody gave it a Secret "cacerts" (security/pkg/pki/ca/ca.go)
  'install.istio.io/IstioOperator': (spec, { metadata }) => [istioAuthority(text(spec.namespace) || text(metadata.namespace))],
  'sailoperator.io/Istio': spec => [istioAuthority(text(spec.namespace))],
  'secret-sync.x-k8s.io/SecretSync': (spec, { name }) => [{
    name,
    keys: new Set(list(record(spec.secretObject).data).map(entry => text(record(entry).targetKey))),
  }],
};

function istioAuthority(namespace: string): SecretOfResource {
  return { name: 'istio-ca-secret', namespace: namespace || 'istio-system', type: 'istio.io/ca-root', keys: new Set(['ca-cert.pem', 'ca-key.pem', 'root-cert.pem', 'cert-chain.pem', 'key.pem']) };
}

/** The roles that the operator of Zalando makes for a database that it prepares. */
function preparedUsers(database: string): string[] {
  return ['owner', 'reader', 'writer'].map(role => `${database}_${role}_user`);
}

/** What Secrets an object of any kind has made: by OpenShift for a Service, and by Crossplane and those who do as it does. */
export function secretsOfAnyKind({ apiVersion, kind, raw, metadata }: Manifest): SecretOfResource[] {
  if (kind === 'Service' && apiVersion === 'v1') {
    const name = SERVING_CERTIFICATE.map(key => text(record(metadata.annotations)[key])).find(value => value !== '');
    return name === undefined ? [] : [{ name, type: TLS, keys: new Set(requiredKeys(TLS)) }];
  }
  const { name, namespace } = record(record(raw.spec).writeConnectionSecretToRef);
  return text(name) === '' ? [] : [{ name: text(name), ...text(namespace) === '' ? {} : { namespace: text(namespace) } }];
}

/** Annotations of a Service that have OpenShift make its certificate. */
const SERVING_CERTIFICATE = ['service.beta.openshift.io/serving-cert-secret-name', 'service.alpha.openshift.io/serving-cert-secret-name'];
