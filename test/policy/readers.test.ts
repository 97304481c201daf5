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
