import { readBlockScalar } from './block-scalar';
import { Cursor } from './cursor';
import { MAX_KEY, MAX_TOKENS } from './limits';
import { controlCharacterOf } from '../control-character';
import { MAX_SCALAR, type TextPart } from '../parsed-document';
import type { TextPool } from '../text-pool';
import { Unreadable } from '../unreadable';
import { mayHaveType, resolvePlain } from '../yaml-scalars';

const LF = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const APOSTROPHE = 0x27;
const DASH = 0x2d;
const COLON = 0x3a;
const GREATER = 0x3e;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;
const PIPE = 0x7c;
/** The last character of ASCII that is no control character. */
const TILDE = 0x7e;

/** What has more fields and items, or is deeper, may go beyond a limit, which the whole reader knows: each of them is eight tokens at most. */
const MAX_ENTRIES = MAX_TOKENS / 8;
const MAX_DEPTH = 50;
/** What the first document of a text may begin with. */
const FIRST_LINE = '---\n';

/** Thrown where something stands that is not read here. It is no error, and nobody sees it. */
const NOT_SIMPLE = new Error('this is not read here');

/**
 * Reads a document that is written as nearly all manifests are: maps and lists below each other, keys that are words, texts on one line and
 * blocks of text, comments. Undefined where anything else stands in it, and where it is wrong in any way: then the whole reader reads it.
 *
 * It takes less than half the time of the whole reader, and must never say anything else.
 *
 * @param pool remembers the texts of other documents of the same stream
 */
export function readSimpleDocument(part: TextPart, pool: TextPool): object | undefined {
  const { text, start, end } = part;
  if (start === end || text.charCodeAt(end - 1) !== LF) return undefined;
  try {
    return new SimpleDocument(part, pool).read();
  } catch (error) {
    if (error === NOT_SIMPLE || error instanceof Unreadable) return undefined;
    throw error;
  }
}

class SimpleDocument {
  private readonly text: string;
  private readonly end: number;
  private at: number;
  /** At which column the line begins that is read next; -1 behind the last one. */
  private column = -1;
  private depth = 0;
  private entries = 0;

  constructor({ text, start, end }: TextPart, private readonly pool: TextPool) {
    this.text = text;
    this.at = start;
    this.end = end;
  }

  public read(): object | undefined {
    if (this.text.startsWith(FIRST_LINE, this.at)) this.at += FIRST_LINE.length;
    this.skipToContent();
    // Nothing but comments, as charts often leave it, or no map: to throw takes longer than to read it.
    if (this.column < 0 || this.keyEnd() < 0) return undefined;
    const map = this.readMap(this.column);
    // A line at a column that nothing has ended all maps and lists: the text above it goes on there, or it is wrong.
    if (this.column >= 0) throw NOT_SIMPLE;
    return map;
  }

  /** From the beginning of a line, goes to the next one that has something else than a comment. */
  private skipToContent(): void {
    const { end } = this;
    for (;;) {
      const lineStart = this.at;
      const code = this.skipSpaces();
      if (this.at >= end) {
        this.column = -1;
        return;
      }
      if (code !== LF && code !== HASH) {
        this.column = this.at - lineStart;
        return;
      }
      this.skipLine();
    }
  }

  /** Goes over what is left of a line: nothing, or a comment. */
  private skipLine(): void {
    const { text } = this;
    for (let code = text.charCodeAt(this.at); code !== LF; code = text.charCodeAt(++this.at)) {
      if (code < SPACE || (code > TILDE && !mayStandInComment(code))) throw NOT_SIMPLE;
    }
    this.at++;
  }

  /** Reads the map whose first key is here, at a column. */
  private readMap(column: number): object {
    if (++this.depth > MAX_DEPTH) throw NOT_SIMPLE;
    const map: Record<string, unknown> = {};
    do {
      this.count();
      const keyEnd = this.keyEnd();
      if (keyEnd < 0) throw NOT_SIMPLE;
      const key = this.pool.slice(this.text, this.at, keyEnd);
      if (mayHaveType(key) || Object.hasOwn(map, key)) throw NOT_SIMPLE;
      this.at = keyEnd + 1;
      map[key] = this.readValue(column);
    } while (this.column === column);
    this.depth--;
    return map;
  }

  private count(): void {
    if (++this.entries > MAX_ENTRIES) throw NOT_SIMPLE;
  }

  /** Where the key ends that is here, if there is one: it begins with a letter, and behind it stands a colon. */
  private keyEnd(): number {
    const { text, at: start } = this;
    let at = start;
    while (isOfKey(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== COLON || at - start > MAX_KEY || !isLetter(text.charCodeAt(start))) return -1;
    const next = text.charCodeAt(at + 1);
    return next === SPACE || next === LF ? at : -1;
  }

  /** Reads what stands behind the colon of a key at a column. */
  private readValue(column: number): unknown {
    const code = this.skipSpaces();
    if (code !== LF && code !== HASH) return this.readInline(code, column);
    this.toNextLine();
    if (this.column > column) return this.startsItem() ? this.readList(this.column) : this.readMap(this.column);
    return this.column === column && this.startsItem() ? this.readList(column) : null;
  }

  /** Reads the list whose first item begins here, at a column. */
  private readList(column: number): unknown[] {
    const list: unknown[] = [];
    do {
      this.count();
      const dash = this.at++;
      const code = this.skipSpaces();
      list.push(this.keyEnd() < 0 ? this.readInline(code, column) : this.readMap(column + this.at - dash));
    } while (this.column === column && this.startsItem());
    return list;
  }

  private startsItem(): boolean {
    return this.text.charCodeAt(this.at) === DASH && this.text.charCodeAt(this.at + 1) === SPACE;
  }

  /** Reads what begins on the line of its key or `-`, in a map or list at a column. */
  private readInline(code: number, column: number): unknown {
    switch (code) {
      case PIPE: case GREATER: return this.readBlock(column);
      case QUOTE: case APOSTROPHE: return this.readQuoted(code);
      case BRACE: return this.readEmpty('{}', {});
      case BRACKET: return this.readEmpty('[]', []);
      default: return this.readPlain(code);
    }
  }

  /** Reads the lines of text that are below a `|` or `>`. */
  private readBlock(column: number): string {
    const { text, at: start } = this;
    const cursor = new Cursor(text, start, this.end);
    const block = readBlockScalar(cursor, column);
    if (block.length > MAX_SCALAR || controlCharacterOf(text.slice(start, cursor.lineStart)) !== undefined) throw NOT_SIMPLE;
    this.at = cursor.lineStart;
    this.skipToContent();
    return block;
  }

  private slice(start: number, end: number): string {
    if (end - start > MAX_SCALAR) throw NOT_SIMPLE;
    return this.pool.slice(this.text, start, end);
  }

  /** Reads brackets with nothing in them. */
  private readEmpty<T>(brackets: string, value: T): T {
    if (!this.text.startsWith(brackets, this.at)) throw NOT_SIMPLE;
    this.at += brackets.length;
    this.endLine();
    return value;
  }

  private readQuoted(quote: number): string {
    const { text } = this;
    const start = ++this.at;
    let at = start;
    for (let code = text.charCodeAt(at); code !== quote; code = text.charCodeAt(++at)) {
      if (code < SPACE || code > TILDE || code === BACKSLASH) throw NOT_SIMPLE;
    }
    this.at = at + 1;
    this.endLine();
    return this.slice(start, at);
  }

  private readPlain(first: number): unknown {
    const { text, at: start } = this;
    if (!mayBeginPlain(first) && !(first === DASH && text.charCodeAt(start + 1) > SPACE)) throw NOT_SIMPLE;
    let at = start;
    /** Behind the last character that is no space. */
    let textEnd = start;
    for (let code = first; code !== LF; code = text.charCodeAt(at)) {
      if (code === SPACE) {
        if (text.charCodeAt(++at) === HASH) break;
        continue;
      }
      if (code < SPACE || code > TILDE || (code === COLON && text.charCodeAt(at + 1) <= SPACE)) throw NOT_SIMPLE;
      textEnd = ++at;
    }
    this.at = at;
    this.toNextLine();
    const plain = this.slice(start, textEnd);
    if (!mayHaveType(plain)) return plain;
    const scalar = resolvePlain(plain);
    if (scalar.type === 'null') return null;
    if (scalar.type === 'float' && !Number.isFinite(scalar.value)) throw NOT_SIMPLE;
    return scalar.value;
  }

  /** Goes on behind something that nothing but a comment may follow on its line. */
  private endLine(): void {
    const next = this.text.charCodeAt(this.at);
    if (next !== LF && next !== SPACE) throw NOT_SIMPLE;
    const behind = this.skipSpaces();
    if (behind !== LF && behind !== HASH) throw NOT_SIMPLE;
    this.toNextLine();
  }

  /** Goes over spaces, and returns what stands behind them. */
  private skipSpaces(): number {
    const { text } = this;
    let code = text.charCodeAt(this.at);
    while (code === SPACE) code = text.charCodeAt(++this.at);
    return code;
  }

  /** From the end of what was read, or a comment behind it, goes to the next line with something on it. */
  private toNextLine(): void {
    this.skipLine();
    this.skipToContent();
  }
}

/** What is no control character, and ends no line. */
function mayStandInComment(code: number): boolean {
  return code >= 0xa0 && code !== 0x2028 && code !== 0x2029 && code < 0xfffe;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

/** A letter, a digit, or one of `-./_`. */
function isOfKey(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x2d && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

/** A letter, a digit, or one of `$(+./_~`, which mean nothing where a text begins. */
function mayBeginPlain(code: number): boolean {
  return isLetter(code) || (code >= 0x2e && code <= 0x39) || code === 0x24 || code === 0x28 || code === 0x2b || code === 0x5f || code === 0x7e;
}
