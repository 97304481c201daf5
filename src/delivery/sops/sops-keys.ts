import { randomBytes } from 'node:crypto';
import type { AgeRandomness } from './age-file';
import type { AgeRecipient } from './age-recipient';
import { keyedHash } from '../../value/derived-bytes';
import { determinismKeyOf } from '../determinism-key';

const DOMAIN = 'cdk8s-secrets/sops/v1';

/** Which document is encrypted, and for whom: another one has other keys. */
export interface SopsPlace {
  readonly namespace?: string;
  readonly name: string;
  readonly recipients: readonly AgeRecipient[];
}

/**
 * All that encryption with SOPS takes of chance, derived from one secret of the document.
 *
 * The data key is the same whatever the values are, and a nonce depends on the value: so no nonce of a key ever meets two values, and
 * a value that stays the same stays the same line.
 */
export class SopsKeys {
  /** Keys that nobody has had before. */
  public static random(): SopsKeys {
    return new SopsKeys(randomBytes(64));
  }

  /**
   * Keys that whoever has the determinism key derives again.
   *
   * @param determinismKey at least 32 bytes
   * @throws InvalidDeterminismKey
   */
  public static derived(determinismKey: Buffer, { namespace, name, recipients }: SopsPlace): SopsKeys {
    const place = JSON.stringify([namespace ?? null, name]);
    return new SopsKeys(keyedHash('sha512', determinismKeyOf(determinismKey), [DOMAIN, place, ...recipients.map(({ text }) => text).sort()]));
  }

  readonly #secret: Buffer;

  private constructor(secret: Buffer) {
    this.#secret = secret;
  }

  /** The key of all values: 32 bytes. */
  public get dataKey(): Buffer {
    return this.derive('data key');
  }

  /** The nonce of a value in its place: 32 bytes. */
  public nonce(place: string, plaintext: Buffer): Buffer {
    return this.derive('nonce', place, plaintext);
  }

  /** What the data key is encrypted with for a recipient. */
  public ageRandomness({ text }: AgeRecipient): AgeRandomness {
    return {
      fileKey: this.derive('file key', text).subarray(0, 16),
      ephemeralKey: this.derive('ephemeral key', text),
      payloadNonce: this.derive('payload nonce', text).subarray(0, 16),
    };
  }

  private derive(...parts: (string | Buffer)[]): Buffer {
    return keyedHash('sha256', this.#secret, parts);
  }
}
