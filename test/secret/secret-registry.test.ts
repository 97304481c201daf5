import { ApiObject, App, Chart } from 'cdk8s';
import { BasicAuthSecret, Inspection, Secret, SensitiveValue } from '../../src';
import { SecretRegistry } from '../../src/secret/secret-registry';
import { codes, findings } from '../support/refusal';

const chartIn = (app: App, id: string, namespace?: string) => new Chart(app, id, { namespace });
const named = (chart: Chart, id: string, name = 'db', namespace?: string) => new Secret(chart, id, { metadata: { name, namespace } });

test('fails for two secrets of one name in one namespace, naming both', () => {
  const app = new App();
  named(chartIn(app, 'a', 'web'), 'Db');
  const value = SensitiveValue.fromLiteral('x');
  new BasicAuthSecret(chartIn(app, 'b', 'web'), 'Auth', { metadata: { name: 'db' }, username: value, password: value });
  expect(findings(app)).toEqual([
    '[b/Auth] DuplicateSecret: "a/Db" already declares the secret "db" in namespace "web"; '
    + 'declare it once and pass the construct to whoever uses it, or give one of them another name',
  ]);
});

test('fails for each further secret of that name, and for two without a namespace', () => {
  const app = new App();
  const chart = chartIn(app, 'a');
  ['A', 'B', 'C'].forEach(id => named(chart, id));
  expect(findings(app).map(line => line.split(';')[0])).toEqual([
    '[a/B] DuplicateSecret: "a/A" already declares the secret "db" without a namespace',
    '[a/C] DuplicateSecret: "a/A" already declares the secret "db" without a namespace',
  ]);
});

test('the inspection of the app has it once, as the declaration and not as the manifest', () => {
  const app = new App();
  const chart = chartIn(app, 'a', 'web');
  ['A', 'B'].forEach(id => named(chart, id));
  expect(Inspection.fromApp(app).findings.map(({ code, constructPath }) => [code, constructPath])).toEqual([['DuplicateSecret', 'a/B']]);
});

test('a declared secret and one of another class are two manifests of one name', () => {
  const app = new App();
  const chart = chartIn(app, 'a', 'web');
  named(chart, 'A');
  new ApiObject(chart, 'B', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' } });
  expect(codes(app)).toEqual(['[a/B] DuplicateObject']);
});

test('takes one name in two namespaces, two names in one, and one that somebody else makes', () => {
  const app = new App();
  const chart = chartIn(app, 'a', 'web');
  named(chart, 'A');
  named(chart, 'B', 'other');
  named(chart, 'C', 'db', 'data');
  Secret.fromSecretName(chart, 'D', 'db');
  expect(findings(app)).toEqual([]);
});

test('two apps do not see each other', () => {
  const [one, other] = [new App(), new App()];
  named(chartIn(one, 'a', 'web'), 'Db');
  named(chartIn(other, 'a', 'web'), 'Db');
  expect([...findings(one), ...findings(other)]).toEqual([]);
});

test('a secret is found by namespace and name', () => {
  const app = new App();
  const secret = named(chartIn(app, 'a', 'web'), 'Db');
  const registry = SecretRegistry.of(app);
  expect(registry.find('web', 'db')).toBe(secret);
  expect(registry.find('data', 'db')).toBeUndefined();
  expect(registry.find(undefined, 'db')).toBeUndefined();
});
