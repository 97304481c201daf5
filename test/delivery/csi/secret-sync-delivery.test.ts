import { ApiObject } from 'cdk8s';
import {
  CsiProvider, DockerConfigSecret, RemoteNaming, Secret, SecretBinding, SecretDelivery, SensitiveValue, type SecretProps,
  type SecretSyncDeliveryOptions,
} from '../../../src';
import { crdProblems } from '../../conformance/crd';
import { newChart } from '../../support/charts';
import { strictManifestOf } from '../../support/operator-objects';
import { codes, findings, refusal } from '../../support/refusal';
import { newWorkload } from '../../support/workloads';

const sync = (options: Partial<SecretSyncDeliveryOptions> = {}) =>
  SecretDelivery.secretSync({ provider: CsiProvider.vault({ roleName: 'shop' }), serviceAccountName: 'shop', ...options });
const unread = SensitiveValue.fromFile('no-such-file');
const from = (key: string, property?: string) => SensitiveValue.fromRemote({ key, ...property === undefined ? {} : { property } });

function declare(props: Partial<SecretProps> = {}, chart = newChart('shop')): Secret {
  return new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { username: unread, password: unread }, delivery: sync(), ...props });
}

const classOf = (secret: Secret) => (secret.node.findChild('ProviderClass') as ApiObject).toJson();

test('the objects are a SecretSync and the class of its provider, and no value is read', () => {
  const secret = declare({ metadata: { name: 'db', labels: { app: 'a' }, annotations: { note: 'n' } } });
  expect(strictManifestOf(secret)).toEqual({
    apiVersion: 'secret-sync.x-k8s.io/v1alpha1',
    kind: 'SecretSync',
    metadata: { name: 'db', namespace: 'shop', labels: { app: 'a' }, annotations: { note: 'n' } },
    spec: {
      secretProviderClassName: 'db',
      serviceAccountName: 'shop',
      secretObject: {
        type: 'Opaque',
        labels: { app: 'a' },
        annotations: { note: 'n' },
        data: [{ sourcePath: 'password', targetKey: 'password' }, { sourcePath: 'username', targetKey: 'username' }],
      },
    },
  });
  expect(classOf(secret)).toEqual({
    apiVersion: 'secrets-store.csi.x-k8s.io/v1',
    kind: 'SecretProviderClass',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      provider: 'vault',
      parameters: {
        roleName: 'shop',
        objects: '- objectName: password\n  secretPath: db\n  secretKey: password\n- objectName: username\n  secretPath: db\n  secretKey: username\n',
      },
    },
  });
  expect(crdProblems(classOf(secret))).toEqual([]);
});

test('keys are entries of the store, several of them', () => {
  const secret = declare({ data: { a: from('x', 'f'), b: unread }, delivery: sync({ naming: RemoteNaming.entryPerSecret('prod/{name}') }) });
  strictManifestOf(secret);
  expect(classOf(secret).spec.parameters.objects).toBe('- objectName: a\n  secretPath: x\n  secretKey: f\n- objectName: b\n  secretPath: prod/db\n  secretKey: b\n');
});

test('variables need no mount', () => {
  const chart = newChart('shop');
  const workload = newWorkload('Deployment', chart).with(SecretBinding.env('A', declare({}, chart).key('password')));
  expect(ApiObject.of(workload).toJson().spec.template.spec.volumes).toBeUndefined();
  expect(findings(chart)).toEqual([]);
});

test('a secret without keys is refused', () => {
  expect(codes(declare({ data: {} }))).toEqual(['[c/Db] UnsupportedByDelivery']);
});

test.each(['_a', 'a_b', '-a'])('the definition takes no key like %s', key => {
  expect(codes(declare({ data: { [key]: unread } }))).toEqual(['[c/Db] UnsupportedByDelivery']);
});

test.each(['a', 'tls.crt', 'ab_c', '.dockerconfigjson', 'api-key'])('the definition takes a key like %s', key => {
  strictManifestOf(declare({ data: { [key]: unread } }));
});

test('a key that is made of several values is refused', () => {
  const registries = [{ server: 'ghcr.io', username: from('a', 'u'), password: from('a', 'p') }];
  expect(codes(new DockerConfigSecret(newChart('shop'), 'R', { registries, delivery: sync() }))).toEqual(['[c/R] UnsupportedByDelivery']);
});

test('fails without a ServiceAccount', () => {
  expect(refusal(() => sync({ serviceAccountName: '' })).code).toBe('InvalidDelivery');
});

test.each<[string, Partial<SecretProps>]>([['immutable', { immutable: true }], ['named by a hash of its values', { hashedName: true }]])('a secret is never %s', (_, props) => {
  expect(refusal(() => declare(props)).code).toBe('UnsupportedByDelivery');
});

test('in further namespaces there is another class', () => {
  const chart = newChart('shop');
  declare({}, chart).replicateTo('other');
  const objects = chart.node.findAll().filter(ApiObject.isApiObject).map(object => (object as ApiObject).toJson());
  expect(objects.map(({ kind, metadata }) => `${metadata.namespace}/${kind}`)).toEqual(['shop/SecretSync', 'shop/SecretProviderClass', 'other/SecretSync', 'other/SecretProviderClass']);
  expect(findings(chart)).toEqual([]);
});
