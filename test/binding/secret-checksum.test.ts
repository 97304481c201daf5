import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { ContainerSelector, DockerConfigSecret, Secret, SecretBinding, SecretVolume, SensitiveValue } from '../../src';
import { secretChecksum } from '../../src/binding/secret-checksum';
import { manifestOf } from '../support/charts';
import { podTemplateOf } from '../support/workloads';

interface Program {
  readonly values?: Record<string, string>;
  readonly unboundValues?: Record<string, string>;
  readonly otherValues?: Record<string, string>;
  readonly labels?: Record<string, string>;
  readonly mode?: string;
  readonly pullPassword?: string;
  readonly reversed?: boolean;
  readonly containers?: ContainerSelector;
  readonly bind?: (db: Secret) => SecretBinding[];
}

const VALUES = { a: '1', b: '2' };
const literals = (texts: Record<string, string>, reversed = false) => {
  const entries = Object.entries(texts).map(([key, text]) => [key, SensitiveValue.fromLiteral(text)] as const);
  return Object.fromEntries(reversed ? entries.reverse() : entries);
};

/** The checksum of a Deployment that sees the keys a and b of one secret, with pull credentials and secrets that it does not see. */
function checksumOf(program: Program = {}): string | undefined {
  const { values = VALUES, reversed = false } = program;
  const chart = new Chart(new App(), 'c', { namespace: 'web' });
  new Secret(chart, 'Other', { metadata: { name: 'other' }, data: literals(program.otherValues ?? { a: 'x' }) });
  const db = new Secret(chart, 'Db', {
    metadata: { name: 'db', labels: program.labels }, data: literals({ ...values, ...program.unboundValues ?? { unbound: 'x' } }, reversed),
  });
  const registry = new DockerConfigSecret(chart, 'Registry', {
    registries: [{ username: SensitiveValue.fromLiteral('u'), password: SensitiveValue.fromLiteral(program.pullPassword ?? 'p') }],
  });
  const { containers } = program;
  const bindings = program.bind?.(db) ?? Object.keys(values).map(key => SecretBinding.env(key.toUpperCase(), db.key(key), { containers }));
  const deployment = new kplus.Deployment(chart, 'W', {
    containers: [{ name: 'app', image: 'a' }, { name: 'helper', image: 'b' }], dockerRegistryAuth: registry,
  }).with(...reversed ? bindings.reverse() : bindings);
  return secretChecksum(deployment, 'web', podTemplateOf(manifestOf(deployment)).spec);
}

test('is a SHA-256 in hexadecimal digits, the same every time', () => {
  expect(checksumOf()).toMatch(/^[0-9a-f]{64}$/);
  expect(checksumOf()).toBe(checksumOf());
});

test.each<[string, Program]>([
  ['a value that is bound', { values: { a: '1', b: '3' } }],
  ['two values that are swapped', { values: { a: '2', b: '1' } }],
  ['a byte that moves from one value to the next', { values: { a: '12', b: '' } }],
  ['a value that becomes empty', { values: { a: '1', b: '' } }],
  ['a newline at the end', { values: { a: '1\n', b: '2' } }],
])('changes with %s', (_, program) => {
  expect(checksumOf(program)).not.toBe(checksumOf());
});

test.each<[string, Program]>([
  ['the value of a key that is not bound', { unboundValues: { unbound: 'y' } }],
  ['a key more that is not bound', { unboundValues: { unbound: 'x', more: 'x' } }],
  ['another secret', { otherValues: { a: 'y', b: 'z' } }],
  ['labels of the secret', { labels: { app: 'db' } }],
  ['the order of keys and bindings', { reversed: true }],
  ['the credentials that pull the image', { pullPassword: 'changed' }],
  ['the containers that see it', { containers: ContainerSelector.named('app') }],
  ['another way to see the same values', { bind: db => [SecretBinding.files('/etc/db', db, { items: { a: 'a', b: 'b' } })] }],
  ['another mode and path', { bind: db => [SecretBinding.files('/etc/x', db, { items: { a: 'x/a', b: 'y' }, mode: '0440', modes: { a: '0400' } })] }],
  ['seeing a value twice', { bind: db => [SecretBinding.env('A', db.key('a')), SecretBinding.env('A2', db.key('a')), SecretBinding.file('/b', db.key('b'))] }],
  ['an optional binding', { bind: db => [SecretBinding.env('A', db.key('a'), { optional: true }), SecretBinding.env('B', db.key('b'))] }],
])('does not change with %s', (_, program) => {
  expect(checksumOf(program)).toBe(checksumOf());
});

test.each<[string, (db: Secret) => SecretBinding[]]>([
  ['envFrom', db => [SecretBinding.envFrom(db)]],
  ['files without items', db => [SecretBinding.files('/etc/db', db)]],
  ['a volume of several secrets', db => [SecretBinding.volume('/etc/db', SecretVolume.fromSecrets(db, 'V', [
    { secret: db }, { secret: Secret.fromSecretName(db, 'I', 'imported') },
  ]))]],
])('%s sees every key', (_, bind) => {
  const base = checksumOf({ bind });
  expect(checksumOf({ bind, unboundValues: { unbound: 'y' } })).not.toBe(base);
  expect(checksumOf({ bind, unboundValues: { unbound: 'x', more: '' } })).not.toBe(base);
  expect(checksumOf({ bind, otherValues: { a: 'y' } })).toBe(base);
});

test('changes when, and only when, a bound value does', () => {
  const values = fc.record({ a: fc.string(), b: fc.string() });
  fc.assert(fc.property(values, values, fc.string(), (one, other, unbound) => {
    const same = one.a === other.a && one.b === other.b;
    expect(checksumOf({ values: one, unboundValues: { unbound } }) === checksumOf({ values: other })).toBe(same);
  }), { numRuns: 50 });
});

test('is left out where no bound value is known here', () => {
  expect(checksumOf({ bind: () => [] })).toBeUndefined();
  expect(checksumOf({ bind: db => [SecretBinding.envFrom(Secret.fromSecretName(db, 'I', 'imported'))] })).toBeUndefined();
});

test('a secret of that name in another namespace does not count', () => {
  const app = new App();
  const chart = new Chart(app, 'c', { namespace: 'data' });
  new Secret(chart, 'Db', { metadata: { name: 'db' }, data: literals(VALUES) });
  const podSpec = { containers: [{ envFrom: [{ secretRef: { name: 'db' } }] }] };
  expect(secretChecksum(chart, 'web', podSpec)).toBeUndefined();
  expect(secretChecksum(chart, 'data', podSpec)).toMatch(/^[0-9a-f]{64}$/);
});
