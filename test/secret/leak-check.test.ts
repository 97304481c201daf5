import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { BasicAuthSecret, AppInspection, Inspection, Secret, SecretBinding, SecretDelivery, SensitiveValue } from '../../src';
import { caught } from '../caught';
import { newChart } from '../support/charts';
import { findings } from '../support/refusal';

const VALUE = 'hunter2-correct-horse';
const declare = (chart: Chart, value = VALUE) => new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { password: SensitiveValue.fromLiteral(value) } });
const MESSAGE = 'the value of key "password" of secret "db" stands';
const NEXT = 'bind the secret where the value is needed; if everybody may know the value, say so: SensitiveValue.….asPublic()';

test('a value that stands in its secret only is no leak', () => {
  const chart = newChart();
  const secret = declare(chart);
  new kplus.Deployment(chart, 'Api', { containers: [{ image: 'api', portNumber: 80 }] }).with(SecretBinding.env('PASSWORD', secret.key('password')));
  expect(findings(chart)).toEqual([]);
});

test('a value anywhere else ends the synth, all places at once and without the value', () => {
  const chart = newChart();
  declare(chart);
  new kplus.ConfigMap(chart, 'Config', { data: { url: `postgres://app:${VALUE}@db` } });
  new kplus.Pod(chart, 'Pod', { containers: [{ image: 'api', args: [`--password=${Buffer.from(VALUE).toString('base64')}`] }] });
  new kplus.Secret(chart, 'Raw', { stringData: { copy: VALUE } });
  new ApiObject(chart, 'Any', { apiVersion: 'example.com/v1', kind: 'Any', metadata: { annotations: { note: VALUE } } });
  expect(findings(chart)).toEqual([
    `[c/Config] LeakedValue: data.url: ${MESSAGE} here, plain; ${NEXT}`,
    `[c/Pod] LeakedValue: spec.containers[0].args[0]: ${MESSAGE} here, in base64; ${NEXT}`,
    `[c/Raw] LeakedValue: stringData.copy: ${MESSAGE} here, plain; ${NEXT}`,
    `[c/Any] LeakedValue: metadata.annotations.note: ${MESSAGE} here, plain; ${NEXT}`,
  ]);
  expect(findings(chart).join()).not.toContain('hunter2');
});

test.each<[string, (value: SensitiveValue) => string]>([
  ['put into a text', value => `postgres://app:${value}@db`],
  ['written as JSON', value => JSON.stringify({ password: value })],
  ['printed', String],
  ['printed by Python', () => '<cdk8s_secrets.SensitiveValue object at 0x7f672c6d8750>'],
  ['put into a text by Go with %#v', () => 'postgres://app:&cdk8ssecrets.jsiiProxy_SensitiveValue{_:0x0}@db'],
  ['put into a text by Go with %s', () => 'postgres://app:&{%!s(uint8=0)}@db'],
])('a SensitiveValue that was %s shows no value, and ends the synth all the same', (_, write) => {
  const chart = newChart();
  declare(chart);
  new kplus.ConfigMap(chart, 'Config', { data: { url: write(SensitiveValue.fromLiteral(VALUE)) } });
  expect(findings(chart)).toEqual([
    '[c/Config] SensitiveValueMisplaced: data.url: a SensitiveValue was put into a text here, which then does not hold its value; '
      + 'put the whole text into the data of a Secret, and bind its key',
  ]);
});

test('a value in another app of the process is none of its business', () => {
  declare(newChart());
  const other = newChart();
  declare(other, 'another-value');
  new kplus.ConfigMap(other, 'Config', { data: { a: VALUE } });
  expect(findings(other)).toEqual([]);
});

test('a value in the name of a file is found, and said of the app', () => {
  const chart = new Chart(new App({ yamlOutputType: YamlOutputType.FILE_PER_CHART }), `c-${VALUE}`);
  declare(chart);
  expect(findings(chart)).toContain(`[] LeakedValue: ${MESSAGE} in the id of a chart, which names a file, plain; ${NEXT}`);
});

test.each<[string, () => SecretDelivery, number]>([
  ['manifest', () => SecretDelivery.manifest(), 1],
  ['existing', () => SecretDelivery.existing(), 0],
])('with %s the values that the delivery reads are searched for', (_, delivery, count) => {
  const app = new App();
  delivery().useFor(app);
  const chart = newChart('web', app);
  new BasicAuthSecret(chart, 'Login', { username: SensitiveValue.fromLiteral('u'), password: SensitiveValue.fromLiteral(VALUE) });
  new kplus.ConfigMap(chart, 'Config', { data: { a: VALUE } });
  expect(findings(chart)).toHaveLength(count);
});

test('a value with a slash is found in the id of a chart, and not shown in the path of a construct', () => {
  const app = new App();
  const value = 'correct/horse/battery';
  declare(newChart('web', app), value);
  const chart = new Chart(app, value);
  new ApiObject(chart, value, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', labels: { p: value } } });
  const { message } = caught(() => app.synthYaml());
  expect(message).toContain(`[] LeakedValue: ${MESSAGE} in the id of a chart, which names a file, plain`);
  expect(message).not.toContain('correct--horse');
});

test('a value in the extension of files is found', () => {
  const app = new App({ outputFileExtension: `.${VALUE}.yaml` });
  declare(newChart('web', app));
  expect(caught(() => app.synthYaml()).message).toContain(`[] LeakedValue: ${MESSAGE} in the extension of files, plain`);
});

test('a value in the id of a construct is found where the metadata of constructs are written', () => {
  const app = new App({ recordConstructMetadata: true });
  const chart = newChart('web', app);
  declare(chart);
  new ApiObject(chart, VALUE, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'harmless' } });
  const { message } = caught(() => app.synthYaml());
  expect(message).toContain(`[] LeakedValue: ${MESSAGE} in the id of a construct, which construct-metadata.json holds, plain`);
  expect(message).not.toContain(VALUE);
});

test('what is wrong with a construct whose id is a value is said of the app', () => {
  const app = new App();
  const chart = newChart('web', app);
  declare(chart);
  const object = new ApiObject(chart, VALUE, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', labels: { p: VALUE } } });
  const { message } = caught(() => app.synthYaml());
  expect(message).toContain('[] LeakedValue: metadata.labels.p');
  expect(message).not.toContain(VALUE);
  expect(JSON.stringify(Inspection.fromApp(app).findings)).not.toContain(VALUE);
  AppInspection.of(object).acknowledge('LeakedValue', 'the value is public');
  expect(findings(chart)).toEqual([]);
});

test('a value that cannot be read is said once, by its secret', () => {
  const chart = newChart();
  new Secret(chart, 'Db', { data: { password: SensitiveValue.fromFile('no-such-file') } });
  expect(findings(chart)).toEqual([expect.stringMatching(/^\[c\/Db\] FileUnreadable/)]);
});

test('a leak that is none can be acknowledged, and is in the report with its reason', () => {
  const chart = newChart();
  declare(chart);
  const config = new kplus.ConfigMap(chart, 'Config', { data: { a: VALUE } });
  AppInspection.of(config).acknowledge('LeakedValue', 'a public demo password');
  expect(findings(chart)).toEqual([]);
  expect(Inspection.fromApp(App.of(chart) as App).acknowledged).toEqual([
    { reason: 'a public demo password', finding: expect.objectContaining({ code: 'LeakedValue', path: 'data.a', constructPath: 'c/Config' }) },
  ]);
});
