import type { GeneratorVariant } from './generator-variant';
import { ExternalGeneratorKind } from '../delivery/external/generator-kind';
import { SecretsError } from '../errors/secrets-error';

/** The types of key pairs for SSH. */
export enum SshKeyType {
  /** RSA. */
  RSA = 'rsa',
  /** ECDSA. */
  ECDSA = 'ecdsa',
  /** Ed25519. */
  ED25519 = 'ed25519',
}

/**
 * Options of `GeneratorSpec.sshKey`.
 */
export interface SshKeyOptions {
  /**
   * The type of the key pair.
   *
   * @default SshKeyType.ED25519
   */
  readonly keyType?: SshKeyType;

  /**
   * The size in bits: 1024 or more for RSA; 256, 384 or 521 for ECDSA; Ed25519 has one size.
   *
   * @default - 2048 for RSA, 256 for ECDSA
   */
  readonly keySize?: number;

  /**
   * The comment at the end of the public key.
   *
   * @default - none
   */
  readonly comment?: string;
}

const CURVES = [256, 384, 521];
const MIN_RSA_BITS = 1024;

export function sshKey({ keyType = SshKeyType.ED25519, keySize, comment }: SshKeyOptions): GeneratorVariant {
  const wrong = keySize === undefined ? undefined : sizeProblem(keyType, keySize);
  if (wrong !== undefined) throw new SecretsError({ code: 'InvalidGenerator', message: wrong.message, next: wrong.next });
  if (comment !== undefined && /[\r\n]/.test(comment)) {
    throw new SecretsError({ code: 'InvalidGenerator', message: 'the comment of a public key has a line break, which ends the key', next: 'write it in one line' });
  }
  return { kind: ExternalGeneratorKind.SSH_KEY, spec: () => ({ keyType, keySize, comment }) };
}

function sizeProblem(keyType: SshKeyType, keySize: number): { readonly message: string; readonly next: string } | undefined {
  switch (keyType) {
    case SshKeyType.RSA: return Number.isInteger(keySize) && keySize >= MIN_RSA_BITS ? undefined
      : { message: `no RSA key of ${keySize} bits can be made`, next: 'give 2048 or more, or leave the size out' };
    // the operator takes 256 for every other size, without a word
    case SshKeyType.ECDSA: return CURVES.includes(keySize) ? undefined
      : { message: `there is no ECDSA key of ${keySize} bits`, next: `sizes: ${CURVES.join(', ')}` };
    default: return { message: 'an Ed25519 key has one size, and the size that is given would do nothing', next: 'leave the size out' };
  }
}
