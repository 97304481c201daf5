import { checkPrimeSync, createPrivateKey, type KeyObject } from 'node:crypto';
import { bytesOf, numberOf } from './big-endian';
import { derivedBytes } from './derived-bytes';
import type { ByteStream } from './generated-value';
import { gcd, inverse } from './modular';

const EXPONENT = 65537n;
/** Rounds of Miller and Rabin: a number that passes them is no prime with a probability below 2^-128. */
const CHECKS = 64;

/**
 * Makes keys of RSA of a stream of bytes, the same of the same: a prime is the first that follows a number drawn of the stream. The search takes a while, so a
 * key that was found is kept for as long as the function is.
 *
 * @param bits the size of the modulus, a multiple of 16
 */
export function rsaKeys(bits: number): (bytes: ByteStream) => KeyObject {
  const found = new Map<string, KeyObject>();
  return bytes => {
    const seed = bytes.take(32);
    const id = seed.toString('latin1');
    const key = found.get(id) ?? rsaKey(derivedBytes(seed, ['RSA']), bits);
    found.set(id, key);
    return key;
  };
}

function rsaKey(bytes: ByteStream, bits: number): KeyObject {
  const size = bits / 16;
  const first = primeOf(bytes, size);
  let second = primeOf(bytes, size);
  while (second === first) second = primeOf(bytes, size);
  const [p, q] = first > second ? [first, second] : [second, first];
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n) / gcd(p - 1n, q - 1n));
  const field = (number: bigint, length = size) => bytesOf(number, length).toString('base64url');
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'RSA',
      n: field(p * q, 2 * size),
      e: field(EXPONENT, 3),
      d: field(d, 2 * size),
      p: field(p),
      q: field(q),
      dp: field(d % (p - 1n)),
      dq: field(d % (q - 1n)),
      qi: field(inverse(q, p)),
    },
  });
}

/** A prime of `size` bytes, with its two highest bits set: the product of two has twice as many bits. One below it has no factor of the exponent. */
function primeOf(bytes: ByteStream, size: number): bigint {
  const quarter = 2n ** BigInt(8 * size - 2);
  const drawn = 3n * quarter + numberOf(bytes.take(size)) % quarter;
  for (let number = drawn % 2n === 0n ? drawn + 1n : drawn; number < 4n * quarter; number += 2n) {
    if (number % EXPONENT !== 1n && checkPrimeSync(number, { checks: CHECKS })) return number;
  }
  return primeOf(bytes, size);
}
