import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { parseAllDocuments } from 'yaml';
import {
  ClusterGenerator, ExternalCreationPolicy, ExternalRefresh, ExternalSource, GeneratorSpec, Inspection, NamespaceSelector, RemoteNaming, Secret,
  SecretBinding, SecretDelivery, SecretStore, SensitiveValue, StoreProvider, StoreReference, type ExternalDeliveryOptions,
} from '../../../src';
import { manifestOf, newChart } from '../../support/charts';
import { codes, refusal } from '../../support/refusal';

const store = StoreReference.clusterSecretStore('vault');
const plain = (object: unknown) => JSON.parse(JSON.stringify(object));
const declare = (chart: Chart, options: Partial<ExternalDeliveryOptions>, labels?: { [key: string]: string }) => new Secret(chart, 'Db', {
  metadata: { name: 'db', labels }, data: { password: SensitiveValue.fromDelivery() }, delivery: SecretDelivery.external({ store, ...options }),
});

test('a secret for many namespaces is a ClusterExternalSecret, which is in none', () => {
  const chart = newChart('ns1');
  const secret = declare(chart, { namespaces: NamespaceSelector.labeled({ team: 'shop' }) }, { app: 'a' });
  const { spec: { externalSecretSpec, ...spec }, ...object } = plain(manifestOf(secret));
  expect(object).toEqual({ apiVersion: 'external-secrets.io/v1', kind: 'ClusterExternalSecret', metadata: { name: 'db', labels: { app: 'a' } } });
  expect(spec).toEqual({ namespaceSelectors: [{ matchLabels: { team: 'shop' } }], externalSecretName: 'db', externalSecretMetadata: { labels: { app: 'a' } } });
  expect(externalSecretSpec).toEqual(plain(manifestOf(declare(newChart('ns1'), {}, { app: 'a' }))).spec);
  expect(secret.namespace).toBeUndefined();
  expect(Inspection.fromApp(App.of(secret)).findings).toEqual([]);
});

test.each<[string, NamespaceSelector, object[]]>([
  ['all', NamespaceSelector.all(), [{}]],
  ['of some names', NamespaceSelector.named('a', 'b'), [{ matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a', 'b'] }] }]],
  ['of some labels', NamespaceSelector.labeled({ a: 'b', c: 'd' }), [{ matchLabels: { a: 'b', c: 'd' } }]],
  ['of one or the other', NamespaceSelector.any(NamespaceSelector.labeled({ a: 'b' }), NamespaceSelector.all()), [{ matchLabels: { a: 'b' } }, {}]],
])('it can be for namespaces: %s', (_, namespaces, selectors) => {
  const secret = declare(newChart(), { namespaces });
  expect(plain(manifestOf(secret)).spec.namespaceSelectors).toEqual(selectors);
  expect(Inspection.fromApp(App.of(secret)).findings).toEqual([]);
});

test('workloads of any namespace use it by its keys', () => {
  const app = new App();
  const secret = declare(newChart('shared', app), { namespaces: NamespaceSelector.all() });
  for (const name of ['ns1', 'ns2']) {
    const chart = new Chart(app, name, { namespace: name });
    new kplus.Deployment(chart, 'W', { containers: [{ image: 'a' }] }).with(SecretBinding.env('PASSWORD', secret.key('password')));
  }
  expect(codes(secret)).toEqual([]);
  expect(refusal(() => secret.key('passwort')).code).toBe('UnknownKey');
});

describe('who may get it', () => {
  const secretFor = (namespaces: NamespaceSelector) => {
    const app = new App();
    return { app, secret: declare(newChart('shared', app), { namespaces }) };
  };
  const account = (app: App, namespace: string, name = 'robot') =>
    kplus.ServiceAccount.fromServiceAccountName(new Chart(app, `${namespace}-${name}`), 'A', name, { namespaceName: namespace });

  test('is granted it in the namespace of each', () => {
    const { app, secret } = secretFor(NamespaceSelector.all());
    for (const [namespace, name] of [['ns1', 'robot'], ['ns1', 'other'], ['ns2', 'robot']]) secret.grants.read(account(app, namespace, name));
    expect(codes(secret)).toEqual([]);
    const objects = parseAllDocuments(app.synthYaml()).map(document => document.toJS()).filter(({ kind }) => kind === 'RoleBinding' || kind === 'Role');
    expect(objects.map(({ kind, metadata, subjects }) => [kind, metadata.namespace, subjects?.map((subject: any) => `${subject.namespace}/${subject.name}`)])).toEqual([
      ['Role', 'ns1', undefined], ['RoleBinding', 'ns1', ['ns1/other', 'ns1/robot']], ['Role', 'ns2', undefined], ['RoleBinding', 'ns2', ['ns2/robot']],
    ]);
  });

  test('is an account of a namespace that may have it', () => {
    const { app, secret } = secretFor(NamespaceSelector.named('ns1'));
    expect(refusal(() => secret.grants.read(account(app, 'ns2'))).code).toBe('NamespaceMismatch');
    expect(refusal(() => secret.grants.read(kplus.User.fromName(new Chart(app, 'u'), 'U', 'jane'))).code).toBe('MissingNamespace');
  });
});

test('where the namespaces are named, no other sees it', () => {
  const app = new App();
  const secret = declare(newChart('shared', app), { namespaces: NamespaceSelector.any(NamespaceSelector.named('ns1'), NamespaceSelector.named('ns2')) });
  const bind = (namespace: string) => new kplus.Deployment(new Chart(app, namespace, { namespace }), 'W', { containers: [{ image: 'a' }] })
    .with(SecretBinding.envFrom(secret));
  bind('ns1');
  bind('ns2');
  expect(codes(secret)).toEqual([]);
  expect(refusal(() => bind('ns3')).code).toBe('NamespaceMismatch');
});

test('a generator of all namespaces makes another value for each', () => {
  const chart = newChart('ns1');
  const generator = new ClusterGenerator(chart, 'G', { spec: GeneratorSpec.password() });
  const secret = new Secret(chart, 'Db', {
    data: { password: SensitiveValue.fromDelivery() },
    immutable: true,
    delivery: SecretDelivery.external({
      sources: [ExternalSource.generatedBy(generator)],
      namespaces: NamespaceSelector.all(),
      refresh: ExternalRefresh.once(),
      creationPolicy: ExternalCreationPolicy.ORPHAN,
    }),
  });
  expect(Inspection.fromApp(App.of(secret)).findings).toEqual([]);
});

test.each<[string, () => unknown, string]>([
  ['no name', () => NamespaceSelector.named(), 'InvalidNamespace'],
  ['a name that is none', () => NamespaceSelector.named('a.b'), 'InvalidNamespace'],
  ['no label', () => NamespaceSelector.labeled({}), 'InvalidLabel'],
  ['no selector', () => NamespaceSelector.any(), 'InvalidNamespace'],
  ['a selector that is none', () => declare(newChart(), { namespaces: {} as never }), 'InvalidNamespace'],
  ['a store of one namespace', () => {
    const chart = newChart('ns1');
    declare(chart, { store: new SecretStore(chart, 'S', { provider: StoreProvider.fake([]) }), namespaces: NamespaceSelector.all() });
  }, 'NamespaceMismatch'],
])('fails with %s', (_, make, code) => {
  expect(refusal(make).code).toBe(code);
});

test('fails with a convention that names the namespace', () => {
  const secret = declare(newChart('ns1'), { namespaces: NamespaceSelector.all(), naming: RemoteNaming.entryPerSecret('{namespace}/{name}') });
  expect(codes(secret)).toEqual(['[c/Db] MissingNamespace']);
});
