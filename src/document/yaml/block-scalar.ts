import type { Cursor } from './cursor';

const SPACE = 0x20;
const TAB = 0x09;

/**
 * Reads a text of lines below a `|` or `>`, on which the cursor stands.
 *
 * @param parent the column of what the text belongs to, -1 at the root
 * @throws Unreadable
 */
export function readBlockScalar(cursor: Cursor, parent: number): string {
  const isLiteral = cursor.text[cursor.at] === '|';
  cursor.at++;
  const { chomping, increment } = readHeader(cursor);
  if (!cursor.skipRestOfLine()) throw cursor.error("something stands behind a '|' or '>' that is no comment");

  const lines: string[] = [];
  let { indent, breaks } = readEmptyLines(cursor, increment === 0 ? 0 : Math.max(parent, 0) + increment, parent);
  let lineBreak = '';
  let wasIndented = false;
  while (cursor.column === indent && cursor.at < cursor.end) {
    const isIndented = cursor.isBlank();
    if (!isLiteral && lineBreak === '\n' && !wasIndented && !isIndented) {
      if (breaks === '') lines.push(' ');
    } else {
      lines.push(lineBreak);
    }
    wasIndented = isIndented;
    const start = cursor.at;
    cursor.skipLine();
    lines.push(breaks, cursor.text.slice(start, cursor.at));
    lineBreak = cursor.at < cursor.end ? cursor.readBreak() : '';
    ({ breaks } = readEmptyLines(cursor, indent, parent));
  }
  if (chomping !== '-') lines.push(lineBreak);
  if (chomping === '+') lines.push(breaks);
  return lines.join('');
}

/** What stands behind the `|` or `>`: which ends of lines stay at the end, and how far the text is indented; 0 where its first line says so. */
function readHeader(cursor: Cursor): { readonly chomping: string; readonly increment: number } {
  let chomping = '';
  let increment = 0;
  for (let count = 0; count < 2; count++) {
    const letter = cursor.at < cursor.end ? cursor.text[cursor.at] : '';
    if (chomping === '' && (letter === '+' || letter === '-')) {
      chomping = letter;
    } else if (increment === 0 && letter >= '0' && letter <= '9') {
      if (letter === '0') throw cursor.error("an indentation of 0 stands behind a '|' or '>'");
      increment = Number(letter);
    } else {
      break;
    }
    cursor.at++;
  }
  return { chomping, increment };
}

/** Goes over lines without content, and over the indentation of the next one. */
function readEmptyLines(cursor: Cursor, given: number, parent: number): { readonly indent: number; readonly breaks: string } {
  const { text, end } = cursor;
  let breaks = '';
  let deepest = 0;
  for (;;) {
    const limit = given === 0 ? end : Math.min(end, cursor.lineStart + given);
    while (cursor.at < limit && text.charCodeAt(cursor.at) === SPACE) cursor.at++;
    deepest = Math.max(deepest, cursor.column);
    if ((given === 0 || cursor.column < given) && cursor.code() === TAB) throw cursor.error('a tab is used for indentation');
    if (cursor.at >= end || !cursor.isBreak()) break;
    breaks += cursor.readBreak();
  }
  return { indent: given === 0 ? Math.max(deepest, parent + 1, 1) : given, breaks };
}
