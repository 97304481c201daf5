import {
  RemoteNaming, Secret, SecretBinding, SecretDelivery, SecretPolicy, SensitiveValue, type OnePasswordDeliveryOptions, type SecretProps,
} from '../../src';
import { newChart } from '../support/charts';
import { strictManifestOf } from '../support/operator-objects';
import { codes, findings, refusal } from '../support/refusal';
import { newWorkload } from '../support/workloads';

const onePassword = (options: Partial<OnePasswordDeliveryOptions> = {}) => SecretDelivery.onePassword({ vault: 'Shop', ...options });
const unread = SensitiveValue.fromFile('no-such-file');
const from = (key: string, property?: string) => SensitiveValue.fromRemote({ key, ...property === undefined ? {} : { property } });

function declare(props: Partial<SecretProps> = {}, chart = newChart('shop')): Secret {
  return new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { username: unread, password: unread }, delivery: onePassword(), ...props });
}

test('the object is a OnePasswordItem with the type beside its spec, and no value is read', () => {
  expect(strictManifestOf(declare({ type: 'kubernetes.io/basic-auth', metadata: { name: 'db', labels: { app: 'a' } } }))).toEqual({
    apiVersion: 'onepassword.com/v1',
    kind: 'OnePasswordItem',
    metadata: { name: 'db', namespace: 'shop', labels: { app: 'a' } },
    type: 'kubernetes.io/basic-auth',
    spec: { itemPath: 'vaults/Shop/items/db' },
  });
});

test.each<[string, Partial<SecretProps>, string]>([
  ['the delivery', { delivery: onePassword({ item: 'Database of the shop' }) }, 'vaults/Shop/items/Database of the shop'],
  ['a convention', { delivery: onePassword({ naming: RemoteNaming.entryPerSecret('{namespace}-{name}') }) }, 'vaults/Shop/items/shop-db'],
  ['its keys', { data: { password: from('prod', 'password') } }, 'vaults/Shop/items/prod'],
  ['its keys, rather than the delivery,', { data: { password: from('prod', 'password') }, delivery: onePassword({ item: 'other' }) }, 'vaults/Shop/items/prod'],
])('%s names the item', (_, props, itemPath) => {
  expect(strictManifestOf(declare(props)).spec.itemPath).toBe(itemPath);
});

test.each<[string, string]>([['password', 'password'], ['API key', 'API-key'], [' (recovery code) ', 'recovery-code'], ['tls.crt', 'tls.crt'], ['_A', '_A']])('the field %j has the key %j', (label, key) => {
  strictManifestOf(declare({ data: { [key]: from('db', label) } }));
});

test('a field cannot have another key than its own', () => {
  expect(findings(declare({ data: { password: from('db', 'API key') } }))).toEqual([
    '[c/Db] UnsupportedByDelivery: the operator gives the field "API key" the key "API-key", and not "password"; '
    + 'declare it under that key and let the binding rename it, or use SecretDelivery.external with the provider of 1Password',
  ]);
});

test.each<[string, Partial<SecretProps>]>([
  ['no key', { data: {} }],
  ['an item beside that of the delivery', { data: { a: unread, b: from('x', 'b') }, delivery: onePassword({ item: 'y' }) }],
  ['two items', { data: { a: from('x', 'a'), b: from('y', 'b') } }],
  ['a whole item', { data: { a: from('x') } }],
  ['a version', { data: { a: SensitiveValue.fromRemote({ key: 'x', property: 'a', version: '1' }) } }],
  ['a title with a slash', { data: { a: from('x/y', 'a') } }],
])('fails with %s', (_, props) => {
  expect(codes(declare(props))).toEqual(['[c/Db] UnsupportedByDelivery']);
});

test.each<[string, Partial<OnePasswordDeliveryOptions>]>([
  ['no vault', { vault: '' }], ['a vault with a slash', { vault: 'a/b' }], ['an item with a slash', { item: 'a/b' }], ['an empty item', { item: '' }],
])('fails with %s', (_, options) => {
  expect(refusal(() => onePassword(options)).code).toBe('InvalidDelivery');
});

test.each<[string, Partial<SecretProps>]>([['immutable', { immutable: true }], ['named by a hash of its values', { hashedName: true }]])('a secret is never %s', (_, props) => {
  expect(refusal(() => declare(props)).code).toBe('UnsupportedByDelivery');
});

describe('the operator restarts Deployments where it is told to', () => {
  test.each([[true, 'Deployment', []], [true, 'StatefulSet', ['[c/W] RolloutRequired']], [false, 'Deployment', ['[c/W] RolloutRequired']]])(
    '%p: a policy that demands restarts says of a %s', (autoRestart, kind, expected) => {
      const chart = newChart('shop');
      SecretPolicy.of(chart).requireRollout();
      const secret = declare({ delivery: onePassword({ autoRestart }) }, chart);
      newWorkload(kind, chart).with(SecretBinding.env('A', secret.key('password')));
      expect(codes(chart)).toEqual(expected);
    });

  test('by an annotation of the item', () => {
    expect(strictManifestOf(declare({ delivery: onePassword({ autoRestart: true }) })).metadata.annotations).toEqual({ 'operator.1password.io/auto-restart': 'true' });
  });
});

