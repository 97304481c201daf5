import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';
import { decodeBech32 } from './bech32';
import { SecretsError } from '../../errors/secrets-error';
import { shownName } from '../../errors/shown-name';

/** The DER of an X25519 key up to its 32 bytes (RFC 8410). */
const PUBLIC_DER = Buffer.from('302a300506032b656e032100', 'hex');
const PRIVATE_DER = Buffer.from('302e020100300506032b656e04220420', 'hex');
const KEY_BYTES = 32;

/**
 * Whoever may open what is encrypted with age: the public half of an X25519 key, as `age-keygen` prints it.
 *
 * @see https://github.com/C2SP/C2SP/blob/main/age.md
 */
export class AgeRecipient {
  /**
   * Reads a recipient, `age1…`.
   *
   * @throws InvalidAgeRecipient
   */
  public static parse(text: string): AgeRecipient {
    const problem = kindProblem(text);
    if (problem !== undefined) throw problem;
    const decoded = decodeBech32(text);
    if (decoded === undefined || decoded.prefix !== 'age' || decoded.bytes.length !== KEY_BYTES) {
      throw refusal(`${shownName(text, /^age1[a-z0-9]{1,100}$/)} is no recipient of age: a character is wrong, or it is not complete`, 'copy it once more, as age-keygen -y prints it');
    }
    const recipient = new AgeRecipient(text, decoded.bytes);
    try {
      recipient.agree(Buffer.alloc(KEY_BYTES, 1));
    } catch {
      throw refusal(`${JSON.stringify(text)} is a recipient that protects nothing: its key agrees on zeros with every other`, 'use a key that age-keygen has made');
    }
    return recipient;
  }

  readonly #key: KeyObject;

  private constructor(
    /** The text that it was read from. */
    public readonly text: string,
    public readonly bytes: Buffer,
  ) {
    this.#key = createPublicKey({ key: Buffer.concat([PUBLIC_DER, bytes]), format: 'der', type: 'spki' });
  }

  /** The secret that the owner of the recipient and of a private key have in common, and the public half of that key. */
  public agree(privateKey: Buffer): { readonly secret: Buffer; readonly publicKey: Buffer } {
    const key = createPrivateKey({ key: Buffer.concat([PRIVATE_DER, privateKey]), format: 'der', type: 'pkcs8' });
    return {
      secret: diffieHellman({ privateKey: key, publicKey: this.#key }),
      publicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES),
    };
  }
}

/** What else people have at hand. */
function kindProblem(text: string): SecretsError | undefined {
  if (typeof text !== 'string') return refusal('a recipient must be a text', 'write it as age-keygen -y prints it: age1…');
  if (/^\s*AGE-(SECRET-KEY|PLUGIN)-/i.test(text)) {
    return refusal('a secret key of age was given in place of a recipient', 'print its recipient with age-keygen -y; and make a new key, if this one has come into a repository');
  }
  if (/^(ssh-|age1pq1|age1[a-z0-9-]+1)/.test(text)) {
    return refusal('an SSH key, a hybrid key or one of a plugin was given as recipient', 'use an X25519 key, as age-keygen makes it: age1…');
  }
  return undefined;
}

function refusal(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidAgeRecipient', message, next });
}
