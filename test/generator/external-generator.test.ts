import { App, Chart, Duration } from 'cdk8s';
import {
  ClusterGenerator, ExternalCreationPolicy, ExternalGenerator, ExternalGeneratorKind, ExternalRefresh, ExternalRewrite, ExternalSource, GeneratorSpec,
  Inspection, PasswordEncoding, Secret, SecretDelivery, SensitiveValue, SshKeyType, StoreReference,
  type ExternalDeliveryOptions, type PasswordOptions, type SecretProps, type SshKeyOptions,
} from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { codes, findings, refusal } from '../support/refusal';

/** Every generator, with its kind, what the manifest holds of its spec, the field of a ClusterGenerator, and the keys that it makes. */
const SPECS: [string, () => GeneratorSpec, string, object, string, string[] | undefined][] = [
  ['a password', () => GeneratorSpec.password(), 'Password',
    { length: 32, symbols: 0, noUpper: false, allowRepeat: true, encoding: 'raw' }, 'passwordSpec', ['password']],
  ['passwords', () => GeneratorSpec.password({
    length: 20, digits: 2, symbols: 3, symbolCharacters: '-_.', noUpper: true, allowRepeat: false, secretKeys: ['a', 'b'], encoding: PasswordEncoding.HEX,
  }), 'Password', {
    length: 20, digits: 2, symbols: 3, symbolCharacters: '-_.', noUpper: true, allowRepeat: false, secretKeys: ['a', 'b'], encoding: 'hex',
  }, 'passwordSpec', ['a', 'b']],
  ['a UUID', () => GeneratorSpec.uuid(), 'UUID', {}, 'uuidSpec', ['uuid']],
  ['a key pair', () => GeneratorSpec.sshKey(), 'SSHKey', { keyType: 'ed25519' }, 'sshKeySpec', ['privateKey', 'publicKey']],
  ['a key pair of a size', () => GeneratorSpec.sshKey({ keyType: SshKeyType.RSA, keySize: 4096, comment: 'a@b' }), 'SSHKey',
    { keyType: 'rsa', keySize: 4096, comment: 'a@b' }, 'sshKeySpec', ['privateKey', 'publicKey']],
  ['any other', () => GeneratorSpec.of(ExternalGeneratorKind.STS_SESSION_TOKEN, { region: 'eu-central-1' }), 'STSSessionToken',
    { region: 'eu-central-1' }, 'stsSessionTokenSpec', undefined],
  ['one with texts in it', () => GeneratorSpec.of(ExternalGeneratorKind.FAKE, { data: { a: 'b' } }), 'Fake', { data: { a: 'b' } }, 'fakeSpec', ['a']],
];

const found = (construct: Chart | ExternalGenerator | ClusterGenerator) => Inspection.fromApp(App.of(construct)).findings;
const plain = (object: unknown) => JSON.parse(JSON.stringify(object));

describe.each(SPECS)('%s', (_, make, kind, spec, field, keys) => {
  test('is an object of its kind, to which nothing is objected', () => {
    const generator = new ExternalGenerator(newChart('ns1'), 'G', { spec: make(), metadata: { name: 'g' } });
    expect(plain(manifestOf(generator))).toEqual({
      apiVersion: 'generators.external-secrets.io/v1alpha1', kind, metadata: { name: 'g', namespace: 'ns1' }, spec,
    });
    expect([generator.generatorName, generator.generatorKind.kind, generator.generatorNamespace, generator.generatedKeys]).toEqual(['g', kind, 'ns1', keys]);
    expect(found(generator)).toEqual([]);
  });

  test('is wrapped in a ClusterGenerator, which is in no namespace', () => {
    const generator = new ClusterGenerator(newChart('ns1'), 'G', { spec: make(), metadata: { name: 'g' } });
    expect(plain(manifestOf(generator))).toEqual({
      apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'ClusterGenerator', metadata: { name: 'g' }, spec: { kind, generator: { [field]: spec } },
    });
    expect([generator.generatorName, generator.generatorKind.kind, generator.madeBy.kind, generator.generatedKeys]).toEqual(['g', 'ClusterGenerator', kind, keys]);
    expect(found(generator)).toEqual([]);
  });
});

test.each<[string, PasswordOptions]>([
  ['no characters', { length: 0 }],
  ['a part of a character', { length: 8.5 }],
  ['fewer characters than digits', { length: 8, digits: 9 }],
  ['less than no digit', { digits: -1 }],
  ['eleven digits, each once', { digits: 11, allowRepeat: false }],
  ['more letters than there are, each once', { length: 40, digits: 5, noUpper: true, allowRepeat: false }],
  ['more symbols than there are, each once', { symbols: 3, symbolCharacters: '-_', allowRepeat: false, length: 8 }],
  ['no key', { secretKeys: [] }],
  ['a key twice', { secretKeys: ['a', 'a'] }],
  ['a key that is none', { secretKeys: ['a b'] }],
])('fails for a password of %s', (_, options) => {
  expect(refusal(() => GeneratorSpec.password(options)).code).toBe('InvalidGenerator');
});

test.each<[string, SshKeyOptions]>([
  ['ECDSA key of a size that the operator would not take', { keyType: SshKeyType.ECDSA, keySize: 512 }],
  ['RSA key that is too small', { keyType: SshKeyType.RSA, keySize: 512 }],
  ['Ed25519 key of a size', { keySize: 256 }],
  ['key with a comment of two lines', { comment: 'a\nb' }],
])('fails for an %s', (_, options) => {
  expect(refusal(() => GeneratorSpec.sshKey(options)).code).toBe('InvalidGenerator');
});

test.each<[string, () => unknown]>([
  ['a kind that is none', () => ExternalGeneratorKind.of('pass word')],
  ['a text as kind', () => GeneratorSpec.of('Password' as never, {})],
  ['a ClusterGenerator in a ClusterGenerator', () => GeneratorSpec.of(ExternalGeneratorKind.CLUSTER_GENERATOR, {})],
  ['a spec that is a list', () => GeneratorSpec.of(ExternalGeneratorKind.UUID, [] as never)],
  ['a spec that no factory made', () => new ExternalGenerator(newChart(), 'G', { spec: {} as never })],
  ['no generator', () => ExternalSource.generatedBy(undefined as never)],
])('fails with %s', (_, make) => {
  expect(refusal(make).code).toBe('InvalidGenerator');
});

test('the schema is asked about fields that are given as they are', () => {
  const generator = new ExternalGenerator(newChart('ns1'), 'G', { spec: GeneratorSpec.of(ExternalGeneratorKind.PASSWORD, { lenght: 3 }) });
  expect(found(generator).map(({ code, path }) => [code, path])).toContainEqual(['UnknownField', 'spec.lenght']);
});

test('a kind of tomorrow can be named', () => {
  const kind = ExternalGeneratorKind.of('TomorrowsToken');
  expect(`${kind}`).toBe('TomorrowsToken');
  const generator = new ExternalGenerator(newChart('ns1'), 'G', { spec: GeneratorSpec.of(kind, { a: 1 }) });
  expect(manifestOf(generator)).toMatchObject({ kind: 'TomorrowsToken', spec: { a: 1 } });
  expect(codes(generator)).toEqual([]);
});

describe('a secret of a generator', () => {
  const unread = SensitiveValue.fromFile('no-such-file');
  const secretOf = (chart: Chart, sources: ExternalSource[], options: Partial<ExternalDeliveryOptions> = {}, props: Partial<SecretProps> = {}) =>
    new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { password: unread }, delivery: SecretDelivery.external({ sources, ...options }), ...props });
  const password = (chart: Chart) => ExternalSource.generatedBy(new ExternalGenerator(chart, 'G', { spec: GeneratorSpec.password(), metadata: { name: 'g' } }));
  const once = { refresh: ExternalRefresh.once(), creationPolicy: ExternalCreationPolicy.ORPHAN };

  test('names it, and needs no store', () => {
    const chart = newChart('ns1');
    const { spec } = plain(manifestOf(secretOf(chart, [password(chart)], once, { immutable: true })));
    expect(spec).not.toHaveProperty('secretStoreRef');
    expect(spec.dataFrom).toEqual([{ sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'g' } } }]);
    expect(spec).toMatchObject({ refreshPolicy: 'CreatedOnce', target: { immutable: true, creationPolicy: 'Orphan' } });
    expect(found(chart)).toEqual([]);
  });

  test('of a ClusterGenerator is in any namespace', () => {
    const app = new App();
    const generator = new ClusterGenerator(new Chart(app, 'shared'), 'G', { spec: GeneratorSpec.password(), metadata: { name: 'g' } });
    const secret = secretOf(newChart('ns1', app), [ExternalSource.generatedBy(generator)], once, { immutable: true });
    expect(manifestOf(secret).spec.dataFrom[0].sourceRef.generatorRef).toMatchObject({ kind: 'ClusterGenerator', name: 'g' });
    expect(codes(secret)).toEqual([]);
  });

  test.each<[string, Partial<ExternalDeliveryOptions>, Partial<SecretProps>, string[]]>([
    ['where nothing says when it is made', {}, {}, ['[c/Db] RegeneratedSecret']],
    ['where a time is meant', { refresh: ExternalRefresh.every(Duration.days(30)) }, {}, []],
    ['where it is made once', once, { immutable: true }, []],
    ['where the first one stays', {}, { immutable: true }, []],
  ])('that is new each time is refused, or not: %s', (_, options, props, expected) => {
    const chart = newChart('ns1');
    expect(codes(secretOf(chart, [password(chart)], options, props))).toEqual(expected);
    const wrapped = newChart('ns1');
    const generator = new ClusterGenerator(wrapped, 'G', { spec: GeneratorSpec.password() });
    expect(codes(secretOf(wrapped, [ExternalSource.generatedBy(generator)], options, props))).toEqual(expected);
  });

  test.each<[string, ExternalRefresh | undefined, string, string[]]>([
    ['ECRAuthorizationToken', undefined, '1h0m0s', []],
    ['GCRAccessToken', undefined, '30m0s', []],
    ['GithubAccessToken', undefined, '30m0s', []],
    ['ACRAccessToken', undefined, '1h0m0s', []],
    ['QuayAccessToken', undefined, '1h0m0s', []],
    ['GCRAccessToken', ExternalRefresh.every(Duration.minutes(59)), '59m0s', []],
    ['GCRAccessToken', ExternalRefresh.every(Duration.hours(1)), '1h0m0s', ['[c/Db] InvalidExternalSecret']],
    ['ECRAuthorizationToken', ExternalRefresh.every(Duration.hours(12)), '12h0m0s', ['[c/Db] InvalidExternalSecret']],
    ['ECRAuthorizationToken', ExternalRefresh.once(), '1h0m0s', ['[c/Db] InvalidExternalSecret']],
    ['ECRAuthorizationToken', ExternalRefresh.onChange(), '1h0m0s', ['[c/Db] InvalidExternalSecret']],
  ])('of %s is fetched while its tokens live: %#', (kind, refresh, refreshInterval, expected) => {
    const secret = secretOf(newChart('ns1'), [ExternalSource.generator(ExternalGeneratorKind.of(kind), 'g')], { refresh, templates: { password: '{{ .x }}' } });
    expect(manifestOf(secret).spec).toMatchObject({ refreshInterval });
    expect(codes(secret).filter(line => !line.endsWith('UnknownTemplateKey'))).toEqual(expected);
  });

  test('has only keys that it makes', () => {
    const chart = newChart('ns1');
    const generator = new ExternalGenerator(chart, 'G', { spec: GeneratorSpec.password({ secretKeys: ['admin', 'user'] }) });
    expect(findings(secretOf(chart, [ExternalSource.generatedBy(generator)], once, { data: { admin: unread, users: unread } }))).toEqual([
      '[c/Db] UnknownKey: none of the generators makes the key "users"; did you mean "user"? keys: "admin", "user"',
    ]);
  });

  test.each<[string, (source: ExternalSource, renamed: ExternalSource) => Partial<ExternalDeliveryOptions>]>([
    ['are renamed', (_, renamed) => ({ sources: [renamed] })],
    ['may come from elsewhere', source => ({ sources: [source, ExternalSource.extract({ key: 'a' })], store: StoreReference.secretStore('s') })],
    ['are made by a template', source => ({ sources: [source], templates: { token: '{{ .password }}' } })],
  ])('has others where keys %s', (_, options) => {
    const chart = newChart('ns1');
    const generator = new ExternalGenerator(chart, 'G', { spec: GeneratorSpec.password() });
    const renamed = ExternalSource.generatedBy(generator, { rewrite: [ExternalRewrite.regexp('password', 'token')] });
    const secret = secretOf(chart, [], { ...once, ...options(ExternalSource.generatedBy(generator), renamed) }, { data: { token: unread } });
    expect(codes(secret)).toEqual([]);
  });

  test('is in the namespace of its generator', () => {
    const app = new App();
    const source = password(new Chart(app, 'other', { namespace: 'ns2' }));
    expect(refusal(() => secretOf(newChart('ns1', app), [source], once))).toMatchObject({ code: 'NamespaceMismatch', path: 'c/Db' });
  });

  test.each<[string, ExternalSource[], SensitiveValue]>([
    ['an entry', [ExternalSource.generator(ExternalGeneratorKind.of('X'), 'g')], SensitiveValue.fromRemote({ key: 'a' })],
    ['a source', [ExternalSource.extract({ key: 'a' })], unread],
    ['the naming convention', [], unread],
  ])('needs a store for %s', (_, sources, value) => {
    expect(codes(secretOf(newChart('ns1'), sources, once, { data: { password: value } }))).toEqual(['[c/Db] InvalidSecretStore']);
  });

  test('needs none where a source has its own', () => {
    const sources = [ExternalSource.extract({ key: 'a' }, { store: StoreReference.secretStore('s') })];
    expect(codes(secretOf(newChart('ns1'), sources))).toEqual([]);
  });
});

test.each<[string, Partial<ExternalDeliveryOptions>]>([
  ['a refresh', { refresh: {} as never }],
  ['a source', { sources: [{} as never] }],
])('fails when %s is none', (_, options) => {
  expect(refusal(() => SecretDelivery.external({ store: StoreReference.secretStore('s'), ...options })).code).toBe('InvalidExternalSecret');
});

test('fails when a step that renames keys is none', () => {
  expect(refusal(() => ExternalSource.extract({ key: 'a' }, { rewrite: [{} as never] })).code).toBe('InvalidExternalSecret');
});
