import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';

interface PemBlock {
  readonly type: string;
  readonly text: string;
}

const BEGIN = '-----BEGIN ';
const END = '-----END ';
const DASHES = '-----';

/** The blocks of a text, in one pass: each ends at the next end after its beginning, which must be of its type. */
function pemBlocks(bytes: Buffer): PemBlock[] {
  const text = bytes.toString('latin1');
  const blocks: PemBlock[] = [];
  let end = text.indexOf(END);
  for (let begin = text.indexOf(BEGIN); begin !== -1 && end !== -1; begin = text.indexOf(BEGIN, begin + BEGIN.length)) {
    if (end < begin) end = text.indexOf(END, begin);
    const typeAt = begin + BEGIN.length;
    const type = text.slice(typeAt, Math.max(typeAt, text.indexOf(DASHES, typeAt)));
    const last = `${END}${type}${DASHES}`;
    if (end !== -1 && type !== '' && !/[\r\n]/.test(type) && text.startsWith(last, end)) blocks.push({ type, text: text.slice(begin, end + last.length) });
  }
  return blocks;
}

const isPrivateKey = (block: PemBlock) => block.type === 'PRIVATE KEY' || block.type.endsWith(' PRIVATE KEY');

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
  const certified = attempt(() => new X509Certificate(leaf.text).publicKey);
  if (certified === undefined) return 'the certificate cannot be parsed';
  const publicKey = attempt(() => createPublicKey(createPrivateKey(key.text)));
  if (publicKey === undefined) return 'the private key cannot be parsed (it may be encrypted)';
  return spki(certified).equals(spki(publicKey)) ? undefined : 'the private key does not match the public key of the certificate';
}

/** The first certificate of a chain in PEM, or undefined where there is none that can be parsed. */
export function leafCertificate(certificate: Buffer): X509Certificate | undefined {
  const leaf = pemBlocks(certificate).find(block => block.type === 'CERTIFICATE');
  return leaf === undefined ? undefined : attempt(() => new X509Certificate(leaf.text));
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
