import { Chart, App, Duration } from 'cdk8s';
import {
  InfisicalProject, RemoteNaming, Secret, SecretDelivery, SensitiveValue, type InfisicalDeliveryOptions, type SecretProps,
} from '../../src';
import { newChart } from '../support/charts';
import { strictManifestOf } from '../support/operator-objects';
import { codes, refusal } from '../support/refusal';

const infisical = (options: Partial<InfisicalDeliveryOptions> = {}) =>
  SecretDelivery.infisical({ project: InfisicalProject.slug('shop'), environment: 'prod', authName: 'login', ...options });
const unread = SensitiveValue.fromFile('no-such-file');
const from = (key: string, property?: string) => SensitiveValue.fromRemote({ key, ...property === undefined ? {} : { property } });

function declare(props: Partial<SecretProps> = {}, chart = newChart('shop')): Secret {
  return new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { username: unread, password: unread }, delivery: infisical(), ...props });
}

test('the object is an InfisicalStaticSecret with the declared keys, and no value is read', () => {
  expect(strictManifestOf(declare({ metadata: { name: 'db', labels: { app: 'a' }, annotations: { note: 'n' } } }))).toEqual({
    apiVersion: 'secrets.infisical.com/v1beta1',
    kind: 'InfisicalStaticSecret',
    metadata: { name: 'db', namespace: 'shop', labels: { app: 'a' }, annotations: { note: 'n' } },
    spec: {
      infisicalAuthRef: { name: 'login', namespace: 'shop' },
      sources: [{ projectSlug: 'shop', environmentSlug: 'prod', secretPath: '/db' }],
      syncOptions: { refreshInterval: '1m' },
      targets: [{
        kind: 'Secret',
        name: 'db',
        namespace: 'shop',
        creationPolicy: 'Owner',
        secretType: 'Opaque',
        metadata: { labels: { app: 'a' }, annotations: { note: 'n' } },
        template: { engineVersion: 'v1', data: { password: '{{ .password.Value }}', username: '{{ .username.Value }}' } },
      }],
    },
  });
});

test('what it is given stands in it; labels and annotations stand there always, as the definition asks for them', () => {
  const delivery = infisical({
    project: InfisicalProject.id('4711'), authNamespace: 'infisical', refreshInterval: Duration.minutes(90), naming: RemoteNaming.entryPerSecret('/{namespace}/{name}'),
  });
  const { spec } = strictManifestOf(declare({ delivery, type: 'kubernetes.io/basic-auth' }));
  expect(spec).toMatchObject({
    infisicalAuthRef: { name: 'login', namespace: 'infisical' },
    sources: [{ projectId: '4711', environmentSlug: 'prod', secretPath: '/shop/db' }],
    syncOptions: { refreshInterval: '90m' },
    targets: [{ secretType: 'kubernetes.io/basic-auth', metadata: { labels: {}, annotations: {} } }],
  });
});

test('keys are secrets of other names', () => {
  const { spec } = strictManifestOf(declare({ data: { user: from('/shop', 'DB_USER'), password: from('/shop', 'db-password') } }));
  expect(spec.sources[0].secretPath).toBe('/shop');
  expect(spec.targets[0].template.data).toEqual({ password: '{{ (index . "db-password").Value }}', user: '{{ .DB_USER.Value }}' });
});

test.each<[string, Partial<SecretProps>]>([
  ['no key', { data: {} }],
  ['two folders', { data: { a: from('/x', 'a'), b: from('/y', 'b') } }],
  ['a whole folder', { data: { a: from('/x') } }],
  ['a version', { data: { a: SensitiveValue.fromRemote({ key: 'x', property: 'a', version: '1' }) } }],
])('fails with %s', (_, props) => {
  expect(codes(declare(props))).toEqual(['[c/Db] UnsupportedByDelivery']);
});

test('a folder is the same with and without a slash before it', () => {
  const secret = declare({ data: { password: unread, token: from('/db', 'API_TOKEN') } });
  expect(codes(secret)).toEqual([]);
  expect(strictManifestOf(secret).spec.sources[0].secretPath).toBe('/db');
});

test('fails without a namespace, which the object has to name', () => {
  expect(refusal(() => declare({}, new Chart(new App(), 'c')))).toMatchObject({ code: 'MissingNamespace', path: 'c/Db' });
});

test.each<[string, () => unknown]>([
  ['no project', () => infisical({ project: undefined as any })],
  ['an empty id', () => InfisicalProject.id('')],
  ['an empty slug', () => InfisicalProject.slug('')],
  ['no environment', () => infisical({ environment: '' })],
  ['no login', () => infisical({ authName: '' })],
  ['a refresh of never', () => infisical({ refreshInterval: Duration.seconds(0) })],
])('fails with %s', (_, make) => {
  expect(refusal(make).code).toBe('InvalidDelivery');
});

test.each<[string, Partial<SecretProps>]>([['immutable', { immutable: true }], ['named by a hash of its values', { hashedName: true }]])('a secret is never %s', (_, props) => {
  expect(refusal(() => declare(props)).code).toBe('UnsupportedByDelivery');
});
