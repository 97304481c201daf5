import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  BasicAuthSecret, CsiProvider, Secret, SecretBinding, SecretDelivery, SensitiveValue, StoreReference, VaultEngine, type SecretProps,
} from '../../src';
import vectors from '../conformance/backends-vectors.json';
import { manifestOf, newChart } from '../support/charts';
import { codes, refusal } from '../support/refusal';
import { tempFile } from '../support/temp-folder';

const literal = (text: string) => SensitiveValue.fromLiteral(text);
const declare = (value: string, props: Partial<SecretProps> = {}, chart = newChart()) =>
  new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: literal(value) }, hashedName: true, ...props });

test('the name ends in the hash that kustomize makes of the same values', () => {
  expect(declare('b').name).toBe('db-k695gkmbtk');
  expect(declare('b', { metadata: { name: 'other' } }).name).toBe('other-k695gkmbtk');
});

test('the object is immutable, and has a label by which old ones can be pruned', () => {
  expect(manifestOf(declare('b', { metadata: { name: 'db', labels: { app: 'a' } } }))).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db-k695gkmbtk', namespace: 'web', labels: { 'app': 'a', 'cdk8s-secrets/hashed-name-of': 'db' } },
    type: 'Opaque',
    immutable: true,
    data: { a: 'Yg==' },
  });
});

test('a name that is too long for a label is hashed in it', () => {
  const { labels } = manifestOf(declare('b', { metadata: { name: 'a'.repeat(100) } })).metadata;
  expect(labels['cdk8s-secrets/hashed-name-of']).toMatch(/^[a-z0-9]{10}$/);
});

test('without a name of its own, the name starts as ever', () => {
  const plain = declare('b', { metadata: undefined, hashedName: false });
  expect(declare('b', { metadata: undefined }).name).toMatch(new RegExp(`^${plain.name}-[a-z0-9]{10}$`));
});

test('another value is another name, and what refers to it follows', () => {
  const make = (value: string) => {
    const chart = newChart();
    const secret = declare(value, {}, chart);
    const deployment = new kplus.Deployment(chart, 'Api', { containers: [{ image: 'api', portNumber: 80 }] }).with(
      SecretBinding.env('A', secret.key('a')), SecretBinding.files('/etc/db', secret));
    expect(codes(chart)).toEqual([]);
    return { name: secret.name, text: JSON.stringify(manifestOf(deployment)) };
  };
  const [one, two] = [make('one'), make('two')];
  expect(one.name).not.toBe(two.name);
  expect(one.text).toContain(one.name);
  expect(two.text).not.toContain(one.name);
});

test('typed secrets can have it too', () => {
  const login = new BasicAuthSecret(newChart(), 'Login', { metadata: { name: 'login' }, username: literal('u'), password: literal('p'), hashedName: true });
  expect(login.name).toMatch(/^login-[a-z0-9]{10}$/);
  expect(manifestOf(login).immutable).toBe(true);
});

test('no key can be added later', () => {
  expect(refusal(() => declare('b').addData('c', literal('d')))).toMatchObject({ code: 'HashedNameFixed', path: 'c/Db' });
});

test('a value that cannot be read is refused where the secret is declared', () => {
  expect(refusal(() => declare('', { data: { a: SensitiveValue.fromFile('no-such-file') } }))).toMatchObject({ code: 'FileUnreadable', path: 'c/Db' });
});

describe('sealed', () => {
  const certificate = tempFile(vectors.sealedSecrets.certificatePem);
  const sealed = (determinismKey?: SensitiveValue) => ({ delivery: SecretDelivery.sealed({ certificate, determinismKey }) });
  const key = (text: string) => sealed(literal(text.repeat(32)));

  test('the hash is made with the determinism key, and is the same in every synth', () => {
    const name = declare('b', key('k')).name;
    expect(name).toMatch(/^db-[a-z0-9]{10}$/);
    expect(declare('b', key('k')).name).toBe(name);
    expect(new Set([name, declare('b').name, declare('b', key('other')).name, declare('c', key('k')).name]).size).toBe(4);
  });

  test('it is sealed for the name with the hash', () => {
    const secret = declare('b', key('k'));
    const manifest = manifestOf(secret);
    expect(manifest.metadata.name).toBe(secret.name);
    expect(manifest.spec.template).toMatchObject({ immutable: true, metadata: { name: secret.name } });
    expect(codes(secret)).toEqual([]);
  });

  test('fails without a determinism key', () => {
    expect(refusal(() => declare('b', sealed())).code).toBe('UnsupportedByDelivery');
  });
});

test.each<[string, SecretDelivery, RegExp]>([
  ['external', SecretDelivery.external({ store: StoreReference.secretStore('vault') }), /reloader/],
  ['csi', SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'r' }) }), /reloader/],
  ['existing', SecretDelivery.existing(), /reloader/],
  ['vault', SecretDelivery.vault({ engine: VaultEngine.keyValue('secret') }), /let the operator restart the pods/],
  ['vaultAgent', SecretDelivery.vaultAgent({ role: 'r', engine: VaultEngine.keyValue('secret') }), /read its files again/],
])('fails with %s, which never sees the values, and says what restarts the pods', (_, delivery, restarts) => {
  const { code, path, next } = refusal(() => declare('b', { delivery }, new Chart(new App(), 'c')));
  expect([code, path, next]).toEqual(['UnsupportedByDelivery', 'c/Db', expect.stringMatching(restarts)]);
});
