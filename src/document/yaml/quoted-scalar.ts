import { folded, hexDigit, type Cursor } from './cursor';
import { tooLong } from './limits';
import { MAX_SCALAR } from '../parsed-document';

const SINGLE = 0x27;
const DOUBLE = 0x22;
const BACKSLASH = 0x5c;

/** What stands behind a backslash for one character. `\/` is of YAML 1.2 and of JSON, and not of YAML 1.1. */
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  'a': '\x07',
  'b': '\b',
  't': '\t',
  '\t': '\t',
  'n': '\n',
  'v': '\v',
  'f': '\f',
  'r': '\r',
  'e': '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  'N': '\x85',
  '_': '\xa0',
  'L': '\u2028',
  'P': '\u2029',
};
/** How many hexadecimal digits follow. */
const CODES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * Reads a text in quotes; the cursor stands on the first one.
 *
 * @throws Unreadable
 */
export function readQuotedScalar(cursor: Cursor): string {
  const quote = cursor.code();
  const start = ++cursor.at;
  let text = '';
  for (;;) {
    if (cursor.isDocumentIndicator()) throw cursor.error("a closing quote is missing: a line in the text is '---' or '...'");
    if (cursor.at - start > MAX_SCALAR) throw tooLong(cursor, start);
    if (cursor.at >= cursor.end) throw cursor.error('a closing quote is missing');
    const run = readRun(cursor, quote);
    text += run.text;
    if (!run.endsLine && cursor.code() === quote) break;
    text += readBlanks(cursor, run.endsLine);
  }
  cursor.at++;
  return text;
}

/** What stands up to a blank, the end of a line, or the closing quote. */
function readRun(cursor: Cursor, quote: number): { readonly text: string; readonly endsLine: boolean } {
  let text = '';
  let part = cursor.at;
  while (!cursor.isBlankOrEnd()) {
    const code = cursor.code();
    if (code === quote) {
      if (quote !== SINGLE || cursor.code(1) !== SINGLE) break;
      text += cursor.text.slice(part, ++cursor.at);
      part = ++cursor.at;
    } else if (code === BACKSLASH && quote === DOUBLE) {
      text += cursor.text.slice(part, cursor.at);
      cursor.at++;
      if (cursor.isBreak()) {
        cursor.readBreak();
        return { text, endsLine: true };
      }
      text += readEscape(cursor);
      part = cursor.at;
    } else {
      cursor.at++;
    }
  }
  return { text: text + cursor.text.slice(part, cursor.at), endsLine: false };
}

function readEscape(cursor: Cursor): string {
  const letter = cursor.at < cursor.end ? cursor.text[cursor.at] : '';
  const escape = ESCAPES[letter];
  cursor.at++;
  if (escape !== undefined) return escape;
  const digits = CODES[letter];
  if (digits === undefined) throw cursor.error('a text in double quotes has an escape that YAML does not have', cursor.at - 2);
  let value = 0;
  for (let count = 0; count < digits; count++) {
    const digit = hexDigit(cursor.code());
    if (digit < 0) throw cursor.error(`a text in double quotes has an escape \\${letter} with fewer than ${digits} hexadecimal digits`);
    value = value * 16 + digit;
    cursor.at++;
  }
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    throw cursor.error('a text in double quotes has an escape that is no character; write one beyond U+FFFF as it is, or with \\U', cursor.at - digits - 2);
  }
  return String.fromCodePoint(value);
}

/** What blanks and ends of lines are in the text; blanks at the beginning and at the end of a line are nothing. */
function readBlanks(cursor: Cursor, afterEscapedBreak: boolean): string {
  const start = cursor.at;
  let endsLine = afterEscapedBreak;
  let firstBreak = '';
  let furtherBreaks = '';
  for (;;) {
    if (cursor.isBlank()) {
      cursor.at++;
    } else if (!cursor.isBreak()) {
      break;
    } else if (endsLine) {
      furtherBreaks += cursor.readBreak();
    } else {
      firstBreak = cursor.readBreak();
      endsLine = true;
    }
  }
  return endsLine ? folded(firstBreak, furtherBreaks) : cursor.text.slice(start, cursor.at);
}
