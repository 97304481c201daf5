import { Inspection } from '../../../src/app/inspection';
import { KubernetesVersion } from '../../../src/kubernetes/versions';
import { keyRef, pod, secret, whole } from '../manifests';
import { brief, ERROR, testPairs, WARNING } from '../pairs';

const { V1_28, V1_29, V1_37 } = KubernetesVersion;
const db = secret('db', { USER: 'u', PASSWORD: 'p' });
const other = secret('other', { PASSWORD: 'q' });

testPairs({
  'warns when two whole Secrets have one key': {
    wrong: [db, other, pod({ envFrom: [whole('db'), whole('other')] })],
    right: [db, other, pod({ envFrom: [whole('db'), whole('other', { prefix: 'OTHER_' })] })],
    code: 'ShadowedVariable',
    severity: WARNING,
    path: 'spec.containers[0].envFrom[1]',
    says: ['"PASSWORD"', '"other"', '"db"'],
  },
  'warns once when two whole Secrets have several keys in common': {
    wrong: [db, secret('copy', { USER: 'v', PASSWORD: 'q' }), pod({ envFrom: [whole('db'), whole('copy')] })],
    right: [db, secret('copy', { USER: 'v', PASSWORD: 'q' }), pod({ envFrom: [whole('db'), whole('copy', { prefix: 'COPY_' })] })],
    code: 'ShadowedVariable',
    severity: WARNING,
    path: 'spec.containers[0].envFrom[1]',
    says: ['"PASSWORD", "USER"', 'the Secret "copy"', 'the Secret "db"'],
  },
  'warns when env sets what a whole Secret has set': {
    wrong: [db, pod({ envFrom: [whole('db')], env: [{ name: 'USER', value: 'me' }] })],
    right: [db, pod({ envFrom: [whole('db')], env: [{ name: 'ME', value: 'me' }] })],
    code: 'ShadowedVariable',
    severity: WARNING,
    path: 'spec.containers[0].env[0]',
    says: ['"USER"', 'literal value'],
  },
  'warns when env has one name twice': {
    wrong: [db, pod({ env: [keyRef('A', 'db', 'USER'), keyRef('A', 'db', 'PASSWORD')] })],
    right: [db, pod({ env: [keyRef('A', 'db', 'USER'), keyRef('B', 'db', 'PASSWORD')] })],
    code: 'DuplicateEnvName',
    severity: WARNING,
    path: 'spec.containers[0].env[1]',
    says: ['the last one counts'],
  },
  'warns when env has one name twice and builds on the first': {
    wrong: [pod({ env: [{ name: 'A', value: 'a' }, { name: 'A', value: '$(A)b' }] })],
    right: [pod({ env: [{ name: 'A', value: 'a' }, { name: 'B', value: '$(A)b' }] })],
    code: 'DuplicateEnvName',
    severity: WARNING,
    path: 'spec.containers[0].env[1]',
    says: ['server-side apply'],
  },
  'warns when no shell can refer to a variable of a whole Secret': {
    wrong: [secret('t', { 'tls.crt': 'x' }), pod({ envFrom: [whole('t')] })],
    right: [secret('t', { TLS_CRT: 'x' }), pod({ envFrom: [whole('t')] })],
    code: 'UnusableVariableName',
    severity: WARNING,
    path: 'spec.containers[0].envFrom[0]',
    says: ['"tls.crt"'],
  },
  'fails when a value is too large for a variable': {
    wrong: [secret('k', { A: 'x'.repeat(131_072 - 'A='.length) }), pod({ env: [keyRef('A', 'k', 'A')] })],
    right: [secret('k', { A: 'x'.repeat(131_072 - 'A=\0'.length) }), pod({ env: [keyRef('A', 'k', 'A')] })],
    code: 'OversizedVariable',
    severity: ERROR,
    path: 'spec.containers[0].env[0]',
    says: ['131073', '131072'],
  },
  'fails when a value with a zero byte is to be a variable': {
    wrong: [secret('k', { A: Buffer.from([0x61, 0, 0x62]) }), pod({ envFrom: [whole('k')] })],
    right: [secret('k', { A: 'ab' }), pod({ envFrom: [whole('k')] })],
    code: 'BinaryVariable',
    severity: ERROR,
    path: 'spec.containers[0].envFrom[0]',
  },
  'warns when a value that is no text is to be a variable': {
    wrong: [secret('k', { A: Buffer.from([0xff, 0xfe]) }), pod({ env: [keyRef('A', 'k', 'A')] })],
    right: [secret('k', { A: 'é' }), pod({ env: [keyRef('A', 'k', 'A')] })],
    options: { versions: [V1_37] },
    code: 'BinaryVariable',
    severity: WARNING,
    path: 'spec.containers[0].env[0]',
  },
  'warns when a value refers to a variable that is set further down': {
    wrong: [db, pod({ env: [{ name: 'URL', value: 'u:$(PW)' }, keyRef('PW', 'db', 'PASSWORD')] })],
    right: [db, pod({ env: [keyRef('PW', 'db', 'PASSWORD'), { name: 'URL', value: 'u:$(PW)' }] })],
    code: 'UnresolvedVariable',
    severity: WARNING,
    path: 'spec.containers[0].env[0].value',
    says: ['further down'],
  },
  'warns when a value refers to no variable': {
    wrong: [db, pod({ envFrom: [whole('db')], env: [{ name: 'URL', value: 'u:$(PASWORD)' }] })],
    right: [db, pod({ envFrom: [whole('db')], env: [{ name: 'URL', value: 'u:$(PASSWORD)@$(DB_SERVICE_HOST):$(DB_PORT_80_TCP_PORT)' }] })],
    code: 'UnresolvedVariable',
    severity: WARNING,
    path: 'spec.containers[0].env[0].value',
  },
  'warns when a value has two dollars': {
    wrong: [pod({ env: [{ name: 'A', value: 'pa$$word' }] })],
    right: [pod({ env: [{ name: 'A', value: 'pa$word' }] })],
    code: 'RewrittenDollar',
    severity: WARNING,
    path: 'spec.containers[0].env[0].value',
  },
  'warns when a value has a dollar before a character that is no ASCII': {
    wrong: [pod({ env: [{ name: 'A', value: 'pa$é' }] })],
    right: [pod({ env: [{ name: 'A', value: 'pa$e' }] })],
    code: 'RewrittenDollar',
    severity: WARNING,
    path: 'spec.containers[0].env[0].value',
    options: { versions: [KubernetesVersion.V1_34, KubernetesVersion.V1_35] },
    versions: [KubernetesVersion.V1_34],
  },
  'fails when subPathExpr refers to no variable': {
    wrong: [pod({ volumeMounts: [{ name: 'v', mountPath: '/m', subPathExpr: '$(POD)' }] }, { volumes: [{ name: 'v', emptyDir: {} }] })],
    right: [pod({
      env: [{ name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      volumeMounts: [{ name: 'v', mountPath: '/m', subPathExpr: '$(POD)' }],
    }, { volumes: [{ name: 'v', emptyDir: {} }] })],
    code: 'UnresolvedVariable',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[0].subPathExpr',
    says: ['missing value for POD'],
  },
  'fails when subPathExpr refers to an empty variable': {
    wrong: [pod({
      env: [{ name: 'POD', value: '' }], volumeMounts: [{ name: 'v', mountPath: '/m', subPathExpr: '$(POD)' }],
    }, { volumes: [{ name: 'v', emptyDir: {} }] })],
    right: [pod({
      env: [{ name: 'POD', value: 'p' }], volumeMounts: [{ name: 'v', mountPath: '/m', subPathExpr: '$(POD)' }],
    }, { volumes: [{ name: 'v', emptyDir: {} }] })],
    code: 'UnresolvedVariable',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[0].subPathExpr',
  },
});

test('warns when the kubelet passes over a key, until 1.29, and of the shell in every version', () => {
  const [skipped, unusable, ...more] = Inspection.fromManifests([secret('k', { '1KEY': 'x' }), pod({ envFrom: [whole('k')] })], { versions: Object.values(KubernetesVersion) }).findings;
  expect([skipped.code, skipped.path, skipped.versions]).toEqual(['UnusableVariableName', 'spec.containers[0].envFrom[0]', [V1_28, V1_29]]);
  expect([unusable.code, unusable.versions.length]).toEqual(['UnusableVariableName', Object.values(KubernetesVersion).length]);
  expect(more).toEqual([]);
  expect(Inspection.fromManifests([secret('k', { '1KEY': 'x' }), pod({ envFrom: [whole('k', { prefix: 'K_' })] })]).findings).toEqual([]);
});

test('a variable that may come from a Secret of unknown keys is no finding', () => {
  const manifests = [pod({ envFrom: [whole('x', { prefix: 'X_' })], env: [{ name: 'A', value: '$(X_PASSWORD)' }, { name: 'B', value: '$(Y)' }] })];
  const { findings } = Inspection.fromManifests(manifests, { existingSecrets: [{ name: 'x' }] });
  expect(findings.map(finding => finding.path)).toEqual(['spec.containers[0].env[1].value']);
});

test('values of Secrets are left alone, whatever dollars they have', () => {
  expect(Inspection.fromManifests([secret('k', { A: '$(B)$$' }), pod({ env: [keyRef('A', 'k', 'A')] })]).findings).toEqual([]);
});

const found = (manifests: any[], options?: any) => brief(Inspection.fromManifests(manifests, options));
const messages = (...manifests: any[]) => Inspection.fromManifests(manifests).findings.map(({ message }) => message);
const configMap = (name: string, data: any) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
const ofConfig = (name: string) => ({ configMapRef: { name } });

describe('a variable that is set again', () => {
  test.each<[string, any, string]>([
    ['by a literal', { value: 'x' }, 'a literal value'],
    ['by a key of a Secret', { valueFrom: { secretKeyRef: { name: 'other', key: 'PASSWORD' } } }, 'the key "PASSWORD" of the Secret "other"'],
    ['by a key of a ConfigMap', { valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }, 'the key "k" of the ConfigMap "c"'],
    ['by a field', { valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }, 'the field "metadata.name"'],
  ])('%s', (_, setting, origin) => {
    expect(messages(db, other, configMap('c', { k: 'v' }), pod({ envFrom: [whole('db')], env: [{ name: 'USER', ...setting }] }))).toEqual([
      `the variable "USER" comes from ${origin}, and no longer from the key "USER" of the Secret "db"`,
    ]);
  });

  test('by one of two sources, of which one at least is a Secret', () => {
    const config = configMap('c', { USER: 'x', OTHER: 'y' });
    expect(messages(db, config, pod({ envFrom: [ofConfig('c'), whole('db')] }))).toEqual(['the variable "USER" comes from the key "USER" of the Secret "db", and no longer from the key "USER" of the ConfigMap "c"']);
    expect(messages(db, config, pod({ envFrom: [whole('db'), ofConfig('c')] }))).toEqual(['the variable "USER" comes from the key "USER" of the ConfigMap "c", and no longer from the key "USER" of the Secret "db"']);
    expect(found([config, configMap('d', { USER: 'z' }), pod({ envFrom: [ofConfig('c'), ofConfig('d')] })])).toEqual([]);
  });

  test('by an optional key that there is not keeps its value', () => {
    expect(found([db, pod({ envFrom: [whole('db')], env: [keyRef('USER', 'none', 'x', { optional: true })] })])).toEqual([]);
  });
});

describe('a name that no shell knows', () => {
  test('is listed with all others of its Secret', () => {
    expect(messages(secret('t', { 'tls.crt': 'x', 'tls.key': 'y', 'OK': 'z' }), pod({ envFrom: [whole('t')] }))).toEqual(['no shell can refer to the variables "tls.crt", "tls.key"']);
  });

  test('is one where a whole Secret gives it, and not where somebody wrote it', () => {
    expect(found([secret('t', { k: 'x' }), pod({ env: [keyRef('tls.crt', 't', 'k')] })])).toEqual([]);
    expect(found([configMap('c', { 'tls.crt': 'x' }), pod({ envFrom: [ofConfig('c')] })])).toEqual([]);
    const both = pod({ envFrom: [ofConfig('c'), whole('t')], env: [{ name: 'A', value: 'b' }] });
    expect(found([secret('t', { 'tls.crt': 'x' }), configMap('c', { OK: 'x' }), both]).map(([code]) => code)).toEqual(['UnusableVariableName']);
  });

  test('is passed over until 1.29 where it starts with a digit, and no other', () => {
    const all = { versions: Object.values(KubernetesVersion) };
    const told = (keys: any) => Inspection.fromManifests([secret('t', keys), pod({ envFrom: [whole('t')] })], all).findings.map(({ message }) => message);
    expect(told({ '1KEY': 'x', '2KEY': 'x', 'OK': 'x' })).toEqual(['the kubelet passes over "1KEY", "2KEY": no names of variables', 'no shell can refer to the variables "1KEY", "2KEY"']);
    expect(told({ OK: 'x' })).toEqual([]);
    expect(told({ 'a.b': 'x' })).toEqual(['no shell can refer to the variables "a.b"']);
  });

  test('is a variable all the same, whose value must fit', () => {
    expect(found([secret('t', { '1KEY': Buffer.from([0]) }), pod({ envFrom: [whole('t')] })]).map(([code]) => code)).toEqual(['UnusableVariableName', 'BinaryVariable']);
  });
});

test('a value that is no text is an error from 1.34 to 1.36, and a warning after that', () => {
  const { V1_33, V1_34, V1_35, V1_36 } = KubernetesVersion;
  const { findings } = Inspection.fromManifests([secret('k', { A: Buffer.from([0xff]) }), pod({ env: [keyRef('A', 'k', 'A')] })], { versions: [V1_33, V1_34, V1_35, V1_36, V1_37] });
  expect(findings.map(({ code, severity, versions }) => [code, severity, versions])).toEqual([['BinaryVariable', ERROR, [V1_34, V1_35, V1_36]], ['BinaryVariable', WARNING, [V1_37]]]);
});
