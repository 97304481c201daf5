import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Secret, SecretDelivery, SensitiveValue, StoreReference } from '../../src';
import { newChart } from '../support/charts';
import { codes, refusal } from '../support/refusal';

const declare = (chart: Chart) => new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromLiteral('1') } });
const rbacOf = (chart: Chart) => chart.toJson().filter(({ apiVersion }: any) => apiVersion.startsWith('rbac'));
const subjectsOf = (chart: Chart) => rbacOf(chart)[1].subjects;

test('a service account may get just this secret, in its namespace', () => {
  const chart = newChart('web');
  const secret = declare(chart);
  secret.grants.read(new kplus.ServiceAccount(chart, 'Account', { metadata: { name: 'shop' } }));
  const [role, binding] = rbacOf(chart);
  expect(role).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: expect.any(String), namespace: 'web' },
    rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['db'], verbs: ['get'] }],
  });
  expect(binding).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: expect.any(String), namespace: 'web' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.metadata.name },
    subjects: [{ kind: 'ServiceAccount', name: 'shop', namespace: 'web' }],
  });
  expect(codes(chart)).toEqual([]);
});

test('users, groups and accounts of other namespaces may too, each once and in one order', () => {
  const app = new App();
  const chart = newChart('web', app);
  const other = new Chart(app, 'd', { namespace: 'ops' });
  const secret = declare(chart);
  const account = new kplus.ServiceAccount(other, 'Account', { metadata: { name: 'backup' } });
  const group = kplus.Group.fromName(chart, 'Group', 'admins');
  const user = kplus.User.fromName(chart, 'User', 'jane');
  for (const subject of [user, account, group, user, account]) secret.grants.read(subject);
  expect(rbacOf(chart)).toHaveLength(2);
  expect(rbacOf(other)).toEqual([]);
  expect(subjectsOf(chart)).toEqual([
    { kind: 'Group', name: 'admins', apiGroup: 'rbac.authorization.k8s.io' },
    { kind: 'ServiceAccount', name: 'backup', namespace: 'ops' },
    { kind: 'User', name: 'jane', apiGroup: 'rbac.authorization.k8s.io' },
  ]);
});

test('a workload stands for its service account', () => {
  const chart = newChart('web');
  const secret = declare(chart);
  const account = new kplus.ServiceAccount(chart, 'Account', { metadata: { name: 'shop' } });
  secret.grants.read(new kplus.Deployment(chart, 'Api', { containers: [{ image: 'api', portNumber: 80 }], serviceAccount: account }));
  expect(subjectsOf(chart)).toEqual([{ kind: 'ServiceAccount', name: 'shop', namespace: 'web' }]);
});

test('a secret that somebody else makes, and one of any delivery, can be shared the same way', () => {
  const chart = newChart('web');
  const user = kplus.User.fromName(chart, 'User', 'jane');
  Secret.fromSecretName(chart, 'Theirs', 'theirs', { namespace: 'ops' }).grants.read(user);
  new Secret(chart, 'Ours', { metadata: { name: 'ours' }, delivery: SecretDelivery.existing() }).grants.read(user);
  new Secret(chart, 'Vault', {
    metadata: { name: 'vault' }, data: { a: SensitiveValue.fromRemote({ key: 'a' }) }, delivery: SecretDelivery.external({ store: StoreReference.secretStore('s') }),
  }).grants.read(user);
  const roles = rbacOf(chart).filter(({ kind }: any) => kind === 'Role');
  expect(roles.map(({ metadata, rules }: any) => [metadata.namespace, rules[0].resourceNames])).toEqual([['ops', ['theirs']], ['web', ['ours']], ['web', ['vault']]]);
});

test('fails for a service account whose namespace is not known', () => {
  const chart = new Chart(new App(), 'c');
  expect(refusal(() => declare(chart).grants.read(new kplus.ServiceAccount(chart, 'A')))).toMatchObject({ code: 'MissingNamespace', path: 'c/Db' });
});
