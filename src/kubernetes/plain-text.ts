import { illegalBase64Byte } from './base64';

/** One word: letters of one case, perhaps a capital first, or letters and digits of one case. */
const WORD = /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+|[a-z]+\d+|[0-9a-f]+|\d+)$/;

const PRINTABLE = /^[\t\n\r\x20-\x7e\u00a0-\uffff]*$/;

/**
 * Whether a text that is valid base64 was more likely meant as it stands: it is one word, and decoded it is no text.
 *
 * `password` is eight letters, and so by chance base64 of six bytes. Random bytes hardly ever give one word.
 */
export function looksLikePlainText(value: string): boolean {
  if (!WORD.test(value) || illegalBase64Byte(value) !== undefined) return false;
  const decoded = Buffer.from(value, 'base64');
  const text = decoded.toString('utf8');
  return text.includes('\ufffd') || !PRINTABLE.test(text);
}
