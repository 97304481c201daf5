import { RULES } from './rules';
import type { Codes } from '../../errors/codes';
import { PLACEHOLDER_CODES } from '../placeholders';

type KeysOf<Each> = Each extends unknown ? keyof Each : never;

/** A code of what the API server accepts in silence. */
export type SilentCode = KeysOf<(typeof RULES)[number]['codes']> | keyof typeof PLACEHOLDER_CODES;

/** The codes of what the API server accepts in silence, each from where its rule stands. */
export function silentCodes(): Codes {
  return Object.assign({}, PLACEHOLDER_CODES, ...RULES.map(({ codes }) => codes));
}
