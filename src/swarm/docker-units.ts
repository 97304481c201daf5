/**
 * Kubernetes quantities as Docker writes memory and CPU.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
/** Docker's units, the largest first. */
const UNITS: readonly (readonly [unit: string, bytes: bigint])[] = [['G', 1024n ** 3n], ['M', 1024n ** 2n], ['K', 1024n], ['B', 1n]];

const NANO = 1_000_000_000n;

const QUANTITY = /^([+-]?)(\d+)?(?:\.(\d*))?(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\d{1,2}))?$/;

/** A quantity in billionths, rounded up, or undefined where the text is none. */
function nanos(text: string): bigint | undefined {
  const match = QUANTITY.exec(text);
  if (match === null || text.length > 40) return undefined;
  const [, sign, whole = '', fraction = '', suffix = '', exponent = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const scaled = BigInt(whole + fraction) * NANO * factor(suffix, Number(exponent));
  const value = divideUp(scaled, 10n ** BigInt(fraction.length) * divisor(suffix, Number(exponent)));
  return sign === '-' ? -value : value;
}

function factor(suffix: string, exponent: number): bigint {
  if (suffix.endsWith('i')) return 1024n ** BigInt(BINARY.indexOf(suffix));
  return 10n ** BigInt(Math.max(exponent, 0) + 3 * Math.max(DECIMAL.indexOf(suffix), 0));
}

function divisor(suffix: string, exponent: number): bigint {
  return 10n ** BigInt(Math.max(-exponent, 0) + 3 * Math.max(['', 'm', 'u', 'n'].indexOf(suffix), 0));
}

function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

/** Memory as Docker writes it (`40M` is 40 mebibytes there), or undefined where the text is no positive quantity. */
export function dockerMemory(quantity: string): string | undefined {
  const value = nanos(quantity);
  if (value === undefined || value <= 0n) return undefined;
  const bytes = divideUp(value, NANO);
  const [unit, size] = UNITS.find(([, bytesOfUnit]) => bytes % bytesOfUnit === 0n)!;
  return `${bytes / size}${unit}`;
}

/** CPUs as Docker writes them, `0.1` for `100m`, or undefined where the text is no positive quantity. */
export function dockerCpus(quantity: string): string | undefined {
  const value = nanos(quantity);
  if (value === undefined || value <= 0n) return undefined;
  const digits = value.toString().padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '');
}
