import { text } from './untyped';

const DEFAULT_LENGTH = 24;
const DEFAULT_SHARE = 0.25;
const LETTERS = 26;
const DIGITS = 10;
const DEFAULT_SYMBOLS = '~!@#$%^&*()_+`-={}|[]\\:"<>?,./'.length;

/** What keeps a Password generator from making anything, by its spec: without repetition no character is used twice, so each sort has an end. */
export function passwordProblem(spec: Readonly<Record<string, unknown>>): { readonly message: string; readonly next: string } | undefined {
  const number = (value: unknown, otherwise: number) => typeof value === 'number' ? value : otherwise;
  const length = number(spec.length, DEFAULT_LENGTH);
  const share = Math.floor(length * DEFAULT_SHARE);
  const digits = number(spec.digits, share);
  const symbols = number(spec.symbols, share);
  const letters = length - digits - symbols;
  if (letters < 0) {
    return { message: `${digits} digits and ${symbols} symbols are more than the ${length} characters of the password`, next: 'make it longer, or ask for fewer' };
  }
  if (spec.allowRepeat === true) return undefined;
  const alphabet = spec.noUpper === true ? LETTERS : 2 * LETTERS;
  const characters = typeof spec.symbolCharacters === 'string' ? new Set(text(spec.symbolCharacters)).size : DEFAULT_SYMBOLS;
  const too = digits > DIGITS ? `${digits} digits` : symbols > characters ? `${symbols} symbols` : letters > alphabet ? `${letters} letters` : undefined;
  return too === undefined ? undefined
    : { message: `a password with ${too} cannot be made without using one of them twice`, next: 'write allowRepeat: true, or make it shorter' };
}
