import { connectionStringIn } from './connection-strings';
import { holdsPrivateKey } from './private-key';
import { tokenIn } from './token-shapes';

/** The shortest text that can hold a credential: `a://:b@c`. */
const SHORTEST = 8;

/** What credential a text holds, in words: `a token of GitHub`. Of several the first kind is told, and never the value. */
export function credentialIn(text: string): string | undefined {
  if (text.length < SHORTEST) return undefined;
  return holdsPrivateKey(text) ? 'a private key' : tokenIn(text) ?? connectionStringIn(text);
}
