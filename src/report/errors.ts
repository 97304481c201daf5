import { isCode } from './all-codes';
import { SecretsError } from '../errors/secrets-error';

/**
 * Recognizes the errors of this library, in every language that jsii serves.
 */
export class Errors {
  /**
   * Whether this library threw the error: it then has `code`, `constructPath` and `problem`, with `message` and `next`.
   *
   * @param error anything caught
   */
  public static isSecretsError(error: any): boolean {
    return error instanceof SecretsError;
  }

  /**
   * The error's code, or undefined where this library did not throw it.
   *
   * Of an error only the message travels to Python, Java and Go: give that, `str(error)`, `getMessage()` or what was recovered. Where
   * it lists several refusals, as the message of a synth does, this is the code of the first.
   *
   * @param error anything caught, or its message
   */
  public static codeOf(error: any): string | undefined {
    if (typeof error === 'string') return codeIn(error);
    return Errors.isSecretsError(error) ? error.code : undefined;
  }

  private constructor() {}
}

/** The first code in a message: `[path] Code: sentence`, or `Code: sentence`. */
function codeIn(message: string): string | undefined {
  for (const [, code] of message.matchAll(/(?<=^|[\s\]])([A-Z][A-Za-z0-9]*): /g)) {
    if (isCode(code)) return code;
  }
  return undefined;
}
