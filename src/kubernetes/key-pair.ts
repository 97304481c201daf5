import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { pemBlocks, type PemBlock } from './pem';

const isPrivateKey = (block: PemBlock) => block.type === 'PRIVATE KEY' || block.type.endsWith(' PRIVATE KEY');

/** The forms of a private key that Go tries, whatever the type of its block says. */
const KEY_FORMATS = ['pkcs1', 'pkcs8', 'sec1'] as const;
/** The curves that Go knows. */
const CURVES: readonly (string | undefined)[] = ['secp224r1', 'prime256v1', 'secp384r1', 'secp521r1'];

/**
 * What keeps a certificate and a private key, both PEM, from being used together, as `tls.X509KeyPair` of Go decides
 * it for kubectl and for the API server's warning, or undefined where nothing does. No part of either is quoted.
 *
 * Only the first certificate counts; expiry and names are not looked at.
 */
export function keyPairProblem(certificate: Buffer, privateKey: Buffer): string | undefined {
  const certificates = pemBlocks(certificate);
  const leaf = certificates.find(block => block.type === 'CERTIFICATE');
  if (leaf === undefined) {
    if (certificates.some(isPrivateKey)) return 'the certificate holds a private key and no certificate; the two may have been switched';
    return 'the certificate holds no PEM block of type CERTIFICATE';
  }
  const keys = pemBlocks(privateKey);
  const key = keys.find(isPrivateKey);
  if (key === undefined) {
    return keys.some(block => block.type === 'CERTIFICATE') ? 'the private key holds a certificate and no key'
      : 'the private key holds no PEM block of type PRIVATE KEY';
  }
  const certified = attempt(() => new X509Certificate(leaf.der).publicKey);
  if (certified === undefined) return 'the certificate cannot be parsed';
  const secret = privateKeyOf(key.der);
  if (secret === undefined) return 'the private key cannot be parsed (it may be encrypted)';
  for (const [noun, { asymmetricKeyType: type, asymmetricKeyDetails }] of [['certificate', certified], ['private key', secret]] as const) {
    if (type === 'ec' && !CURVES.includes(asymmetricKeyDetails?.namedCurve)) return `the ${noun} is of a curve that Go does not know; take P-256`;
    if (type !== 'rsa' && type !== 'ec' && type !== 'ed25519') return `the ${noun} has a key of a type that Go does not take; take RSA, ECDSA or Ed25519`;
  }
  return spki(certified).equals(spki(createPublicKey(secret))) ? undefined : 'the private key does not match the public key of the certificate';
}

/** The first certificate of a chain in PEM, or undefined where there is none that can be parsed. */
export function leafCertificate(certificate: Buffer): X509Certificate | undefined {
  const leaf = pemBlocks(certificate).find(block => block.type === 'CERTIFICATE');
  return leaf === undefined ? undefined : attempt(() => new X509Certificate(leaf.der));
}

function privateKeyOf(der: Buffer): KeyObject | undefined {
  for (const type of KEY_FORMATS) {
    const key = attempt(() => createPrivateKey({ key: der, format: 'der', type }));
    if (key !== undefined) return key;
  }
  return undefined;
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
