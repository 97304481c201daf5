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
  return `${typeOf(jwk)} ${publicBlob(jwk).toString('base64')} ${comment}\n`;
}

/**
 * A private key that is not encrypted, as ssh-keygen writes it.
 *
 * @see https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function openSshPrivateKey({ jwk, comment }: OpenSshKey): string {
  // two equal numbers tell whoever decrypts a key that the passphrase was right; here is none
  const secret = Buffer.concat([uint32(0), uint32(0), string(typeOf(jwk)), ...privateFields(jwk), string(comment)]);
  const padding = Buffer.from(Array.from({ length: (BLOCK - secret.length % BLOCK) % BLOCK }, (_, index) => index + 1));
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0', 'latin1'), string('none'), string('none'), string(''), uint32(1), string(publicBlob(jwk)), string(Buffer.concat([secret, padding])),
  ]);
  const lines = file.toString('base64').match(LINES)!;
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}

function typeOf({ kty }: JsonWebKey): string {
  return kty === 'EC' ? 'ecdsa-sha2-nistp256' : 'ssh-ed25519';
}

function publicBlob(jwk: JsonWebKey): Buffer {
  return Buffer.concat([string(typeOf(jwk)), ...publicFields(jwk)]);
}

function publicFields(jwk: JsonWebKey): Buffer[] {
  const x = bytesOf(jwk.x);
  return jwk.kty === 'EC' ? [string('nistp256'), string(Buffer.concat([Buffer.from([4]), x, bytesOf(jwk.y)]))] : [string(x)];
}

function privateFields(jwk: JsonWebKey): Buffer[] {
  const d = bytesOf(jwk.d);
  return [...publicFields(jwk), jwk.kty === 'EC' ? string(positive(d)) : string(Buffer.concat([d, bytesOf(jwk.x)]))];
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
