import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { positive } from './big-endian';
import {
  BOOLEAN, INTEGER, OCTET_STRING, SET, UTF8_STRING, bitString, element, explicit, implicit, objectIdentifier, sequence, time,
} from './der';
import { signP256 } from './p256';
import type { Validity } from './validity';

/** What a certificate says of whom it is for. */
export interface CertificateSubject {
  readonly commonName: string;
  readonly key: KeyObject;
  readonly serial: Buffer;
  readonly validity: Validity;
  /** The names and addresses of a server; a certificate without any is that of an authority. */
  readonly names?: ServerNames;
}

/** What a server is reached by. */
export interface ServerNames {
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

/** Who signs a certificate. */
export type CertificateIssuer = Pick<CertificateSubject, 'commonName' | 'key'>;

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
const EXTENSIONS = {
  subjectKey: '2.5.29.14', keyUsage: '2.5.29.15', subjectNames: '2.5.29.17', basicConstraints: '2.5.29.19', authorityKey: '2.5.29.35', extendedKeyUsage: '2.5.29.37',
};
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** The first bit of a key usage is the first of its byte. */
const DIGITAL_SIGNATURE = { bits: 0x80, unused: 7 };
const SIGN_CERTIFICATES_AND_LISTS = { bits: 0x06, unused: 1 };

/**
 * A certificate, signed, in PEM. The same arguments make the same bytes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function certificatePem(subject: CertificateSubject, issuer: CertificateIssuer = subject): string {
  const algorithm = sequence(objectIdentifier(ECDSA_WITH_SHA256));
  const { notBefore, notAfter } = subject.validity;
  const content = sequence(
    explicit(0, element(INTEGER, Buffer.from([2]))),
    element(INTEGER, positive(subject.serial)),
    algorithm,
    nameOf(issuer.commonName),
    sequence(time(notBefore), time(notAfter)),
    nameOf(subject.commonName),
    publicKeyOf(subject.key),
    explicit(3, sequence(...extensionsOf(subject, issuer))),
  );
  const certificate = sequence(content, algorithm, bitString(signP256(issuer.key, content)));
  return ['-----BEGIN CERTIFICATE-----', ...certificate.toString('base64').match(/.{1,64}/g)!, '-----END CERTIFICATE-----', ''].join('\n');
}

function extensionsOf({ key, names }: CertificateSubject, issuer: CertificateIssuer): Buffer[] {
  const { subjectKey, keyUsage, subjectNames, basicConstraints, authorityKey, extendedKeyUsage } = EXTENSIONS;
  const subjectKeyOf = extension(subjectKey, element(OCTET_STRING, keyId(key)));
  if (names === undefined) {
    // no other authority between it and what it signs
    const constraints = sequence(yes(), element(INTEGER, Buffer.from([0])));
    return [critical(basicConstraints, constraints), critical(keyUsage, usage(SIGN_CERTIFICATES_AND_LISTS)), subjectKeyOf];
  }
  return [
    critical(basicConstraints, sequence()),
    critical(keyUsage, usage(DIGITAL_SIGNATURE)),
    extension(extendedKeyUsage, sequence(objectIdentifier(SERVER_AUTH), objectIdentifier(CLIENT_AUTH))),
    subjectKeyOf,
    extension(authorityKey, sequence(implicit(0, keyId(issuer.key)))),
    extension(subjectNames, sequence(
      ...names.dnsNames.map(name => implicit(2, Buffer.from(name, 'latin1'))),
      ...names.ipAddresses.map(address => implicit(7, addressBytes(address))),
    )),
  ];
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(id), element(OCTET_STRING, value));
}

function critical(id: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(id), yes(), element(OCTET_STRING, value));
}

function yes(): Buffer {
  return element(BOOLEAN, Buffer.from([0xff]));
}

function usage({ bits, unused }: typeof DIGITAL_SIGNATURE): Buffer {
  return bitString(Buffer.from([bits]), unused);
}

function nameOf(commonName: string): Buffer {
  return sequence(element(SET, sequence(objectIdentifier(COMMON_NAME), element(UTF8_STRING, Buffer.from(commonName, 'utf8')))));
}

function publicKeyOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

/** What names a key in certificates: 160 bits of a hash (RFC 7093). */
function keyId(key: KeyObject): Buffer {
  return createHash('sha256').update(publicKeyOf(key)).digest().subarray(0, 20);
}

/** An address as certificates have it: 4 bytes, or 16. */
function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  // the parser of URLs writes an IPv4 address at the end as two groups
  const [head, tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::').map(groupsOf);
  const groups = tail === undefined ? head : [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return Buffer.from(groups.flatMap(group => [Math.floor(group / 256), group % 256]));
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map(group => parseInt(group, 16));
}
