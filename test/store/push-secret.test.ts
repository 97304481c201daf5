import { App, Chart, Duration } from 'cdk8s';
import {
  CsiProvider, ExternalGenerator, ExternalGeneratorKind, GeneratorSpec, Inspection, PushDeletionPolicy, PushSecret, PushSource, PushUpdatePolicy,
  RemoteNaming, Secret, SecretDelivery, SecretStore, SensitiveValue, StoreProvider, StoreReference, VaultAuth, type PushSecretProps,
} from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { codes, refusal } from '../support/refusal';

const store = StoreReference.clusterSecretStore('vault');
const plain = (object: unknown) => JSON.parse(JSON.stringify(object));
const found = (chart: Chart) => Inspection.fromApp(App.of(chart)).findings;
const declare = (chart: Chart, delivery?: SecretDelivery) => new Secret(chart, 'Db', {
  metadata: { name: 'db' }, data: { username: SensitiveValue.fromLiteral('app'), password: SensitiveValue.fromLiteral('s3cr3t-value') }, delivery,
});
const push = (chart: Chart, props: Partial<PushSecretProps> = {}) =>
  new PushSecret(chart, 'Push', { source: PushSource.secret(declare(chart)), stores: [store], metadata: { name: 'push' }, ...props });
const places = (pushed: PushSecret) => plain(manifestOf(pushed)).spec.data
  .map(({ match: { secretKey, remoteRef } }: any) => [secretKey, remoteRef.remoteKey, remoteRef.property]);

test('a secret is pushed to where an external delivery finds it', () => {
  const chart = newChart('ns1');
  expect(plain(manifestOf(push(chart)))).toEqual({
    apiVersion: 'external-secrets.io/v1alpha1',
    kind: 'PushSecret',
    metadata: { name: 'push', namespace: 'ns1' },
    spec: {
      refreshInterval: '1h0m0s',
      updatePolicy: 'Replace',
      deletionPolicy: 'None',
      secretStoreRefs: [{ name: 'vault', kind: 'ClusterSecretStore' }],
      selector: { secret: { name: 'db' } },
      data: [
        { match: { secretKey: 'password', remoteRef: { remoteKey: 'db', property: 'password' } }, conversionStrategy: 'None' },
        { match: { secretKey: 'username', remoteRef: { remoteKey: 'db', property: 'username' } }, conversionStrategy: 'None' },
      ],
    },
  });
  expect(found(chart)).toEqual([]);
});

test('the naming convention is that of the delivery, of the scope, or its own', () => {
  const chart = newChart('ns1');
  RemoteNaming.entryPerSecret('scope/{name}').useFor(chart);
  expect(places(push(chart))).toEqual([['password', 'scope/db', 'password'], ['username', 'scope/db', 'username']]);
  expect(places(push(newChart('ns1'), { naming: RemoteNaming.entryPerKey('{namespace}/{name}/{key}') }))).toEqual([
    ['password', 'ns1/db/password', undefined], ['username', 'ns1/db/username', undefined],
  ]);
});

test('each key can be told its place, and the provider of it', () => {
  const chart = newChart('ns1');
  const metadata = { apiVersion: 'kubernetes.external-secrets.io/v1alpha1', kind: 'PushSecretMetadata', spec: { secretPushFormat: 'string' } };
  const pushed = push(chart, {
    data: [{ secretKey: 'password', remoteKey: 'prod/db', property: 'pw', metadata }, { remoteKey: 'prod/all' }],
    updatePolicy: PushUpdatePolicy.IF_NOT_EXISTS,
    deletionPolicy: PushDeletionPolicy.DELETE,
    refreshInterval: Duration.minutes(15),
    stores: [store, StoreReference.secretStore('other')],
  });
  expect(plain(manifestOf(pushed)).spec).toMatchObject({
    refreshInterval: '15m0s',
    updatePolicy: 'IfNotExists',
    deletionPolicy: 'Delete',
    secretStoreRefs: [{ name: 'vault', kind: 'ClusterSecretStore' }, { name: 'other', kind: 'SecretStore' }],
    data: [
      { match: { secretKey: 'password', remoteRef: { remoteKey: 'prod/db', property: 'pw' } }, metadata },
      { match: { remoteRef: { remoteKey: 'prod/all' } } },
    ],
  });
  expect(found(chart)).toEqual([]);
});

describe('what a generator makes', () => {
  const generated = (chart: Chart, spec: GeneratorSpec, props: Partial<PushSecretProps> = {}) => new PushSecret(chart, 'Push', {
    source: PushSource.generatedBy(new ExternalGenerator(chart, 'G', { spec, metadata: { name: 'db' } })), stores: [store], ...props,
  });

  test('is pushed once where it would be another each time', () => {
    const chart = newChart('ns1');
    const { spec } = plain(manifestOf(generated(chart, GeneratorSpec.password())));
    expect(spec).toMatchObject({
      updatePolicy: 'IfNotExists',
      selector: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'db' } },
      data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'db', property: 'password' } } }],
    });
    expect(found(chart)).toEqual([]);
  });

  test('is a warning where it is meant to rotate', () => {
    const chart = newChart('ns1');
    generated(chart, GeneratorSpec.password(), { updatePolicy: PushUpdatePolicy.REPLACE });
    expect(found(chart).map(({ code }) => code)).toEqual(['RegeneratedSecret']);
  });

  test('is replaced where it is a token', () => {
    expect(manifestOf(generated(newChart('ns1'), GeneratorSpec.ecrAuthorizationToken({ region: 'r' }))).spec.updatePolicy).toBe('Replace');
  });

  test('has to be told its keys where they are not known', () => {
    const spec = GeneratorSpec.of(ExternalGeneratorKind.of('TomorrowsToken'), {});
    expect(refusal(() => generated(newChart('ns1'), spec)).code).toBe('InvalidExternalSecret');
    expect(places(generated(newChart('ns1'), spec, { data: [{ secretKey: 'a', remoteKey: 'b' }] }))).toEqual([['a', 'b', undefined]]);
  });
});

test.each<[string, (chart: Chart) => Partial<PushSecretProps>, string]>([
  ['no store', () => ({ stores: [] }), 'InvalidSecretStore'],
  ['a store that is none', () => ({ stores: ['vault' as never] }), 'InvalidSecretStore'],
  ['a store of another namespace', chart => ({
    stores: [new SecretStore(new Chart(App.of(chart), 'other', { namespace: 'ns2' }), 'Store', { provider: StoreProvider.fake([]) })],
  }), 'NamespaceMismatch'],
  ['another namespace than the secret', () => ({ metadata: { namespace: 'ns2' } }), 'NamespaceMismatch'],
  ['a key that the secret does not have', () => ({ data: [{ secretKey: 'passwort', remoteKey: 'a' }] }), 'UnknownKey'],
  ['nothing', () => ({ data: [] }), 'InvalidExternalSecret'],
  ['an entry without a name', () => ({ data: [{ remoteKey: '' }] }), 'InvalidExternalSecret'],
  ['two keys to one place', () => ({ data: [{ secretKey: 'username', remoteKey: 'a' }, { secretKey: 'password', remoteKey: 'a' }] }), 'InvalidExternalSecret'],
  ['a source that is none', () => ({ source: {} as never }), 'InvalidExternalSecret'],
  ['no time between two looks', () => ({ refreshInterval: Duration.seconds(0) }), 'InvalidExternalSecret'],
])('fails with %s', (_, props, code) => {
  const chart = newChart('ns1');
  expect(refusal(() => push(chart, props(chart)))).toMatchObject({ code, path: 'c/Push' });
});

test('fails for a secret of which there is none without a pod', () => {
  const chart = newChart('ns1');
  const secret = declare(chart, SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'r' }) }));
  expect(refusal(() => PushSource.secret(secret))).toMatchObject({ code: 'UnsupportedByDelivery', path: 'c/Db' });
});

test('shows no value', () => {
  const chart = newChart('ns1');
  expect(JSON.stringify(manifestOf(push(chart)))).not.toMatch(/s3cr3t|czNjcjN0/);
  expect(codes(chart)).toEqual([]);
});

test('a value that is given where a name is meant is in no refusal', () => {
  const value = 'not-to-be-shown-4711';
  SensitiveValue.fromLiteral(value);
  const chart = newChart('ns1');
  const source = PushSource.secret(declare(chart));
  const twice = [{ secretKey: 'username', remoteKey: value, property: value }, { secretKey: 'password', remoteKey: value, property: value }];
  for (const make of [
    () => new PushSecret(chart, 'A', { source, stores: [store], data: [{ secretKey: value, remoteKey: 'a' }] }),
    () => new PushSecret(chart, 'B', { source, stores: [store], data: twice }),
    () => GeneratorSpec.password({ secretKeys: [value, value] }),
    () => StoreProvider.of({ [value]: 'x' }),
    () => StoreProvider.vault({ server: `app:${value}@vault`, auth: VaultAuth.kubernetes({ role: 'r' }) }),
    () => ExternalGeneratorKind.of(value),
  ]) {
    const { problem, next } = refusal(make);
    expect(`${problem} ${next}`).not.toContain(value);
  }
});
