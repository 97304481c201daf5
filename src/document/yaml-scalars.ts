import { isUtf8 } from 'node:buffer';

/** A scalar as kubectl reads it: the types of YAML 1.1 as go-yaml v2 has them, which are neither those of the specification nor those of YAML 1.2. */
export type ScalarValue =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: number | bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'str'; readonly value: string };

const WORDS = new Map<string, ScalarValue>([
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, { type: 'null' }] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(word => [word, { type: 'bool', value: true }] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(word => [word, { type: 'bool', value: false }] as const),
  ...['.nan', '.NaN', '.NAN'].map(word => [word, { type: 'float', value: NaN }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(word => [word, { type: 'float', value: Infinity }] as const),
  ...['-.inf', '-.Inf', '-.INF'].map(word => [word, { type: 'float', value: -Infinity }] as const),
]);

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const POINT_FLOAT = /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/;

/** What a bigint's text begins with, by its base. */
const PREFIXES = { 2: '0b', 8: '0o', 10: '', 16: '0x' } as const;
/** As many digits as a number holds exactly, in any base. */
const SAFE_DIGITS = 13;

const MAX_UINT64 = 2n ** 64n - 1n;
const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/** What Go puts in the place of a byte that is part of no character: U+FFFD. */
const UNKNOWN = Buffer.from('\ufffd');

/** How many characters the longest word has that is no text. */
const LONGEST_WORD = 5;
/** The characters that words which are no texts begin with. */
const WORD_STARTS = 'yYnNtTfFoO~';

/** Whether a text without quotes may be anything but a text. */
export function mayHaveType(text: string): boolean {
  if (text === '') return true;
  const first = text.charCodeAt(0);
  // Digits, a sign, a point.
  if ((first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e) return true;
  return text.length <= LONGEST_WORD && WORD_STARTS.includes(text[0]) && WORDS.has(text);
}

/**
 * The value of a scalar without quotes and without a tag.
 *
 * Dates are texts, `yes` and `off` are booleans, `0400` and `0o400` are 256, `1_000` is 1000, and `1:30` is a text.
 */
export function resolvePlain(text: string): ScalarValue {
  const asText: ScalarValue = { type: 'str', value: text };
  if (!mayHaveType(text)) return asText;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (text.startsWith('.')) return POINT_FLOAT.test(text) ? finite(text.replaceAll('_', '')) ?? asText : asText;
  if (!/^[-+\d]/.test(text)) return asText;
  const digits = text.replaceAll('_', '');
  return integer(digits) ?? (FLOAT.test(digits) ? finite(digits) : undefined) ?? asText;
}

const TAG_PREFIX = 'tag:yaml.org,2002:';
const TYPES: readonly string[] = ['null', 'bool', 'int', 'float', 'timestamp'];

/** The value of a scalar with a tag; undefined where it does not have the type that the tag says. */
export function resolveTagged(tag: string, text: string): ScalarValue | undefined {
  const type = tag.startsWith(TAG_PREFIX) ? tag.slice(TAG_PREFIX.length) : '';
  if (type === 'binary') {
    const bytes = binaryBytes(text);
    return bytes === undefined ? undefined : { type: 'str', value: textOf(bytes) };
  }
  if (!TYPES.includes(type)) return { type: 'str', value: text };
  if (type === 'timestamp') return isTimestamp(text) ? { type: 'str', value: text } : undefined;
  const resolved = resolvePlain(text);
  if (resolved.type === type) return resolved;
  return type === 'float' && resolved.type === 'int' && resolved.value <= MAX_INT64 ? { type: 'float', value: Number(resolved.value) } : undefined;
}

/** A number that is exact up to 64 bits, as a bigint where a number would not be. */
export function exactInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The bytes of a `!!binary`, which may have line breaks in it; undefined where it is no base64. */
export function binaryBytes(text: string): Buffer | undefined {
  const packed = text.replace(/[\r\n]/g, '');
  const bytes = Buffer.from(packed, 'base64');
  // Bits behind the last byte may be set: they are ignored.
  const padded = packed.length % 4 === 0 && bytes.length === packed.length / 4 * 3 - (packed.endsWith('==') ? 2 : packed.endsWith('=') ? 1 : 0);
  return padded && /^[A-Za-z0-9+/]*={0,2}$/.test(packed) ? bytes : undefined;
}

/** Bytes as Go writes them in JSON: each that is part of no character is one U+FFFD. */
function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const characters = Buffer.allocUnsafe(bytes.length * UNKNOWN.length);
  let size = 0;
  for (let at = 0; at < bytes.length;) {
    const width = widthAt(bytes, at);
    size += width === 0 ? UNKNOWN.copy(characters, size) : bytes.copy(characters, size, at, at + width);
    at += Math.max(1, width);
  }
  return characters.toString('utf8', 0, size);
}

/** How many bytes the character has that begins at one of them; 0 where none does. */
function widthAt(bytes: Buffer, at: number): number {
  const first = bytes[at];
  if (first < 0x80) return 1;
  const width = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return isUtf8(bytes.subarray(at, at + width)) ? width : 0;
}

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(Z|[-+]\d{2}:\d{2})?)?$/;

/** Whether go-yaml takes it for a time: with a zone behind a `T`, without one behind a space. */
function isTimestamp(text: string): boolean {
  const match = DATE.exec(text);
  if (match === null) return false;
  const [, year, month, day, separator, hour = '0', minute = '0', second = '0', zone] = match;
  if (separator !== undefined && (separator === ' ') === (zone !== undefined)) return false;
  const days = new Date(Date.UTC(2000 + Number(year) % 400, Number(month), 0)).getUTCDate();
  const [, zoneHour = '0', zoneMinute = '0'] = /(\d{2}):(\d{2})$/.exec(zone ?? '') ?? [];
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days
    && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60 && Number(zoneHour) <= 24 && Number(zoneMinute) < 60;
}

/** The key that a scalar is in JSON, or undefined where it can be none. */
export function keyText(key: ScalarValue): string | undefined {
  switch (key.type) {
    case 'null': return undefined;
    case 'bool': return String(key.value);
    case 'int': return key.value >= 2n ** 63n ? undefined : String(key.value);
    case 'float': return floatKey(key.value);
    case 'str': return key.value;
  }
}

function integer(digits: string): ScalarValue | undefined {
  const match = INTEGER.exec(digits);
  if (match === null) return signedBinary(digits);
  const [, sign, hex, binary, octal, decimal] = match;
  const number = (hex ?? binary ?? octal ?? decimal).replace(/^0+/, '');
  // Longer than any of 64 bits in any base, and slow to read as a bigint.
  if (number.length > 64) return undefined;
  const base = hex !== undefined ? 16 : binary !== undefined ? 2 : octal !== undefined ? 8 : 10;
  if (number.length <= SAFE_DIGITS) {
    const magnitude = number === '' ? 0 : parseInt(number, base);
    return { type: 'int', value: sign === '-' ? 0 - magnitude : magnitude };
  }
  const magnitude = BigInt(PREFIXES[base] + number);
  const value = sign === '-' ? -magnitude : magnitude;
  const isInRange = MIN_INT64 <= value && value <= (sign === '+' ? MAX_INT64 : MAX_UINT64);
  return isInRange ? { type: 'int', value: exactInteger(value) } : undefined;
}

/** `0b-1`, which nobody writes: go-yaml cuts off the prefix, and Go takes the rest. */
function signedBinary(digits: string): ScalarValue | undefined {
  const match = /^0b([-+])([01]+)$/.exec(digits);
  if (match === null) return undefined;
  const number = match[2].replace(/^0+/, '');
  if (number.length > 64) return undefined;
  const value = BigInt(`0b0${number}`) * (match[1] === '-' ? -1n : 1n);
  return MIN_INT64 <= value && value <= MAX_INT64 ? { type: 'int', value: exactInteger(value) } : undefined;
}

function finite(digits: string): ScalarValue | undefined {
  const value = Number(digits);
  return Number.isFinite(value) ? { type: 'float', value } : undefined;
}

/** The shortest text that is the same number in 32 bits, with an exponent below 1e-4 and from 1e6 on. */
function floatKey(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  if (single === 0) return Object.is(single, -0) ? '-0' : '0';
  let precision = 1;
  while (Math.fround(Number(single.toExponential(precision - 1))) !== single) precision++;
  const [mantissa, exponent] = roundedToEven(single, precision).split('e');
  const power = Number(exponent);
  if (-4 <= power && power < 6) return Number(`${mantissa}e${power}`).toFixed(Math.max(0, precision - 1 - power));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** `toExponential` with so many digits, but of two that are as near the one whose last digit is even, as Go chooses it. */
function roundedToEven(value: number, precision: number): string {
  const [digits, exponent] = value.toExponential(100).split('e');
  const kept = digits.slice(0, precision - 101);
  const isTie = precision > 1 && /[02468]$/.test(kept) && /^50*$/.test(digits.slice(precision - 101));
  return isTie ? `${kept}e${exponent}` : value.toExponential(precision - 1);
}
