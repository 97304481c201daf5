import { CODES, type CodeEntry, type Codes } from '../errors/codes';
import { silentCodes } from '../inspect/checks/codes';
import { refusalCodes } from '../inspect/validate/codes';

/** Every code, in the order of docs/errors.md. */
export const ALL_CODES: Codes = { ...CODES, ...refusalCodes(), ...silentCodes() };

/** How bad what has a code is, and when it is less bad. */
export function severityText({ warns }: CodeEntry): string {
  if (warns === undefined) return 'error';
  return warns === true ? 'warning' : `error; a warning ${warns}`;
}

/** Whether there is such a code. */
export function isCode(text: string): boolean {
  return Object.hasOwn(ALL_CODES, text);
}
