import { createHash } from 'node:crypto';

const HASH_BYTES = 32;

function sha256(...parts: Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** MGF1 with SHA-256. */
function mask(seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0; counter * HASH_BYTES < length; counter++) {
    const suffix = Buffer.alloc(4);
    suffix.writeUInt32BE(counter);
    blocks.push(sha256(seed, suffix));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(a: Buffer, b: Buffer): Buffer {
  // eslint-disable-next-line no-bitwise
  return Buffer.from(a.map((byte, index) => byte ^ b[index]));
}

/**
 * EME-OAEP encoding with SHA-256 and MGF1-SHA-256, with a seed that is given instead of drawn: what `RSA_NO_PADDING`
 * then encrypts is an ordinary OAEP ciphertext.
 *
 * @param message at most `modulusBytes - 66` bytes
 * @param seed 32 bytes; nobody may be able to guess them
 * @see https://www.rfc-editor.org/rfc/rfc8017#section-7.1.1
 */
export function oaepEncode(message: Buffer, label: Buffer, seed: Buffer, modulusBytes: number): Buffer {
  const padding = Buffer.alloc(modulusBytes - message.length - 2 * HASH_BYTES - 2);
  const block = Buffer.concat([sha256(label), padding, Buffer.of(1), message]);
  const maskedBlock = xor(block, mask(seed, block.length));
  const maskedSeed = xor(seed, mask(maskedBlock, HASH_BYTES));
  return Buffer.concat([Buffer.of(0), maskedSeed, maskedBlock]);
}
