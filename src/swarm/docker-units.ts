import { divideUp, NANO, parseQuantity } from '../kubernetes/quantity';
import { withoutEnd } from '../kubernetes/trim';

/** Docker's units of memory, the largest first; each is a power of 1024. */
const UNITS: readonly (readonly [unit: string, bytes: bigint])[] = [['G', 1024n ** 3n], ['M', 1024n ** 2n], ['K', 1024n], ['B', 1n]];

/** Memory as Docker writes it (`40M` is 40 mebibytes there), or undefined where the text is no quantity above zero. */
export function dockerMemory(quantity: string): string | undefined {
  const value = parseQuantity(quantity);
  if (value === undefined || value <= 0n) return undefined;
  const bytes = divideUp(value, NANO);
  const [unit, size] = UNITS.find(([, bytesOfUnit]) => bytes % bytesOfUnit === 0n)!;
  return `${bytes / size}${unit}`;
}

/** CPUs as Docker writes them, `0.1` for `100m`, or undefined where the text is no quantity above zero. */
export function dockerCpus(quantity: string): string | undefined {
  const value = parseQuantity(quantity);
  if (value === undefined || value <= 0n) return undefined;
  const digits = value.toString().padStart(10, '0');
  const fraction = withoutEnd(digits.slice(-9), '0');
  return fraction === '' ? digits.slice(0, -9) : `${digits.slice(0, -9)}.${fraction}`;
}
