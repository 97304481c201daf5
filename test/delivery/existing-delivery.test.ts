import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Secret, SecretBinding, SecretDelivery, SensitiveValue, type SecretProps } from '../../src';
import { newChart } from '../support/charts';
import { codes, refusal } from '../support/refusal';

const declare = (props: Partial<SecretProps> = {}, chart = newChart('ns1')) =>
  new Secret(chart, 'Db', { data: { password: SensitiveValue.fromFile('no-such-file') }, delivery: SecretDelivery.existing(), ...props });

test('no object is made, and no value is read', () => {
  const secret = declare();
  expect(secret.node.findAll().filter(ApiObject.isApiObject)).toEqual([]);
  expect(codes(secret)).toEqual([]);
  expect(secret._checksumInput('password')).toBeUndefined();
});

test('the name is the one that every other delivery gives it', () => {
  expect(declare().name).toBe(declare({ delivery: SecretDelivery.manifest() }).name);
  expect(declare({ metadata: { name: 'db', namespace: 'other' } })).toMatchObject({ name: 'db', namespace: 'other' });
});

test('the declared keys are what it has', () => {
  const secret = declare();
  secret.addData('user', SensitiveValue.fromLiteral('u'));
  expect(secret.key('user').name).toBe('user');
  expect(refusal(() => secret.key('passwort')).code).toBe('UnknownKey');
});

test('workloads use it like any other, and nothing is missing', () => {
  const chart = newChart('ns1');
  const secret = declare({ metadata: { name: 'db' } }, chart);
  new kplus.Deployment(chart, 'Api', { containers: [{ image: 'api', portNumber: 80 }] }).with(
    SecretBinding.env('PASSWORD', secret.key('password')),
    SecretBinding.files('/etc/db', secret),
  );
  secret.addData('later', SensitiveValue.fromLiteral('u'));
  expect(codes(secret)).toEqual([]);
});
