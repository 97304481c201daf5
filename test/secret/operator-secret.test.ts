import { ApiObject, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { OperatorSecret, SecretBinding, type ISecret } from '../../src';
import { inventoryOf } from '../../src/inspect/model/inventory';
import { newChart } from '../support/charts';
import { findings, refusal } from '../support/refusal';

const DATABASE = ['dbname', 'fqdn-jdbc-uri', 'fqdn-uri', 'host', 'jdbc-uri', 'password', 'pgpass', 'port', 'uri', 'user', 'username'];

/** Each secret: how it is named here, its name, type and keys, and the object that its operator makes it for. */
const SECRETS: [string, (chart: Chart, more?: object) => ISecret, string, string | undefined, string[], object][] = [
  ['cnpgApp', (chart, more) => OperatorSecret.cnpgApp(chart, 'S', { cluster: 'db', ...more }), 'db-app', 'kubernetes.io/basic-auth', DATABASE,
    { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'db' }, spec: { instances: 1 } }],
  ['cnpgSuperuser', (chart, more) => OperatorSecret.cnpgSuperuser(chart, 'S', { cluster: 'db', ...more }), 'db-superuser', 'kubernetes.io/basic-auth', DATABASE,
    { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'db' }, spec: { instances: 1, enableSuperuserAccess: true } }],
  ['zalandoUser', (chart, more) => OperatorSecret.zalandoUser(chart, 'S', { cluster: 'db', user: 'shop_app', ...more }),
    'shop-app.db.credentials.postgresql.acid.zalan.do', undefined, ['password', 'username'],
    { apiVersion: 'acid.zalan.do/v1', kind: 'postgresql', metadata: { name: 'db' }, spec: { users: { shop_app: [] } } }],
  ['kafkaTlsUser', (chart, more) => OperatorSecret.kafkaTlsUser(chart, 'S', { user: 'shop', ...more }), 'shop', undefined,
    ['ca.crt', 'user.crt', 'user.key', 'user.p12', 'user.password'],
    { apiVersion: 'kafka.strimzi.io/v1beta2', kind: 'KafkaUser', metadata: { name: 'shop' }, spec: { authentication: { type: 'tls' } } }],
  ['kafkaScramUser', (chart, more) => OperatorSecret.kafkaScramUser(chart, 'S', { user: 'shop', ...more }), 'shop', undefined, ['password', 'sasl.jaas.config'],
    { apiVersion: 'kafka.strimzi.io/v1beta2', kind: 'KafkaUser', metadata: { name: 'shop' }, spec: { authentication: { type: 'scram-sha-512' } } }],
  ['kafkaAuthority', (chart, more) => OperatorSecret.kafkaAuthority(chart, 'S', { cluster: 'k', ...more }), 'k-cluster-ca-cert', undefined, ['ca.crt', 'ca.p12', 'ca.password'],
    { apiVersion: 'kafka.strimzi.io/v1beta2', kind: 'Kafka', metadata: { name: 'k' }, spec: {} }],
  ['elasticUser', (chart, more) => OperatorSecret.elasticUser(chart, 'S', { cluster: 'e', ...more }), 'e-es-elastic-user', undefined, ['elastic'],
    { apiVersion: 'elasticsearch.k8s.elastic.co/v1', kind: 'Elasticsearch', metadata: { name: 'e' }, spec: {} }],
  ['elasticCertificate', (chart, more) => OperatorSecret.elasticCertificate(chart, 'S', { cluster: 'e', ...more }), 'e-es-http-certs-public', undefined, ['ca.crt', 'tls.crt'],
    { apiVersion: 'elasticsearch.k8s.elastic.co/v1', kind: 'Elasticsearch', metadata: { name: 'e' }, spec: {} }],
  ['rookObjectStoreUser', (chart, more) => OperatorSecret.rookObjectStoreUser(chart, 'S', { store: 's', user: 'u', ...more }), 'rook-ceph-object-user-s-u', undefined,
    ['AccessKey', 'Endpoint', 'SecretKey'],
    { apiVersion: 'ceph.rook.io/v1', kind: 'CephObjectStoreUser', metadata: { name: 'u' }, spec: { store: 's' } }],
  ['certificate', (chart, more) => OperatorSecret.certificate(chart, 'S', { secretName: 'tls', ...more }), 'tls', 'kubernetes.io/tls', ['tls.crt', 'tls.key'],
    { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'c' }, spec: { secretName: 'tls', issuerRef: { name: 'i' }, dnsNames: ['a'] } }],
];

describe.each(SECRETS)('%s', (_, make, name, type, keys, object) => {
  test('knows its name, its type and its keys', () => {
    const secret = make(newChart('shop'));
    expect([secret.name, secret.namespace, secret.secretType, secret.keyNames]).toEqual([name, 'shop', type, keys]);
    expect(refusal(() => secret.key('no-such-key')).code).toBe('UnknownKey');
  });

  test('may be in another namespace, and have further keys', () => {
    const secret = make(newChart('shop'), { namespace: 'data', moreKeys: ['new'] });
    expect(secret.namespace).toBe('data');
    expect(secret.key('new').name).toBe('new');
  });

  test('is what an inspection reads of the object', () => {
    const read = inventoryOf([{ manifest: object }]).secrets.find(secret => secret.name === name)!;
    const known = (read.keys ?? []).map(({ key }) => key).filter(key => key !== 'ca.crt' || keys.includes(key));
    expect(known).toEqual(read.keys === undefined ? [] : keys);
  });

  test('is bound as any other secret', () => {
    const chart = newChart('shop');
    const secret = make(chart);
    new kplus.Deployment(chart, 'D', { containers: [{ image: 'a' }] }).with(SecretBinding.env('A', secret.key(keys[0])), SecretBinding.files('/etc/a', secret));
    expect(findings(chart)).toEqual([]);
  });
});

test('the authority is a key of a certificate where its issuer gives it', () => {
  const secret = OperatorSecret.certificate(newChart(), 'S', { secretName: 'tls', givesAuthority: true });
  expect(secret.keyNames).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
});

test('beside its object nothing is said to be made twice', () => {
  const chart = newChart('shop');
  new ApiObject(chart, 'Db', { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'db' }, spec: { instances: 1 } });
  const secret = OperatorSecret.cnpgApp(chart, 'S', { cluster: 'db' });
  new kplus.Deployment(chart, 'D', { containers: [{ image: 'a' }] }).with(SecretBinding.env('A', secret.key('uri')));
  expect(findings(chart)).toEqual([]);
});
