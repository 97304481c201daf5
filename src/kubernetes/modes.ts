/** The highest mode of a file, `0777`. */
export const MAX_MODE = 0o777;

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
