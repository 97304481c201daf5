import { goJson } from '../kubernetes/go-json';

/**
 * How a value is written into a text that is made of several.
 *
 * This library and the External Secrets operator write the same.
 */
export class Encoding {
  /**
   * As it is. What it is put into must take any character.
   */
  public static none(): Encoding {
    return new Encoding({ name: 'none', encode: bytes => bytes, operand: operand => operand, isText: false });
  }

  /**
   * For any part of a URL: all but letters, digits, `-`, `_`, `.` and `~` is percent-encoded, as in user names and passwords, paths and queries.
   */
  public static url(): Encoding {
    return new Encoding({
      name: 'url',
      encode: percentEncoded,
      // what is left as a plus there is a blank: a plus itself is %2B
      operand: operand => `(${operand} | urlquery | replace "+" "%20")`,
      isText: false,
    });
  }

  /**
   * In base64, with the standard alphabet and padding.
   */
  public static base64(): Encoding {
    return new Encoding({
      name: 'base64', encode: bytes => Buffer.from(bytes.toString('base64'), 'latin1'), operand: operand => `(${operand} | b64enc)`, isText: false,
    });
  }

  /**
   * As a string of JSON, with its quotes: `{password}` and not `"{password}"`. `<`, `>` and `&` are escaped, as Go does. The value must be UTF-8.
   */
  public static json(): Encoding {
    return new Encoding({
      name: 'json', encode: bytes => Buffer.from(goJson(bytes.toString('utf8')), 'utf8'), operand: operand => `(${operand} | toJson)`, isText: true,
    });
  }

  /** @internal */
  public readonly _variant: EncodingVariant;

  private constructor(variant: EncodingVariant) {
    this._variant = variant;
  }
}

/** One encoding: here, and in a Go template. */
export interface EncodingVariant {
  readonly name: string;
  /** Whether only UTF-8 can be encoded so. */
  readonly isText: boolean;
  encode(bytes: Buffer): Buffer;
  /** An operand of a Go template that encodes another one. */
  operand(operand: string): string;
}

function percentEncoded(bytes: Buffer): Buffer {
  let text = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    text += /[A-Za-z0-9_.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return Buffer.from(text, 'latin1');
}
