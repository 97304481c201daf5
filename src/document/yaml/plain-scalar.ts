import { folded, type Cursor } from './cursor';

const TAB = 0x09;
const LF = 0x0a;
const SPACE = 0x20;
const HASH = 0x23;
const COMMA = 0x2c;
const COLON = 0x3a;
const QUESTION = 0x3f;
/** The last character of ASCII that is no control character. */
const TILDE = 0x7e;

/** Reads texts without quotes. What it says is of the last one. */
export class PlainScalarReader {
  public start = 0;
  public end = 0;
  /** Undefined where it stands on one line, from start to end. */
  public text: string | undefined;
  /** Whether the cursor is at the beginning of a line that is no longer part of it. */
  public endsLine = false;

  /**
   * Reads one.
   *
   * @param indent the column that its further lines reach at least, outside of brackets
   * @throws Unreadable
   */
  public read(cursor: Cursor, indent: number, inFlow: boolean): void {
    this.start = cursor.at;
    this.end = cursor.at;
    this.text = undefined;
    this.endsLine = false;
    /** Where the part begins that stands on the last line. */
    let part = cursor.at;
    let firstBreak = '';
    let furtherBreaks = '';

    while (cursor.code() !== HASH && !cursor.isDocumentIndicator()) {
      const run = cursor.at;
      const endsRun = skipRun(cursor, inFlow);
      if (cursor.at > run) {
        if (this.endsLine) {
          this.text = (this.text ?? '') + cursor.text.slice(part, this.end) + folded(firstBreak, furtherBreaks);
          part = run;
          this.endsLine = false;
        }
        this.end = cursor.at;
      }
      if (endsRun) break;
      for (;;) {
        const code = cursor.code();
        if (code === SPACE) {
          cursor.at++;
        } else if (code === TAB) {
          if (this.endsLine && cursor.column < indent) throw cursor.error('a tab is used for indentation');
          cursor.at++;
        } else if (code !== LF && !cursor.isBreak()) {
          break;
        } else if (this.endsLine) {
          furtherBreaks += cursor.readBreak();
        } else {
          firstBreak = cursor.readBreak();
          furtherBreaks = '';
          this.endsLine = true;
        }
      }
      if (!inFlow && cursor.column < indent) break;
    }
    if (this.text !== undefined) this.text += cursor.text.slice(part, this.end);
  }
}

/** Goes over characters up to a blank, the end of the line, or what ends a text, which it tells. */
function skipRun(cursor: Cursor, inFlow: boolean): boolean {
  const { text, end } = cursor;
  for (let { at } = cursor; at < end; at++) {
    const code = text.charCodeAt(at);
    const isPart = code <= TILDE ? code > SPACE && !(inFlow && isFlowIndicator(code)) : !cursor.isBreak(at);
    if (isPart && (code !== COLON || !cursor.isBlankOrEnd(at + 1))) continue;
    cursor.at = at;
    return code > SPACE && code <= TILDE;
  }
  cursor.at = end;
  return true;
}

function isFlowIndicator(code: number): boolean {
  return code === COMMA || code === QUESTION || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d;
}
