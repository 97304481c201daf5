import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { DockerConfigSecret, Inspection, Secret, SecretBackedFunction, SecretBinding, SecretPolicy, SensitiveValue } from '../../src';
import { type ApoloContext, ApoloSecretUri, ApoloVolume } from '../../src/apolo';
import { readManifestStream } from '../../src/inspect/read/manifest-stream';
import { OpenFaasStack } from '../../src/openfaas';
import { tempFolder } from '../support/temp-folder';

const CANARY = 'kanarienvogel-7-in-the-mine';
const LONG = `${CANARY}-${'0123456789abcdef'.repeat(8)}`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const APOLO: ApoloContext = { cluster: 'default', org: 'myorg', project: 'myproj' };
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
    ['as a volume of Apolo', value => ApoloVolume.parse(value, APOLO)],
    ['as a secret of Apolo', value => ApoloSecretUri.parse(value, APOLO)],
    ['as an env file', value => Secret.fromEnvFile(newChart(), 'Secret', value)],
  ])('%s', (_, give) => {
    const text = shown(() => give(CANARY));
    expect(text).not.toContain(CANARY);
    expect(text).toContain('it is the value of the environment variable "CANARY_PASSWORD"');
  });

  test('where a literal was declared with it', () => {
    const literal = `literal-${CANARY}`;
    const secret = new Secret(newChart(), 'Secret', { data: { a: SensitiveValue.fromLiteral(literal) } });
    const text = shown(() => secret.key(literal));
    expect(text).not.toContain(CANARY);
    expect(text).toContain('it is a value that was declared');
    expect(shown(() => secret.key('literally'))).toContain('"literally"');
  });

  test.each<[string, (value: string) => unknown]>([
    ['the name of a Secret', value => new Secret(newChart(), 'Secret', { metadata: { name: value } })],
    ['a key', value => new Secret(newChart(), 'Secret', {}).addData(value, SensitiveValue.fromLiteral('x'))],
    ['the name of a variable', value => SecretBinding.env(value, Secret.fromSecretName(newChart(), 'S', 's').key('k'))],
    ['the name of a function', value => new SecretBackedFunction(newChart(), 'Fn', { name: value, image: 'i' })],
    ['a registry', value => new DockerConfigSecret(newChart(), 'S', {
      registries: [{ server: value, username: SensitiveValue.fromLiteral('u'), password: SensitiveValue.fromLiteral('p') }],
    })],
    ['a mode', value => SecretPolicy.of(newChart()).maxMode(value)],
    ['a volume of Apolo', value => ApoloVolume.parse(value, APOLO)],
  ])('as %s that is refused', (_, give) => {
    for (const value of ['Kanarien Vogel=7', 'KANARIEN/VOGEL/7:x:y']) {
      process.env.CANARY_PASSWORD = value;
      expect(shown(() => give(value))).not.toContain(value);
    }
  });

  test('where substitution brought it into a stack file as a name', () => {
    const folder = tempFolder({
      'name.yaml': 'provider: {name: openfaas}\nfunctions:\n  ${CANARY_PASSWORD}: {image: a}\n',
      'upper.yaml': 'provider: {name: openfaas}\nfunctions:\n  ${CANARY_PASSWORD^^}: {image: a}\n',
      'secret.yaml': 'provider: {name: openfaas}\nfunctions:\n  f: {image: a, secrets: ["x_${CANARY_PASSWORD}"]}\n',
      'variable.yaml': 'provider: {name: openfaas}\nfunctions:\n  f: {image: a, environment: {"a=${CANARY_PASSWORD}": b}}\n',
      'limit.yaml': 'provider: {name: openfaas}\nfunctions:\n  f: {image: a, limits: {memory: "${CANARY_PASSWORD}"}}\n',
    });
    process.env.CANARY_PASSWORD = 'Kanarien_Vogel_7';
    for (const name of readdirSync(folder)) {
      const text = shown(() => OpenFaasStack.fromFile(newChart(), 'Stack', { path: join(folder, name) }));
      expect([name, text === '', /kanarien_vogel/i.test(text)]).toEqual([name, false, false]);
    }
  });

  test.each(['hunter 2', 'p@ssw0rd!', 'a\nb'])('%j is no name of a variable, and not shown', value => {
    expect(shown(() => SensitiveValue.fromEnvironment(value)._read())).not.toContain(value);
  });

  test('names that are names are shown', () => {
    expect(shown(() => SensitiveValue.fromEnvironment('NO_SUCH_VARIABLE')._read())).toContain('"NO_SUCH_VARIABLE"');
    expect(shown(() => SensitiveValue.fromFile('no-such-file.txt')._read())).toContain('"no-such-file.txt"');
  });
});
