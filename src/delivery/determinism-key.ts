import { createHmac } from 'node:crypto';
import { SecretsError } from '../errors/secrets-error';
import type { ByteStream } from '../value/generated-value';
import { SensitiveValue } from '../value/sensitive-value';

const MIN_BYTES = 32;

/**
 * The bytes of a key that makes encryption repeatable, and from which generated values are derived.
 *
 * @throws InvalidDeterminismKey where somebody could guess it
 */
export function determinismKeyOf(bytes: Buffer): Buffer {
  if (bytes.length >= MIN_BYTES) return bytes;
  throw new SecretsError({
    code: 'InvalidDeterminismKey',
    message: `the determinism key has less than ${MIN_BYTES} bytes`,
    next: 'make one that cannot be guessed, and keep it out of the repository: openssl rand -base64 32',
  });
}

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

/** The determinism key of a delivery, as it was given: refused where it is no value of ours, and never shown. */
export function checkedDeterminismKey(key: SensitiveValue | undefined): SensitiveValue | undefined {
  if (key === undefined || SensitiveValue.isSensitiveValue(key)) return key;
  throw new SecretsError({
    code: 'InvalidDeterminismKey',
    message: 'the determinism key is no SensitiveValue',
    next: "wrap it: SensitiveValue.fromEnvironment('DETERMINISM_KEY')",
  });
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
