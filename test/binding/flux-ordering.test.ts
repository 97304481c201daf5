import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Duration, Names, Yaml, YamlOutputType } from 'cdk8s';
import * as fc from 'fast-check';
import {
  AzureAuth, CertificateIssuer, ClusterSecretStore, ConfigMapBinding, ExternalGenerator,
  ExternalSource, FluxSource, GeneratorSpec, Inspection, KubernetesAuth,
  NamespaceSelector, PushSecret, PushSource, RemoteNaming, Secret, SecretBinding, SecretConfigMap, SecretDelivery, SecretOrdering, SecretStore,
  SensitiveValue, StoreProvider, StoreReference, TlsSecret, VaultAuth,
  type FluxDependsOnOptions, type ISecretStore, type SecretKey,
} from '../../src';
import { crdProblems } from '../conformance/crd';
import { codes, findings, refusal } from '../support/refusal';
import { tempFolder } from '../support/temp-folder';

const FOLDERS = { yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE };
const source = FluxSource.gitRepository('shop');
const store = StoreReference.clusterSecretStore('vault');

/** An app with a chart for the Kustomizations, which is ordered. */
function newApp(options: Partial<FluxDependsOnOptions> = {}): { app: App; flux: Chart; chart: (id: string, namespace?: string) => Chart } {
  const app = new App(FOLDERS);
  const flux = new Chart(app, 'flux-system', { namespace: 'flux-system' });
  SecretOrdering.fluxDependsOn({ chart: flux, source, path: './dist', ...options }).useFor(app);
  return { app, flux, chart: (id, namespace = 'web') => new Chart(app, id, { namespace }) };
}

const declare = (chart: Chart, name = 'db', of: ISecretStore = store) => new Secret(chart, name, {
  metadata: { name }, data: { password: SensitiveValue.fromRemote({ key: name }) }, delivery: SecretDelivery.external({ store: of }),
});

function workload(chart: Chart, containers: object = {}, id = 'Api'): ApiObject {
  const spec = { containers: [{ name: 'main', image: 'i', ...containers }] };
  return new ApiObject(chart, id, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${Names.toDnsLabel(chart)}-${id.toLowerCase()}` },
    spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec } },
  });
}

const kustomizations = (flux: Chart): any[] => flux.toJson().filter(({ kind }) => kind === 'Kustomization');
/** The names that each Kustomization depends on, by its own. */
const depends = (flux: Chart) => Object.fromEntries(kustomizations(flux).map(({ metadata, spec: { dependsOn = [] } }) => [
  metadata.name, dependsOn.map(({ name }: any) => name),
]));

describe('a Kustomization', () => {
  test('is made for each chart, waits for those that bring what it needs, and is taken by Flux', () => {
    const { app, flux, chart } = newApp();
    const db = declare(chart('secrets'));
    SecretBinding.envFrom(db).applyTo(workload(chart('web')));
    chart('empty');
    expect(kustomizations(flux)).toEqual([
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: 'secrets', namespace: 'flux-system' },
        spec: {
          interval: '10m0s',
          path: './dist/secrets',
          prune: true,
          sourceRef: { kind: 'GitRepository', name: 'shop' },
          wait: true,
          healthCheckExprs: [{
            apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', current: "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
          }],
        },
      },
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: 'web', namespace: 'flux-system' },
        spec: { interval: '10m0s', path: './dist/web', prune: true, sourceRef: { kind: 'GitRepository', name: 'shop' }, dependsOn: [{ name: 'secrets' }] },
      },
    ]);
    expect(kustomizations(flux).flatMap(crdProblems)).toEqual([]);
    expect(codes(app)).toEqual([]);
  });

  test('has what is given for it', () => {
    const { flux, chart } = newApp({
      source: FluxSource.of('ExternalArtifact', 'shop', 'sources'), path: 'clusters/prod/', interval: Duration.minutes(90), fields: { prune: false, timeout: '3m', wait: true },
    });
    declare(chart('secrets'));
    const [kustomization] = kustomizations(flux);
    expect(kustomization.spec).toEqual({
      interval: '1h30m0s', path: 'clusters/prod/secrets', prune: false, sourceRef: { kind: 'ExternalArtifact', name: 'shop', namespace: 'sources' }, timeout: '3m', wait: true,
    });
  });

  test.each<[string, FluxSource, string]>([
    ['a GitRepository', FluxSource.gitRepository('a'), 'GitRepository'],
    ['an OCIRepository', FluxSource.ociRepository('a'), 'OCIRepository'],
    ['a Bucket', FluxSource.bucket('a'), 'Bucket'],
  ])('reads from %s', (_, of, kind) => {
    const { flux, chart } = newApp({ source: of });
    declare(chart('secrets'));
    const [kustomization] = kustomizations(flux);
    expect(kustomization.spec.sourceRef).toEqual({ kind, name: 'a' });
    expect(crdProblems(kustomization)).toEqual([]);
  });

  test('decrypts secrets of SOPS, and nothing else', () => {
    const { flux, chart } = newApp({ decryptionSecretName: 'sops-age' });
    const delivery = SecretDelivery.sops({
      age: ['age1jsq2ry7mtx6cc2gf6vv2prxs7mmsr70fmazzqa8rq3rtp2mh9dzs788vwk'], determinismKey: SensitiveValue.fromLiteral('a determinism key of 32 bytes ...'),
    });
    new Secret(chart('a'), 'Db', { data: { password: SensitiveValue.fromLiteral('hunter2-hunter2') }, delivery });
    declare(chart('b'));
    expect(kustomizations(flux).map(({ spec }) => spec.decryption)).toEqual([{ provider: 'sops', secretRef: { name: 'sops-age' } }, undefined]);
    expect(kustomizations(flux).flatMap(crdProblems)).toEqual([]);
  });

  test.each<[string, boolean, (a: Chart, b: Chart) => void]>([
    ['is not', false, a => workload(a).addDependency(workload(a, {}, 'Other'))],
    ['depends on another one', true, (a, b) => a.addDependency(b)],
    ['has an object that depends on one of another chart', true, (a, b) => workload(a).addDependency(workload(b))],
    ['is in another one', true, a => workload(new Chart(a, 'inner', { namespace: 'web' }))],
  ])('is in the folder of its chart that was written, where it is numbered because a chart %s', (_, isNumbered, arrange) => {
    const outdir = tempFolder({});
    const app = new App({ ...FOLDERS, outdir });
    const [a, b] = ['A b', 'c'].map(id => new Chart(app, id, { namespace: 'web' }));
    const flux = new Chart(app, 'flux', { namespace: 'flux-system' });
    SecretOrdering.fluxDependsOn({ chart: flux, source, path: outdir.slice(1) }).useFor(app);
    declare(a, 'x');
    declare(b, 'y');
    const before = kustomizations(flux).map(({ spec }) => spec.path);
    expect(before.map(path => path.slice(outdir.length))).toEqual([a, b].map(chart => Names.toDnsLabel(chart)));
    arrange(a, b);
    app.synth();
    const folder = join(outdir, readdirSync(outdir).find(name => /^(?:\d{4}-)?flux$/.test(name))!);
    const paths = readdirSync(folder).map(file => Yaml.load(join(folder, file))[0].spec.path as string);
    expect(paths.length).toBeGreaterThan(1);
    expect(paths.filter(path => !existsSync(`/${path}`))).toEqual([]);
    expect(paths.map(path => /\/\d{4}-[^/]+$/.test(path))).toEqual(paths.map(() => isNumbered));
  });

  test('is there for a chart that comes later, and is the same whoever asks before', () => {
    const { app, flux, chart } = newApp();
    declare(chart('first'));
    expect(Inspection.fromApp(app).errors).toEqual([]);
    expect(Object.keys(depends(flux))).toEqual(['first']);
    SecretBinding.envFrom(declare(chart('second'), 'second')).applyTo(workload(chart('third')));
    expect(depends(flux)).toEqual({ first: [], second: [], third: ['second'] });
    expect(flux.toJson()).toEqual(flux.toJson());
    expect(Inspection.fromApp(app).errors).toEqual([]);
  });
});

describe('what comes first', () => {
  test('stores, namespaces and generators, then secrets, then whatever pods name, bound or not', () => {
    const { flux, chart } = newApp();
    const of = new ClusterSecretStore(chart('stores'), 'Store', { metadata: { name: 'vault' }, provider: StoreProvider.fake([]) });
    new ApiObject(chart('namespaces'), 'Ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' } });
    const secrets = chart('secrets');
    declare(secrets, 'db', of);
    new ApiObject(secrets, 'Plain', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'plain' }, stringData: { a: 'b' } });
    new ApiObject(secrets, 'Raw', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'raw' },
      spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' }, target: { name: 'renamed' }, data: [{ secretKey: 'a', remoteRef: { key: 'a' } }] },
    });
    new ApiObject(secrets, 'Unnamed', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'unnamed' },
      spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' }, data: [{ secretKey: 'a', remoteRef: { key: 'a' } }] },
    });
    new ApiObject(chart('pulling'), 'Pod', {
      apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', image: 'registry.example.com/a' }], imagePullSecrets: [{ name: 'pull' }] },
    });
    new ApiObject(secrets, 'Pull', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'pull' },
      type: 'kubernetes.io/dockerconfigjson',
      stringData: { '.dockerconfigjson': '{"auths":{"registry.example.com":{"auth":"YTpi"}}}' },
    });
    for (const name of ['db', 'plain', 'renamed', 'unnamed', 'other']) workload(chart(name), { envFrom: [{ secretRef: { name, optional: name === 'other' } }] });
    workload(chart('elsewhere', 'elsewhere'), { envFrom: [{ secretRef: { name: 'db', optional: true } }] });
    workload(chart('optional'), { envFrom: [{ secretRef: { name: 'db', optional: true } }] });
    expect(depends(flux)).toEqual({
      optional: ['namespaces'],
      stores: [],
      namespaces: [],
      secrets: ['namespaces', 'stores'],
      db: ['namespaces', 'secrets'],
      plain: ['namespaces', 'secrets'],
      renamed: ['namespaces', 'secrets'],
      unnamed: ['namespaces', 'secrets'],
      pulling: ['namespaces', 'secrets'],
      other: ['namespaces'],
      elsewhere: [],
    });
  });

  test('what has no namespace, whatever that of its chart is', () => {
    const { app, flux, chart } = newApp();
    const of = new ClusterSecretStore(chart('stores', 'infra'), 'Store', { metadata: { name: 'vault' }, provider: StoreProvider.fake([]) });
    const secrets = chart('secrets');
    declare(secrets, 'db', of);
    new TlsSecret(secrets, 'Tls', { delivery: SecretDelivery.certificate({ issuer: CertificateIssuer.clusterIssuer('ca'), dnsNames: ['a.example.com'] }) });
    new ApiObject(chart('issuers', 'infra'), 'Ca', { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'ca' }, spec: { selfSigned: {} } });
    new ApiObject(chart('namespaces', 'other'), 'Ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'infra' } });
    expect(depends(flux)).toEqual({ stores: [], secrets: ['issuers', 'stores'], issuers: [], namespaces: [] });
    expect(codes(app)).toEqual([]);
  });

  test.each<[string, (key: SecretKey) => StoreProvider]>([
    ['Azure', key => StoreProvider.azureKeyVault({ vaultUrl: 'https://v.vault.azure.net', auth: AzureAuth.servicePrincipal('t', key, key) })],
    ['Kubernetes', key => StoreProvider.kubernetes({ auth: KubernetesAuth.token(key) })],
    ['Vault', key => StoreProvider.vault({ server: 'https://v', auth: VaultAuth.token(key) })],
    ['another provider', key => StoreProvider.of({ doppler: { auth: { secretRef: { dopplerToken: key } } } })],
  ])('the Secret with which a store is asked: %s', (_, provider) => {
    const { flux, chart } = newApp();
    const token = new Secret(chart('boot'), 'Token', { metadata: { name: 'token' }, data: { token: SensitiveValue.fromLiteral('t0ken-of-the-store') } });
    const own = new SecretStore(chart('stores'), 'Store', { provider: provider(token.key('token')) });
    declare(chart('secrets'), 'db', own);
    expect(depends(flux)).toEqual({ boot: [], stores: ['boot'], secrets: ['stores'] });
  });

  test('no Secret for an authority that stands in a ConfigMap', () => {
    const { flux, chart } = newApp();
    new Secret(chart('boot'), 'Ca', { metadata: { name: 'ca' }, data: { 'ca.crt': SensitiveValue.fromLiteral('x') } });
    const caProvider = { type: 'ConfigMap', name: 'ca', key: 'ca.crt' };
    declare(chart('secrets'), 'db', new SecretStore(chart('stores'), 'Store', { provider: StoreProvider.of({ webhook: { url: 'https://w', result: {}, caProvider } }) }));
    expect(depends(flux)).toEqual({ boot: [], stores: [], secrets: ['stores'] });
  });

  test('the store of the same chart, where several of its name may be meant', () => {
    const { app, flux } = newApp();
    for (const namespace of ['web', undefined]) {
      const chart = new Chart(app, namespace ?? 'none', { namespace });
      declare(chart, 'db', new SecretStore(chart, 'Store', { metadata: { name: 'vault' }, provider: StoreProvider.fake([]) }));
    }
    expect(depends(flux)).toEqual({ web: [], none: [] });
  });

  test('the ConfigMap beside a secret', () => {
    const { flux, chart } = newApp();
    const secrets = chart('secrets');
    const secret = new Secret(secrets, 'Db', { metadata: { name: 'db' }, data: { host: SensitiveValue.fromLiteral('db') } });
    const configMap = new SecretConfigMap(secrets, 'Config', { secret, keys: ['host'] });
    ConfigMapBinding.envFrom(configMap).applyTo(workload(chart('bound')));
    workload(chart('named'), { envFrom: [{ configMapRef: { name: 'db' } }] });
    expect(depends(flux)).toEqual({ secrets: [], bound: ['secrets'], named: ['secrets'] });
  });

  test('a secret in the namespace of the workload', () => {
    const { flux, chart } = newApp();
    const db = declare(chart('secrets'));
    db.replicateTo('jobs');
    SecretBinding.envFrom(db).applyTo(workload(chart('jobs', 'jobs')));
    expect(depends(flux).jobs).toEqual(['secrets']);
  });

  test('what pushes an entry before what fetches it, and nothing for other entries of the store', () => {
    const { flux, chart } = newApp();
    const pushing = chart('pushing');
    const generator = new ExternalGenerator(pushing, 'Generator', { spec: GeneratorSpec.password(), metadata: { name: 'db' } });
    const stores = chart('stores');
    const of = new ClusterSecretStore(stores, 'Store', { metadata: { name: 'vault' }, provider: StoreProvider.fake([]) });
    new PushSecret(pushing, 'Push', { source: PushSource.generatedBy(generator), stores: [of], naming: RemoteNaming.entryPerSecret('{name}') });
    declare(chart('reading'), 'db', of);
    declare(stores, 'other', of);
    new Secret(chart('whole'), 'Whole', {
      metadata: { name: 'whole' },
      data: { password: SensitiveValue.fromDelivery() },
      delivery: SecretDelivery.external({ store: of, sources: [ExternalSource.extract({ key: 'db' })] }),
    });
    new Secret(chart('many'), 'Many', {
      metadata: { name: 'many' },
      data: { password: SensitiveValue.fromRemote({ key: 'db' }) },
      delivery: SecretDelivery.external({ store: of, namespaces: NamespaceSelector.labeled({ a: 'b' }) }),
    });
    expect(depends(flux)).toEqual({
      pushing: ['stores'], stores: [], reading: ['pushing', 'stores'], whole: ['pushing', 'stores'], many: ['pushing', 'stores'],
    });
  });

  test('what the program says itself', () => {
    const { flux, chart } = newApp();
    const [a, b] = [chart('a'), chart('b')];
    declare(a, 'a');
    declare(b, 'b').node.addDependency(a);
    expect(depends(flux)).toEqual({ a: [], b: ['a'] });
    expect(depends(flux)).toEqual({ a: [], b: ['a'] });
  });

  test('nothing waits for charts that are in it only because they are written so, nor for that of the Kustomizations', () => {
    const { flux, chart } = newApp();
    const outer = chart('outer');
    const inner = new Chart(outer, 'inner', { namespace: 'web' });
    SecretBinding.envFrom(declare(outer)).applyTo(workload(inner));
    SecretBinding.envFrom(declare(flux, 'system')).applyTo(workload(chart('system', 'flux-system')));
    expect(depends(flux)).toEqual({ outer: [], [Names.toDnsLabel(inner)]: ['outer'], system: [] });
  });

  test('across scopes with Kustomizations in other namespaces', () => {
    const { app, flux, chart } = newApp();
    const team = new Chart(app, 'team-flux', { namespace: 'team' });
    const db = declare(chart('secrets'));
    const web = chart('web');
    SecretOrdering.fluxDependsOn({ chart: team, source, path: 'team' }).useFor(web);
    SecretBinding.envFrom(db).applyTo(workload(web));
    declare(web, 'own');
    expect(depends(flux)).toEqual({ secrets: [] });
    expect(kustomizations(team).map(({ spec }) => [spec.path, spec.dependsOn])).toEqual([['team/web', [{ name: 'secrets', namespace: 'flux-system' }]]]);
  });
});

describe('refuses', () => {
  const useFor = (options: object, app = new App(FOLDERS)) => {
    const chart = new Chart(app, 'flux-system');
    return () => SecretOrdering.fluxDependsOn({ chart, source, path: './dist', ...options }).useFor(app);
  };

  test.each([YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_RESOURCE])('an app that writes no folder for each chart (%s)', yamlOutputType => {
    expect(refusal(useFor({}, new App({ yamlOutputType })))).toMatchObject({ code: 'InvalidOrdering', next: expect.stringContaining('FOLDER_PER_CHART_FILE_PER_RESOURCE') });
  });

  test.each<[string, object]>([
    ['a source that is none', { source: { kind: 'GitRepository', name: 'shop' } }],
    ['no chart', { chart: undefined }],
    ['an absolute path', { path: '/dist' }],
    ['a path out of the source', { path: 'a/../../b' }],
    ['no path', { path: '' }],
    ['a field that is computed', { fields: { dependsOn: [] } }],
    ['a field that has an option', { fields: { interval: '1m' } }],
    ['an app for a chart', { chart: new App(FOLDERS) }],
    ['fields that are none', { fields: 'timeout: 3m' }],
    ['an interval that is no Duration', { interval: '10m' }],
    ['an interval of nothing', { interval: Duration.seconds(0) }],
    ['the chart of another app', { chart: new Chart(new App(FOLDERS), 'x') }],
  ])('%s', (_, options) => {
    expect(refusal(useFor(options)).code).toBe('InvalidOrdering');
  });

  test('a Secret of SOPS that cannot be', () => {
    expect(refusal(useFor({ decryptionSecretName: 'sops_age' }))).toMatchObject({ code: 'InvalidName', path: 'flux-system' });
  });

  test('a source without a name', () => {
    expect(refusal(() => FluxSource.gitRepository('')).code).toBe('InvalidValue');
  });

  test('what has no secret', () => {
    const { app, chart } = newApp();
    workload(chart('web'));
    expect(codes(app)).toEqual(['[] BindingUnused']);
  });

  test('a Kustomization of the user with the same name, before anything is written', () => {
    const outdir = tempFolder({});
    const app = new App({ ...FOLDERS, outdir });
    const flux = new Chart(app, 'flux', { namespace: 'flux-system' });
    SecretOrdering.fluxDependsOn({ chart: flux, source, path: './dist' }).useFor(app);
    declare(new Chart(app, 'secrets', { namespace: 'web' }));
    new ApiObject(flux, 'Own', { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'secrets' } });
    expect(() => app.synth()).toThrow('DuplicateObject');
    expect(readdirSync(outdir)).toEqual([]);
  });

  test('charts that need each other, with why', () => {
    const { app, chart } = newApp();
    const [before, a, b, c] = [chart('before'), chart('a'), chart('b'), chart('c')];
    SecretBinding.envFrom(declare(b, 'b')).applyTo(workload(a));
    SecretBinding.envFrom(declare(b, 'b2')).applyTo(workload(a, {}, 'Second'));
    SecretBinding.envFrom(declare(a, 'a2')).applyTo(workload(before));
    SecretBinding.envFrom(declare(c, 'c')).applyTo(workload(b));
    SecretBinding.envFrom(declare(a, 'a')).applyTo(workload(c));
    SecretBinding.envFrom(declare(chart('d'), 'd')).applyTo(workload(a, {}, 'More'));
    expect(findings(app)).toEqual(['[a] OrderingCycle: charts wait for each other, and Flux would apply none of them: "a" for "b", as "a/Api" needs "b/b"; "b" for "c", as "b/Api" needs "c/c"; '
      + '"c" for "a", as "c/Api" needs "a/a"; put secrets, and what they need, into a chart of their own']);
  });

  test('in any app exactly the charts that wait for each other, and orders all others', () => {
    const edges = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 9 });
    fc.assert(fc.property(edges, pairs => {
      const { app, flux, chart } = newApp();
      const charts = [...'abcdef'].map(id => chart(id));
      const secrets = charts.map((one, index) => declare(one, `s${index}`));
      pairs.forEach(([from, to], index) => SecretBinding.envFrom(secrets[to]).applyTo(workload(charts[from], {}, `W${index}`)));
      const needs = charts.map((_, index) => new Set(pairs.filter(([from, to]) => from === index && to !== index).map(([, to]) => to)));
      const reaches = (from: number, to: number, seen = new Set<number>()): boolean => [...needs[from]]
        .some(next => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
      const isCircle = charts.some((_, index) => reaches(index, index));
      const said = findings(app).map(line => line.replace(/^\[\w\] (\w+).*/, '$1'));
      expect(said).toEqual(isCircle ? ['OrderingCycle'] : []);
      if (isCircle) return;
      const ids = (set: Iterable<number>) => [...set].map(to => charts[to].node.id).sort();
      expect(depends(flux)).toEqual(Object.fromEntries(needs.map((set, index) => [charts[index].node.id, ids(set)])));
    }), { numRuns: 60 });
  });
});

test('each finding of a workload is said once, in a synth and in an inspection', () => {
  const app = new App(FOLDERS);
  SecretOrdering.fluxDependsOn({ chart: new Chart(app, 'a-flux'), source, path: 'x' }).useFor(app);
  const web = new Chart(app, 'web', { namespace: 'web' });
  SecretBinding.env('A', declare(web).key('password')).applyTo(workload(web, { env: [{ name: 'A', value: 'b' }] }));
  expect(codes(app)).toEqual(['[web/Api] DuplicateEnvName']);
  expect(Inspection.fromApp(app).errors.map(({ code }) => code)).toEqual(['DuplicateEnvName']);
});

test('a synth renders each workload once', () => {
  let renderings = 0;
  class Counted extends ApiObject {
    public toJson(): any {
      renderings++;
      return super.toJson();
    }
  }
  const outdir = tempFolder({});
  const app = new App({ ...FOLDERS, outdir });
  SecretOrdering.fluxDependsOn({ chart: new Chart(app, 'a-flux'), source, path: 'x' }).useFor(app);
  declare(new Chart(app, 'secrets', { namespace: 'web' }));
  const web = new Chart(app, 'web', { namespace: 'web' });
  new Counted(web, 'Pod', { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', image: 'a', envFrom: [{ secretRef: { name: 'db' } }] }] } });
  app.synth();
  expect(renderings).toBe(1);
  expect(existsSync(join(outdir, 'a-flux', 'Kustomization.web.k8s.yaml'))).toBe(true);
});
