import { SecretsError } from '../errors/secrets-error';
import { passwordProblem } from '../inspect/model/password-alphabet';
import { dataKey } from '../kubernetes/keys';

/** How a password is encoded. */
export enum PasswordEncoding {
  /** It is as it was made. */
  RAW = 'raw',
  /** Base64, in the standard alphabet. */
  BASE64 = 'base64',
  /** Base64, in the alphabet for URLs. */
  BASE64_URL = 'base64url',
  /** Base32. */
  BASE32 = 'base32',
  /** Hexadecimal digits. */
  HEX = 'hex',
}

/**
 * Options of `GeneratorSpec.password`.
 */
export interface PasswordOptions {
  /**
   * How many characters it has.
   *
   * @default 32
   */
  readonly length?: number;

  /**
   * How many of them are digits.
   *
   * @default - a quarter
   */
  readonly digits?: number;

  /**
   * How many of them are symbols. Symbols break URLs, JDBC strings, env files and shells.
   *
   * @default 0
   */
  readonly symbols?: number;

  /**
   * The symbols to choose from.
   *
   * @default - those of the operator: ~!@#$%^&*()_+`-={}|[]\:"<>?,./
   */
  readonly symbolCharacters?: string;

  /**
   * Whether it has no upper-case letters.
   *
   * @default false
   */
  readonly noUpper?: boolean;

  /**
   * Whether a character may stand in it more than once. Without, its length is limited by the alphabet.
   *
   * @default true
   */
  readonly allowRepeat?: boolean;

  /**
   * The keys, each with a password of its own.
   *
   * @default ['password']
   */
  readonly secretKeys?: string[];

  /**
   * How it is encoded.
   *
   * @default PasswordEncoding.RAW
   */
  readonly encoding?: PasswordEncoding;
}

const LENGTH = 32;

/** The spec of a Password, with what the server would fill in. */
export function passwordSpec(options: PasswordOptions = {}): Record<string, unknown> {
  const spec = {
    length: options.length ?? LENGTH,
    digits: options.digits,
    symbols: options.symbols ?? 0,
    symbolCharacters: options.symbolCharacters,
    noUpper: options.noUpper ?? false,
    allowRepeat: options.allowRepeat ?? true,
    secretKeys: options.secretKeys && [...options.secretKeys],
    encoding: options.encoding ?? PasswordEncoding.RAW,
  };
  for (const field of ['length', 'digits', 'symbols'] as const) {
    const count = spec[field];
    if (count === undefined || (Number.isInteger(count) && count >= (field === 'length' ? 1 : 0))) continue;
    throw refusal(`the ${field} of a password must be a whole number${field === 'length' ? ' above 0' : ', 0 or more'}`, 'correct it');
  }
  keysProblem(spec.secretKeys);
  const problem = passwordProblem(spec);
  if (problem !== undefined) throw refusal(problem.message, problem.next);
  return spec;
}

function keysProblem(keys: readonly string[] | undefined): void {
  if (keys === undefined) return;
  if (keys.length === 0) throw refusal('a password without a key would be nowhere', "leave secretKeys out for the key 'password'");
  const wrong = keys.find(key => typeof key !== 'string' || dataKey(key).length > 0);
  if (wrong !== undefined) throw refusal(`${JSON.stringify(wrong)} can be no key of a secret`, 'use letters, digits, -, _ and .');
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice !== undefined) throw refusal(`the key ${JSON.stringify(twice)} stands twice`, 'leave one of them out');
}

function refusal(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidGenerator', message, next });
}
