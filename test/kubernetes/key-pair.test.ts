import { keyPairProblem, leafCertificate } from '../../src/kubernetes/key-pair';
import { CERTIFICATE, OTHER_CERTIFICATE, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../support/key-pairs';
import unusual from '../support/unusual-key-pairs.json';

const problem = (certificate: string, privateKey: string) => keyPairProblem(Buffer.from(certificate), Buffer.from(privateKey));

test.each<[string, string, string]>([
  ['a pair', CERTIFICATE, PRIVATE_KEY],
  ['a chain', CERTIFICATE + OTHER_CERTIFICATE, PRIVATE_KEY],
  ['other line breaks', CERTIFICATE.replace(/\n/g, '\r\n'), PRIVATE_KEY.replace(/\n/g, '\r\n')],
  ['a blank line after BEGIN', CERTIFICATE.replace('-----\n', '-----\n\n'), PRIVATE_KEY.replace('-----\n', '-----\n\n')],
  ['headers (RFC 1421)', CERTIFICATE.replace('-----\n', '-----\nName: a\nX: b\n\n'), PRIVATE_KEY.replace('-----\n', '-----\nName: a\n\n')],
  ['blanks in the base64', CERTIFICATE.replace('MII', 'M I\tI'), PRIVATE_KEY],
  ['the end of another block before it', `x\n-----END X-----\n${CERTIFICATE}`, PRIVATE_KEY],
  ['a key of Ed25519', unusual.ed25519.certificate, unusual.ed25519.privateKey],
  ['text around it', `subject: a\n${CERTIFICATE}`, `\n${PRIVATE_KEY}\n`],
])('%s can be used together', (_, certificate, privateKey) => {
  expect(problem(certificate, privateKey)).toBeUndefined();
});

test.each<[string, string, string, RegExp]>([
  ['the keys of two', CERTIFICATE, OTHER_PRIVATE_KEY, /does not match/],
  ['a chain in the wrong order', OTHER_CERTIFICATE + CERTIFICATE, PRIVATE_KEY, /does not match/],
  ['swapped', PRIVATE_KEY, CERTIFICATE, /switched/],
  ['two certificates', CERTIFICATE, CERTIFICATE, /holds a certificate and no key/],
  ['no certificate', '', PRIVATE_KEY, /no PEM block of type CERTIFICATE/],
  ['no key', CERTIFICATE, '', /no PEM block of type PRIVATE KEY/],
  ['a broken certificate', CERTIFICATE.replace('MII', 'XXX'), PRIVATE_KEY, /certificate cannot be parsed/],
  ['a byte order mark before the certificate', `\ufeff${CERTIFICATE}`, PRIVATE_KEY, /no PEM block of type CERTIFICATE/],
  ['a byte order mark before the key', CERTIFICATE, `\ufeff${PRIVATE_KEY}`, /no PEM block of type PRIVATE KEY/],
  ['an indented certificate', ` ${CERTIFICATE}`, PRIVATE_KEY, /no PEM block of type CERTIFICATE/],
  ['a key of secp256k1', unusual.secp256k1.certificate, unusual.secp256k1.privateKey, /curve that Go does not know/],
  ['a key of brainpoolP256r1', unusual.brainpoolP256r1.certificate, unusual.brainpoolP256r1.privateKey, /curve that Go does not know/],
  ['a key of Ed448', unusual.ed448.certificate, unusual.ed448.privateKey, /type that Go does not take/],
  ['a key of RSA-PSS', unusual.rsapss.certificate, unusual.rsapss.privateKey, /type that Go does not take/],
  ['a broken key', CERTIFICATE, PRIVATE_KEY.replace('MIG', 'XXX'), /private key cannot be parsed/],
])('%s cannot', (_, certificate, privateKey, text) => {
  expect(problem(certificate, privateKey)).toMatch(text);
});

test.each(['-----BEGIN CERTIFICATE-----', '-----BEGIN ', '-----END CERTIFICATE-----', '-----BEGIN CERTIFICATE-----\n-----END X-----\n'])(
  'ten million characters of %j are judged quickly', text => {
    expect(problem(text.repeat(10_000_000 / text.length), PRIVATE_KEY)).toMatch(/no PEM block of type CERTIFICATE/);
  });

test('the first certificate of a chain is the leaf', () => {
  expect(leafCertificate(Buffer.from(CERTIFICATE + OTHER_CERTIFICATE))!.subject).toBe('CN=a.example.com');
  expect(leafCertificate(Buffer.from(PRIVATE_KEY))).toBeUndefined();
});
