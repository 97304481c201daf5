/** The characters of the data part, in the order of the five bits that they stand for. */
const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const CHECKSUM_LENGTH = 6;

/** What a text in Bech32 says: what it is for, and its bytes. */
export interface Bech32Text {
  readonly prefix: string;
  readonly bytes: Buffer;
}

/**
 * Reads a text in Bech32, as age writes its keys: of any length, in lower case.
 *
 * @returns undefined where it is none, or a character of it is wrong, which the checksum tells
 * @see https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki
 */
export function decodeBech32(text: string): Bech32Text | undefined {
  const separator = text.lastIndexOf('1');
  const prefix = text.slice(0, separator);
  const digits = [...text.slice(separator + 1)].map(character => ALPHABET.indexOf(character));
  if (separator < 1 || digits.length < CHECKSUM_LENGTH || digits.includes(-1) || !/^[!-@[-~]+$/.test(prefix)) return undefined;
  if (checksum([...expanded(prefix), ...digits]) !== 1) return undefined;
  const bytes = bytesOf(digits.slice(0, -CHECKSUM_LENGTH));
  return bytes === undefined ? undefined : { prefix, bytes };
}

/* eslint-disable no-bitwise */
function expanded(prefix: string): number[] {
  const codes = [...prefix].map(character => character.charCodeAt(0));
  return [...codes.map(code => code >> 5), 0, ...codes.map(code => code & 31)];
}

function checksum(values: readonly number[]): number {
  return values.reduce((sum, value) => {
    const top = sum >>> 25;
    return GENERATOR.reduce((next, generator, bit) => (top >>> bit) & 1 ? next ^ generator : next, ((sum & 0x1ffffff) << 5) ^ value);
  }, 1);
}

/** Five bits each, put together to bytes; undefined where more than four are left over, or they are not zero. */
function bytesOf(digits: readonly number[]): Buffer | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let pending = 0;
  for (const digit of digits) {
    pending = (pending << 5) | digit;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(pending >>> bits);
    pending &= (1 << bits) - 1;
  }
  return bits < 5 && pending === 0 ? Buffer.from(bytes) : undefined;
}
/* eslint-enable no-bitwise */
