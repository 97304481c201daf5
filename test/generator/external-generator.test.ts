import { App, Chart, Duration } from 'cdk8s';
import {
  AwsAuth, AzureAuth, ClusterGenerator, DockerConfigSecret, EcrScope, ExternalCreationPolicy, ExternalGenerator, ExternalGeneratorKind,
  ExternalRefresh, ExternalRewrite, ExternalSource, GeneratorSpec, GoogleAuth, Inspection, PasswordEncoding, Secret, SecretDelivery,
  SensitiveValue, SshKeyType, StoreReference, VaultAuth, VaultResultType, type ExternalDeliveryOptions, type IExternalGenerator,
  type ISecret, type PasswordOptions, type SecretProps, type SshKeyOptions,
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
  ['a token of ECR', () => GeneratorSpec.ecrAuthorizationToken({
    region: 'eu-central-1', role: 'arn:aws:iam::1:role/a', scope: EcrScope.PUBLIC, auth: AwsAuth.serviceAccount({ name: 'puller' }),
  }), 'ECRAuthorizationToken', {
    region: 'eu-central-1', role: 'arn:aws:iam::1:role/a', scope: 'public', auth: { jwt: { serviceAccountRef: { name: 'puller' } } },
  }, 'ecrAuthorizationTokenSpec', ['username', 'password', 'proxy_endpoint', 'expires_at']],
  ['a token of ECR, as the operator', () => GeneratorSpec.ecrAuthorizationToken({ region: 'eu-central-1' }), 'ECRAuthorizationToken',
    { region: 'eu-central-1' }, 'ecrAuthorizationTokenSpec', ['username', 'password', 'proxy_endpoint', 'expires_at']],
  ['a token of GCR', () => GeneratorSpec.gcrAccessToken({
    projectId: 'p', auth: GoogleAuth.workloadIdentity({ serviceAccount: { name: 'puller' }, clusterName: 'c', clusterLocation: 'l' }),
  }), 'GCRAccessToken', {
    projectID: 'p', auth: { workloadIdentity: { serviceAccountRef: { name: 'puller' }, clusterName: 'c', clusterLocation: 'l' } },
  }, 'gcrAccessTokenSpec', ['username', 'password', 'expiry']],
  ['a token of ACR, by a managed identity', () => GeneratorSpec.acrAccessToken({
    registry: 'a.azurecr.io', scope: 'repository:a:pull', tenantId: 't', auth: AzureAuth.managedIdentity('i'),
  }), 'ACRAccessToken', {
    registry: 'a.azurecr.io', scope: 'repository:a:pull', tenantId: 't', environmentType: 'PublicCloud', auth: { managedIdentity: { identityId: 'i' } },
  }, 'acrAccessTokenSpec', ['username', 'password']],
  ['a token of ACR, by a federated account', () => GeneratorSpec.acrAccessToken({
    registry: 'a.azurecr.io', auth: AzureAuth.workloadIdentity({ name: 'puller' }),
  }), 'ACRAccessToken', {
    registry: 'a.azurecr.io', environmentType: 'PublicCloud', auth: { workloadIdentity: { serviceAccountRef: { name: 'puller' } } },
  }, 'acrAccessTokenSpec', ['username', 'password']],
  ['a token of Quay', () => GeneratorSpec.quayAccessToken({ robotAccount: 'o+r', serviceAccount: { name: 'puller' }, url: 'quay.example.com' }),
    'QuayAccessToken', { robotAccount: 'o+r', url: 'quay.example.com', serviceAccountRef: { name: 'puller' } }, 'quayAccessTokenSpec', ['registry', 'auth']],
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

/** Generators that name keys of Secrets. */
const WITH_CREDENTIALS: [string, (login: ISecret) => GeneratorSpec, string, object, string[] | undefined][] = [
  ['a token of ECR, by an access key', login => GeneratorSpec.ecrAuthorizationToken({
    region: 'r', auth: AwsAuth.accessKey(login.key('id'), login.key('secret')),
  }), 'ECRAuthorizationToken', {
    region: 'r',
    auth: { secretRef: { accessKeyIDSecretRef: { name: 'login', key: 'id' }, secretAccessKeySecretRef: { name: 'login', key: 'secret' } } },
  }, ['username', 'password', 'proxy_endpoint', 'expires_at']],
  ['a token of GCR, by a key', login => GeneratorSpec.gcrAccessToken({ projectId: 'p', auth: GoogleAuth.serviceAccountKey(login.key('id')) }), 'GCRAccessToken',
    { projectID: 'p', auth: { secretRef: { secretAccessKeySecretRef: { name: 'login', key: 'id' } } } }, ['username', 'password', 'expiry']],
  ['a token of ACR, by a service principal', login => GeneratorSpec.acrAccessToken({
    registry: 'a.azurecr.io', auth: AzureAuth.servicePrincipal('t', login.key('id'), login.key('secret')),
  }), 'ACRAccessToken', {
    registry: 'a.azurecr.io',
    environmentType: 'PublicCloud',
    tenantId: 't',
    auth: { servicePrincipal: { secretRef: { clientId: { name: 'login', key: 'id' }, clientSecret: { name: 'login', key: 'secret' } } } },
  }, ['username', 'password']],
  ['a token of GitHub', login => GeneratorSpec.githubAccessToken({
    appId: '1', installId: '2', privateKey: login.key('id'), permissions: { contents: 'read' }, repositories: ['a'], url: 'https://ghe.example.com',
  }), 'GithubAccessToken', {
    appID: '1',
    installID: '2',
    url: 'https://ghe.example.com',
    permissions: { contents: 'read' },
    repositories: ['a'],
    auth: { privateKey: { secretRef: { name: 'login', key: 'id' } } },
  }, ['token', 'expiry']],
  ['the answer of a server', login => GeneratorSpec.webhook({
    url: 'https://h/{{ .login.id }}',
    method: 'POST',
    headers: { a: 'b' },
    body: '{}',
    jsonPath: '$.data',
    secrets: { login: login.key('id') },
    caBundle: 'YQ==',
    timeout: '5s',
  }), 'Webhook', {
    url: 'https://h/{{ .login.id }}',
    method: 'POST',
    headers: { a: 'b' },
    body: '{}',
    timeout: '5s',
    caBundle: 'YQ==',
    result: { jsonPath: '$.data' },
    secrets: [{ name: 'login', secretRef: { name: 'login', key: 'id' } }],
  }, undefined],
  ['what Vault makes', login => GeneratorSpec.vaultDynamicSecret({
    path: 'database/creds/shop',
    method: 'POST',
    parameters: { ttl: '1h' },
    resultType: VaultResultType.AUTH,
    provider: { server: 'https://v', auth: VaultAuth.token(login.key('id')) },
  }), 'VaultDynamicSecret', {
    path: 'database/creds/shop',
    method: 'POST',
    parameters: { ttl: '1h' },
    resultType: 'Auth',
    allowEmptyResponse: false,
    provider: { server: 'https://v', version: 'v2', auth: { tokenSecretRef: { name: 'login', key: 'id' } } },
  }, undefined],
  ['any other', login => GeneratorSpec.of(ExternalGeneratorKind.MFA, { secret: login.key('id') }), 'MFA', { secret: { name: 'login', key: 'id' } }, undefined],
];

describe.each(WITH_CREDENTIALS)('%s', (_, make, kind, spec, keys) => {
  const login = (chart: Chart) => Secret.fromSecretName(chart, 'Login', 'login', { keys: ['id', 'secret'] });

  test('names keys of its own namespace, to which nothing is objected', () => {
    const chart = newChart('ns1');
    const generator = new ExternalGenerator(chart, 'G', { spec: make(login(chart)) });
    expect([manifestOf(generator).kind, plain(manifestOf(generator)).spec, generator.generatedKeys]).toEqual([kind, spec, keys]);
    expect(found(generator)).toEqual([]);
  });

  test('refuses keys of another namespace, and takes them where each namespace has its own', () => {
    const app = new App();
    const secret = login(new Chart(app, 'other', { namespace: 'ns2' }));
    const chart = newChart('ns1', app);
    expect(refusal(() => new ExternalGenerator(chart, 'G', { spec: make(secret) }))).toMatchObject({ code: 'NamespaceMismatch', path: 'c/G' });
    expect(Object.values(plain(manifestOf(new ClusterGenerator(chart, 'C', { spec: make(secret) }))).spec.generator)).toEqual([spec]);
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
  ['a registry of Google without the cluster', () => new ExternalGenerator(newChart(), 'G', {
    spec: GeneratorSpec.gcrAccessToken({ projectId: 'p', auth: GoogleAuth.workloadIdentity({ serviceAccount: { name: 'a' } }) }),
  })],
  ['a registry of Azure with a path', () => GeneratorSpec.acrAccessToken({ registry: 'a.azurecr.io/x', auth: AzureAuth.managedIdentity() })],
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
    ['GCRAccessToken', ExternalRefresh.every(Duration.hours(1)), '1h0m0s', ['[c/Db] ExpiredToken']],
    ['ECRAuthorizationToken', ExternalRefresh.every(Duration.hours(12)), '12h0m0s', ['[c/Db] ExpiredToken']],
    ['ECRAuthorizationToken', ExternalRefresh.once(), '1h0m0s', ['[c/Db] ExpiredToken']],
    ['ECRAuthorizationToken', ExternalRefresh.onChange(), '1h0m0s', ['[c/Db] ExpiredToken']],
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

describe('credentials for pulling images', () => {
  const ecr = (chart: Chart) => new ExternalGenerator(chart, 'Ecr', { spec: GeneratorSpec.ecrAuthorizationToken({ region: 'eu-central-1' }), metadata: { name: 'ecr' } });
  const github = (chart: Chart) => new ExternalGenerator(chart, 'Github', {
    spec: GeneratorSpec.githubAccessToken({ appId: '1', installId: '2', privateKey: Secret.fromSecretName(chart, 'Key', 'key').key('pem') }),
  });
  const quay = (chart: Chart) => new ExternalGenerator(chart, 'Quay', { spec: GeneratorSpec.quayAccessToken({ robotAccount: 'a+b', serviceAccount: { name: 'a' } }) });
  const acr = (chart: Chart) => new ClusterGenerator(chart, 'Acr', { spec: GeneratorSpec.acrAccessToken({ registry: 'a.azurecr.io', auth: AzureAuth.managedIdentity() }) });

  test('are made anew by a generator, of nothing that is stored', () => {
    const chart = newChart('ns1');
    const secret = DockerConfigSecret.fromGenerator(chart, 'Pull', ecr(chart), { metadata: { name: 'pull' } });
    const { spec } = plain(manifestOf(secret));
    expect(spec).toMatchObject({ refreshPolicy: 'Periodic', refreshInterval: '1h0m0s' });
    expect(spec).not.toHaveProperty('secretStoreRef');
    expect(spec.dataFrom).toEqual([{ sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'ECRAuthorizationToken', name: 'ecr' } } }]);
    expect(spec.target.template).toMatchObject({
      type: 'kubernetes.io/dockerconfigjson',
      data: {
        '.dockerconfigjson': '{"auths":{ {{ .proxy_endpoint | replace "https://" "" | toJson }}:{"username":{{ .username | toJson }},'
          + '"password":{{ .password | toJson }},"auth":"{{ printf "%s:%s" .username .password | b64enc }}"}}}',
      },
    });
    expect(secret.secretType).toBe('kubernetes.io/dockerconfigjson');
    expect(found(chart)).toEqual([]);
  });

  test.each<[string, (chart: Chart) => IExternalGenerator, string | undefined, string]>([
    ['of a registry that is named', acr, 'a.azurecr.io', '{"auths":{ "a.azurecr.io":{"username":{{ .username | toJson }},'
      + '"password":{{ .password | toJson }},"auth":"{{ printf "%s:%s" .username .password | b64enc }}"}}}'],
    ['of GitHub', github, 'ghcr.io', '{"auths":{ "ghcr.io":{"username":"x-access-token","password":{{ .token | toJson }},'
      + '"auth":"{{ printf "%s:%s" "x-access-token" .token | b64enc }}"}}}'],
    ['of Quay', quay, undefined, '{"auths":{ {{ .registry | toJson }}:{"auth":{{ .auth | toJson }}}}}'],
  ])('%s', (_, make, server, template) => {
    const chart = newChart('ns1');
    const secret = DockerConfigSecret.fromGenerator(chart, 'Pull', make(chart), { server });
    expect(manifestOf(secret).spec.target.template.data).toEqual({ '.dockerconfigjson': template });
    expect(found(chart).filter(({ code }) => code !== 'UnknownSecret')).toEqual([]);
  });

  test.each<[string, (chart: Chart) => IExternalGenerator, string | undefined, RegExp]>([
    ['a generator of something else', chart => new ExternalGenerator(chart, 'G', { spec: GeneratorSpec.uuid() }), 'a.example.com', /a UUID makes no credentials/],
    ['nothing that says the registry', acr, undefined, /does not say of which registry/],
    ['a registry that matches nothing', acr, 'hub.docker.com', /matches no image/],
  ])('fail for %s', (_, make, server, message) => {
    const chart = newChart('ns1');
    const refused = refusal(() => DockerConfigSecret.fromGenerator(chart, 'Pull', make(chart), { server }));
    expect(refused).toMatchObject({ code: 'InvalidDockerConfig', path: 'c/Pull', problem: expect.stringMatching(message) });
  });
});
