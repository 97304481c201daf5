import { SecretsError } from '../errors/secrets-error';
import { parseMode } from '../kubernetes/modes';

/** The number that a manifest holds for a mode like `'0400'`, or undefined where none was given. */
export function fileModeOf(mode: string | undefined, constructPath: string): number | undefined {
  if (mode === undefined) return undefined;
  const number = typeof mode === 'string' ? parseMode(mode) : undefined;
  if (number === undefined) {
    throw new SecretsError({
      code: 'InvalidMode',
      message: `${JSON.stringify(mode)} is no file mode`,
      next: typeof mode === 'number' ? "write the mode as an octal text, as in chmod: '0400'; a number would be read as decimal"
        : "write an octal text from '0000' to '0777', as in chmod",
    }, constructPath);
  }
  return number;
}
