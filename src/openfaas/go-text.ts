/**
 * Texts as Go has them: bytes of UTF-8, here one character a byte (`latin1`).
 *
 * drone/envsubst counts, cuts and compares bytes, but changes the case of whole characters.
 */
export function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Back from bytes; undefined where they are no UTF-8, as when a character was cut in two. */
export function fromBytes(bytes: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return undefined;
  }
}

/** One character of a byte text; where the bytes are no UTF-8 it is U+FFFD, one byte wide and not valid. */
export interface Rune {
  readonly codePoint: number;
  readonly width: number;
  readonly valid: boolean;
}

export function runeAt(bytes: string, position: number): Rune {
  const lead = bytes.charCodeAt(position);
  if (lead < 0x80) return { codePoint: lead, width: 1, valid: true };
  const width = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  const text = fromBytes(bytes.slice(position, position + width));
  return text === undefined || [...text].length !== 1
    ? { codePoint: 0xfffd, width: 1, valid: false }
    : { codePoint: text.codePointAt(0)!, width, valid: true };
}

/** The characters of a byte text, each as its bytes. */
export function runes(bytes: string): string[] {
  const all: string[] = [];
  for (let position = 0; position < bytes.length; position += all[all.length - 1].length) {
    all.push(bytes.slice(position, position + runeAt(bytes, position).width));
  }
  return all;
}

/** Characters that Unicode maps to one other only in its simple mapping, which is the one that Go knows. */
const SIMPLE_LOWER: ReadonlyMap<number, number> = new Map([[0x130, 0x69]]);

function simpleUpper(codePoint: number): number | undefined {
  if (codePoint >= 0x1f80 && codePoint <= 0x1faf) return Math.floor(codePoint / 8) * 8 + codePoint % 8 + (codePoint % 16 < 8 ? 8 : 0);
  return [0x1fb3, 0x1fc3, 0x1ff3].includes(codePoint) ? codePoint + 9 : undefined;
}

/** Lower case, a character at a time. */
export function lower(bytes: string): string {
  return mapRunes(bytes, codePoint => SIMPLE_LOWER.get(codePoint) ?? single(String.fromCodePoint(codePoint).toLowerCase(), codePoint));
}

/** Upper case, a character at a time: `ß` stays. */
export function upper(bytes: string): string {
  return mapRunes(bytes, codePoint => simpleUpper(codePoint) ?? single(String.fromCodePoint(codePoint).toUpperCase(), codePoint));
}

/** The code point of a mapped text, or the one before where it has become several characters. */
function single(mapped: string, before: number): number {
  const [first, ...others] = mapped;
  return others.length > 0 ? before : first.codePointAt(0)!;
}

function mapRunes(bytes: string, map: (codePoint: number) => number): string {
  return runes(bytes).map(rune => {
    const { codePoint, valid } = runeAt(rune, 0);
    return valid ? toBytes(String.fromCodePoint(map(codePoint))) : rune;
  }).join('');
}
