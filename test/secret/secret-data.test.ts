import { SensitiveValue } from '../../src';
import { SecretData } from '../../src/secret/secret-data';
import { refusal } from '../support/refusal';

function dataOf(type: string, values: Record<string, string>) {
  const data = new SecretData(type);
  for (const [key, text] of Object.entries(values)) data.add(key, SensitiveValue.fromLiteral(text));
  return data;
}
const codesOf = (data: SecretData) => data.problems().map(({ code }) => code);

test.each<[string, Record<string, string>, string[]]>([
  ['Opaque', {}, []],
  ['anything at/all !!', {}, []],
  ['bootstrap.kubernetes.io/token', {}, []],
  ['kubernetes.io/basic-auth', { username: '' }, []],
  ['kubernetes.io/basic-auth', { password: '' }, []],
  ['kubernetes.io/basic-auth', { user: 'x' }, ['MissingKey']],
  ['kubernetes.io/ssh-auth', { 'ssh-privatekey': 'x' }, []],
  ['kubernetes.io/ssh-auth', { 'ssh-privatekey': '' }, ['MissingKey']],
  ['kubernetes.io/ssh-auth', {}, ['MissingKey']],
  ['kubernetes.io/tls', { 'tls.crt': '' }, ['MissingKey']],
  ['kubernetes.io/tls', { 'tls.crt': '', 'tls.key': '' }, ['InvalidCertificate']],
  ['kubernetes.io/dockerconfigjson', {}, ['MissingKey']],
  ['kubernetes.io/dockerconfigjson', { '.dockerconfigjson': '{}' }, []],
  ['kubernetes.io/dockerconfigjson', { '.dockerconfigjson': '[]' }, ['InvalidDockerConfig']],
  ['kubernetes.io/dockercfg', { '.dockerconfigjson': '{}' }, ['MissingKey']],
  ['kubernetes.io/dockercfg', { '.dockercfg': '{}' }, []],
  ['kubernetes.io/dockercfg', { '.dockercfg': 'x' }, ['InvalidDockerConfig']],
])('of type %s with %j: %j', (type, values, expected) => {
  expect(codesOf(dataOf(type, values))).toEqual(expected);
});

test('what is missing is named', () => {
  expect(dataOf('kubernetes.io/tls', { 'tls.crt': 'x' }).problems()).toEqual([{
    code: 'MissingKey',
    message: 'a Secret of type "kubernetes.io/tls" needs the key "tls.key"',
    next: 'add it, or choose another type',
  }]);
});

test('the values are read once, sorted by key, and again after a key was added', () => {
  let reads = 0;
  const counted = () => SensitiveValue._derived({ description: 'counted', read: () => Buffer.from(String(++reads)) });
  const data = new SecretData('Opaque');
  data.add('b', counted());
  data.add('a', counted());
  expect([...data.read()].map(([key, bytes]) => `${key}=${bytes}`)).toEqual(['a=1', 'b=2']);
  data.read();
  expect(reads).toBe(2);
  data.add('c', counted());
  expect([...data.read().keys()]).toEqual(['a', 'b', 'c']);
});

test('reading throws the first problem', () => {
  expect(refusal(() => dataOf('kubernetes.io/ssh-auth', {}).read()).code).toBe('MissingKey');
});

test('an error that is none of ours is not taken for a problem of the value', () => {
  const data = new SecretData('Opaque');
  data.add('a', SensitiveValue._derived({ description: 'broken', read: () => { throw new RangeError('bug'); } }));
  expect(() => data.problems()).toThrow(RangeError);
});
