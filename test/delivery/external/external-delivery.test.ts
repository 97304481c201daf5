import { App, Chart, Duration } from 'cdk8s';
import {
  DockerConfigSecret, ExternalCreationPolicy, ExternalDeletionPolicy, ExternalGeneratorKind, ExternalMergeConflictPolicy,
  ExternalRefresh, ExternalRewrite, ExternalSource, Inspection, RemoteConversionStrategy, RemoteDecodingStrategy, RemoteMetadataPolicy, RemoteNaming,
  RemoteNullBytePolicy, Secret, SecretDelivery, SensitiveValue, StoreReference, TlsSecret, type ExternalDeliveryOptions, type SecretProps,
} from '../../../src';
import { crdProblems } from '../../conformance/crd';
import { manifestOf, newChart } from '../../support/charts';
import { codes, findings, refusal } from '../../support/refusal';

const store = StoreReference.clusterSecretStore('vault');
const external = (options: Partial<ExternalDeliveryOptions> = {}) => SecretDelivery.external({ store, ...options });
const unread = SensitiveValue.fromFile('no-such-file');

function declare(props: Partial<SecretProps> = {}, chart = newChart('ns1')): Secret {
  return new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { username: unread, password: unread }, delivery: external(), ...props });
}

/** The manifest, which must be what the CRD takes. */
function checkedManifestOf(secret: Parameters<typeof manifestOf>[0]): any {
  const manifest = manifestOf(secret);
  expect(crdProblems(manifest)).toEqual([]);
  return manifest;
}

const STRATEGIES = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };

test('the object writes out what the server would fill in, and no value is read', () => {
  const secret = declare({ metadata: { name: 'db', labels: { app: 'a' }, annotations: { note: 'n' } }, immutable: true });
  expect(checkedManifestOf(secret)).toEqual({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'db', namespace: 'ns1', labels: { app: 'a' }, annotations: { note: 'n' } },
    spec: {
      secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
      refreshPolicy: 'Periodic',
      refreshInterval: '1h0m0s',
      target: {
        name: 'db',
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        immutable: true,
        template: {
          engineVersion: 'v2',
          mergePolicy: 'Replace',
          type: 'Opaque',
          metadata: { labels: { app: 'a' }, annotations: { note: 'n' } },
        },
      },
      data: [
        { secretKey: 'password', remoteRef: { key: 'db', property: 'password', ...STRATEGIES } },
        { secretKey: 'username', remoteRef: { key: 'db', property: 'username', ...STRATEGIES } },
      ],
    },
  });
  expect(codes(secret)).toEqual([]);
});

test('an annotation is what it says, though the operator reads it as a Go template', () => {
  const secret = declare({ metadata: { name: 'db', annotations: { query: 'up{{job="a"}} {{ .password }}' } } });
  const { metadata, spec } = checkedManifestOf(secret);
  expect(metadata.annotations).toEqual({ query: 'up{{job="a"}} {{ .password }}' });
  expect(spec.target.template.metadata.annotations).toEqual({ query: 'up{{ "{{" }}job="a"}} {{ "{{" }} .password }}' });
});

test('a key says where the store holds it', () => {
  const secret = declare({
    data: {
      a: SensitiveValue.fromRemote({ key: 'prod/db', property: 'password', version: '7' }),
      b: SensitiveValue.fromRemote({
        key: 'prod/b',
        conversionStrategy: RemoteConversionStrategy.UNICODE,
        decodingStrategy: RemoteDecodingStrategy.BASE64,
        metadataPolicy: RemoteMetadataPolicy.FETCH,
        nullBytePolicy: RemoteNullBytePolicy.FAIL,
      }),
    },
  });
  expect(checkedManifestOf(secret).spec.data).toEqual([
    { secretKey: 'a', remoteRef: { key: 'prod/db', property: 'password', version: '7', ...STRATEGIES } },
    { secretKey: 'b', remoteRef: { key: 'prod/b', conversionStrategy: 'Unicode', decodingStrategy: 'Base64', metadataPolicy: 'Fetch', nullBytePolicy: 'Fail' } },
  ]);
});

test.each<[string, object]>([
  ['no key', {}],
  ['an empty key', { key: '' }],
  ['an empty property', { key: 'a', property: '' }],
  ['a version that is a number', { key: 'a', version: 1 }],
])('fails with a remote value that has %s', (_, ref) => {
  expect(refusal(() => SensitiveValue.fromRemote(ref as never)).code).toBe('InvalidExternalSecret');
});

describe('the naming convention', () => {
  const refs = (naming: RemoteNaming, chart = newChart('ns1')) =>
    checkedManifestOf(declare({ delivery: external({ naming }) }, chart)).spec.data.map(({ remoteRef: { key, property } }: any) => [key, property]);

  test.each<[string, RemoteNaming, unknown[]]>([
    ['an entry for each secret', RemoteNaming.entryPerSecret(), [['db', 'password'], ['db', 'username']]],
    ['an entry for each secret, by a pattern', RemoteNaming.entryPerSecret('prod/{namespace}/{name}'), [['prod/ns1/db', 'password'], ['prod/ns1/db', 'username']]],
    ['an entry for each key', RemoteNaming.entryPerKey(), [['db-password', undefined], ['db-username', undefined]]],
    ['an entry for each key, by a pattern', RemoteNaming.entryPerKey('{key}.{name}.{key}'),
      [['password.db.password', undefined], ['username.db.username', undefined]]],
  ])('%s', (_, naming, expected) => {
    expect(refs(naming)).toEqual(expected);
  });

  test('is not asked for keys that say it themselves', () => {
    const secret = declare({
      data: { a: SensitiveValue.fromRemote({ key: 'x' }), b: unread },
      delivery: external({ naming: RemoteNaming.entryPerKey('y-{key}') }),
    });
    expect(manifestOf(secret).spec.data.map(({ remoteRef }: any) => remoteRef.key)).toEqual(['x', 'y-b']);
  });

  test('can be set for a scope: the nearest one wins, and that of the delivery before all', () => {
    const app = new App();
    RemoteNaming.entryPerSecret('app/{name}').useFor(app);
    external().useFor(app);
    const chart = new Chart(app, 'c');
    RemoteNaming.entryPerSecret('chart/{name}').useFor(chart);
    const keyOf = (secret: Secret) => manifestOf(secret).spec.data[0].remoteRef.key;
    expect(keyOf(declare({ delivery: undefined }, chart))).toBe('chart/db');
    expect(keyOf(declare({ delivery: undefined }, new Chart(app, 'd')))).toBe('app/db');
    expect(keyOf(declare({ delivery: external({ naming: RemoteNaming.entryPerSecret('own/{name}') }) }, new Chart(app, 'e')))).toBe('own/db');
  });

  test('with none, every key must say it', () => {
    const secret = declare({ data: { a: SensitiveValue.fromRemote({ key: 'x' }), b: unread }, delivery: external({ naming: RemoteNaming.none() }) });
    expect(findings(secret)).toEqual([
      '[c/Db] InvalidExternalSecret: nothing says where the store holds key "b"; give it SensitiveValue.fromRemote({ key: … }), or the delivery a naming convention',
    ]);
  });

  test('that names the namespace needs one', () => {
    expect(codes(declare({ delivery: external({ naming: RemoteNaming.entryPerSecret('{namespace}/{name}') }) }, new Chart(new App(), 'c')))).toEqual(['[c/Db] MissingNamespace']);
  });

  test.each<[string, () => RemoteNaming]>([
    ['an unknown placeholder', () => RemoteNaming.entryPerSecret('{nam}')],
    ['an empty placeholder', () => RemoteNaming.entryPerKey('{}{key}')],
    ['an empty pattern', () => RemoteNaming.entryPerSecret('')],
    ['the key where it is a property', () => RemoteNaming.entryPerSecret('{name}-{key}')],
    ['no key where each has an entry', () => RemoteNaming.entryPerKey('{name}')],
  ])('fails with %s', (_, make) => {
    expect(refusal(make).code).toBe('InvalidExternalSecret');
  });
});

test.each<[string, ExternalRefresh, string, string]>([
  ['every minute', ExternalRefresh.every(Duration.minutes(1)), 'Periodic', '1m0s'],
  ['every day', ExternalRefresh.every(Duration.days(1)), 'Periodic', '24h0m0s'],
  ['every 90 seconds', ExternalRefresh.every(Duration.seconds(90)), 'Periodic', '1m30s'],
  ['every 1500 milliseconds', ExternalRefresh.every(Duration.millis(1500)), 'Periodic', '1.5s'],
  ['once', ExternalRefresh.once(), 'CreatedOnce', '1h0m0s'],
  ['on change', ExternalRefresh.onChange(), 'OnChange', '1h0m0s'],
])('values are fetched %s', (_, refresh, refreshPolicy, refreshInterval) => {
  expect(checkedManifestOf(declare({ delivery: external({ refresh }) })).spec).toMatchObject({ refreshPolicy, refreshInterval });
});

test.each([0, 999])('fails when values are fetched every %d milliseconds', milliseconds => {
  expect(refusal(() => ExternalRefresh.every(Duration.millis(milliseconds))).code).toBe('InvalidExternalSecret');
});

const { OWNER, ORPHAN, MERGE, CREATE_OR_MERGE, NONE } = ExternalCreationPolicy;
const { RETAIN, DELETE, MERGE: TAKE_OUT } = ExternalDeletionPolicy;
const creations = [OWNER, ORPHAN, MERGE, CREATE_OR_MERGE, NONE];
test.each(creations.flatMap(creation => [RETAIN, DELETE, TAKE_OUT].map(deletion => [creation, deletion] as const)))(
  'the creation policy %s and the deletion policy %s go together as the webhook says', (creationPolicy, deletionPolicy) => {
    const refused = [[MERGE, DELETE], [CREATE_OR_MERGE, DELETE], [NONE, DELETE], [NONE, TAKE_OUT]]
      .some(([creation, deletion]) => creation === creationPolicy && deletion === deletionPolicy);
    const make = () => declare({ delivery: external({ creationPolicy, deletionPolicy }) });
    if (refused) expect(refusal(make).code).toBe('InvalidExternalSecret');
    else expect(checkedManifestOf(make()).spec.target).toMatchObject({ creationPolicy, deletionPolicy });
  },
);

describe('sources of many keys', () => {
  const sourced = (...sources: ExternalSource[]) => checkedManifestOf(declare({ delivery: external({ sources }) })).spec;

  test('bring the keys that have no entry of their own', () => {
    const secret = declare({
      data: { a: SensitiveValue.fromRemote({ key: 'x' }), b: unread },
      delivery: external({ sources: [ExternalSource.extract({ key: 'prod/db' })] }),
    });
    const { data, dataFrom } = checkedManifestOf(secret).spec;
    expect(data).toEqual([{ secretKey: 'a', remoteRef: { key: 'x', ...STRATEGIES } }]);
    expect(dataFrom).toEqual([{ extract: { key: 'prod/db', ...STRATEGIES } }]);
  });

  test('are a whole entry, found entries, or a generator', () => {
    expect(sourced(
      ExternalSource.extract({ key: 'a', property: 'b', version: '1', nullBytePolicy: RemoteNullBytePolicy.IGNORE }),
      ExternalSource.find({ nameRegexp: '^db-', path: 'prod', nullBytePolicy: RemoteNullBytePolicy.FAIL }),
      ExternalSource.find({ tags: { team: 'a' }, decodingStrategy: RemoteDecodingStrategy.AUTO }),
      ExternalSource.generator(ExternalGeneratorKind.ECR_AUTHORIZATION_TOKEN, 'ecr'),
    )).toEqual(expect.objectContaining({
      dataFrom: [
        { extract: { key: 'a', property: 'b', version: '1', nullBytePolicy: 'Ignore', ...STRATEGIES } },
        { find: { name: { regexp: '^db-' }, path: 'prod', conversionStrategy: 'Default', decodingStrategy: 'None', nullBytePolicy: 'Fail' } },
        { find: { tags: { team: 'a' }, conversionStrategy: 'Default', decodingStrategy: 'Auto' } },
        { sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'ECRAuthorizationToken', name: 'ecr' } } },
      ],
    }));
  });

  test('rename their keys step by step, and can come from another store', () => {
    const source = ExternalSource.extract({ key: 'a' }, {
      store: StoreReference.secretStore('other'),
      rewrite: [
        ExternalRewrite.regexp('^db_(.*)$', '$1'),
        ExternalRewrite.transform('{{ .value | upper }}'),
        ExternalRewrite.merge({ into: 'all', priority: ['a'], conflictPolicy: ExternalMergeConflictPolicy.IGNORE }),
        ExternalRewrite.merge(),
      ],
    });
    expect(sourced(source).dataFrom).toEqual([{
      extract: { key: 'a', ...STRATEGIES },
      sourceRef: { storeRef: { name: 'other', kind: 'SecretStore' } },
      rewrite: [
        { regexp: { source: '^db_(.*)$', target: '$1' } },
        { transform: { template: '{{ .value | upper }}' } },
        { merge: { strategy: 'JSON', into: 'all', priority: ['a'], priorityPolicy: 'Strict', conflictPolicy: 'Ignore' } },
        { merge: { strategy: 'Extract', into: '', priorityPolicy: 'Strict', conflictPolicy: 'Error' } },
      ],
    }]);
  });

  test.each<[string, Partial<ExternalDeliveryOptions>, Partial<SecretProps>, string[]]>([
    ['by default', {}, {}, ['RegeneratedSecret']],
    ['at a longer interval', { refresh: ExternalRefresh.every(Duration.days(30)) }, {}, ['RegeneratedSecret']],
    ['once', { refresh: ExternalRefresh.once(), creationPolicy: ExternalCreationPolicy.ORPHAN }, { immutable: true }, []],
  ])('warn of a password that is made anew: %s', (_, options, props, expected) => {
    const secret = declare({
      data: { password: unread }, delivery: external({ sources: [ExternalSource.generator(ExternalGeneratorKind.PASSWORD, 'pw')], ...options }), ...props,
    });
    expect(Inspection.fromApp(App.of(secret)).warnings.map(({ code }) => code)).toEqual(expected);
  });

  test.each(Object.values(ExternalGeneratorKind))('the CRD knows the generator %s', kind => {
    sourced(ExternalSource.generator(kind, 'a'));
  });

  test.each<[string, () => ExternalSource]>([
    ['a search for nothing', () => ExternalSource.find({ path: 'prod' })],
    ['an entry without a key', () => ExternalSource.extract({ key: '' })],
    ['a generator whose name is none', () => ExternalSource.generator(ExternalGeneratorKind.FAKE, 'A b')],
    ['a generator with a store', () => ExternalSource.generator(ExternalGeneratorKind.FAKE, 'a', { store })],
  ])('fails with %s', (_, make) => {
    expect(refusal(make).code).toBe('InvalidExternalSecret');
  });
});

describe('templates', () => {
  test('a typed secret gets its type', () => {
    const tls = new TlsSecret(newChart('ns1'), 'Tls', { tlsCert: unread, tlsKey: unread, delivery: external() });
    const { target, data } = checkedManifestOf(tls).spec;
    expect(target.template).toEqual({ engineVersion: 'v2', mergePolicy: 'Replace', type: 'kubernetes.io/tls', metadata: { labels: {}, annotations: {} } });
    expect(data.map(({ secretKey }: any) => secretKey)).toEqual(['tls.crt', 'tls.key']);
    expect(codes(tls)).toEqual([]);
  });

  const registries = (password: SensitiveValue) => [
    { server: 'ghcr.io', username: SensitiveValue.fromRemote({ key: 'ghcr', property: 'user' }), password },
    { username: SensitiveValue.fromRemote({ key: 'hub', property: 'user' }), password, email: 'a@example.com' },
  ];

  test('the docker config is made of user names and passwords in the store', () => {
    const secret = new DockerConfigSecret(newChart('ns1'), 'Pull', {
      metadata: { name: 'pull' }, registries: registries(SensitiveValue.fromRemote({ key: 'p' })), delivery: external(),
    });
    const { target, data } = checkedManifestOf(secret).spec;
    expect(data.map(({ secretKey, remoteRef }: any) => [secretKey, remoteRef.key, remoteRef.property])).toEqual([
      ['registry0_username', 'ghcr', 'user'], ['registry0_password', 'p', undefined], ['registry1_username', 'hub', 'user'], ['registry1_password', 'p', undefined],
    ]);
    expect(target.template.type).toBe('kubernetes.io/dockerconfigjson');
    expect(target.template.data).toEqual({
      '.dockerconfigjson': '{"auths":{'
        + '"ghcr.io":{"username":{{ .registry0_username | toJson }},"password":{{ .registry0_password | toJson }},'
        + '"auth":"{{ printf "%s:%s" .registry0_username .registry0_password | b64enc }}"},'
        + '"https://index.docker.io/v1/":{"username":{{ .registry1_username | toJson }},"password":{{ .registry1_password | toJson }},'
        + '"email":"a@example.com","auth":"{{ printf "%s:%s" .registry1_username .registry1_password | b64enc }}"}}}',
    });
    expect(codes(secret)).toEqual([]);
  });

  test('the docker config is fetched as a whole where its parts are not remote', () => {
    const local = SensitiveValue.fromLiteral('x');
    const secret = new DockerConfigSecret(newChart('ns1'), 'Pull', {
      metadata: { name: 'pull' }, registries: [{ username: local, password: local }], delivery: external(),
    });
    const { target, data } = checkedManifestOf(secret).spec;
    expect(target.template).not.toHaveProperty('data');
    expect(data).toEqual([{ secretKey: '.dockerconfigjson', remoteRef: { key: 'pull', property: '.dockerconfigjson', ...STRATEGIES } }]);
  });

  test('fails when only some parts are remote', () => {
    const secret = new DockerConfigSecret(newChart('ns1'), 'Pull', { registries: registries(SensitiveValue.fromLiteral('x')), delivery: external() });
    expect(findings(secret)).toEqual([expect.stringMatching(/^\[c\/Pull\] InvalidExternalSecret: key "\.dockerconfigjson" is made of values of which some are remote, and "registry0_password" is not: literal;/)]);
  });

  test('a key that is made of others stands beside those that are fetched', () => {
    const secret = declare({
      data: { username: unread, password: unread, url: unread },
      delivery: external({ templates: { url: 'postgres://{{ .username }}:{{ .password }}@db' } }),
    });
    const { target, data } = checkedManifestOf(secret).spec;
    expect(data.map(({ secretKey }: any) => secretKey)).toEqual(['password', 'username']);
    expect(target.template.data).toEqual({
      password: '{{ index . "password" }}', username: '{{ index . "username" }}', url: 'postgres://{{ .username }}:{{ .password }}@db',
    });
  });

  test('fails when a template makes a key that is not declared', () => {
    expect(codes(declare({ delivery: external({ templates: { passwort: 'x' } }) }))).toEqual(['[c/Db] UnknownKey']);
  });
});

describe('fails', () => {
  test('when there is neither a key nor a source', () => {
    expect(codes(declare({ data: {} }))).toEqual(['[c/Db] InvalidExternalSecret']);
    expect(codes(declare({ data: {}, delivery: external({ sources: [ExternalSource.extract({ key: 'a' })] }) }))).toEqual([]);
  });

  test('when a type needs a key that is not declared', () => {
    expect(codes(declare({ type: 'kubernetes.io/tls' }))).toEqual(['[c/Db] MissingKey']);
  });

  test('for the types that the webhook forbids', () => {
    expect(refusal(() => declare({ type: 'bootstrap.kubernetes.io/token' })).code).toBe('InvalidExternalSecret');
    const type = 'kubernetes.io/service-account-token';
    expect(refusal(() => declare({ type, metadata: { annotations: { 'kubernetes.io/service-account.name': 'a' } } })).code).toBe('InvalidExternalSecret');
  });

  test('when a store is none', () => {
    expect(refusal(() => SecretDelivery.external({ store: 'vault' as never })).code).toBe('InvalidSecretStore');
    expect(refusal(() => StoreReference.secretStore('My Store')).code).toBe('InvalidSecretStore');
  });

  test('when a SecretStore is in another namespace', () => {
    const storeOf = (storeNamespace: string) => ({ ...StoreReference.secretStore('vault'), storeNamespace });
    expect(refusal(() => declare({ delivery: external({ store: storeOf('ns2') }) })).code).toBe('NamespaceMismatch');
    expect(() => declare({ delivery: external({ store: storeOf('ns1') }) })).not.toThrow();
  });
});

test('a checksum knows nothing of the values', () => {
  expect(declare()._checksumInput('password')).toBeUndefined();
});
