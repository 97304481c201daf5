import type { Cursor } from './cursor';
import { MAX_SCALAR } from '../parsed-document';
import { Unreadable } from '../unreadable';

/** How many tokens one document may have; a `List` of 15,000 Deployments has fewer. */
export const MAX_TOKENS = 3_000_000;

/** How far behind the beginning of a key its colon may stand. */
export const MAX_KEY = 1024;

/** The error that one value is larger than any object may be. */
export function tooLong(cursor: Cursor, start: number): Unreadable {
  const reason = `a value has more than ${MAX_SCALAR} characters; the API server takes no object of that size`;
  return new Unreadable(reason, Math.min(start, cursor.end), 'take it out of the manifest');
}
