import { folded, type Cursor } from './cursor';

/** A text without quotes. */
export interface PlainScalar {
  readonly start: number;
  readonly end: number;
  /** Undefined where it stands on one line, from start to end. */
  readonly text: string | undefined;
  /** Whether the cursor is at the beginning of a line that is no longer part of it. */
  readonly endsLine: boolean;
}

/**
 * Reads a text without quotes.
 *
 * @param indent the column that its further lines reach at least, outside of brackets
 * @throws Unreadable
 */
export function readPlainScalar(cursor: Cursor, indent: number, inFlow: boolean): PlainScalar {
  const start = cursor.at;
  let end = start;
  let text: string | undefined;
  /** Where the part begins that stands on the last line. */
  let part = start;
  let firstBreak = '';
  let furtherBreaks = '';
  let endsLine = false;

  while (!cursor.isDocumentIndicator() && cursor.code() !== 0x23) {
    const run = cursor.at;
    skipRun(cursor, inFlow);
    if (cursor.at > run) {
      if (endsLine) {
        text = (text ?? '') + cursor.text.slice(part, end) + folded(firstBreak, furtherBreaks);
        part = run;
        endsLine = false;
      }
      end = cursor.at;
    }
    if (cursor.at >= cursor.end || !(cursor.isBlank() || cursor.isBreak())) break;
    for (;;) {
      if (cursor.isBlank()) {
        if (endsLine && cursor.column < indent && cursor.code() === 0x09) throw cursor.error('a tab is used for indentation');
        cursor.at++;
      } else if (!cursor.isBreak()) {
        break;
      } else if (endsLine) {
        furtherBreaks += cursor.readBreak();
      } else {
        firstBreak = cursor.readBreak();
        furtherBreaks = '';
        endsLine = true;
      }
    }
    if (!inFlow && cursor.column < indent) break;
  }
  return { start, end, text: text === undefined ? undefined : text + cursor.text.slice(part, end), endsLine };
}

/** Goes over characters up to a blank, the end of the line, or what ends a text. */
function skipRun(cursor: Cursor, inFlow: boolean): void {
  const { text, end } = cursor;
  let { at } = cursor;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x3a) {
      if (cursor.isBlankOrEnd(at + 1)) break;
    } else if (code <= 0x20) {
      break;
    } else if (code > 0x7e) {
      if (cursor.isBreak(at)) break;
    } else if (inFlow && (code === 0x2c || code === 0x3f || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d)) {
      break;
    }
  }
  cursor.at = at;
}
