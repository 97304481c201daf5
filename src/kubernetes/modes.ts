/** The highest mode of a file, `0777`. */
export const MAX_MODE = 0o777;

/** The mode of a file in a volume that names none, `0644`. */
export const DEFAULT_MODE = 0o644;

/** A mode as manifests hold it: a number from 0 to 511. */
export function fileMode(mode: number): string[] {
  return Number.isInteger(mode) && mode >= 0 && mode <= MAX_MODE
    ? [] : ['must be a number between 0 and 0777 (octal), both inclusive'];
}

/**
 * The mode that an octal text like `'0400'` stands for, as in chmod, or `undefined` where it stands for none.
 *
 * One to three octal digits, with or without leading zeros or `0o`.
 */
export function parseMode(text: string): number | undefined {
  const digits = /^(?:0o)?0*([0-7]{1,3})$/.exec(text)?.[1];
  return digits === undefined ? undefined : parseInt(digits, 8);
}

/** The octal text of a mode, with four digits, as `stat` and `chmod` have it: 256 is `'0400'`. */
export function formatMode(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** Whether a mode has all of these bits. */
export function hasBits(mode: number, bits: number): boolean {
  return withBits(mode, bits) === mode;
}

/** The mode with these bits set. */
export function withBits(mode: number, bits: number): number {
  let result = mode;
  for (let bit = 1; bit <= bits; bit *= 2) {
    if (Math.floor(bits / bit) % 2 === 1 && Math.floor(mode / bit) % 2 === 0) result += bit;
  }
  return result;
}

/** The mode of a file in a volume of Secrets where the pod has a `fsGroup`: owner and group may read it, whatever it says. */
export function fileModeWithFsGroup(mode: number): number {
  return withBits(mode, 0o440);
}

/** The mode of a directory in a volume of Secrets where the pod has a `fsGroup`: what is made in it belongs to that group. */
export function directoryModeWithFsGroup(mode: number): number {
  return withBits(mode, 0o2550);
}
