import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SealingCertificate } from '../../../src/delivery/sealed/sealing-certificate';
import { refusal } from '../../support/refusal';

const path = (name: string) => join(__dirname, 'certificates', name);
const pem = (name: string) => readFileSync(path(name), 'utf8');
const JUST_BEFORE = new Date('2029-12-31T23:59:59Z');
const parse = (text: string, asOf = JUST_BEFORE) => SealingCertificate.parse(text, asOf);

test('a certificate is read from a file', () => {
  const certificate = SealingCertificate.fromFile(path('rsa-4096.pem'));
  expect(certificate.modulusBytes).toBe(512);
  expect(certificate.publicKey.asymmetricKeyType).toBe('rsa');
  expect(certificate.fingerprint).toHaveLength(32);
});

test('the first certificate of a file counts', () => {
  const [first, second] = [pem('expires-2030.pem'), pem('rsa-4096.pem')];
  expect(parse(first + second).fingerprint).toEqual(parse(first).fingerprint);
  expect(parse(second + first).fingerprint).toEqual(parse(second).fingerprint);
  expect(() => parse(pem('ecdsa.pem') + first)).toThrow('only RSA');
});

test('text and other blocks around the certificate do not matter, nor do line ends', () => {
  const { fingerprint } = parse(pem('rsa-4096.pem'));
  expect(parse(`subject=x\n${pem('public-key.pem')}\n${pem('rsa-4096.pem')}`).fingerprint).toEqual(fingerprint);
  expect(parse(pem('rsa-4096.pem').replaceAll('\n', '\r\n')).fingerprint).toEqual(fingerprint);
});

test('a certificate is valid to the second in which it expires', () => {
  expect(() => parse(pem('expires-2030.pem'), new Date('2030-01-01T00:00:00Z'))).not.toThrow();
  expect(() => parse(pem('expires-2030.pem'), new Date('2030-01-01T00:00:00.001Z'))).toThrow('expired on 2030-01-01');
});

test('a certificate that is not valid yet is taken, as kubeseal takes it', () => {
  expect(() => parse(pem('expires-2030.pem'), new Date('2001-01-01'))).not.toThrow();
});

const withHeaders = pem('rsa-4096.pem').replace('CERTIFICATE-----\n', 'CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\n\n');
test.each([
  ['an expired certificate', pem('expires-2030.pem'), new Date('2031-01-01'), 'the certificate expired on 2030-01-01'],
  ['a date that is none', pem('expires-2030.pem'), new Date('no date'), 'the certificate expired on 2030-01-01'],
  ['a public key', pem('public-key.pem'), JUST_BEFORE, 'the certificate holds no PEM certificate; a bare public key is not enough'],
  ['an RSA public key', pem('rsa-public-key.pem'), JUST_BEFORE, 'the certificate holds no PEM certificate; a bare public key is not enough'],
  ['an ECDSA certificate', pem('ecdsa.pem'), JUST_BEFORE, 'the certificate has a key of type "ec"; only RSA can be sealed with'],
  ['an Ed25519 certificate', pem('ed25519.pem'), JUST_BEFORE, 'the certificate has a key of type "ed25519"; only RSA can be sealed with'],
  ['a short RSA key', pem('rsa-768.pem'), JUST_BEFORE, 'the certificate has an RSA key of 768 bits; at least 1024 are needed'],
  ['no PEM', 'hello', JUST_BEFORE, 'the certificate holds no PEM certificate'],
  ['an empty file', '', JUST_BEFORE, 'the certificate holds no PEM certificate'],
  ['a block with headers', withHeaders, JUST_BEFORE, 'the certificate holds no PEM certificate; it holds 1 PEM block(s) of other kinds'],
  ['a block that is no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', JUST_BEFORE, 'the certificate, block 1 is no X.509 certificate'],
  ['a second block that is no certificate', `${pem('rsa-4096.pem')}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`, JUST_BEFORE,
    'the certificate, block 2 is no X.509 certificate'],
])('fails with %s', (_, text, asOf, problem) => {
  expect(refusal(() => parse(text, asOf))).toMatchObject({ code: 'InvalidSealingCertificate', problem });
});

test('fails when the file is missing', () => {
  expect(refusal(() => SealingCertificate.fromFile('no-such.pem'))).toMatchObject({ code: 'FileUnreadable', problem: 'certificate "no-such.pem" does not exist' });
});
