import type { JsonWebKey } from 'node:crypto';
import { positive } from './big-endian';

/** A private key, and the comment that OpenSSH keeps with it. */
export interface OpenSshKey {
  readonly jwk: JsonWebKey;
  readonly comment: string;
}

const BLOCK = 8;
const LINES = /.{1,70}/g;

/** A line of `authorized_keys`. */
export function openSshPublicKey({ jwk, comment }: OpenSshKey): string {
  return `${formatOf(jwk).type} ${publicBlob(jwk).toString('base64')} ${comment}\n`;
}

/**
 * A private key that is not encrypted, as ssh-keygen writes it.
 *
 * @see https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function openSshPrivateKey({ jwk, comment }: OpenSshKey): string {
  const { type, privateFields } = formatOf(jwk);
  // two equal numbers tell whoever decrypts a key that the passphrase was right; here is none
  const secret = Buffer.concat([uint32(0), uint32(0), string(type), ...privateFields(jwk), string(comment)]);
  const padding = Buffer.from(Array.from({ length: (BLOCK - secret.length % BLOCK) % BLOCK }, (_, index) => index + 1));
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0', 'latin1'), string('none'), string('none'), string(''), uint32(1), string(publicBlob(jwk)), string(Buffer.concat([secret, padding])),
  ]);
  const lines = file.toString('base64').match(LINES)!;
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}

/** What each kind of key is called, and which numbers it has: in the public part, and in the private one. */
const FORMATS: Readonly<Record<string, Format>> = {
  OKP: {
    type: 'ssh-ed25519',
    publicFields: ({ x }) => [string(bytesOf(x))],
    privateFields: ({ x, d }) => [string(bytesOf(x)), string(Buffer.concat([bytesOf(d), bytesOf(x)]))],
  },
  EC: {
    type: 'ecdsa-sha2-nistp256',
    publicFields: ({ x, y }) => [string('nistp256'), string(Buffer.concat([Buffer.from([4]), bytesOf(x), bytesOf(y)]))],
    privateFields: jwk => [...FORMATS.EC.publicFields(jwk), number(jwk.d)],
  },
  RSA: {
    type: 'ssh-rsa',
    publicFields: ({ e, n }) => [number(e), number(n)],
    privateFields: ({ n, e, d, qi, p, q }) => [n, e, d, qi, p, q].map(number),
  },
};

interface Format {
  readonly type: string;
  publicFields(jwk: JsonWebKey): Buffer[];
  privateFields(jwk: JsonWebKey): Buffer[];
}

function formatOf({ kty }: JsonWebKey): Format {
  return FORMATS[kty!];
}

function publicBlob(jwk: JsonWebKey): Buffer {
  const { type, publicFields } = formatOf(jwk);
  return Buffer.concat([string(type), ...publicFields(jwk)]);
}

function number(base64url: string | undefined): Buffer {
  return string(positive(bytesOf(base64url)));
}

function bytesOf(base64url: string | undefined): Buffer {
  return Buffer.from(base64url ?? '', 'base64url');
}

function string(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
