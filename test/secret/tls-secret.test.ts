import { ApiObject } from 'cdk8s';
import { SensitiveValue, TlsSecret } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { CERTIFICATE, ENCRYPTED_PRIVATE_KEY, OTHER_CERTIFICATE, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../support/key-pairs';
import { codes, findings, refusal } from '../support/refusal';

const literal = (text: string) => SensitiveValue.fromLiteral(text);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const tls = (certificate: string, privateKey: string) =>
  new TlsSecret(newChart(), 'Tls', { metadata: { name: 'tls' }, tlsCert: literal(certificate), tlsKey: literal(privateKey) });

test('is a Secret of type kubernetes.io/tls with the PEM texts verbatim', () => {
  expect(manifestOf(tls(CERTIFICATE, PRIVATE_KEY))).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'tls', namespace: 'web' },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': base64(CERTIFICATE), 'tls.key': base64(PRIVATE_KEY) },
  });
});

test('has the authority as ca.crt where one is given', () => {
  const secret = new TlsSecret(newChart(), 'Tls', {
    tlsCert: literal(CERTIFICATE), tlsKey: literal(PRIVATE_KEY), certificateAuthority: literal(OTHER_CERTIFICATE),
  });
  expect(manifestOf(secret).data).toEqual({ 'ca.crt': base64(OTHER_CERTIFICATE), 'tls.crt': base64(CERTIFICATE), 'tls.key': base64(PRIVATE_KEY) });
  expect(secret.certificateAuthorityKey!.name).toBe('ca.crt');
});

test('exposes its keys, and cannot grow others', () => {
  const secret = tls(CERTIFICATE, PRIVATE_KEY);
  expect(secret.keyNames).toEqual(['tls.crt', 'tls.key']);
  expect(secret.certificateKey).toEqual(secret.key('tls.crt'));
  expect(secret.privateKeyKey).toEqual(secret.key('tls.key'));
  expect(secret.certificateAuthorityKey).toBeUndefined();
  expect(secret).not.toHaveProperty('addData');
  expect(refusal(() => secret.key('ca.crt')).code).toBe('UnknownKey');
});

test('its default child is the object', () => {
  const secret = tls(CERTIFICATE, PRIVATE_KEY);
  expect(secret.node.defaultChild).toBe(ApiObject.of(secret));
});

test.each([
  ['a chain after the certificate', CERTIFICATE + OTHER_CERTIFICATE, PRIVATE_KEY],
  ['text before the certificate', `subject=CN\n${CERTIFICATE}`, PRIVATE_KEY],
  ['lines that end in CRLF', CERTIFICATE.replace(/\n/g, '\r\n'), PRIVATE_KEY.replace(/\n/g, '\r\n')],
])('takes %s', (_, certificate, privateKey) => {
  expect(findings(tls(certificate, privateKey))).toEqual([]);
});

test.each([
  ['two that do not belong together', CERTIFICATE, OTHER_PRIVATE_KEY, 'the private key does not match the public key of the certificate'],
  ['two that are swapped', PRIVATE_KEY, CERTIFICATE, 'the certificate holds a private key and no certificate; the two may have been switched'],
  ['a certificate as key', CERTIFICATE, CERTIFICATE, 'the private key holds a certificate and no key'],
  ['what is no PEM', 'x', PRIVATE_KEY, 'the certificate holds no PEM block of type CERTIFICATE'],
  ['a key that is no PEM', CERTIFICATE, 'x', 'the private key holds no PEM block of type PRIVATE KEY'],
  ['an empty certificate', '', PRIVATE_KEY, 'the certificate holds no PEM block of type CERTIFICATE'],
  ['a key with a password', CERTIFICATE, ENCRYPTED_PRIVATE_KEY, 'the private key cannot be parsed (it may be encrypted)'],
  ['a certificate cut short', CERTIFICATE.replace(/\n.{64}\n/, '\n'), PRIVATE_KEY, 'the certificate cannot be parsed'],
  ['line breaks that were lost', CERTIFICATE.replace(/\n/g, '\\n'), PRIVATE_KEY, 'the certificate holds no PEM block of type CERTIFICATE'],
])('fails for %s', (_, certificate, privateKey, problem) => {
  expect(findings(tls(certificate, privateKey))).toEqual([
    `[c/Tls] InvalidCertificate: ${problem}; give the certificate (its chain after it) and the private key that it was made for, both PEM`,
  ]);
});

test('fails for a value that is left out or cannot be read, when a manifest is made that needs it', () => {
  expect(codes(new TlsSecret(newChart(), 'Tls', { tlsKey: literal('x') }))).toEqual(['[c/Tls] RemoteValue']);
  expect(codes(new TlsSecret(newChart(), 'Tls', { tlsCert: SensitiveValue.fromFile('/no'), tlsKey: SensitiveValue.fromFile('/nor') })))
    .toEqual(['[c/Tls] FileUnreadable', '[c/Tls] FileUnreadable']);
});
