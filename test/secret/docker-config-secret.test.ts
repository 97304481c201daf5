import { ApiObject, App } from 'cdk8s';
import * as fc from 'fast-check';
import { BasicAuthSecret, DockerConfigSecret, type DockerRegistry, Inspection, SensitiveValue } from '../../src';
import { caught } from '../caught';
import { manifestOf, newChart } from '../support/charts';
import { findings, refusal } from '../support/refusal';

const literal = (text: string) => SensitiveValue.fromLiteral(text);
const registry = (server: string | undefined, username = 'user', password = 'pass', email?: string): DockerRegistry =>
  ({ server, username: literal(username), password: literal(password), email });
const dockerConfig = (...registries: DockerRegistry[]) => new DockerConfigSecret(newChart(), 'Registry', { metadata: { name: 'registry' }, registries });
const configOf = (secret: DockerConfigSecret) => Buffer.from(manifestOf(secret).data['.dockerconfigjson'], 'base64').toString();

test('is a Secret of type kubernetes.io/dockerconfigjson with the bytes of kubectl create secret docker-registry', () => {
  const secret = dockerConfig(registry('registry.example.com', 'u<s>er', 'p&ss', 'a@example.com'));
  expect(manifestOf(secret)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'registry', namespace: 'web' },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': expect.any(String) },
  });
  expect(configOf(secret)).toBe('{"auths":{"registry.example.com":{"username":"u\\u003cs\\u003eer","password":"p\\u0026ss",'
    + '"email":"a@example.com","auth":"dTxzPmVyOnAmc3M="}}}');
  expect(secret.node.defaultChild).toBe(ApiObject.of(secret));
});

test('the server is Docker Hub where none is given, and the e-mail address is left out', () => {
  expect(configOf(dockerConfig(registry(undefined)))).toBe(
    '{"auths":{"https://index.docker.io/v1/":{"username":"user","password":"pass","auth":"dXNlcjpwYXNz"}}}');
});

test('several registries are sorted by their names, whatever their order', () => {
  const registries = [registry('b.example.com:5000/team'), registry('10'), registry('*.azurecr.example.com'), registry('9')];
  const config = configOf(dockerConfig(...registries));
  expect(config.match(/"[^"]+":\{"username/g)).toEqual(
    ['"*.azurecr.example.com":{"username', '"10":{"username', '"9":{"username', '"b.example.com:5000/team":{"username']);
  expect(configOf(dockerConfig(...[...registries].reverse()))).toBe(config);
});

test('every user name and password comes back from the config, and from its auth', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter(value => !/[\r\n]$/.test(value));
  fc.assert(fc.property(text.filter(value => !value.includes(':')), text, (username, password) => {
    const [entry] = Object.values<any>(JSON.parse(configOf(dockerConfig(registry(undefined, username, password)))).auths);
    expect(entry).toEqual({ username, password, auth: Buffer.from(`${username}:${password}`).toString('base64') });
  }));
});

test('one that is refused is not in the app, which can be synthesized without it', () => {
  const chart = newChart();
  new BasicAuthSecret(chart, 'Other', { username: literal('user'), password: literal('pass-1-word') });
  // eslint-disable-next-line no-sparse-arrays
  const refused: any[] = [[], undefined, [,], [null], [{}], [registry('r.io'), registry('r.io')], [{ ...registry('r.io'), password: 'text' }], [{ ...registry('r'), server: 5 }]];
  for (const registries of refused) {
    expect(caught(() => new DockerConfigSecret(chart, 'Refused', { registries })).code).toMatch(/^Invalid/);
    expect(chart.node.tryFindChild('Refused')).toBeUndefined();
  }
  expect(findings(chart)).toEqual([]);
});

test('exposes its key, and cannot grow others', () => {
  const secret = dockerConfig(registry(undefined));
  expect(secret.keyNames).toEqual(['.dockerconfigjson']);
  expect(secret.configKey).toEqual(secret.key('.dockerconfigjson'));
  expect(secret).not.toHaveProperty('addData');
});

test('the registries are copied in', () => {
  const registries = [{ ...registry('a.example.com') }] as { -readonly [K in keyof DockerRegistry]: DockerRegistry[K] }[];
  const secret = dockerConfig(...registries);
  const before = configOf(secret);
  const other = new DockerConfigSecret(newChart(), 'Registry', { registries });
  registries[0].server = 'b.example.com';
  registries.push(registry('c.example.com'));
  expect(configOf(other)).toBe(before);
});

test.each<[string, DockerRegistry[], string]>([
  ['no registry', [], 'there is no registry'],
  ['a registry that is there twice', [registry('a.example.com'), registry('a.example.com')], 'the registry "a.example.com" is there twice'],
  ['Docker Hub twice', [registry(undefined), registry('https://index.docker.io/v1/')], 'the registry "https://index.docker.io/v1/" is there twice'],
  ['a server that matches no image of Docker Hub', [registry('hub.docker.com')],
    '"hub.docker.com" matches no image: those of Docker Hub are found under "https://index.docker.io/v1/"'],
  ['an empty server', [registry('')], '"" is no registry'],
])('fails for %s, at the call', (_, registries, problem) => {
  expect(refusal(() => dockerConfig(...registries))).toMatchObject({ code: 'InvalidDockerConfig', path: 'c/Registry', problem });
});

test.each([['username', undefined], ['password', undefined], ['password', 'text']])('fails for the %s %p, at the call', (what, value) => {
  expect(refusal(() => dockerConfig({ ...registry('a.example.com'), [what]: value }))).toEqual({
    code: 'InvalidValue',
    path: 'c/Registry',
    problem: `the ${what} for registry "a.example.com" is ${value === undefined ? 'undefined' : 'no SensitiveValue'}`,
    next: 'wrap it: SensitiveValue.fromEnvironment, .fromFile, .fromBase64 or .fromLiteral',
  });
});

test.each([
  ['an empty user name', '', literal('pass'), 'the user name for registry "https://index.docker.io/v1/" is empty, which kubectl refuses; give one'],
  ['an empty password', 'user', literal(''), 'the password for registry "https://index.docker.io/v1/" is empty, which kubectl refuses; give one'],
  ['a password that ends in a newline', 'user', literal('pass\n'), 'the password for registry "https://index.docker.io/v1/" ends in a newline, '
    + 'and no registry would take it; read the file with { trimNewline: true }'],
  ['a user name with a colon', 'us:er', literal('pass'), 'the user name for registry "https://index.docker.io/v1/" holds a \':\', '
    + 'which would end it; give the user name alone'],
  ['a password that is no text', 'user', SensitiveValue.fromBase64('/w=='), 'the password for registry "https://index.docker.io/v1/" is not UTF-8; give a text'],
])('fails for %s, when the manifest is made', (_, username, password, problem) => {
  expect(findings(dockerConfig({ username: literal(username), password }))).toEqual([`[c/Registry] InvalidDockerConfig: key ".dockerconfigjson": ${problem}`]);
});

test('fails for a value that cannot be read, and says which', () => {
  expect(findings(dockerConfig({ username: literal('a'), password: SensitiveValue.fromEnvironment('UNSET_1') }))).toEqual([
    '[c/Registry] EnvironmentVariableUnset: key ".dockerconfigjson": the password for registry "https://index.docker.io/v1/": '
    + 'environment variable "UNSET_1" is not set; set it where the manifest is made, or choose a delivery that does not need the value',
  ]);
});

describe('a config.json as it is', () => {
  const fromConfig = (text: string) => DockerConfigSecret.fromConfigJson(newChart(), 'Registry', literal(text), { metadata: { name: 'registry' } });

  test('is kept byte for byte', () => {
    expect(manifestOf(fromConfig('{ "auths": {} }\n'))).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'registry', namespace: 'web' },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': Buffer.from('{ "auths": {} }\n').toString('base64') },
    });
  });

  test.each([
    ['', 'is empty, and must be a JSON object'], ['user:pass', 'is no JSON'], ['[]', 'is JSON, but no object'], ['"x"', 'is JSON, but no object'], ['{} x', 'is no JSON'],
  ])('fails for %j, which %s, without quoting it', (text, problem) => {
    expect(findings(fromConfig(text))).toEqual([
      `[c/Registry] InvalidDockerConfig: the value of the key ".dockerconfigjson" ${problem}; give it the contents of a ~/.docker/config.json, or use DockerConfigSecret`,
    ]);
  });

  test('fails for credentials that the kubelet cannot read', () => {
    expect(findings(fromConfig('{"auths":{"ghcr.io":{"auth":"@"}}}'))).toEqual([
      '[c/Registry] InvalidDockerConfig: the kubelet pulls no image with it: the entry "ghcr.io" has an auth that is no base64; '
      + 'give each registry a username and a password, or an auth of both, as docker login writes it',
    ]);
  });

  test('of null, which the API server takes, is a warning', () => {
    const secret = fromConfig('null');
    expect(findings(secret)).toEqual([]);
    expect(Inspection.fromApp(App.of(secret)).findings.map(({ code, severity }) => [code, severity])).toEqual([['InvalidDockerConfig', 'warning']]);
  });
});
