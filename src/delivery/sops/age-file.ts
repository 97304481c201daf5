import { createCipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { AgeRecipient } from './age-recipient';

const VERSION = 'age-encryption.org/v1';
const MAX_PLAINTEXT_BYTES = 64 * 1024;
const ARMOR_LINE = /.{1,64}/g;

/** What makes an age file differ from any other of the same content. Each set may only be used for one recipient and content. */
export interface AgeRandomness {
  /** 16 bytes. */
  readonly fileKey: Buffer;
  /** 32 bytes. */
  readonly ephemeralKey: Buffer;
  /** 16 bytes. */
  readonly payloadNonce: Buffer;
}

/**
 * An age file for one X25519 recipient, in armor.
 *
 * @param plaintext at most 64 KiB, so that there is one chunk
 * @see https://github.com/C2SP/C2SP/blob/main/age.md
 */
export function encryptForAge(recipient: AgeRecipient, plaintext: Buffer, { fileKey, ephemeralKey, payloadNonce }: AgeRandomness): string {
  if (plaintext.length === 0 || plaintext.length > MAX_PLAINTEXT_BYTES) throw new RangeError('an age file of one chunk has 1 to 65,536 bytes');
  const { secret, publicKey } = recipient.agree(ephemeralKey);
  const wrappingKey = derived(secret, Buffer.concat([publicKey, recipient.bytes]), `${VERSION}/X25519`);
  const header = [VERSION, `-> X25519 ${unpadded(publicKey)}`, unpadded(encrypted(wrappingKey, Buffer.alloc(12), fileKey)), '---'].join('\n');
  const mac = createHmac('sha256', derived(fileKey, Buffer.alloc(0), 'header')).update(header).digest();
  const lastChunk = Buffer.concat([Buffer.alloc(11), Buffer.from([1])]);
  const payload = encrypted(derived(fileKey, payloadNonce, 'payload'), lastChunk, plaintext);
  return armored(Buffer.concat([Buffer.from(`${header} ${unpadded(mac)}\n`), payloadNonce, payload]));
}

function derived(secret: Buffer, salt: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32));
}

function encrypted(key: Buffer, nonce: Buffer, plaintext: Buffer): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

function armored(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(ARMOR_LINE)!;
  return ['-----BEGIN AGE ENCRYPTED FILE-----', ...lines, '-----END AGE ENCRYPTED FILE-----', ''].join('\n');
}
