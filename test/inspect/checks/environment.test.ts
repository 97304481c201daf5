import { Inspection } from '../../../src/app/inspection';
import { KubernetesVersion } from '../../../src/kubernetes/versions';
import { keyRef, pod, secret, whole } from '../manifests';
import { ERROR, testPairs, WARNING } from '../pairs';

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
