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

/** Only a text that starts like this can be anything but a text. */
const HINT = /^[-+.~0-9yYnNtTfFoO]/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const POINT_FLOAT = /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/;

const MAX_UINT64 = 2n ** 64n - 1n;
const MIN_INT64 = -(2n ** 63n);

/**
 * The value of a scalar without quotes and without a tag.
 *
 * Dates are texts, `yes` and `off` are booleans, `0400` and `0o400` are 256, `1_000` is 1000, and `1:30` is a text.
 */
export function resolvePlain(text: string): ScalarValue {
  const asText: ScalarValue = { type: 'str', value: text };
  if (text !== '' && !HINT.test(text)) return asText;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (text.startsWith('.')) return POINT_FLOAT.test(text) ? finite(text.replaceAll('_', '')) ?? asText : asText;
  if (!/^[-+\d]/.test(text)) return asText;
  const digits = text.replaceAll('_', '');
  return integer(digits) ?? (FLOAT.test(digits) ? finite(digits) : undefined) ?? asText;
}

/** A number that is exact up to 64 bits, as a bigint where a number would not be. */
export function exactInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
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
  if (match === null) return undefined;
  const [, sign, hex, binary, octal, decimal] = match;
  const magnitude = BigInt(hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : octal !== undefined ? `0o${octal}` : decimal);
  const value = sign === '-' ? -magnitude : magnitude;
  const isInRange = MIN_INT64 <= value && value <= (sign === '+' ? -MIN_INT64 - 1n : MAX_UINT64);
  return isInRange ? { type: 'int', value: exactInteger(value) } : undefined;
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
