import { App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import {
  AwsAuth, AzureAuth, ClusterSecretStore, GoogleAuth, Inspection, KubernetesAuth, PushSecret, PushSource, RemoteNaming, Secret, SecretDelivery,
  SecretStore, SecretStoreKind, SensitiveValue, StoreProvider, StoreReference, TlsSecret, VaultAuth, VaultEngineVersion,
} from '../../src';
import { crdProblems } from '../conformance/crd';
import { manifestOf, newChart } from '../support/charts';
import { codes, refusal } from '../support/refusal';

const credentials = (chart: Chart, name = 'login') => Secret.fromSecretName(chart, name, name, { keys: ['id', 'secret'] });
const account = { name: 'shop', audiences: ['vault'] };

/** Every provider, with every way to authenticate, and what the manifest holds of it in a SecretStore. */
const PROVIDERS: [string, (chart: Chart) => StoreProvider, object][] = [
  ['Vault, by a service account', () => StoreProvider.vault({
    server: 'https://vault.example.com:8200', path: 'secret', namespace: 'team', caBundle: 'YQ==', auth: VaultAuth.kubernetes({ role: 'shop', serviceAccount: account }),
  }), {
    vault: {
      server: 'https://vault.example.com:8200',
      path: 'secret',
      version: 'v2',
      namespace: 'team',
      caBundle: 'YQ==',
      auth: { kubernetes: { mountPath: 'kubernetes', role: 'shop', serviceAccountRef: { name: 'shop', audiences: ['vault'] } } },
    },
  }],
  ['Vault, by a role', chart => StoreProvider.vault({
    server: 'http://vault:8200', version: VaultEngineVersion.V1, auth: VaultAuth.appRole({ roleId: 'r', secretId: credentials(chart).key('secret') }),
  }), {
    vault: { server: 'http://vault:8200', version: 'v1', auth: { appRole: { path: 'approle', roleId: 'r', secretRef: { name: 'login', key: 'secret' } } } },
  }],
  ['Vault, by a token', chart => StoreProvider.vault({ server: 'http://vault:8200', auth: VaultAuth.token(credentials(chart).key('id')) }), {
    vault: { server: 'http://vault:8200', version: 'v2', auth: { tokenSecretRef: { name: 'login', key: 'id' } } },
  }],
  ['AWS Secrets Manager, by a service account', () => StoreProvider.awsSecretsManager({
    region: 'eu-central-1', role: 'arn:aws:iam::1:role/a', auth: AwsAuth.serviceAccount({ name: 'shop' }),
  }), {
    aws: { service: 'SecretsManager', region: 'eu-central-1', role: 'arn:aws:iam::1:role/a', auth: { jwt: { serviceAccountRef: { name: 'shop' } } } },
  }],
  ['AWS Parameter Store, by an access key', chart => {
    const login = credentials(chart);
    return StoreProvider.awsParameterStore({ region: 'eu-central-1', auth: AwsAuth.accessKey(login.key('id'), login.key('secret')) });
  }, {
    aws: {
      service: 'ParameterStore',
      region: 'eu-central-1',
      auth: { secretRef: { accessKeyIDSecretRef: { name: 'login', key: 'id' }, secretAccessKeySecretRef: { name: 'login', key: 'secret' } } },
    },
  }],
  ['AWS, as the operator', () => StoreProvider.awsSecretsManager({ region: 'eu-central-1' }), { aws: { service: 'SecretsManager', region: 'eu-central-1' } }],
  ['Azure Key Vault, by a federated account', () => StoreProvider.azureKeyVault({
    vaultUrl: 'https://v.vault.azure.net', auth: AzureAuth.workloadIdentity({ name: 'shop' }),
  }), {
    azurekv: { vaultUrl: 'https://v.vault.azure.net', environmentType: 'PublicCloud', authType: 'WorkloadIdentity', serviceAccountRef: { name: 'shop' } },
  }],
  ['Azure Key Vault, by the identity of the node', () => StoreProvider.azureKeyVault({
    vaultUrl: 'https://v.vault.azure.net', auth: AzureAuth.managedIdentity('id'),
  }), { azurekv: { vaultUrl: 'https://v.vault.azure.net', environmentType: 'PublicCloud', authType: 'ManagedIdentity', identityId: 'id' } }],
  ['Azure Key Vault, by a service principal', chart => {
    const login = credentials(chart);
    return StoreProvider.azureKeyVault({ vaultUrl: 'https://v.vault.azure.net', auth: AzureAuth.servicePrincipal('t', login.key('id'), login.key('secret')) });
  }, {
    azurekv: {
      vaultUrl: 'https://v.vault.azure.net',
      environmentType: 'PublicCloud',
      authType: 'ServicePrincipal',
      tenantId: 't',
      authSecretRef: { clientId: { name: 'login', key: 'id' }, clientSecret: { name: 'login', key: 'secret' } },
    },
  }],
  ['Google Secret Manager, by a federated account', () => StoreProvider.googleSecretManager({
    projectId: 'p', location: 'l', auth: GoogleAuth.workloadIdentity({ serviceAccount: { name: 'shop' }, clusterName: 'c', clusterLocation: 'l', clusterProjectId: 'q' }),
  }), {
    gcpsm: {
      projectID: 'p',
      location: 'l',
      auth: { workloadIdentity: { serviceAccountRef: { name: 'shop' }, clusterName: 'c', clusterLocation: 'l', clusterProjectID: 'q' } },
    },
  }],
  ['Google Secret Manager, by a key', chart => StoreProvider.googleSecretManager({
    projectId: 'p', auth: GoogleAuth.serviceAccountKey(credentials(chart).key('id')),
  }), { gcpsm: { projectID: 'p', auth: { secretRef: { secretAccessKeySecretRef: { name: 'login', key: 'id' } } } } }],
  ['Kubernetes, as a service account', () => StoreProvider.kubernetes({ remoteNamespace: 'shared', auth: KubernetesAuth.serviceAccount({ name: 'shop' }) }), {
    kubernetes: {
      remoteNamespace: 'shared',
      auth: { serviceAccount: { name: 'shop' } },
      server: { url: 'kubernetes.default', caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' } },
    },
  }],
  ['Kubernetes, by a token', chart => StoreProvider.kubernetes({ serverUrl: 'https://k.example.com', caBundle: 'YQ==', auth: KubernetesAuth.token(credentials(chart).key('id')) }), {
    kubernetes: {
      remoteNamespace: 'default', server: { url: 'https://k.example.com', caBundle: 'YQ==' }, auth: { token: { bearerToken: { name: 'login', key: 'id' } } },
    },
  }],
  ['Kubernetes, by a client certificate', chart => {
    const login = credentials(chart);
    return StoreProvider.kubernetes({ caBundle: 'YQ==', auth: KubernetesAuth.clientCertificate(login.key('id'), login.key('secret')) });
  }, {
    kubernetes: {
      remoteNamespace: 'default',
      server: { url: 'kubernetes.default', caBundle: 'YQ==' },
      auth: { cert: { clientCert: { name: 'login', key: 'id' }, clientKey: { name: 'login', key: 'secret' } } },
    },
  }],
  ['texts in the manifest', () => StoreProvider.fake([{ key: 'a', text: 'b' }, { key: 'a', text: 'c', version: '2' }]), {
    fake: { data: [{ key: 'a', value: 'b' }, { key: 'a', value: 'c', version: '2' }] },
  }],
];

describe.each(PROVIDERS)('%s', (_, provider, fields) => {
  test('makes a SecretStore that the CRD takes', () => {
    const chart = newChart('ns1');
    const manifest = manifestOf(new SecretStore(chart, 'Store', { provider: provider(chart), metadata: { name: 'store' } }));
    expect(manifest).toEqual({
      apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', metadata: { name: 'store', namespace: 'ns1' }, spec: { provider: fields },
    });
    expect(crdProblems(manifest)).toEqual([]);
  });
});

test.each(PROVIDERS.filter(([name]) => !/service account|federated/.test(name)))('%s makes a ClusterSecretStore, which names namespaces and is in none', (_, provider) => {
  const chart = newChart('ns1');
  const manifest = manifestOf(new ClusterSecretStore(chart, 'Store', { provider: provider(chart), namespaces: ['a', 'b'] }));
  expect(manifest.metadata).not.toHaveProperty('namespace');
  expect(manifest.spec.conditions).toEqual([{ namespaces: ['a', 'b'] }]);
  expect(crdProblems(manifest)).toEqual([]);
  for (const [, namespace] of JSON.stringify(manifest).matchAll(/"name":"login","namespace":"(\w+)"/g)) expect(namespace).toBe('ns1');
  expect(JSON.stringify(manifest)).not.toMatch(/"name":"login"[^,]|"key":"(id|secret)","name":"login"}/);
});

test.each<[string, (chart: Chart, provider: StoreProvider) => IConstruct, string | undefined]>([
  ['a ClusterSecretStore', (chart, provider) => new ClusterSecretStore(chart, 'Store', { provider }), 'default'],
  ['a SecretStore', (chart, provider) => new SecretStore(chart, 'Store', { provider }), undefined],
])('the certificates of the cluster that %s trusts are in the namespace %j', (_, make, namespace) => {
  const provider = StoreProvider.kubernetes({ remoteNamespace: 'shared', auth: KubernetesAuth.serviceAccount({ name: 'shop', namespace: 'ns1' }) });
  const { caProvider } = manifestOf(make(newChart('ns1'), provider)).spec.provider.kubernetes.server;
  const certificates = { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' };
  expect(JSON.parse(JSON.stringify(caProvider))).toEqual(namespace === undefined ? certificates : { ...certificates, namespace });
});

test('a ClusterSecretStore names the namespace of a service account', () => {
  const provider = StoreProvider.vault({ server: 'http://v', auth: VaultAuth.kubernetes({ role: 'r', serviceAccount: { name: 'shop', namespace: 'ns2' } }) });
  const { vault } = manifestOf(new ClusterSecretStore(newChart('ns1'), 'Store', { provider })).spec.provider;
  expect(vault.auth.kubernetes.serviceAccountRef).toEqual({ name: 'shop', namespace: 'ns2' });
});

test.each([['Vault', VaultAuth.kubernetes({ role: 'r', serviceAccount: { name: 'shop' } })]])('fails when a ClusterSecretStore for %s does not know a namespace', (_, auth) => {
  const provider = StoreProvider.vault({ server: 'http://v', auth });
  expect(refusal(() => new ClusterSecretStore(newChart('ns1'), 'Store', { provider }))).toMatchObject({ code: 'MissingNamespace', path: 'c/Store' });
});

test('fails when a SecretStore would need credentials of another namespace', () => {
  const app = new App();
  const token = credentials(newChart('ns2', app)).key('id');
  const provider = StoreProvider.vault({ server: 'http://v', auth: VaultAuth.token(token) });
  const chart = new Chart(app, 'd', { namespace: 'ns1' });
  expect(refusal(() => new SecretStore(chart, 'Store', { provider }))).toMatchObject({ code: 'NamespaceMismatch', path: 'd/Store' });
});

test.each(['vault.example.com', '', 'ftp://a', 'https://'])('fails with %j as the address of a server', server => {
  expect(refusal(() => StoreProvider.vault({ server, auth: VaultAuth.kubernetes({ role: 'r' }) })).code).toBe('InvalidSecretStore');
  expect(refusal(() => StoreProvider.azureKeyVault({ vaultUrl: server, auth: AzureAuth.managedIdentity() })).code).toBe('InvalidSecretStore');
});

describe('a provider by its fields', () => {
  test('is written as it is, with references to keys in the place of keys', () => {
    const chart = newChart('ns1');
    const provider = StoreProvider.of({ doppler: { auth: { secretRef: { dopplerToken: credentials(chart).key('id') } }, project: 'p' } });
    const store = new SecretStore(chart, 'Store', { provider });
    expect(JSON.parse(JSON.stringify(manifestOf(store).spec))).toEqual({
      provider: { doppler: { auth: { secretRef: { dopplerToken: { name: 'login', key: 'id' } } }, project: 'p' } },
    });
    expect(Inspection.fromApp(App.of(store)).findings).toEqual([]);
    const cluster = new ClusterSecretStore(chart, 'Cluster', { provider });
    expect(manifestOf(cluster).spec.provider.doppler.auth.secretRef.dopplerToken).toEqual({ name: 'login', namespace: 'ns1', key: 'id' });
  });

  test('is checked with its schema', () => {
    const store = new SecretStore(newChart('ns1'), 'Store', { provider: StoreProvider.of({ onboardbase: { apiHost: 'https://h', project: 'p' } }) });
    expect(Inspection.fromApp(App.of(store)).errors.map(({ code, path }) => [code, path])).toEqual([
      ['RequiredField', 'spec.provider.onboardbase.auth'],
    ]);
  });

  test('of tomorrow can be named', () => {
    const store = new SecretStore(newChart('ns1'), 'Store', { provider: StoreProvider.of({ somethingQuiteNew: { a: 1 } }) });
    expect(manifestOf(store).spec.provider).toEqual({ somethingQuiteNew: { a: 1 } });
    expect(codes(store)).toEqual([]);
  });

  test.each<[string, object, RegExp]>([
    ['that is none', {}, /exactly one provider, and here is none/],
    ['that is two', { doppler: {}, fake: {} }, /here are "doppler", "fake"/],
    ['that is a text', 'vault' as never, /here is none/],
    ['that is a list', [{}] as never, /here is none/],
    ['of which the name is nearly one', { dopler: {} }, /no provider "dopler"/],
    ['without settings', { doppler: 'x' }, /no map of fields/],
  ])('fails for one %s', (_, fields, message) => {
    const refused = refusal(() => StoreProvider.of(fields as never));
    expect([refused.code, refused.problem]).toEqual(['InvalidSecretStore', expect.stringMatching(message)]);
  });

  test('is suggested where the name is nearly one', () => {
    expect(refusal(() => StoreProvider.of({ gcpms: {} })).next).toMatch(/^did you mean "gcpsm"\?/);
  });
});

/** What a program without types can give where a factory is meant. */
const NONE = [undefined, null, {}, 'vault', 7];

test.each<[string, (none: never) => unknown]>([
  ['a provider', none => new SecretStore(newChart(), 'S', { provider: none })],
  ['a provider of all namespaces', none => new ClusterSecretStore(newChart(), 'S', { provider: none })],
  ['how to authenticate with Vault', none => StoreProvider.vault({ server: 'http://v', auth: none })],
  ['how to authenticate with Azure', none => StoreProvider.azureKeyVault({ vaultUrl: 'https://v', auth: none })],
  ['how to authenticate with Kubernetes', none => StoreProvider.kubernetes({ auth: none })],
  ['how to authenticate with AWS', none => StoreProvider.awsSecretsManager({ region: 'r', auth: none ?? {} as never })],
  ['how to authenticate with Google', none => StoreProvider.googleSecretManager({ projectId: 'p', auth: none ?? {} as never })],
])('fails with a code where no factory made %s', (_, make) => {
  for (const none of NONE) expect(refusal(() => make(none as never)).code).toBe('InvalidSecretStore');
});

test('fails with a code where an object was made past the factories', () => {
  for (const type of [StoreProvider, VaultAuth, AwsAuth, AzureAuth, GoogleAuth, KubernetesAuth]) {
    const past = Reflect.construct(type, []);
    expect(refusal(() => new SecretStore(newChart(), 'S', { provider: past as never })).code).toBe('InvalidSecretStore');
  }
});

describe('a key with a dot', () => {
  const tls = (provider: StoreProvider, naming?: RemoteNaming) => {
    const chart = newChart('ns1');
    const store = new SecretStore(chart, 'Store', { provider });
    return new TlsSecret(chart, 'Tls', { metadata: { name: 'tls' }, delivery: SecretDelivery.external({ store, naming }) });
  };
  const properties = (secret: TlsSecret) => manifestOf(secret).spec.data.map(({ remoteRef }: any) => remoteRef.property);
  const settings = { auth: {} };

  test.each<[string, StoreProvider]>([
    ['fake', StoreProvider.fake([{ key: 'tls', text: '{}' }])],
    ['gitlab', StoreProvider.of({ gitlab: settings })],
    ['infisical', StoreProvider.of({ infisical: settings })],
    ['oracle', StoreProvider.of({ oracle: settings })],
  ])('is escaped for %s, which reads a property as a path', (_, provider) => {
    expect(properties(tls(provider))).toEqual(['tls\\.crt', 'tls\\.key']);
  });

  test.each<[string, StoreProvider]>([
    ['aws', StoreProvider.awsSecretsManager({ region: 'r' })],
    ['vault', StoreProvider.vault({ server: 'http://v', auth: VaultAuth.kubernetes({ role: 'r' }) })],
    ['gcpsm', StoreProvider.googleSecretManager({ projectId: 'p' })],
    ['azurekv', StoreProvider.azureKeyVault({ vaultUrl: 'https://v', auth: AzureAuth.managedIdentity() })],
    ['kubernetes', StoreProvider.kubernetes({ auth: KubernetesAuth.serviceAccount({ name: 'a' }) })],
    ['one that is not known', StoreProvider.of({ constructor: settings, prototype: undefined })],
  ])('is a name for %s', (_, provider) => {
    expect(properties(tls(provider))).toEqual(['tls.crt', 'tls.key']);
  });

  test('is written for a store that somebody else makes as for one of the program, where its provider is known', () => {
    const delivery = (provider?: string) => SecretDelivery.external({ store: StoreReference.clusterSecretStore('s', { provider }) });
    const secret = (provider?: string) => new TlsSecret(newChart('ns1'), 'Tls', { metadata: { name: 'tls' }, delivery: delivery(provider) });
    expect(properties(secret('infisical'))).toEqual(['tls\\.crt', 'tls\\.key']);
    expect(properties(secret('vault'))).toEqual(['tls.crt', 'tls.key']);
    expect(properties(secret())).toEqual(['tls.crt', 'tls.key']);
    expect(codes(secret('doppler'))).toEqual(['[c/Tls] InvalidExternalSecret']);
    expect(refusal(() => secret('infisicl')).next).toMatch(/^did you mean "infisical"\?/);
  });

  test('is as it was written where it was written', () => {
    const chart = newChart('ns1');
    const store = new SecretStore(chart, 'Store', { provider: StoreProvider.fake([{ key: 'a', text: '{}' }]) });
    const value = SensitiveValue.fromRemote({ key: 'a', property: 'db.password' });
    expect(manifestOf(new Secret(chart, 'Db', { data: { a: value }, delivery: SecretDelivery.external({ store }) })).spec.data[0].remoteRef.property).toBe('db.password');
  });

  test('has an entry of its own where entries have no properties', () => {
    const doppler = StoreProvider.of({ doppler: { auth: { secretRef: { dopplerToken: { name: 't' } } } } });
    expect(codes(tls(doppler))).toEqual(['[c/Tls] InvalidExternalSecret']);
    expect(codes(tls(doppler, RemoteNaming.entryPerKey()))).toEqual([]);
    const chart = newChart('ns1');
    const store = new SecretStore(chart, 'Store', { provider: doppler });
    const source = PushSource.secret(Secret.fromSecretName(chart, 'S', 's', { keys: ['a'] }));
    expect(refusal(() => new PushSecret(chart, 'Push', { source, stores: [store] })).code).toBe('InvalidExternalSecret');
  });
});

test.each([{ key: '', text: 'a' }, { key: 'a', text: '' }, { key: 'a', text: undefined as never }])('fails with the fake entry %j, which the operator refuses', entry => {
  expect(refusal(() => StoreProvider.fake([entry])).code).toBe('InvalidSecretStore');
});

test('secrets of its program use it', () => {
  const chart = newChart('ns1');
  const store = new SecretStore(chart, 'Store', { provider: StoreProvider.fake([]), metadata: { name: 'store' } });
  expect([store.storeName, store.storeKind, store.storeNamespace]).toEqual(['store', SecretStoreKind.SECRET_STORE, 'ns1']);
  const secret = new Secret(chart, 'Db', { data: { a: SensitiveValue.fromRemote({ key: 'a' }) }, delivery: SecretDelivery.external({ store }) });
  expect(manifestOf(secret).spec.secretStoreRef).toEqual({ name: 'store', kind: 'SecretStore' });
  expect(codes(secret)).toEqual([]);
});
