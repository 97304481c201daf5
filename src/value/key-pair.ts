import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type ByteStream, checkedPairName, checkedRotation, type GeneratedValue, type OperatorGenerator } from './generated-value';
import { type OpenSshKey, openSshPrivateKey, openSshPublicKey } from './open-ssh';
import { p256Key } from './p256';
import { rsaKeys } from './rsa';
import { SensitiveValue } from './sensitive-value';
import { generatedSource } from './value-source';
import { SecretsError } from '../errors/secrets-error';

/**
 * Options of key pairs.
 */
export interface KeyPairOptions {
  /**
   * Which of the pairs that there have been: another generation is another pair. Count up by one to rotate it.
   *
   * @default 1
   */
  readonly generation?: number;
}

/**
 * Options of `KeyPair.rsa`.
 */
export interface RsaKeyPairOptions extends KeyPairOptions {
  /**
   * The size of the modulus, in bits: 2048, 3072 or 4096.
   *
   * @default 2048
   */
  readonly bits?: number;
}

const RSA_BITS = [2048, 3072, 4096];

/**
 * A private key and its public key, made like `SensitiveValue.generated`: derived from the determinism key of a delivery, and stored nowhere.
 *
 * Its parts are values of one pair: those of the secret in which the first of them was declared. With `SecretDelivery.external` the operator makes a pair for SSH, once; one in PEM must be in the store.
 */
export class KeyPair {
  /**
   * An Ed25519 pair, for SSH, for tokens (`EdDSA`) and for signatures.
   *
   * @param name what it is called among the pairs of its secret; another name is another pair
   * @param options which generation
   * @throws InvalidGeneratedValue
   */
  public static ed25519(name: string, options: KeyPairOptions = {}): KeyPair {
    return new KeyPair(name, options, { noun: 'Ed25519 key', ssh: { keyType: 'ed25519' }, keyOf: ed25519Key });
  }

  /**
   * An ECDSA pair on the curve P-256, for TLS, for tokens (`ES256`) and for SSH.
   *
   * @param name what it is called among the pairs of its secret; another name is another pair
   * @param options which generation
   * @throws InvalidGeneratedValue
   */
  public static ecdsaP256(name: string, options: KeyPairOptions = {}): KeyPair {
    return new KeyPair(name, options, { noun: 'ECDSA key', ssh: { keyType: 'ecdsa', keySize: 256 }, keyOf: p256Key });
  }

  /**
   * A pair of RSA, for what takes nothing newer: tokens (`RS256`), SAML, old servers of SSH. Primes are searched for in every synth, which takes some tenths of a second.
   *
   * @param name what it is called among the pairs of its secret; another name is another pair
   * @param options its size, and which generation
   * @throws InvalidGeneratedValue
   */
  public static rsa(name: string, options: RsaKeyPairOptions = {}): KeyPair {
    const { bits = RSA_BITS[0] } = options;
    if (!RSA_BITS.includes(bits)) {
      throw new SecretsError({
        code: 'InvalidGeneratedValue',
        message: `a key of RSA has ${RSA_BITS.slice(0, -1).join(', ')} or ${RSA_BITS.at(-1)} bits here`,
        next: 'give bits: 2048, or 3072 where the key is to be used after 2030',
      });
    }
    return new KeyPair(name, options, { noun: `RSA key of ${bits} bits`, ssh: { keyType: 'rsa', keySize: bits }, keyOf: rsaKeys(bits) });
  }

  /**
   * The private key, in PEM (PKCS #8).
   */
  public readonly privateKey: SensitiveValue;

  /**
   * The public key, in PEM. Everybody may know it.
   */
  public readonly publicKey: SensitiveValue;

  /**
   * The private key as OpenSSH keeps it, in a file like `id_ed25519`.
   */
  public readonly sshPrivateKey: SensitiveValue;

  /**
   * The public key as a line of `authorized_keys`. Everybody may know it.
   */
  public readonly sshPublicKey: SensitiveValue;

  private constructor(name: string, options: KeyPairOptions, { noun, ssh: type, keyOf }: Algorithm) {
    const pairName = checkedPairName(name, 'a key pair', "KeyPair.ed25519('deploy')");
    const root: GeneratedValue = { ...checkedRotation(options), noun, pairName, shape: noun, otherwise: TAKE_SSH, make: () => Buffer.alloc(0) };
    const part = (what: string, isPublic: boolean, text: (key: KeyObject) => string | Buffer, generator?: OperatorGenerator) => {
      const make = (bytes: ByteStream) => Buffer.from(text(keyOf(bytes)) as string, 'utf8');
      return SensitiveValue._derived(generatedSource({ ...root, noun: `${what} of an ${noun}`, root, generator, make }), isPublic);
    };
    const ssh = (key: KeyObject): OpenSshKey => ({ jwk: key.export({ format: 'jwk' }), comment: name });
    const sshGenerator = (output: string, other: string): OperatorGenerator => ({ kind: 'SSHKey', output, besides: [other], spec: { ...type, comment: name } });
    this.privateKey = part('private part', false, key => key.export({ type: 'pkcs8', format: 'pem' }));
    this.publicKey = part('public part', true, key => createPublicKey(key).export({ type: 'spki', format: 'pem' }));
    this.sshPrivateKey = part('private part', false, key => openSshPrivateKey(ssh(key)), sshGenerator('privateKey', 'publicKey'));
    this.sshPublicKey = part('public part', true, key => openSshPublicKey(ssh(key)), sshGenerator('publicKey', 'privateKey'));
  }
}

const TAKE_SSH = "take sshPrivateKey and sshPublicKey, which it makes, or keep it in the store: .orRemote({ key: '…' }) behind it";

interface Algorithm {
  readonly noun: string;
  /** What the External Secrets operator is to make such a pair for SSH. */
  readonly ssh: object;
  keyOf(bytes: ByteStream): KeyObject;
}

/** What comes before the seed of an Ed25519 key in PKCS #8. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

function ed25519Key(bytes: ByteStream): KeyObject {
  return createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, bytes.take(32)]), format: 'der', type: 'pkcs8' });
}
