import * as types from '../../src/kubernetes/secret-types';
import { CERTIFICATE, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../support/key-pairs';

const ALL = [
  types.OPAQUE, types.TLS, types.BASIC_AUTH, types.SSH_AUTH, types.DOCKER_CONFIG_JSON, types.DOCKER_CFG,
  types.SERVICE_ACCOUNT_TOKEN, types.BOOTSTRAP_TOKEN,
];
const OTHERS = ['helm.sh/release.v1', 'constructor', '__proto__', ''];

test.each<[string, string[], string[]]>([
  [types.OPAQUE, [], []],
  [types.TLS, [], ['tls.crt', 'tls.key']],
  [types.TLS, ['tls.crt'], ['tls.key']],
  [types.TLS, ['tls.crt', 'tls.key', 'ca.crt'], []],
  [types.SSH_AUTH, [], ['ssh-privatekey']],
  [types.DOCKER_CONFIG_JSON, ['.dockercfg'], ['.dockerconfigjson']],
  [types.DOCKER_CFG, [], ['.dockercfg']],
  [types.BASIC_AUTH, [], ['username', 'password']],
  [types.BASIC_AUTH, ['password'], []],
  [types.BASIC_AUTH, ['username'], []],
  [types.SERVICE_ACCOUNT_TOKEN, [], []],
  ['helm.sh/release.v1', [], []],
])('a Secret of the type %s with the keys %j lacks %j', (type, keys, missing) => {
  expect(types.missingKeys(type, new Set(keys))).toEqual(missing);
});

test.each<[string, string[], string, string]>([
  [types.TLS, ['tls.key'], 'a Secret of type "kubernetes.io/tls" needs the key "tls.key"', 'add it, or choose another type'],
  [types.TLS, ['tls.crt', 'tls.key'], 'a Secret of type "kubernetes.io/tls" needs the key "tls.crt" and the key "tls.key"', 'add it, or choose another type'],
  [types.BASIC_AUTH, ['username', 'password'], 'a Secret of type "kubernetes.io/basic-auth" needs the key "username" or "password"', 'add one of them'],
])('of the type %s, the keys %j are asked for in words', (type, missing, message, next) => {
  expect(types.missingKeyProblem(type, missing)).toEqual({ code: 'MissingKey', message, next });
});

test('nothing is asked for where nothing is missing', () => {
  expect(types.missingKeyProblem(types.TLS, [])).toBeUndefined();
});

const values = (data: Record<string, string>) => (key: string) => Buffer.from(data[key]);

test.each<[string, Record<string, string>, string | undefined, string | undefined]>([
  [types.TLS, { 'tls.crt': CERTIFICATE, 'tls.key': PRIVATE_KEY }, undefined, undefined],
  [types.TLS, { 'tls.crt': CERTIFICATE, 'tls.key': OTHER_PRIVATE_KEY }, undefined, 'InvalidCertificate tls.crt'],
  [types.TLS, { 'tls.crt': '', 'tls.key': '' }, undefined, 'InvalidCertificate tls.crt'],
  [types.SSH_AUTH, { 'ssh-privatekey': 'x' }, undefined, undefined],
  [types.SSH_AUTH, { 'ssh-privatekey': '' }, 'MissingKey ssh-privatekey', undefined],
  [types.BASIC_AUTH, { username: '' }, undefined, undefined],
  [types.DOCKER_CONFIG_JSON, { '.dockerconfigjson': '{"auths":{"a":{"username":"u","password":"p"}}}' }, undefined, undefined],
  [types.DOCKER_CONFIG_JSON, { '.dockerconfigjson': 'null' }, undefined, undefined],
  [types.DOCKER_CONFIG_JSON, { '.dockerconfigjson': '[]' }, 'InvalidDockerConfig .dockerconfigjson', undefined],
  [types.DOCKER_CONFIG_JSON, { '.dockerconfigjson': '{"auths":{"a":"x"}}' }, undefined, 'InvalidDockerConfig .dockerconfigjson'],
  [types.DOCKER_CFG, { '.dockercfg': 'x' }, 'InvalidDockerConfig .dockercfg', undefined],
  [types.DOCKER_CFG, { '.dockercfg': '{"a":"x"}' }, undefined, 'InvalidDockerConfig .dockercfg'],
])('of the type %s, the API server refuses %j: %j, and programs break with it: %j', (type, data, refused, broken) => {
  const brief = (problem: types.ValueProblem | undefined) => problem && `${problem.code} ${problem.key}`;
  expect(brief(types.refusedValue(type, values(data)))).toBe(refused);
  if (refused === undefined) expect(brief(types.brokenValue(type, values(data)))).toBe(broken);
});

test('the size is that of the values, and one MiB is allowed', () => {
  expect(types.sizeProblem(1_048_576)).toBeUndefined();
  expect(types.sizeProblem(1_048_577)).toEqual({
    code: 'SecretTooLarge',
    message: 'the values have 1048577 bytes together, and one Secret may have 1048576',
    next: 'split it, or keep large files elsewhere and only their credentials here',
  });
});

test('only docker configs pull images, each under its key', () => {
  expect(ALL.filter(types.isPullSecretType)).toEqual([types.DOCKER_CONFIG_JSON, types.DOCKER_CFG]);
  expect(ALL.map(types.pullSecretKey).filter(key => key !== undefined)).toEqual(['.dockerconfigjson', '.dockercfg']);
});

test('the cluster adds keys to the Secrets of tokens alone', () => {
  expect(ALL.filter(type => types.addedKeys(type).length > 0)).toEqual([types.SERVICE_ACCOUNT_TOKEN]);
  expect(types.addedKeys(types.SERVICE_ACCOUNT_TOKEN)).toEqual(['token', 'ca.crt', 'namespace']);
});

test('certificates and user names are public by their type', () => {
  const keys = ['tls.crt', 'ca.crt', 'tls.key', 'username', 'password', 'ssh-privatekey', '.dockerconfigjson'];
  expect(ALL.flatMap(type => keys.filter(key => types.isPublicKey(type, key)).map(key => `${type} ${key}`))).toEqual([
    `${types.TLS} tls.crt`, `${types.TLS} ca.crt`, `${types.BASIC_AUTH} username`,
  ]);
});

test.each(OTHERS)('the type %j means nothing to Kubernetes', type => {
  expect([types.requiredKeys(type), types.missingKeys(type, new Set()), types.addedKeys(type)]).toEqual([[], [], []]);
  expect([types.isPullSecretType(type), types.isPublicKey(type, 'tls.crt')]).toEqual([false, false]);
  expect([types.refusedValue(type, values({})), types.brokenValue(type, values({}))]).toEqual([undefined, undefined]);
});
