/**
 * Amounts of memory and CPU, as Kubernetes writes them.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

/** How many of what quantities are counted in make one. */
export const NANO = 1_000_000_000n;

/** How a quantity was written, which decides how Kubernetes prints it. */
type Notation = 'decimal' | 'exponent' | 'binary';

/** A quantity as the API server reads it. */
export interface GoQuantity {
  /** In billionths, rounded away from zero. */
  readonly nanos: bigint;
  readonly notation: Notation;
  /** The text, where the API server keeps it as it is and prints it again. */
  readonly kept?: string;
  /** Whether the API server holds it as 64 bits and a power of ten, and not as a number of any length. */
  readonly isQuick: boolean;
}

const NANO_DIGITS = 9;
/** The most digits that fit into the 64 bits that are tried first. */
const MAX_DIGITS = 18;
/** The same where the number is multiplied by a power of two. */
const MAX_BINARY_DIGITS = 14;
/** The largest quantity in powers of two. */
const MAX_BINARY = (2n ** 63n - 1n) * NANO;
/** Greater exponents make no quantity that anybody compares. */
const MAX_EXPONENT = 100;

const DECIMAL: ReadonlyMap<string, number> = new Map([['n', -9], ['u', -6], ['m', -3], ['', 0], ['k', 3], ['M', 6], ['G', 9], ['T', 12], ['P', 15], ['E', 18]]);
const BINARY: ReadonlyMap<string, number> = new Map(['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, index) => [suffix, 10 * (index + 1)]));

/** Longer texts are none that anybody means, and work for nothing. */
const MAX_LENGTH = 1000;

/** Digits, leading zeros left out; digits behind a point; and the suffix. Each part may be missing. */
const PARTS = /^([+-]?)0*([1-9]\d*)?(\.\d*)?([eEinumkKMGTP]+[+-]?\d*)?$/;
const EXPONENT = /^[eE]([+-]?\d+)$/;
/** Blanks that JSON escapes, so that Go does not see them as such, and one that it does not take for a blank. */
const NO_BLANKS = /[\t\n\v\f\r\u2028\u2029\ufeff]/;
/** What nearly every quantity looks like. */
const PLAIN = /^[1-9]\d{0,8}(?:m|[KMG]i|[kMG])?$/;

/**
 * Reads a quantity as `ParseQuantity` of Kubernetes does, which takes more than its documentation says: `m` and `-` are zero,
 * and blanks around it are nothing.
 *
 * @returns undefined where it is none
 */
export function readQuantity(given: string | number | bigint): GoQuantity | undefined {
  const text = typeof given === 'string' ? given.trim() : String(given);
  const parts = text === '' || text.length > MAX_LENGTH || NO_BLANKS.test(String(given)) ? null : PARTS.exec(text);
  if (parts === null) return undefined;
  const [, sign, whole = '', point = '', suffix = ''] = parts;
  const value = magnitude({ whole, fraction: point.slice(1), suffix, hasDigits: /\d/.test(text.slice(0, text.length - suffix.length)) });
  if (value === undefined) return undefined;
  const { nanos, notation, isKept, isQuick } = value;
  return { nanos: sign === '-' ? -nanos : nanos, notation, isQuick, ...isKept ? { kept: text } : {} };
}

/** Whether the API server takes a value for a quantity. */
export function isQuantity(value: string | number | bigint): boolean {
  return (typeof value === 'string' && PLAIN.test(value)) || readQuantity(value) !== undefined;
}

interface Parts {
  /** The digits before the point, without leading zeros. */
  readonly whole: string;
  readonly fraction: string;
  readonly suffix: string;
  /** Whether there is any digit before the suffix. */
  readonly hasDigits: boolean;
}

interface Magnitude {
  readonly nanos: bigint;
  readonly notation: Notation;
  readonly isKept: boolean;
  readonly isQuick: boolean;
}

function magnitude({ whole, fraction, suffix, hasDigits }: Parts): Magnitude | undefined {
  const digits = `${whole === '' ? '0' : whole}${fraction}`;
  const number = BigInt(digits);
  const twos = BINARY.get(suffix);
  if (twos !== undefined) {
    const isQuick = fraction === '' && MAX_BINARY_DIGITS - digits.length - Math.trunc(twos * 3 / 10) >= 0;
    if (!hasDigits && !isQuick) return undefined;
    const nanos = scaled(number * 2n ** BigInt(twos), -fraction.length);
    return { nanos: nanos > MAX_BINARY ? MAX_BINARY : nanos, notation: 'binary', isKept: isQuick && number % 8n !== 0n, isQuick };
  }
  const exponent = DECIMAL.get(suffix) ?? exponentOf(suffix);
  if (exponent === undefined) return undefined;
  const scale = exponent - fraction.length;
  const isQuick = digits.length <= MAX_DIGITS && scale >= -NANO_DIGITS;
  // without digits, the number is zero where the quick way of reading is taken, and none otherwise
  if (!hasDigits && !isQuick) return undefined;
  return {
    nanos: scaled(number, Math.min(exponent, MAX_EXPONENT) - fraction.length),
    notation: DECIMAL.has(suffix) ? 'decimal' : 'exponent',
    isKept: isQuick && scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0'),
    isQuick,
  };
}

function exponentOf(suffix: string): number | undefined {
  const match = EXPONENT.exec(suffix);
  return match === null || Math.abs(Number(match[1])) >= 2 ** 31 ? undefined : Number(match[1]);
}

/** A number times a power of ten, in billionths, rounded up. */
function scaled(number: bigint, power: number): bigint {
  const total = power + NANO_DIGITS;
  if (total >= 0) return number * 10n ** BigInt(total);
  if (number === 0n) return 0n;
  const divisor = 10n ** BigInt(Math.min(-total, MAX_EXPONENT + String(number).length));
  return divideUp(number, divisor);
}

/** Divides and rounds up. */
export function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

const MILLI = 1_000_000n;

/** `Value` of Kubernetes: rounded away from zero, and what does not fit into 64 bits is 0 or its lowest 64 bits, as the API server holds it. */
export function valueOf(quantity: GoQuantity): bigint {
  return in64Bits(awayFromZero(quantity.nanos, NANO), quantity);
}

/** `MilliValue` of Kubernetes: the same in thousandths. */
export function milliValueOf(quantity: GoQuantity): bigint {
  return in64Bits(awayFromZero(quantity.nanos, MILLI), quantity);
}

function awayFromZero(value: bigint, by: bigint): bigint {
  return value < 0n ? -divideUp(-value, by) : divideUp(value, by);
}

function in64Bits(value: bigint, { isQuick }: GoQuantity): bigint {
  const wrapped = BigInt.asIntN(64, value);
  return wrapped === value || !isQuick ? wrapped : 0n;
}

/** How the API server prints a quantity that is one of something, `1`, `1k` or `1Mi`, or that it keeps as it is; undefined for any other. */
export function asUnit({ nanos, notation, kept }: GoQuantity): string | undefined {
  if (kept !== undefined) return kept;
  if (nanos === NANO) return '1';
  if (notation === 'exponent') return undefined;
  // less than 1024, powers of two print as decimals
  const isBinary = notation === 'binary' && nanos >= 1024n * NANO;
  for (const [suffix, power] of isBinary ? BINARY : DECIMAL) {
    if (nanos === (isBinary ? NANO * 2n ** BigInt(power) : 10n ** BigInt(power + NANO_DIGITS))) return `1${suffix}`;
  }
  return undefined;
}

/** A quantity as the documentation of Kubernetes has it: with digits, and without what the API server only happens to take. */
const WRITTEN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,2})?$/;
/** Longer texts are none that anybody writes. */
const MAX_WRITTEN = 40;

/** A quantity that somebody writes, in billionths, rounded up, or undefined where the text is none. */
export function parseQuantity(text: string): bigint | undefined {
  return text.length > MAX_WRITTEN || !WRITTEN.test(text) ? undefined : readQuantity(text)?.nanos;
}

/** An amount that a container can request or be limited to. */
export function resourceQuantity(text: string): string[] {
  const value = parseQuantity(text);
  if (value === undefined) return ["must be a quantity like '40Mi' or '100m'"];
  return value < 0n ? ['must be greater than or equal to 0'] : [];
}
