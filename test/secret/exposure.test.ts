import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Exposure, Inspection, Secret, SecretBinding, SecretDelivery, SensitiveValue, StoreReference, type SecretReading } from '../../src';

const brief = ({ reader: { kind, namespace, name }, way, key }: SecretReading) => `${kind}/${namespace}/${name} ${way}${key === undefined ? '' : ` ${key}`}`;

function shop(value = 'a value of the shop') {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const db = new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { user: SensitiveValue.fromLiteral('u'), password: SensitiveValue.fromLiteral(value) } });
  return { app, chart, db };
}

const deploy = (chart: Chart, name: string, ...bindings: SecretBinding[]) =>
  new kplus.Deployment(chart, name, { metadata: { name }, containers: [{ image: 'x', portNumber: 80 }] }).with(...bindings);

test('an app is asked by the keys of its secrets', () => {
  const { app, chart, db } = shop();
  deploy(chart, 'api', SecretBinding.env('PASSWORD', db.key('password')));
  deploy(chart, 'admin', SecretBinding.files('/etc/db', db));
  db.grants.read(kplus.User.fromName(chart, 'Bob', 'bob'));
  const exposure = Exposure.fromApp(app);
  expect(exposure.whoCanRead(db.key('password')).map(brief)).toEqual([
    'Deployment/shop/admin file password', 'Deployment/shop/api variable password', 'User/undefined/bob api',
  ]);
  expect(exposure.whoCanRead(db.key('user')).map(brief)).toEqual(['Deployment/shop/admin file user', 'User/undefined/bob api']);
  expect(exposure.readableBy('User', '', 'bob')).toMatchObject([{ secretName: 'db', secretNamespace: 'shop', way: 'api' }]);
  expect(exposure.readableBy('Deployment', 'shop', 'api').map(({ secretName, key }) => [secretName, key])).toEqual([['db', 'password']]);
  expect(exposure.readableBy('User', '', 'eve')).toEqual([]);
});

test('a secret of another delivery, and one that somebody else makes, are asked the same way', () => {
  const { app, chart } = shop();
  const external = new Secret(chart, 'Ext', {
    metadata: { name: 'ext' }, data: { token: SensitiveValue.fromRemote({ key: 'x' }) }, delivery: SecretDelivery.external({ store: StoreReference.secretStore('vault') }),
  });
  const existing = Secret.fromSecretName(chart, 'There', 'there', { namespace: 'shop' });
  const unused = Secret.fromSecretName(chart, 'Unused', 'unused', { namespace: 'shop' });
  deploy(chart, 'api', SecretBinding.env('A', external.key('token')), SecretBinding.env('B', existing.key('b')));
  const exposure = Exposure.fromApp(app);
  expect(exposure.whoCanRead(external.key('token')).map(brief)).toEqual(['Deployment/shop/api variable token']);
  expect(exposure.whoCanRead(existing.key('b')).map(brief)).toEqual(['Deployment/shop/api variable b']);
  expect(exposure.whoCanRead(unused.key('c'))).toEqual([]);
  expect(exposure.secrets.find(({ name }) => name === 'ext')?.makers[0]).toMatchObject({ delivery: 'external', controller: 'External Secrets', sources: ['SecretStore vault'] });
});

test('a secret that no manifest speaks of is read by whoever reads all of its namespace', () => {
  const { app, chart } = shop();
  const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }];
  new ApiObject(chart, 'Role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r' }, rules } as any);
  new ApiObject(chart, 'Binding', {
    apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'r' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' }, subjects: [{ kind: 'User', name: 'bob' }],
  } as any);
  const exposure = Exposure.fromApp(app);
  expect(exposure.readersOf('whatever', { namespace: 'shop' }).map(brief)).toEqual(['User/undefined/bob api']);
  expect(exposure.readersOf('whatever', { namespace: 'other' })).toEqual([]);
});

test('a value that was written where a name belongs is not told', () => {
  const value = 'zq7xk9vj4blpw2mt';
  const { app, chart, db } = shop(value);
  deploy(chart, value, SecretBinding.env('PASSWORD', db.key('password')));
  new kplus.Ingress(chart, 'I', { metadata: { name: 'i' }, tls: [{ hosts: [`${value}.example.com`], secret: db as any }], defaultBackend: kplus.IngressBackend.fromResource({} as any) } as any);
  const exposure = Exposure.fromApp(app);
  const told = JSON.stringify([exposure.secrets, exposure.readersOf('db', { namespace: 'shop' }), exposure._view(Inspection.fromApp(app).findings)]);
  expect(told).toContain('variable');
  const at = told.indexOf(value);
  expect(at < 0 ? '' : told.slice(Math.max(0, at - 100), at)).toBe('');
});
