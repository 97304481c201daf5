/**
 * Amounts of memory and CPU, as Kubernetes writes them.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
const FRACTIONS = ['', 'm', 'u', 'n'];

/** How many of what `parseQuantity` counts make one. */
export const NANO = 1_000_000_000n;

const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\d{1,2}))?$/;
/** Longer texts are none that anybody means. */
const MAX_LENGTH = 40;

/** A quantity in billionths, rounded up, or undefined where the text is none. */
export function parseQuantity(text: string): bigint | undefined {
  const match = text.length > MAX_LENGTH ? null : QUANTITY.exec(text);
  if (match === null) return undefined;
  const [, sign, whole, fraction = '', suffix = '', exponent = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const power = Number(exponent) + 3 * (Math.max(DECIMAL.indexOf(suffix), 0) - Math.max(FRACTIONS.indexOf(suffix), 0)) - fraction.length;
  const scaled = BigInt(whole + fraction) * NANO * 1024n ** BigInt(Math.max(BINARY.indexOf(suffix), 0)) * 10n ** BigInt(Math.max(power, 0));
  const value = divideUp(scaled, 10n ** BigInt(Math.max(-power, 0)));
  return sign === '-' ? -value : value;
}

/** Divides and rounds up. */
export function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

/** An amount that a container can request or be limited to. */
export function resourceQuantity(text: string): string[] {
  const value = parseQuantity(text);
  if (value === undefined) return ["must be a quantity like '40Mi' or '100m'"];
  return value < 0n ? ['must be greater than or equal to 0'] : [];
}
