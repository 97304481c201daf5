import { createECDH, createHash, createHmac, createPrivateKey, type KeyObject } from 'node:crypto';
import { bytesOf, numberOf, positive } from './big-endian';
import { INTEGER, element, sequence } from './der';
import type { ByteStream } from './generated-value';
import { inverse } from './modular';

/** The number of points of P-256: private keys are smaller, and not 0. */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
const ZERO = BigInt(0);
const BYTES = 32;

/** The private key that such bytes make. */
export function p256Key(bytes: ByteStream): KeyObject {
  let scalar = bytes.take(BYTES);
  while (!isScalar(numberOf(scalar))) scalar = bytes.take(BYTES);
  const point = pointOf(scalar);
  const [d, x, y] = [scalar, point.subarray(1, 1 + BYTES), point.subarray(1 + BYTES)].map(part => part.toString('base64url'));
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d, x, y }, format: 'jwk' });
}

/**
 * A signature (ECDSA with SHA-256, DER) that is the same for the same key and data. Those of Node are other ones each time.
 *
 * Its arithmetic takes longer for some numbers than for others, which nobody can measure in a program that signs a few certificates of its own.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6979#section-3.2
 */
export function signP256(key: KeyObject, data: Buffer): Buffer {
  const secret = Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url');
  const digest = createHash('sha256').update(data).digest();
  return withNonce(secret, bytesOf(numberOf(digest) % ORDER, BYTES), nonce => {
    const r = numberOf(pointOf(nonce).subarray(1, 1 + BYTES)) % ORDER;
    const s = inverse(numberOf(nonce), ORDER) * (numberOf(digest) + r * numberOf(secret)) % ORDER;
    return r === ZERO || s === ZERO ? undefined : sequence(...[r, s].map(number => element(INTEGER, positive(bytesOf(number, BYTES)))));
  });
}

/** What is made with the first number that will do, of those that RFC 6979 tries for a key and a digest. */
function withNonce<T>(secret: Buffer, digest: Buffer, use: (nonce: Buffer) => T | undefined): T {
  const hmac = (by: Buffer, ...parts: Buffer[]) => createHmac('sha256', by).update(Buffer.concat(parts)).digest();
  let key: Buffer = Buffer.alloc(BYTES);
  let value: Buffer = Buffer.alloc(BYTES, 1);
  for (const mark of [0, 1]) {
    key = hmac(key, value, Buffer.from([mark]), secret, digest);
    value = hmac(key, value);
  }
  for (;;) {
    value = hmac(key, value);
    const made = isScalar(numberOf(value)) ? use(value) : undefined;
    if (made !== undefined) return made;
    key = hmac(key, value, Buffer.from([0]));
    value = hmac(key, value);
  }
}

function isScalar(number: bigint): boolean {
  return number !== ZERO && number < ORDER;
}

/** The point of a scalar, as `04 x y`. */
function pointOf(scalar: Buffer): Buffer {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(scalar);
  return curve.getPublicKey();
}
