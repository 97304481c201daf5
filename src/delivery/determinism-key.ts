import { createHmac } from 'node:crypto';
import { SecretsError } from '../errors/secrets-error';

const MIN_BYTES = 32;

/**
 * The bytes of a key that makes encryption repeatable.
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
