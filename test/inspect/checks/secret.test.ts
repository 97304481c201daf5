import { Inspection } from '../../../src/app/inspection';
import { dockerConfigJson } from '../../../src/kubernetes/docker-config';
import { CERTIFICATE, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../../support/key-pairs';
import { secret } from '../manifests';
import { brief, ERROR, testPairs, WARNING } from '../pairs';

const tls = (certificate: string, privateKey: string) => secret('t', { 'tls.crt': certificate, 'tls.key': privateKey }, { type: 'kubernetes.io/tls' });
const pull = (config: any, type = 'kubernetes.io/dockerconfigjson') => {
  return secret('r', { [type.endsWith('json') ? '.dockerconfigjson' : '.dockercfg']: JSON.stringify(config) }, { type });
};
const token = (values: any, metadata: any = {}) => secret('bootstrap-token-abc123', {
  'token-id': 'abc123', 'token-secret': '0123456789abcdef', 'usage-bootstrap-authentication': 'true', ...values,
}, { type: 'bootstrap.kubernetes.io/token', metadata: { namespace: 'kube-system', ...metadata } });
const ofAccount = secret('t', {}, { type: 'kubernetes.io/service-account-token', metadata: { annotations: { 'kubernetes.io/service-account.name': 'builder' } } });
const raw = (data: any, more: any = {}) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data, ...more });

testPairs({
  'fails when a private key does not belong to the certificate': {
    wrong: [tls(CERTIFICATE, OTHER_PRIVATE_KEY)],
    right: [tls(CERTIFICATE, PRIVATE_KEY)],
    code: 'InvalidCertificate',
    severity: ERROR,
    path: 'data[tls.crt]',
  },
  'fails when certificate and private key are swapped': {
    wrong: [tls(PRIVATE_KEY, CERTIFICATE)],
    right: [tls(CERTIFICATE, PRIVATE_KEY)],
    code: 'InvalidCertificate',
    severity: ERROR,
    path: 'data[tls.crt]',
    says: ['switched'],
  },
  'fails when the line breaks of a certificate were lost': {
    wrong: [tls(CERTIFICATE.replace(/\n/g, ' '), PRIVATE_KEY)],
    right: [tls(CERTIFICATE.replace(/\n/g, '\r\n'), PRIVATE_KEY)],
    code: 'InvalidCertificate',
    severity: ERROR,
    path: 'data[tls.crt]',
  },
  'warns when certificate and private key are empty, for somebody else to fill in': {
    wrong: [tls('', '')],
    right: [tls(CERTIFICATE, PRIVATE_KEY)],
    code: 'InvalidCertificate',
    severity: WARNING,
    path: 'data[tls.crt]',
  },
  'fails when a certificate has expired at the date that was given': {
    wrong: [tls(CERTIFICATE, PRIVATE_KEY)],
    right: [],
    code: 'ExpiredCertificate',
    severity: ERROR,
    path: 'data[tls.crt]',
    says: ['2126-10-29'],
    options: { today: '2130-01-01' },
  },
  'fails when a certificate is not valid yet at the date that was given': {
    wrong: [tls(CERTIFICATE, PRIVATE_KEY)],
    right: [],
    code: 'ExpiredCertificate',
    severity: ERROR,
    path: 'data[tls.crt]',
    options: { today: '2020-01-01' },
  },
  'warns when the ServiceAccount of a token is absent': {
    wrong: [ofAccount],
    right: [ofAccount, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'builder' } }],
    code: 'UnknownServiceAccount',
    severity: WARNING,
    path: 'metadata.annotations[kubernetes.io/service-account.name]',
  },
  'fails when the id of a bootstrap token has upper-case letters': {
    wrong: [token({ 'token-id': 'ABC123' })],
    right: [token({})],
    code: 'InvalidBootstrapToken',
    severity: ERROR,
    path: 'data[token-id]',
  },
  'fails when the secret of a bootstrap token is too short': {
    wrong: [token({ 'token-secret': 'short' })],
    right: [token({})],
    code: 'InvalidBootstrapToken',
    severity: ERROR,
    path: 'data[token-secret]',
  },
  'fails when a bootstrap token has the name of another': {
    wrong: [token({ 'token-id': 'xyz789' })],
    right: [token({})],
    code: 'InvalidBootstrapToken',
    severity: ERROR,
    path: 'metadata.name',
  },
  'fails when a bootstrap token is not in kube-system': {
    wrong: [token({}, { namespace: 'default' })],
    right: [token({})],
    code: 'InvalidBootstrapToken',
    severity: ERROR,
    path: 'metadata.namespace',
  },
  'fails when a bootstrap token is for no use': {
    wrong: [token({ 'usage-bootstrap-authentication': 'yes' })],
    right: [token({ 'usage-bootstrap-authentication': 'yes', 'usage-bootstrap-signing': 'true' })],
    code: 'InvalidBootstrapToken',
    severity: ERROR,
    path: 'data',
  },
  'fails when a bootstrap token adds a group of others': {
    wrong: [token({ 'auth-extra-groups': 'system:bootstrappers:a,admins' })],
    right: [token({ 'auth-extra-groups': 'system:bootstrappers:a,system:bootstrappers:b' })],
    code: 'InvalidBootstrapToken',
    severity: ERROR,
    path: 'data[auth-extra-groups]',
  },
  'fails when the expiration of a bootstrap token is no time': {
    wrong: [token({ expiration: 'tomorrow' })],
    right: [token({ expiration: '2030-01-31T00:00:00Z' })],
    code: 'InvalidBootstrapToken',
    severity: ERROR,
    path: 'data[expiration]',
  },
  'fails when a bootstrap token has expired at the date that was given': {
    wrong: [token({ expiration: '2030-01-31T00:00:00Z' })],
    right: [token({ expiration: '2031-01-31T00:00:00Z' })],
    code: 'InvalidBootstrapToken',
    severity: ERROR,
    path: 'data[expiration]',
    options: { today: '2030-02-01' },
  },
  'warns when a value of data reads like plain text': {
    wrong: [raw({ password: 'password' })],
    right: [raw({ password: 'cGFzc3dvcmQ=' })],
    code: 'PlainTextInData',
    severity: WARNING,
    path: 'data[password]',
  },
  'warns when a value is null': {
    wrong: [raw({ password: null })],
    right: [raw({ password: '' })],
    code: 'NullValue',
    severity: WARNING,
    path: 'data[password]',
  },
  'warns when a Secret has stringData': {
    wrong: [raw({ a: 'eA==' }, { stringData: { a: 'y' } })],
    right: [raw({ a: 'eQ==' })],
    code: 'StringDataUsed',
    severity: WARNING,
    path: 'stringData',
    says: ['replaces "a"'],
  },
  'warns when an immutable Secret has a name that stays': {
    wrong: [raw({ a: 'eA==' }, { immutable: true })],
    right: [raw({ a: 'eA==' }, { immutable: true, metadata: { name: 's-5g8hkt2d9m' } })],
    code: 'UnhashedImmutableSecret',
    severity: WARNING,
    path: 'immutable',
  },
  'warns when kubectl apply has no room for a Secret': {
    wrong: [secret('s', { a: 'x'.repeat(200 * 1024) })],
    right: [secret('s', { a: 'x'.repeat(180 * 1024) })],
    code: 'LastAppliedTooLarge',
    severity: WARNING,
    path: 'metadata.annotations',
  },
  'fails when an entry of a pull secret cannot be read': {
    wrong: [pull({ auths: { 'ghcr.io': { auth: 'dXA=' } } })],
    right: [pull({ auths: { 'ghcr.io': { auth: 'dTpw' } } })],
    code: 'InvalidDockerConfig',
    severity: ERROR,
    path: 'data[.dockerconfigjson]',
    says: ['"ghcr.io"'],
  },
  'warns when a pull secret has credential helpers only': {
    wrong: [pull({ credHelpers: { 'ghcr.io': 'x' } })],
    right: [secret('r', { '.dockerconfigjson': dockerConfigJson([{ server: 'ghcr.io', username: 'u', password: 'p' }]) }, {
      type: 'kubernetes.io/dockerconfigjson',
    })],
    code: 'InvalidDockerConfig',
    severity: WARNING,
    path: 'data[.dockerconfigjson]',
  },
  'warns when an old pull secret has no registries': {
    wrong: [pull({}, 'kubernetes.io/dockercfg')],
    right: [pull({ 'ghcr.io': { username: 'u', password: 'p' } }, 'kubernetes.io/dockercfg')],
    code: 'InvalidDockerConfig',
    severity: WARNING,
    path: 'data[.dockercfg]',
  },
});

const found = (manifests: any[], options?: any) => brief(Inspection.fromManifests(manifests, options));
const messages = (...manifests: any[]) => Inspection.fromManifests(manifests).findings.map(({ message }) => message);

test('what is no Secret may hold what a Secret should not', () => {
  const data = { password: 'password', empty: null };
  expect(found([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, immutable: true, data }])).toEqual([]);
  expect(found([{ apiVersion: 'example.com/v1', kind: 'Secret', metadata: { name: 'c' }, type: 'kubernetes.io/tls', immutable: true, data: { 'tls.crt': 1 } }])).toEqual([]);
});

test('plain text in stringData is what is meant, and null there is found', () => {
  expect(found([raw({}, { stringData: { password: 'password' } })])).toEqual([['StringDataUsed', WARNING, 'stringData']]);
  expect(found([raw({}, { stringData: { password: null, user: '' } })])).toEqual([
    ['NullValue', WARNING, 'stringData[password]'], ['StringDataUsed', WARNING, 'stringData'],
  ]);
});

test('stringData is told which keys of data it replaces', () => {
  const lands = 'stringData lands in clear text in an annotation when it is applied, and a key that is removed from it stays in the cluster';
  expect(messages(raw({ a: 'eA==', b: 'eA==', c: 'eA==' }, { stringData: { d: 'y', c: 'y', a: 'y' } }))).toEqual([`${lands}, and it replaces "c", "a" of data`]);
  expect(messages(raw({ a: 'eA==' }, { stringData: { b: 'y' } }))).toEqual([lands]);
});

test.each([
  ['s', false], ['s-1', false], ['s-123456', false], ['s-decade-deface', false], ['s-abcdefa', false], ['s-5g8hkt2d9m-x', false], ['s-5g8hkt2d9', false], ['s-1234567-web', false],
  ['s-5g8hkt2d9m', true], ['s-1234567', true], ['s-abcdef1', true], ['s-1abcdef', true], ['s-d41d8cd98f00b204e9800998ecf8427e', true],
  [`s-${'a'.repeat(63)}1`, true], [`s-${'a'.repeat(64)}1`, false],
])('the name %s of an immutable Secret ends in a hash: %s', (name, expected) => {
  expect(found([raw({ a: 'eA==' }, { immutable: true, metadata: { name } })])).toEqual(expected ? [] : [['UnhashedImmutableSecret', WARNING, 'immutable']]);
});

test('a name that the server makes changes, and what may change needs no hash', () => {
  expect(found([raw({ a: 'eA==' }, { immutable: true, metadata: { generateName: 's-' } })])).toEqual([]);
  expect(found([raw({ a: 'eA==' }, { immutable: false })])).toEqual([]);
});

test('a Secret that lacks a key of its type is not judged by the others', () => {
  expect(found([secret('t', { 'tls.crt': 'x' }, { type: 'kubernetes.io/tls' })]).map(([code]) => code)).toEqual(['MissingKey']);
  expect(found([secret('r', { a: 'x' }, { type: 'kubernetes.io/dockerconfigjson' })]).map(([code]) => code)).toEqual(['MissingKey']);
});

test('a key pair of which one half is empty is broken, and not left for somebody to fill in', () => {
  expect(found([tls(CERTIFICATE, '')])).toEqual([['InvalidCertificate', ERROR, 'data[tls.crt]']]);
  expect(found([tls('', PRIVATE_KEY)])).toEqual([['InvalidCertificate', ERROR, 'data[tls.crt]']]);
});

test('a pull secret that the API server refuses is found once', () => {
  expect(found([secret('r', { '.dockerconfigjson': '[]' }, { type: 'kubernetes.io/dockerconfigjson' })])).toEqual([['InvalidDockerConfig', ERROR, 'data[.dockerconfigjson]']]);
});

test.each<[string, string[]]>([
  ['2026-11-22T05:06:17Z', ['the certificate is not valid before 2026-11-22']],
  ['2026-11-22T05:06:18Z', []],
  ['2126-10-29T05:06:18Z', []],
  ['2126-10-29T05:06:19Z', ['the certificate expired on 2126-10-29']],
])('at %s, as Go decides it, the certificate is told: %j', (today, expected) => {
  expect(Inspection.fromManifests([tls(CERTIFICATE, PRIVATE_KEY)], { today }).findings.map(({ message }) => message)).toEqual(expected);
});

test('the ServiceAccount default is there, and one that is not named is refused once', () => {
  const of = (annotations: any) => secret('t', {}, { type: 'kubernetes.io/service-account-token', metadata: { annotations } });
  expect(found([of({ 'kubernetes.io/service-account.name': 'default' })])).toEqual([]);
  expect(found([of({})])).toEqual([['RequiredField', ERROR, 'metadata.annotations[kubernetes.io/service-account.name]']]);
});

describe('a bootstrap token', () => {
  test('may be applied into kube-system by whoever applies it', () => {
    expect(found([token({}, { namespace: undefined })])).toEqual([]);
  });

  test('of the wrong id is not told its name', () => {
    expect(found([token({ 'token-id': 'ABC123', 'token-secret': '' })])).toEqual([
      ['InvalidBootstrapToken', ERROR, 'data[token-id]'], ['InvalidBootstrapToken', ERROR, 'data[token-secret]'],
    ]);
  });

  test('may have groups, or an empty list of them', () => {
    expect(found([token({ 'auth-extra-groups': '' })])).toEqual([]);
    expect(found([token({ 'auth-extra-groups': 'system:bootstrappers:a,' })])).toEqual([]);
  });

  test.each(['', '2030-01-31T00:00:00Z', '2030-01-31T01:00:00+01:00', '2030-01-30T16:00:00.001-08:00'])('ends at %j', expiration => {
    expect(found([token({ expiration })])).toEqual([]);
    expect(found([token({ expiration })], { today: '2030-01-30T23:59:59Z' })).toEqual([]);
  });

  const noTimes = ['2030-01-31', '2030-02-30T00:00:00Z', '2030-01-31T24:00:00Z', '2030-01-31T00:00:00', 'x2030-01-31T00:00:00Z'];
  test.each(noTimes)('cannot end at %j, which Go takes for no time', expiration => {
    expect(found([token({ expiration })])).toEqual([['InvalidBootstrapToken', ERROR, 'data[expiration]']]);
  });

  test('has expired in the moment that it names', () => {
    const at = (today: string) => found([token({ expiration: '2030-01-31T00:00:00Z' })], { today });
    expect(at('2030-01-31T00:00:00Z')).toEqual([['InvalidBootstrapToken', ERROR, 'data[expiration]']]);
    expect(at('2030-01-30T23:59:59.999Z')).toEqual([]);
  });
});

test('without a date no certificate has expired', () => {
  expect(Inspection.fromManifests([tls(CERTIFICATE, PRIVATE_KEY)]).findings).toEqual([]);
});

test('no finding quotes what a Secret holds', () => {
  const canary = 'c4n4ryc4n4ry';
  const encoded = Buffer.from(canary).toString('base64');
  const manifests = [
    raw({ k: canary, l: 5, m: [canary], n: { a: canary } }), raw({ k: `${canary}!` }), raw(canary), raw({}, { stringData: { k: [canary] } }),
    tls(canary, canary), pull({ auths: { r: { auth: canary, username: [canary] } } }), pull({ auths: canary }), pull(canary),
    token({ 'token-id': canary, 'token-secret': canary, 'expiration': canary, 'auth-extra-groups': canary }),
  ];
  const text = JSON.stringify(manifests.flatMap(manifest => Inspection.fromManifests([manifest]).findings));
  expect(text).not.toContain(canary);
  expect(text).not.toContain(encoded);
});
