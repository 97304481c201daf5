import { ApiObject, App, Chart, Testing, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CertificateIssuer, ClusterSecretStore, CsiProvider, FluxSource, InfisicalProject, Inspection, Secret, SecretBinding, SecretDelivery, SecretOrdering,
  SecretStore, SensitiveValue, StoreProvider, StoreReference, TlsSecret, VaultAuth, VaultEngine, type ISecretStore,
} from '../../src';
import vectors from '../conformance/backends-vectors.json';
import sopsVectors from '../conformance/sops-vectors.json';
import { decryptSops } from '../delivery/sops/unsops';
import { codes, findings } from '../support/refusal';
import { tempFile } from '../support/temp-folder';
import { newWorkload } from '../support/workloads';

const WAVE = 'argocd.argoproj.io/sync-wave';
const remote = SensitiveValue.fromRemote({ key: 'db', property: 'password' });

function newChart(ordering = SecretOrdering.argoSyncWaves()): Chart {
  const chart = new Chart(new App(), 'c', { namespace: 'web' });
  ordering.useFor(chart);
  return chart;
}

const declare = (chart: Chart, store: ISecretStore, name = 'db') =>
  new Secret(chart, name, { metadata: { name }, data: { password: remote }, delivery: SecretDelivery.external({ store }) });

const object = (chart: Chart, apiVersion: string, kind: string, name: string, rest: object = {}) =>
  new ApiObject(chart, `${kind}-${name}`, { apiVersion, kind, metadata: { name }, ...rest });

/** The annotations that say the order, by `KIND/NAME`. */
const turns = (chart: Chart) => Object.fromEntries(Testing.synth(chart).map(({ kind, metadata: { name, annotations = {} } }: any) => [
  `${kind}/${name}`, Object.entries(annotations).filter(([key]) => /helm\.sh|argoproj/.test(key)).map(([, value]) => value).join(' '),
]));

describe('argoSyncWaves()', () => {
  test('has stores before secrets, and secrets before workloads', () => {
    const chart = newChart();
    const store = new ClusterSecretStore(chart, 'Store', { metadata: { name: 'vault' }, provider: StoreProvider.fake([]) });
    newWorkload('Deployment', chart, 'W', { metadata: { name: 'api' } } as kplus.PodProps).with(SecretBinding.envFrom(declare(chart, store)));
    expect(turns(chart)).toEqual({ 'ClusterSecretStore/vault': '-2', 'ExternalSecret/db': '-1', 'Deployment/api': '' });
    expect(codes(chart)).toEqual([]);
  });

  test('has a store of the cluster before secrets of any namespace', () => {
    const app = new App();
    SecretOrdering.argoSyncWaves().useFor(app);
    const infra = new Chart(app, 'infra', { namespace: 'infra' });
    const store = new ClusterSecretStore(infra, 'Store', { metadata: { name: 'vault' }, provider: StoreProvider.fake([]) });
    const account = new kplus.ServiceAccount(infra, 'Account', { metadata: { name: 'reader' } });
    const web = new Chart(app, 'web', { namespace: 'web' });
    const db = declare(web, store);
    ApiObject.of(db).metadata.addAnnotation(WAVE, '-7');
    expect(turns(infra)).toEqual({ 'ClusterSecretStore/vault': '-8', [`ServiceAccount/${account.name}`]: '' });
  });

  test('has what a store is asked with before the store, and namespaces before all', () => {
    const chart = newChart();
    object(chart, 'v1', 'Namespace', 'web');
    object(chart, 'v1', 'Namespace', 'other');
    const account = new kplus.ServiceAccount(chart, 'Account', { metadata: { name: 'reader' } });
    new kplus.ServiceAccount(chart, 'Other', { metadata: { name: 'other' } });
    const credentials = new Secret(chart, 'Credentials', { metadata: { name: 'credentials' }, data: { id: SensitiveValue.fromLiteral('x') } });
    const byKey = new SecretStore(chart, 'One', {
      metadata: { name: 'one' },
      provider: StoreProvider.vault({ server: 'https://vault', auth: VaultAuth.token(credentials.key('id')) }),
    });
    object(chart, 'external-secrets.io/v1', 'SecretStore', 'two', { spec: { provider: { aws: { region: 'eu-central-1', service: 'SecretsManager', auth: { jwt: { serviceAccountRef: { name: account.name } } } } } } });
    declare(chart, byKey);
    declare(chart, StoreReference.secretStore('two'), 'second');
    expect(turns(chart)).toEqual({
      'Namespace/web': '-4',
      'Namespace/other': '',
      'ServiceAccount/reader': '-3',
      'ServiceAccount/other': '',
      'Secret/credentials': '-3',
      'SecretStore/one': '-2',
      'SecretStore/two': '-2',
      'ExternalSecret/db': '-1',
      'ExternalSecret/second': '-1',
    });
  });

  test('follows credentials that are fetched from another store', () => {
    const chart = newChart();
    const first = new SecretStore(chart, 'First', { metadata: { name: 'first' }, provider: StoreProvider.fake([]) });
    const credentials = declare(chart, first, 'credentials');
    const second = new SecretStore(chart, 'Second', {
      metadata: { name: 'second' }, provider: StoreProvider.vault({ server: 'https://vault', auth: VaultAuth.token(credentials.key('password')) }),
    });
    declare(chart, second);
    expect(turns(chart)).toEqual({ 'SecretStore/first': '-4', 'ExternalSecret/credentials': '-3', 'SecretStore/second': '-2', 'ExternalSecret/db': '-1' });
  });

  test('goes before the wave that the user gave a workload', () => {
    const chart = newChart();
    const store = new SecretStore(chart, 'Store', { metadata: { name: 'vault' }, provider: StoreProvider.fake([]) });
    const secret = declare(chart, store);
    declare(chart, store, 'later');
    newWorkload('Job', chart, 'W', { metadata: { name: 'migrate', annotations: { [WAVE]: '-5' } } } as kplus.PodProps).with(SecretBinding.envFrom(secret));
    newWorkload('Deployment', chart, 'Late', { metadata: { name: 'late', annotations: { [WAVE]: '7' } } } as kplus.PodProps).with(SecretBinding.envFrom(secret));
    expect(turns(chart)).toEqual({
      'SecretStore/vault': '-7', 'ExternalSecret/db': '-6', 'ExternalSecret/later': '-1', 'Job/migrate': '-5', 'Deployment/late': '7',
    });
    expect(Inspection.fromApp(App.of(chart)).findings).toEqual([]);
  });

  test('leaves what the user has annotated, and has what comes before follow it', () => {
    const chart = newChart();
    const store = new SecretStore(chart, 'Store', { metadata: { name: 'vault' }, provider: StoreProvider.fake([]) });
    const secret = declare(chart, store);
    ApiObject.of(secret).metadata.addAnnotation(WAVE, '-10');
    newWorkload('Deployment', chart, 'W', { metadata: { name: 'api' } } as kplus.PodProps).with(SecretBinding.envFrom(secret));
    expect(turns(chart)).toEqual({ 'SecretStore/vault': '-11', 'ExternalSecret/db': '-10', 'Deployment/api': '' });
  });

  test('does not follow a workload of another phase, which has waves of its own', () => {
    const chart = newChart();
    const secret = new Secret(chart, 'Db', { metadata: { name: 'db' }, data: {} });
    const annotations = { 'argocd.argoproj.io/hook': 'PostSync', [WAVE]: '-5' };
    newWorkload('Job', chart, 'W', { metadata: { name: 'after', annotations } } as kplus.PodProps).with(SecretBinding.envFrom(secret));
    expect(turns(chart)).toMatchObject({ 'Secret/db': '-1' });
  });

  test.each<[string, () => SecretDelivery]>([
    ['manifest', () => SecretDelivery.manifest()],
    ['sealed', () => SecretDelivery.sealed({ certificate: tempFile(vectors.sealedSecrets.certificatePem, 'pub-cert.pem') })],
    ['sops', () => SecretDelivery.sops({ age: [sopsVectors.recipient] })],
    ['csi', () => SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'r' }) })],
    ['vault', () => SecretDelivery.vault({ engine: VaultEngine.keyValue('secret') })],
    ['onePassword', () => SecretDelivery.onePassword({ vault: 'v' })],
    ['infisical', () => SecretDelivery.infisical({ project: InfisicalProject.slug('shop'), environment: 'prod', authName: 'login' })],
  ])('orders what %s makes', (_, delivery) => {
    const chart = newChart();
    const secret = new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromLiteral('1').orRemote({ key: 'db', property: 'a' }) }, delivery: delivery() });
    newWorkload('Deployment', chart, 'W', { metadata: { name: 'api' } } as kplus.PodProps).with(SecretBinding.files('/etc/db', secret));
    expect(Object.values(turns(chart))).toEqual(['-1', '']);
    expect(codes(chart)).toEqual([]);
  });

  test('is in what SOPS has made its MAC over', () => {
    const chart = newChart();
    new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromLiteral('1') }, delivery: SecretDelivery.sops({ age: [sopsVectors.recipient] }) });
    expect(decryptSops(Testing.synth(chart)[0], sopsVectors.identity).metadata.annotations).toEqual({ [WAVE]: '-1' });
  });

  test('knows issuers of cert-manager, and what the Vault Secrets Operator authenticates with', () => {
    const chart = newChart();
    object(chart, 'v1', 'Secret', 'ca');
    object(chart, 'cert-manager.io/v1', 'Issuer', 'ca', { spec: { ca: { secretName: 'ca' } } });
    new TlsSecret(chart, 'Tls', { metadata: { name: 'tls' }, delivery: SecretDelivery.certificate({ issuer: CertificateIssuer.issuer('ca'), dnsNames: ['a.example.com'] }) });
    object(chart, 'secrets.hashicorp.com/v1beta1', 'VaultConnection', 'vault', { spec: { address: 'https://vault' } });
    object(chart, 'secrets.hashicorp.com/v1beta1', 'VaultAuth', 'auth', {
      spec: { vaultConnectionRef: 'web/vault', method: 'kubernetes', mount: 'k', kubernetes: { role: 'r', serviceAccount: 'reader' } },
    });
    object(chart, 'v1', 'ServiceAccount', 'reader');
    object(chart, 'secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', 'db', {
      spec: { vaultAuthRef: 'auth', mount: 'kv', path: 'db', type: 'kv-v2', destination: { name: 'db' } },
    });
    expect(turns(chart)).toEqual({
      'Secret/ca': '-3',
      'Issuer/ca': '-2',
      'Certificate/tls': '-1',
      'VaultConnection/vault': '-3',
      'VaultAuth/auth': '-2',
      'ServiceAccount/reader': '-3',
      'VaultStaticSecret/db': '-1',
    });
  });

  test('knows what the operator of Infisical logs in with', () => {
    const chart = newChart();
    object(chart, 'secrets.infisical.com/v1beta1', 'InfisicalConnection', 'eu', { spec: { address: 'https://eu.infisical.com' } });
    object(chart, 'secrets.infisical.com/v1beta1', 'InfisicalAuth', 'login', { spec: { infisicalConnectionRef: { name: 'eu', namespace: 'web' }, method: 'universal' } });
    new Secret(chart, 'Db', {
      metadata: { name: 'db' },
      data: { password: remote },
      delivery: SecretDelivery.infisical({ project: InfisicalProject.slug('shop'), environment: 'prod', authName: 'login' }),
    });
    expect(turns(chart)).toEqual({ 'InfisicalConnection/eu': '-3', 'InfisicalAuth/login': '-2', 'InfisicalStaticSecret/db': '-1' });
  });

  test('has a password pushed into the store before it is fetched, and a Secret that is pushed made before', () => {
    const chart = newChart();
    const store = new SecretStore(chart, 'Store', { metadata: { name: 'vault' }, provider: StoreProvider.fake([]) });
    declare(chart, store);
    object(chart, 'generators.external-secrets.io/v1alpha1', 'Password', 'db', { spec: { length: 32, allowRepeat: true, noUpper: false } });
    const spec = { secretStoreRefs: [{ name: 'vault', kind: 'SecretStore' }], data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'db' } } }] };
    const selectors = { made: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'db' } }, copied: { secret: { name: 'db' } } };
    for (const [name, selector] of Object.entries(selectors)) {
      object(chart, 'external-secrets.io/v1alpha1', 'PushSecret', name, { spec: { ...spec, selector, refreshInterval: '0', updatePolicy: 'IfNotExists' } });
    }
    expect(turns(chart)).toEqual({ 'SecretStore/vault': '-3', 'Password/db': '-3', 'PushSecret/made': '-2', 'ExternalSecret/db': '-1', 'PushSecret/copied': '' });
  });

  test('ends where objects refer to one another in a circle', () => {
    const chart = newChart();
    for (const [name, other] of [['a', 'b'], ['b', 'a']]) {
      object(chart, 'external-secrets.io/v1', 'SecretStore', name, { spec: { provider: { vault: { server: 'https://vault', auth: { tokenSecretRef: { name, key: 'a' } } } } } });
      object(chart, 'external-secrets.io/v1', 'ExternalSecret', name, { spec: { secretStoreRef: { name: other }, data: [{ secretKey: 'a', remoteRef: { key: 'a' } }] } });
    }
    expect(Object.values(turns(chart)).every(wave => /^-\d$/.test(wave))).toBe(true);
  });

  test('orders each namespace of a secret by the workloads that are there', () => {
    const app = new App();
    const [a, b] = ['a', 'b'].map(namespace => new Chart(app, namespace, { namespace }));
    SecretOrdering.argoSyncWaves().useFor(app);
    const secret = new Secret(a, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromLiteral('1') } });
    secret.replicateTo('b');
    newWorkload('Job', b, 'W', { metadata: { annotations: { [WAVE]: '-3' } } } as kplus.PodProps).with(SecretBinding.envFrom(secret));
    expect(a.toJson().map(({ metadata }: any) => [metadata.namespace, metadata.annotations[WAVE]])).toEqual([['a', '-1'], ['b', '-4']]);
  });
});

describe('helmHooks()', () => {
  const hook = (hooks: string, weight?: string) => ({
    metadata: { name: 'job', annotations: { 'helm.sh/hook': hooks, ...weight === undefined ? {} : { 'helm.sh/hook-weight': weight } } },
  } as kplus.PodProps);

  test('makes hooks of what an early hook needs, before it, and of nothing else', () => {
    const chart = newChart(SecretOrdering.helmHooks());
    object(chart, 'v1', 'Namespace', 'web');
    const store = new SecretStore(chart, 'Store', { metadata: { name: 'vault' }, provider: StoreProvider.fake([]) });
    const secret = declare(chart, store);
    const other = declare(chart, StoreReference.clusterSecretStore('b'), 'other');
    newWorkload('Job', chart, 'W', hook('pre-upgrade', '3')).with(SecretBinding.envFrom(secret));
    newWorkload('Deployment', chart, 'D', { metadata: { name: 'api' } } as kplus.PodProps).with(SecretBinding.envFrom(secret), SecretBinding.envFrom(other, { prefix: 'B_' }));
    expect(turns(chart)).toEqual({
      'Namespace/web': '',
      'SecretStore/vault': 'pre-install,pre-upgrade 1',
      'ExternalSecret/db': 'pre-install,pre-upgrade 2',
      'ExternalSecret/other': '',
      'Job/job': 'pre-upgrade 3',
      'Deployment/api': '',
    });
    expect(Inspection.fromApp(App.of(chart)).findings.map(({ code }) => code)).not.toContain('SecretComesLater');
  });

  test.each(['post-install', 'test', 'pre-delete'])('leaves the secret of a hook that comes later where it is: %s', hooks => {
    const chart = newChart(SecretOrdering.helmHooks());
    newWorkload('Job', chart, 'W', hook(hooks)).with(SecretBinding.envFrom(new Secret(chart, 'Db', { metadata: { name: 'db' }, data: {} })));
    expect(turns(chart)).toMatchObject({ 'Secret/db': '' });
  });

  test('leaves a weight that the user gave alone', () => {
    const chart = newChart(SecretOrdering.helmHooks());
    const secret = new Secret(chart, 'Db', { metadata: { name: 'db', annotations: { 'helm.sh/hook-weight': '-9' } }, data: {} });
    newWorkload('Job', chart, 'W', hook('pre-install')).with(SecretBinding.envFrom(secret));
    expect(ApiObject.of(secret).toJson().metadata.annotations).toEqual({ 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-weight': '-9' });
  });

  test('runs before a rollback where a hook of one needs it, and leaves hooks of the user', () => {
    const chart = newChart(SecretOrdering.helmHooks());
    const [one, two] = ['one', 'two'].map(name => new Secret(chart, name, { metadata: { name }, data: {} }));
    ApiObject.of(two).metadata.addAnnotation('helm.sh/hook', 'pre-install');
    newWorkload('Job', chart, 'W', hook('pre-rollback')).with(SecretBinding.envFrom(one), SecretBinding.envFrom(two, { prefix: 'T_' }));
    expect(turns(chart)).toMatchObject({ 'Secret/one': 'pre-install,pre-rollback,pre-upgrade -1', 'Secret/two': 'pre-install' });
  });
});

test('the nearest scope wins, and what is not below one stays as it is', () => {
  const app = new App();
  const [a, b] = ['a', 'b'].map(id => new Chart(app, id, { namespace: 'web' }));
  SecretOrdering.argoSyncWaves().useFor(a);
  for (const chart of [a, b]) new Secret(chart, 'Db', { metadata: { name: chart.node.id }, data: {} });
  expect([turns(a), turns(b)]).toEqual([{ 'Secret/a': '-1' }, { 'Secret/b': '' }]);
  SecretOrdering.helmHooks().useFor(app);
  expect([turns(a), turns(b)]).toEqual([{ 'Secret/a': '-1' }, { 'Secret/b': '' }]);
});

test.each<[string, (app: App, flux: Chart) => SecretOrdering]>([
  ['argoSyncWaves', () => SecretOrdering.argoSyncWaves()],
  ['helmHooks', () => SecretOrdering.helmHooks()],
  ['fluxDependsOn', (_, chart) => SecretOrdering.fluxDependsOn({ chart, source: FluxSource.gitRepository('shop'), path: '.' })],
])('%s may find secrets that nothing of the program brings, as in an environment where they exist', (_, order) => {
  const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
  order(app, new Chart(app, 'flux')).useFor(app);
  const chart = new Chart(app, 'web', { namespace: 'web' });
  const secret = new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromDelivery() }, delivery: SecretDelivery.existing() });
  newWorkload('Deployment', chart).with(SecretBinding.envFrom(secret));
  expect(findings(chart)).toEqual([]);
});

test('an ordering of a scope without secrets is an error', () => {
  const chart = newChart();
  newWorkload('Deployment', chart);
  expect(findings(chart)).toEqual([expect.stringMatching(/^\[c\] BindingUnused: the ordering reached nothing that brings a secret; what it was applied to makes 1 Deployment; apply it to an app or a chart with secrets/)]);
});
