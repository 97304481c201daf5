import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Secret, SecretBinding, SensitiveValue } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { codes, refusal } from '../support/refusal';

const deployment = (chart: Chart) => new kplus.Deployment(chart, 'W', { containers: [{ image: 'a', portNumber: 80 }] });

test('a Secret of cdk8s-plus can be bound, with the keys that it has', () => {
  const chart = newChart();
  const plus = new kplus.Secret(chart, 'Db', { metadata: { name: 'db' }, stringData: { a: 'text-of-a' } });
  const db = Secret.of(plus);
  expect([db.name, db.namespace, db.secretType, db.keyNames]).toEqual(['db', 'web', 'Opaque', ['a']]);
  plus.addStringData('b', 'text-of-b');
  const workload = SecretBinding.all(SecretBinding.env('A', db.key('a')), SecretBinding.files('/etc/db', db, { items: { b: 'b' } })).bind(deployment(chart));
  expect(manifestOf(workload).spec.template.spec.containers[0].env).toEqual([{ name: 'A', valueFrom: { secretKeyRef: { name: 'db', key: 'a' } } }]);
  expect(refusal(() => db.key('c'))).toMatchObject({ code: 'UnknownKey', next: 'did you mean "a"? keys: "a", "b"' });
  expect(codes(chart)).toEqual([]);
});

test('one that cdk8s-plus imported has keys that are not known', () => {
  const chart = newChart();
  const db = Secret.of(kplus.Secret.fromSecretName(chart, 'Db', 'db'));
  expect([db.name, db.namespace, db.secretType, db.keyNames]).toEqual(['db', 'web', undefined, undefined]);
  deployment(chart).with(SecretBinding.env('A', db.key('anything')));
  expect(codes(chart)).toEqual([]);
});

test('so can an ApiObject of kind Secret', () => {
  const chart = newChart();
  const object = new ApiObject(chart, 'Tls', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'tls' }, type: 'kubernetes.io/basic-auth', data: { username: 'YQ==' } });
  const secret = Secret.of(object);
  expect([secret.secretType, secret.keyNames]).toEqual(['kubernetes.io/basic-auth', ['username']]);
});

test('one of this library is itself, and an adapted one is the same each time', () => {
  const chart = newChart();
  const ours = new Secret(chart, 'Db', { data: { a: SensitiveValue.fromLiteral('value-of-a') } });
  expect(Secret.of(ours)).toBe(ours);
  const plus = new kplus.Secret(chart, 'Plus');
  expect(Secret.of(plus)).toBe(Secret.of(plus));
});

test.each<[string, (chart: Chart) => any]>([
  ['the construct makes a ConfigMap, and no Secret', chart => new kplus.ConfigMap(chart, 'M')],
  ['the construct is no Secret, and none was made for it', chart => chart],
])('fails where %s', (problem, make) => {
  expect(refusal(() => Secret.of(make(newChart())))).toMatchObject({ code: 'InvalidValue', problem });
});
