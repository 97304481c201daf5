import { SecretsError } from '../errors/secrets-error';

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/**
 * The characters that a generated value is made of.
 *
 * All but those of `of` go through URLs, JDBC, env files, YAML and shells as they are, without quotes and without escapes.
 */
export class Alphabet {
  /**
   * Letters and digits: 62 characters, 5.95 bits each.
   */
  public static alphanumeric(): Alphabet {
    return new Alphabet(UPPER + LOWER + DIGITS);
  }

  /**
   * Letters, digits, `-` and `_`: 64 characters, 6 bits each, the alphabet of base64 for URLs. A value may begin with `-`, which programs take for an
   * option where it stands alone on a command line.
   */
  public static urlSafe(): Alphabet {
    return new Alphabet(`${UPPER}${LOWER}${DIGITS}-_`);
  }

  /**
   * Lower-case letters and digits: 36 characters, 5.17 bits each.
   */
  public static lowercase(): Alphabet {
    return new Alphabet(LOWER + DIGITS);
  }

  /**
   * The digits of hexadecimal numbers, in lower case: 16 characters, 4 bits each.
   */
  public static hex(): Alphabet {
    return new Alphabet(`${DIGITS}abcdef`);
  }

  /**
   * Characters of your own. What quotes, escapes and separates somewhere (`"`, `'`, `$`, `%`, `@`, `:`, `/`, `\`) breaks where nobody escapes it.
   *
   * @param characters at least two printable characters of ASCII, none of them blank, each once; their order does not matter
   * @throws InvalidGeneratedValue
   */
  public static of(characters: string): Alphabet {
    return new Alphabet(characters);
  }

  /**
   * The characters, sorted.
   *
   * @internal
   */
  public readonly _characters: string;

  private constructor(characters: string) {
    const problem = alphabetProblem(characters);
    if (problem !== undefined) throw new SecretsError({ code: 'InvalidGeneratedValue', message: problem, next: 'give at least two printable characters of ASCII, each once' });
    this._characters = [...characters].sort().join('');
  }
}

function alphabetProblem(characters: unknown): string | undefined {
  if (typeof characters !== 'string') return `the alphabet must be a text, not ${characters === null ? 'null' : typeof characters}`;
  const wrong = [...characters].find(character => !/^[!-~]$/.test(character));
  if (wrong !== undefined) return `the alphabet has the character U+${wrong.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}, which is blank or beyond ASCII`;
  const twice = [...characters].find((character, index) => characters.indexOf(character) < index);
  if (twice !== undefined) return `the alphabet has the character ${JSON.stringify(twice)} twice, which would make it more likely than others`;
  return characters.length < 2 ? `an alphabet of ${characters.length} characters makes one value only` : undefined;
}
