import { constants, createCipheriv, createHmac, publicEncrypt, randomBytes } from 'node:crypto';
import { determinismKeyOf } from '../determinism-key';
import { oaepEncode } from './oaep';
import type { SealingCertificate } from './sealing-certificate';
import { keyedHash } from '../../value/derived-bytes';

const SESSION_KEY_BYTES = 32;
const OAEP_SEED_BYTES = 32;

/** One value to seal, and all that its ciphertext is bound to. */
export interface Sealable {
  readonly certificate: SealingCertificate;
  /** The OAEP label: the place where it can be opened. */
  readonly label: Buffer;
  /** The key in the Secret's data. Ciphertexts are not bound to it. */
  readonly dataKey: string;
  readonly plaintext: Buffer;
}

/** A text for every value that is sealed: the ciphertext in base64. */
export type Seal = (value: Sealable) => string;

/** The two texts that decide a ciphertext. */
interface Randomness {
  readonly sessionKey: Buffer;
  readonly oaepSeed: Buffer;
}

/** Seals as kubeseal does: two ciphertexts of one value have nothing in common. */
export function sealRandomly(value: Sealable): string {
  return seal(value, { sessionKey: randomBytes(SESSION_KEY_BYTES), oaepSeed: randomBytes(OAEP_SEED_BYTES) });
}

/**
 * Seals so that equal input gives equal bytes: session key and OAEP seed are derived from the value and a secret key.
 *
 * To whoever has not that key, ciphertexts look random; only that a value did not change can be seen.
 *
 * @param determinismKey at least 32 bytes
 * @param place the secret that the value is of, where the label does not say it: equal values of two secrets then have nothing in common
 */
export function sealDeterministically(determinismKey: Buffer, place = ''): Seal {
  const key = determinismKeyOf(determinismKey);
  return value => {
    const secret = digestOf(`cdk8s-secrets/sealed/deterministic/v1${place === '' ? '' : `\0${place}`}`, key, value);
    const derive = (purpose: string) => createHmac('sha256', secret).update(purpose).digest();
    return seal(value, { sessionKey: derive('session key'), oaepSeed: derive('oaep seed') });
  };
}

/** A digest of a value and all that its ciphertext is bound to. Without the key it says nothing of the value. */
export function digestOf(domain: string, key: Buffer, { certificate, label, dataKey, plaintext }: Sealable): Buffer {
  return keyedHash('sha256', key, [domain, certificate.fingerprint, label, dataKey, plaintext]);
}

/**
 * The format of sealed-secrets' pkg/crypto: `uint16(length of RSA part) || RSA-OAEP(session key) || AES-256-GCM(value) || tag`,
 * with a nonce of zeros, since every session key encrypts one value only.
 */
function seal({ certificate, label, plaintext }: Sealable, { sessionKey, oaepSeed }: Randomness): string {
  const encoded = oaepEncode(sessionKey, label, oaepSeed, certificate.modulusBytes);
  const sealedKey = publicEncrypt({ key: certificate.publicKey, padding: constants.RSA_NO_PADDING }, encoded);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(sealedKey.length);
  const cipher = createCipheriv('aes-256-gcm', sessionKey, Buffer.alloc(12));
  return Buffer.concat([length, sealedKey, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]).toString('base64');
}
