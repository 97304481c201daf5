import { createCipheriv, createHash, type Hash } from 'node:crypto';
import { encryptForAge } from './age-file';
import type { AgeRecipient } from './age-recipient';
import type { SopsKeys } from './sops-keys';
import { SecretsError } from '../../errors/secrets-error';

/** The version of SOPS whose format this is. */
const VERSION = '3.13.2';

/** Everything below a key that this matches is encrypted, wherever the key stands. */
const ENCRYPTED = /^(data|stringData)$/;

/**
 * When the document was encrypted. It is no clock's: equal input gives equal bytes. The MAC is bound to the text, and it must be
 * quoted in YAML, as the writer does with what looks like a time.
 */
const LAST_MODIFIED = '1970-01-01T00:00:00Z';

/** What the writer leaves without quotes, and the reader of SOPS, that of Go, reads as an octal number or as the end of a line. */
const MISREAD = /^[-+]?0o[0-7_]+$|[\x7f\u0085\u2028\u2029]/;

type Fields = Readonly<Record<string, unknown>>;

/**
 * A manifest as SOPS encrypts it for age: the values below `data` and `stringData` one by one, and a MAC over all values of the
 * document in their order.
 *
 * @throws UnsupportedByDelivery where SOPS would take something for encrypted, or read it differently
 * @see https://getsops.io/docs/
 */
export function encryptWithSops(manifest: Fields, recipients: readonly AgeRecipient[], keys: SopsKeys): Record<string, unknown> {
  const { sops: _, ...plain } = manifest;
  const tree = new SopsTree(keys);
  const encrypted = tree.encrypt(plain) as Record<string, unknown>;
  return {
    ...encrypted,
    sops: {
      age: recipients.map(recipient => ({ enc: encryptForAge(recipient, keys.dataKey, keys.ageRandomness(recipient)), recipient: recipient.text })),
      encrypted_regex: ENCRYPTED.source,
      lastmodified: LAST_MODIFIED,
      mac: tree.mac(),
      version: VERSION,
    },
  };
}

/** The values of one document: each is encrypted where it has to be, and counts for the MAC. */
class SopsTree {
  readonly #hash: Hash = createHash('sha512');

  constructor(private readonly keys: SopsKeys) {}

  public encrypt(value: unknown, path: readonly string[] = [], isEncrypted = false): unknown {
    if (Array.isArray(value)) return value.map(item => this.encrypt(item, path, isEncrypted));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, child]) => {
        if (path.length > 0 && !isEncrypted && ENCRYPTED.test(key)) throw encryptedElsewhere([...path, key]);
        if (MISREAD.test(key)) throw misread([...path, key]);
        return [key, this.encrypt(child, [...path, key], isEncrypted || ENCRYPTED.test(key))];
      }));
    }
    return value === null || value === undefined ? value : this.leaf(value, path, isEncrypted);
  }

  public mac(): string {
    return this.sealed(Buffer.from(this.#hash.digest('hex').toUpperCase()), LAST_MODIFIED, 'str');
  }

  private leaf(value: unknown, path: readonly string[], isEncrypted: boolean): unknown {
    const { text, type } = scalarOf(value, path);
    const plaintext = Buffer.from(text);
    this.#hash.update(plaintext);
    if (!isEncrypted && MISREAD.test(text)) throw misread(path);
    // SOPS leaves an empty text as it is
    return !isEncrypted || text === '' ? value : this.sealed(plaintext, path.map(key => `${key}:`).join(''), type);
  }

  /** AES-256-GCM, with the place of the value as additional data and a nonce of 32 bytes. */
  private sealed(plaintext: Buffer, place: string, type: string): string {
    const nonce = this.keys.nonce(place, plaintext);
    const cipher = createCipheriv('aes-256-gcm', this.keys.dataKey, nonce).setAAD(Buffer.from(place));
    const parts = { data: Buffer.concat([cipher.update(plaintext), cipher.final()]), iv: nonce, tag: cipher.getAuthTag() };
    return `ENC[AES256_GCM,${Object.entries(parts).map(([name, bytes]) => `${name}:${bytes.toString('base64')},`).join('')}type:${type}]`;
  }
}

/** A value as SOPS writes it before it encrypts it, and the type that it notes. */
function scalarOf(value: unknown, path: readonly string[]): { readonly text: string; readonly type: string } {
  if (typeof value === 'string') return { text: value, type: 'str' };
  if (typeof value === 'boolean') return { text: value ? 'True' : 'False', type: 'bool' };
  if (Number.isSafeInteger(value)) return { text: String(value), type: 'int' };
  throw new SecretsError({
    code: 'UnsupportedByDelivery',
    message: `${path.join('.')} is neither a text nor a whole number nor true or false, and nothing else is in a Secret`,
    next: 'correct the patch that put it there',
  });
}

function misread(path: readonly string[]): SecretsError {
  return new SecretsError({
    code: 'UnsupportedByDelivery',
    message: `SOPS would read something else in YAML than what stands at ${path.join('.')}: an octal number, or the end of a line`,
    next: 'give it another text',
  });
}

function encryptedElsewhere(path: readonly string[]): SecretsError {
  return new SecretsError({
    code: 'UnsupportedByDelivery',
    message: `SOPS encrypts what is below a key "data" or "stringData" wherever it stands, and so ${path.join('.')}`,
    next: 'give that label or annotation another name',
  });
}
