import { createHmac } from 'node:crypto';
import type { ByteStream } from './generated-value';

/** A keyed hash of several parts. What is in which part counts: `a`, `bc` has another one than `ab`, `c`. */
export function keyedHash(algorithm: 'sha256' | 'sha512', key: Buffer, parts: readonly (string | Buffer)[]): Buffer {
  const hmac = createHmac(algorithm, key);
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(bytes.length));
    hmac.update(length).update(bytes);
  }
  return hmac.digest();
}

/**
 * A stream of bytes that is the same for the same key and the same words, on every machine, and looks random to whoever has not the key: block `n` is the
 * keyed hash of the words and `n`.
 */
export function derivedBytes(key: Buffer, words: readonly (string | Buffer)[]): ByteStream {
  let rest: Buffer = Buffer.alloc(0);
  let blocks = 0;
  return {
    take(count) {
      const parts = [rest];
      for (let length = rest.length; length < count; length += 32) parts.push(keyedHash('sha256', key, [...words, String(blocks++)]));
      const all = Buffer.concat(parts);
      rest = all.subarray(count);
      return all.subarray(0, count);
    },
  };
}
