import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Inspection, Secret, SensitiveValue } from '../../src';
import { readManifestStream } from '../../src/inspect/read/manifest-stream';

const CANARY = 'kanarienvogel-7-in-the-mine';
const LONG = `${CANARY}-${'0123456789abcdef'.repeat(8)}`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const newChart = () => new Chart(new App({ outdir: mkdtempSync(join(tmpdir(), 'leaks-')) }), 'chart');

/** All that an error shows. */
function shown(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return `${(error as Error).message}\n${(error as Error).stack}\n${inspect(error)}`;
  }
}

test('a foreign error that quotes the object is shown without what it quotes', () => {
  const chart = newChart();
  const secret = new Secret(chart, 'Secret', { data: { pin: SensitiveValue.fromLiteral('1234'), password: SensitiveValue.fromLiteral(CANARY) } });
  ApiObject.of(secret).addJsonPatch(JsonPatch.test('/metadata/name', 'x'));
  const text = shown(() => chart.node.root.node.tryFindChild('chart') && (chart.node.root as App).synth());
  expect(text).toContain('UnrenderedObject');
  expect(text).toContain('Test operation failed');
  for (const leak of [CANARY, base64(CANARY), base64('1234')]) expect(text).not.toContain(leak);
});

test('a long value that is a variable\'s name is taken out of a finding before the finding is cut', () => {
  const chart = newChart();
  new Secret(chart, 'Secret', { data: { password: SensitiveValue.fromLiteral(LONG) } });
  new ApiObject(chart, 'Pod', {
    apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', image: 'a', env: [{ name: LONG, value: 'a' }, { name: LONG, value: 'b' }] }] },
  });
  const text = shown(() => (chart.node.root as App).synth());
  expect(text).toContain('LeakedValue');
  expect(text).not.toContain('kanarienvogel');
  expect(JSON.stringify(Inspection.fromApp(chart.node.root as App).findings)).not.toContain('kanarienvogel');
});

test('a long name that is no value is cut', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'x'.repeat(5000), image: 'a' }] } };
  for (const { message } of Inspection._fromSources([{ manifest: pod }]).findings) expect(message.length).toBeLessThan(1000);
});

test('the content of a docker config is not shown, also where it is the name of a registry', () => {
  const config = JSON.stringify({ auths: { [`https://u:${CANARY}@r.io`]: { auth: 'AAAA' } } });
  const manifest = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': base64(config) } };
  const { findings } = Inspection._fromSources(readManifestStream(JSON.stringify(manifest)));
  expect(findings.map(({ code }) => code)).toContain('InvalidDockerConfig');
  expect(JSON.stringify(findings)).not.toContain(CANARY);
});

describe('a value that is given where its name is meant is not shown', () => {
  beforeEach(() => { process.env.CANARY_PASSWORD = CANARY; });
  afterEach(() => { delete process.env.CANARY_PASSWORD; });

  test.each<[string, (value: string) => unknown]>([
    ['as the name of a variable', value => SensitiveValue.fromEnvironment(value)._read()],
    ['as the path of a file', value => SensitiveValue.fromFile(value)._read()],
    ['as a key', value => new Secret(newChart(), 'Secret', { data: { a: SensitiveValue.fromLiteral('x') } }).key(value)],
  ])('%s', (_, give) => {
    const text = shown(() => give(CANARY));
    expect(text).not.toContain(CANARY);
    expect(text).toContain('it is the value of the environment variable "CANARY_PASSWORD"');
  });

  test.each(['hunter 2', 'p@ssw0rd!', 'a\nb'])('%j is no name of a variable, and not shown', value => {
    expect(shown(() => SensitiveValue.fromEnvironment(value)._read())).not.toContain(value);
  });

  test('names that are names are shown', () => {
    expect(shown(() => SensitiveValue.fromEnvironment('NO_SUCH_VARIABLE')._read())).toContain('"NO_SUCH_VARIABLE"');
    expect(shown(() => SensitiveValue.fromFile('no-such-file.txt')._read())).toContain('"no-such-file.txt"');
  });
});
