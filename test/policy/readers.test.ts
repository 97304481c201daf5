import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { AppInspection, Inspection, Secret, SecretBinding, SecretPolicy, SensitiveValue } from '../../src';
import { newChart } from '../support/charts';
import { codes, findings, refusal } from '../support/refusal';

/** A secret that two workloads have. */
function twoReaders(chart: Chart): Secret {
  const secret = new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { password: SensitiveValue.fromLiteral('a value') } });
  for (const name of ['api', 'worker']) {
    new kplus.Deployment(chart, name, { metadata: { name }, containers: [{ image: 'x', portNumber: 80 }] }).with(SecretBinding.env('P', secret.key('password')));
  }
  return secret;
}

describe('maxReaders', () => {
  test.each([[1, ['[c/Db] TooManyReaders']], [2, []]])('%s, where two can read', (count, expected) => {
    const chart = newChart();
    twoReaders(chart);
    SecretPolicy.of(chart).maxReaders(count);
    expect(codes(chart)).toEqual(expected);
  });

  test('names them', () => {
    const chart = newChart();
    twoReaders(chart);
    SecretPolicy.of(chart).maxReaders(0);
    expect(findings(chart)).toEqual([
      expect.stringContaining('[c/Db] TooManyReaders: 2 can read the Secret "db", and 0 may: "Deployment/web/api", "Deployment/web/worker"; '),
    ]);
  });

  test.each([-1, 1.5, NaN])('refuses %s', count => {
    expect(refusal(() => SecretPolicy.of(newChart()).maxReaders(count)).code).toBe('InvalidReader');
  });
});

describe('onlyReaders', () => {
  test.each<[string, string[], string[]]>([
    ['both', ['Deployment/api', 'Deployment/worker'], []],
    ['a pattern', ['Deployment/*'], []],
    ['one of them', ['Deployment/api'], ['[c/Db] ReaderForbidden']],
    ['another kind', ['StatefulSet/*'], ['[c/Db] ReaderForbidden', '[c/Db] ReaderForbidden']],
    ['nobody', [], ['[c/Db] ReaderForbidden', '[c/Db] ReaderForbidden']],
  ])('%s', (_, readers, expected) => {
    const chart = newChart();
    twoReaders(chart);
    SecretPolicy.of(chart).onlyReaders(...readers);
    expect(codes(chart)).toEqual(expected);
  });

  test('says how, and why', () => {
    const chart = newChart();
    twoReaders(chart).grants.read(kplus.User.fromName(chart, 'Bob', 'bob'));
    SecretPolicy.of(chart).onlyReaders('Deployment/*');
    expect(findings(chart)).toEqual([expect.stringMatching(/"User\/bob" can read the Secret "db" \(api\): the Role ".*" allows get on secrets; /)]);
  });

  test('names ten, and counts the others', () => {
    const chart = newChart();
    const secret = new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { password: SensitiveValue.fromLiteral('a value') } });
    for (let index = 0; index < 12; index++) secret.grants.read(kplus.User.fromName(chart, `User${index}`, `user-${index}`));
    SecretPolicy.of(chart).onlyReaders();
    const found = findings(chart);
    expect(found.map(line => /"User\/user-\d+"/.test(line))).toEqual([...Array(10).fill(true), false]);
    expect(found[10]).toContain('ReaderForbidden: 2 more can read the Secret "db"; ');
  });

  test('whoever reads all of the namespace can read each', () => {
    const chart = newChart();
    twoReaders(chart);
    const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }];
    new ApiObject(chart, 'Role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r' }, rules } as any);
    new ApiObject(chart, 'Binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'r' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' }, subjects: [{ kind: 'User', name: 'bob' }],
    } as any);
    SecretPolicy.of(chart).onlyReaders('Deployment/*');
    SecretPolicy.of(chart).maxReaders(2);
    expect(findings(chart).map(line => line.split(';')[0])).toEqual([
      '[c/Db] ReaderForbidden: "User/bob" can read the Secret "db" (api): the Role "r" allows list on secrets',
      '[c/Db] TooManyReaders: 3 can read the Secret "db", and 2 may: "Deployment/web/api", "Deployment/web/worker", "User/bob"',
    ]);
  });

  test('holds for secrets below the construct', () => {
    const app = new App();
    const [web, other] = ['web', 'other'].map(id => new Chart(app, id));
    [web, other].forEach(twoReaders);
    SecretPolicy.of(web).onlyReaders('Deployment/api');
    expect(codes(app).filter(code => code.includes('Reader'))).toEqual(['[web/Db] ReaderForbidden']);
  });

  test('an exception has its reason', () => {
    const chart = newChart();
    const secret = twoReaders(chart);
    SecretPolicy.of(chart).onlyReaders('Deployment/api');
    AppInspection.of(secret).acknowledge('ReaderForbidden', 'the worker moves next week');
    expect(codes(chart)).toEqual([]);
    expect(Inspection.fromApp(App.of(chart)).acknowledged.map(({ reason }) => reason)).toEqual(['the worker moves next week']);
  });

  test('a manifest of somebody else counts', () => {
    const chart = newChart();
    SecretPolicy.of(chart).onlyReaders();
    new ApiObject(chart, 'Tls', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'tls' }, data: { a: 'eA==' } });
    new ApiObject(chart, 'Ingress', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'i' }, spec: { defaultBackend: { service: { name: 'x', port: { number: 80 } } }, tls: [{ secretName: 'tls' }] } });
    expect(codes(chart).filter(code => code.includes('Reader'))).toEqual(['[c/Tls] ReaderForbidden']);
  });

  test.each(['api', 'a/b/c/d', '/x', ''])('refuses %j', reader => {
    expect(refusal(() => SecretPolicy.of(newChart()).onlyReaders(reader)).code).toBe('InvalidReader');
  });
});
