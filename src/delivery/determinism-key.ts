import { SecretsError } from '../errors/secrets-error';
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

/** The determinism key of a delivery, as it was given: refused where it is no value of ours, and never shown. */
export function checkedDeterminismKey(key: SensitiveValue | undefined): SensitiveValue | undefined {
  if (key === undefined || SensitiveValue.isSensitiveValue(key)) return key;
  throw new SecretsError({
    code: 'InvalidDeterminismKey',
    message: 'the determinism key is no SensitiveValue',
    next: "wrap it: SensitiveValue.fromEnvironment('DETERMINISM_KEY')",
  });
}
