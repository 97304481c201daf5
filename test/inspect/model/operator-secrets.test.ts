import { Inspection } from '../../../src/app/inspection';
import { keyRef, pod } from '../manifests';

const of = (apiVersion: string, kind: string, spec: object = {}, metadata: object = {}) => ({ apiVersion, kind, metadata: { name: 'main', ...metadata }, spec });

/** What is said of a pod that uses this key of this Secret beside the object that has it made. */
const found = (object: object, secret: string, key: string) => {
  return Inspection.fromManifests([object, pod({ env: [keyRef('X', secret, key)] })]).findings.map(({ code }) => code);
};

test.each<[string, object, string, string]>([
  ['CloudNativePG', of('postgresql.cnpg.io/v1', 'Cluster'), 'main-app', 'uri'],
  ['Zalando', of('acid.zalan.do/v1', 'postgresql', { users: { app_user: [] } }), 'app-user.main.credentials.postgresql.acid.zalan.do', 'password'],
  ['Strimzi, for a user', of('kafka.strimzi.io/v1beta2', 'KafkaUser', { authentication: { type: 'scram-sha-512' } }), 'main', 'sasl.jaas.config'],
  ['Strimzi, for a user with a certificate', of('kafka.strimzi.io/v1beta2', 'KafkaUser', { authentication: { type: 'tls' } }), 'main', 'user.crt'],
  ['Strimzi, for a cluster', of('kafka.strimzi.io/v1beta2', 'Kafka'), 'main-cluster-ca-cert', 'ca.crt'],
  ['ECK', of('elasticsearch.k8s.elastic.co/v1', 'Elasticsearch'), 'main-es-elastic-user', 'elastic'],
  ['Rook', of('ceph.rook.io/v1', 'CephObjectStoreUser', { store: 's' }), 'rook-ceph-object-user-s-main', 'AccessKey'],
  ['Crossplane', of('rds.aws.crossplane.io/v1', 'Instance', { writeConnectionSecretToRef: { name: 'conn' } }), 'conn', 'endpoint'],
  ['Infisical', of('secrets.infisical.com/v1beta1', 'InfisicalStaticSecret', {
    infisicalAuthRef: { name: 'a', namespace: 'n' },
    sources: [{ projectId: 'p', environmentSlug: 'prod', secretPath: '/' }],
    syncOptions: { refreshInterval: '1m' },
    targets: [{ kind: 'Secret', name: 'x', namespace: '', creationPolicy: 'Owner' }],
  }), 'x', 'any'],
  ['SecretSync', of('secret-sync.x-k8s.io/v1alpha1', 'SecretSync', {
    secretProviderClassName: 'c', serviceAccountName: 'a', secretObject: { type: 'Opaque', data: [{ sourcePath: 'a', targetKey: 'k' }] },
  }), 'main', 'k'],
  ['OpenShift', of('v1', 'Service', {}, { annotations: { 'service.beta.openshift.io/serving-cert-secret-name': 'cert' } }), 'cert', 'tls.crt'],
])('%s makes a Secret', (_, object, secret, key) => {
  expect(found(object, secret, key)).toEqual([]);
});

test.each<[object, string]>([
  [of('install.istio.io/v1alpha1', 'IstioOperator'), 'istio-system'],
  [of('install.istio.io/v1alpha1', 'IstioOperator', {}, { namespace: 'mesh' }), 'mesh'],
  [of('sailoperator.io/v1', 'Istio', { namespace: 'mesh' }), 'mesh'],
])('Istio makes its authority where it is installed: %j', (object, namespace) => {
  const user = (key: string) => pod({ env: [keyRef('X', 'istio-ca-secret', key)] }, {}, { namespace });
  const codes = (key: string) => Inspection.fromManifests([object, user(key)]).findings.map(({ code }) => code);

  expect([codes('ca-cert.pem'), codes('tls.crt')]).toEqual([[], ['UnknownKey']]);
});

test('a key that the operator does not make is found', () => {
  expect(found(of('elasticsearch.k8s.elastic.co/v1', 'Elasticsearch'), 'main-es-elastic-user', 'password')).toEqual(['UnknownKey']);
});

test.each<[object, string[]]>([
  [{ enableSuperuserAccess: true }, []],
  [{}, ['UnknownSecret']],
  [{ enableSuperuserAccess: false }, ['UnknownSecret']],
  [{ enableSuperuserAccess: true, superuserSecret: { name: 'own' } }, ['UnknownSecret']],
])('CloudNativePG makes a Secret for the superuser where it is asked to: %j', (spec, codes) => {
  expect(found(of('postgresql.cnpg.io/v1', 'Cluster', spec), 'main-superuser', 'password')).toEqual(codes);
});

test('a cluster with a Secret of its own makes none for the application', () => {
  expect(found(of('postgresql.cnpg.io/v1', 'Cluster', { bootstrap: { initdb: { secret: { name: 'own' } } } }), 'main-app', 'uri')).toEqual(['UnknownSecret']);
});
