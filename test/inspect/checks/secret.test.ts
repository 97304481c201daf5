import { Inspection } from '../../../src/app/inspection';
import { dockerConfigJson } from '../../../src/kubernetes/docker-config';
import { CERTIFICATE, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../../support/key-pairs';
import { secret } from '../manifests';
import { ERROR, testPairs, WARNING } from '../pairs';

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
