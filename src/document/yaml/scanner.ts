import { readBlockScalar } from './block-scalar';
import { isNameCharacter, type Cursor } from './cursor';
import { MAX_KEY, MAX_TOKENS, tooLong } from './limits';
import { PlainScalarReader } from './plain-scalar';
import { readQuotedScalar } from './quoted-scalar';
import { readDirective, readTag, type Directive, type Tag } from './tag';
import { MAX_SCALAR } from '../parsed-document';
import type { TextPool } from '../text-pool';
import { Unreadable } from '../unreadable';

/** The tokens of YAML, as libyaml has them. */
export type TokenKind =
  | 'block list' | 'block map' | 'block end' | 'item' | 'key' | 'value' | 'plain' | 'quoted' | 'block text' | 'alias' | 'anchor' | 'tag'
  | 'flow list' | 'flow list end' | 'flow map' | 'flow map end' | 'comma' | 'directive' | 'document start' | 'document end' | 'end';

const TAB = 0x09;
const SPACE = 0x20;
const COLON = 0x3a;

/**
 * Cuts a text into tokens as libyaml does, of which go-yaml's scanner is a translation: what kubectl takes is what this one takes.
 *
 * That something is a key shows at its colon only. So the tokens since the beginning of what may be a key are kept, and where the colon is
 * found a token is put in before them.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/v1.4.0/goyaml.v2/scannerc.go
 */
export class Scanner {
  // The tokens that were found and not yet taken are those from head to tail, in lists that begin anew when all are taken.
  private readonly kinds: TokenKind[] = [];
  private readonly starts: number[] = [];
  private readonly contents: (string | Tag | Directive | undefined)[] = [];
  /** In which level of brackets a token may begin a key; -1 where it begins none. */
  private readonly keyLevels: number[] = [];
  private head = 0;
  private tail = 0;
  /** How many tokens were taken. */
  private taken = 0;
  private isHeadSure = false;

  private indent = -1;
  private readonly indents: number[] = [];

  // What may be a key, in each level of brackets.
  private level = 0;
  private readonly keyIsPossible: boolean[] = [false];
  private readonly keyIsRequired: boolean[] = [false];
  private readonly keyTokens: number[] = [0];
  private readonly keyStarts: number[] = [0];
  private readonly keyLines: number[] = [0];
  /** The last place for its colon; -1 where nobody has counted yet. */
  private readonly keyEnds: number[] = [-1];
  private keyIsAllowed = true;
  private readonly plain = new PlainScalarReader();

  /** @param ahead how many tokens behind the next one are looked at in any case; what they have wrong is refused, and what is a key shows earlier */
  constructor(private readonly cursor: Cursor, private readonly pool: TextPool, private readonly ahead: number) {}

  /** What the next token is. */
  public get kind(): TokenKind {
    if (!this.isHeadSure) {
      while (this.needsMore()) this.fetch();
      this.isHeadSure = true;
    }
    return this.kinds[this.head];
  }

  /** Where the next token begins. */
  public get start(): number {
    return this.starts[this.head];
  }

  /** The text of a scalar, the name of an anchor or alias, a tag or a directive. */
  public get content(): string | Tag | Directive | undefined {
    return this.contents[this.head];
  }

  /** Takes the next token. */
  public take(): void {
    this.isHeadSure = false;
    this.taken++;
    this.head++;
    if (this.head !== this.tail) return;
    this.head = 0;
    this.tail = 0;
  }

  private needsMore(): boolean {
    if (this.tail - this.head <= this.ahead) return true;
    const level = this.keyLevels[this.head];
    return level >= 0 && level <= this.level && this.keyTokens[level] === this.taken && this.isKeyPossible(level);
  }

  private fetch(): void {
    const { cursor } = this;
    this.skipToToken();
    this.endBlocks(cursor.column);
    if (cursor.at >= cursor.end) return this.fetchEnd();
    const code = cursor.code();
    if (cursor.at === cursor.lineStart) {
      if (code === 0x25) return this.fetchDirective();
      if (cursor.isDocumentIndicator()) return this.fetchDocumentIndicator(code);
    }
    switch (code) {
      case 0x5b: return this.fetchFlowStart('flow list');
      case 0x7b: return this.fetchFlowStart('flow map');
      case 0x5d: return this.fetchFlowEnd('flow list end');
      case 0x7d: return this.fetchFlowEnd('flow map end');
      case 0x2c: return this.fetchComma();
      case 0x2a: return this.fetchAnchor('alias');
      case 0x26: return this.fetchAnchor('anchor');
      case 0x21: return this.fetchTag();
      case 0x27:
      case 0x22: return this.fetchQuoted();
      case 0x2d:
        if (cursor.isBlankOrEnd(cursor.at + 1)) return this.fetchItem();
        break;
      case 0x3f:
        if (this.level > 0 || cursor.isBlankOrEnd(cursor.at + 1)) return this.fetchKey();
        break;
      case 0x3a:
        if (this.level > 0 || cursor.isBlankOrEnd(cursor.at + 1)) return this.fetchValue();
        break;
      case 0x7c:
      case 0x3e:
        if (this.level === 0) return this.fetchBlockScalar();
        throw cursor.error("a text with '|' or '>' stands in brackets");
      case TAB: throw cursor.error('a tab is used for indentation');
      case 0x25:
      case 0x40:
      case 0x60: throw cursor.error('an unquoted text begins with a character that must be quoted');
    }
    return this.fetchPlain();
  }

  /** Goes over blanks, comments and ends of lines. */
  private skipToToken(): void {
    const { cursor } = this;
    const { text, end } = cursor;
    for (;;) {
      let { at } = cursor;
      while (at < end) {
        const code = text.charCodeAt(at);
        if (code !== SPACE && !(code === TAB && (this.level > 0 || !this.keyIsAllowed))) break;
        at++;
      }
      cursor.at = at;
      if (cursor.code() === 0x23) cursor.skipLine();
      if (!cursor.isBreak()) return;
      cursor.readBreak();
      if (this.level === 0) this.keyIsAllowed = true;
    }
  }

  private push(kind: TokenKind, start: number, content?: string | Tag | Directive, keyLevel = -1): void {
    if (this.taken + this.tail - this.head > MAX_TOKENS) {
      throw new Unreadable(`the document has more than ${MAX_TOKENS} tokens`, start, "split it, with '---' between the objects instead of one List, or write it as JSON");
    }
    this.kinds[this.tail] = kind;
    this.starts[this.tail] = start;
    this.contents[this.tail] = content;
    this.keyLevels[this.tail] = keyLevel;
    this.tail++;
  }

  /** Puts a token before the one with a number; behind all where that one was taken. */
  private insert(kind: TokenKind, start: number, number: number): void {
    if (number < this.taken) return this.push(kind, this.cursor.at);
    this.push(kind, start);
    const place = this.head + number - this.taken;
    for (let index = this.tail - 1; index > place; index--) {
      this.kinds[index] = this.kinds[index - 1];
      this.starts[index] = this.starts[index - 1];
      this.contents[index] = this.contents[index - 1];
      this.keyLevels[index] = this.keyLevels[index - 1];
    }
    this.kinds[place] = kind;
    this.starts[place] = start;
    this.contents[place] = undefined;
    this.keyLevels[place] = -1;
  }

  /** Ends the blocks that stand further to the right. */
  private endBlocks(column: number): void {
    if (this.level > 0) return;
    while (this.indent > column) {
      this.push('block end', this.cursor.at);
      this.indent = this.indents.pop()!;
    }
  }

  /** Begins a block where what stands at a column is further to the right than the block that it is in. */
  private beginBlock(kind: 'block list' | 'block map', column: number, start: number, number?: number): void {
    if (this.level > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    if (number === undefined) this.push(kind, start);
    else this.insert(kind, start, number);
  }

  /** Notes that the next token may begin a key, and returns the level of brackets for it. */
  private saveKey(): number {
    if (!this.keyIsAllowed) return -1;
    const { cursor, level } = this;
    this.dropKey();
    this.keyIsPossible[level] = true;
    this.keyIsRequired[level] = level === 0 && this.indent === cursor.column;
    this.keyTokens[level] = this.taken + this.tail - this.head;
    this.keyStarts[level] = cursor.at;
    this.keyLines[level] = cursor.lineStart;
    this.keyEnds[level] = -1;
    return level;
  }

  /** Notes that what might have been a key is none. */
  private dropKey(): void {
    const { level } = this;
    if (this.keyIsPossible[level] && this.keyIsRequired[level]) throw this.noColon(level);
    this.keyIsPossible[level] = false;
  }

  /** Whether what began may still be a key: its colon stands on the same line, and not far behind. */
  private isKeyPossible(level: number): boolean {
    if (!this.keyIsPossible[level]) return false;
    if (this.keyLines[level] === this.cursor.lineStart && !this.isFarBehind(level)) return true;
    if (this.keyIsRequired[level]) throw this.noColon(level);
    this.keyIsPossible[level] = false;
    return false;
  }

  private isFarBehind(level: number): boolean {
    const { at, text } = this.cursor;
    const start = this.keyStarts[level];
    if (at - start <= MAX_KEY) return false;
    if (this.keyEnds[level] === -1) this.keyEnds[level] = behindCharacters(text, start, MAX_KEY);
    return at > this.keyEnds[level];
  }

  private noColon(level: number): Unreadable {
    return this.cursor.error('a colon is missing behind a key', this.keyStarts[level]);
  }

  private fetchEnd(): void {
    const { cursor } = this;
    cursor.lineStart = cursor.at;
    this.endDocument();
    this.push('end', cursor.at);
  }

  private fetchDirective(): void {
    this.endDocument();
    const start = this.cursor.at;
    this.push('directive', start, readDirective(this.cursor));
  }

  private fetchDocumentIndicator(code: number): void {
    this.endDocument();
    this.push(code === 0x2d ? 'document start' : 'document end', this.cursor.at);
    this.cursor.at += 3;
  }

  private endDocument(): void {
    this.endBlocks(-1);
    this.dropKey();
    this.keyIsAllowed = false;
  }

  private fetchFlowStart(kind: 'flow list' | 'flow map'): void {
    const key = this.saveKey();
    this.level++;
    this.keyIsPossible[this.level] = false;
    this.keyTokens[this.level] = this.taken + this.tail - this.head;
    this.keyIsAllowed = true;
    this.push(kind, this.cursor.at++, undefined, key);
  }

  private fetchFlowEnd(kind: 'flow list end' | 'flow map end'): void {
    this.dropKey();
    if (this.level > 0) {
      // Of brackets with nothing in them this is the opening one, which go-yaml then no longer waits for: `[]: a` is a list, and `: a` stands behind it.
      const token = this.head + this.keyTokens[this.level] - this.taken;
      if (token >= this.head) this.keyLevels[token] = -1;
      this.level--;
    }
    this.keyIsAllowed = false;
    this.push(kind, this.cursor.at++);
  }

  private fetchComma(): void {
    this.dropKey();
    this.keyIsAllowed = true;
    this.push('comma', this.cursor.at++);
  }

  private fetchItem(): void {
    const { cursor } = this;
    if (this.level === 0) {
      if (!this.keyIsAllowed) throw cursor.error("a '-' begins an item where none can stand");
      this.beginBlock('block list', cursor.column, cursor.at);
    }
    this.dropKey();
    this.keyIsAllowed = true;
    this.push('item', cursor.at++);
  }

  private fetchKey(): void {
    const { cursor } = this;
    if (this.level === 0) {
      if (!this.keyIsAllowed) throw cursor.error("a '?' begins a key where none can stand");
      this.beginBlock('block map', cursor.column, cursor.at);
    }
    this.dropKey();
    this.keyIsAllowed = this.level === 0;
    this.push('key', cursor.at++);
  }

  private fetchValue(): void {
    const { cursor, level } = this;
    if (this.isKeyPossible(level)) {
      const number = this.keyTokens[level];
      const start = this.keyStarts[level];
      this.insert('key', start, number);
      this.beginBlock('block map', start - this.keyLines[level], start, number);
      this.keyIsPossible[level] = false;
      this.keyIsAllowed = false;
    } else {
      if (level === 0) {
        if (!this.keyIsAllowed) throw cursor.error('a key runs over several lines, or a colon and a space stand in an unquoted text');
        this.beginBlock('block map', cursor.column, cursor.at);
      }
      this.keyIsAllowed = level === 0;
    }
    this.push('value', cursor.at++);
  }

  private fetchAnchor(kind: 'alias' | 'anchor'): void {
    const { cursor } = this;
    const key = this.saveKey();
    this.keyIsAllowed = false;
    const start = cursor.at++;
    while (isNameCharacter(cursor.code())) cursor.at++;
    const name = cursor.text.slice(start + 1, cursor.at);
    if (name === '' || !(cursor.isBlankOrEnd() || '?:,]}%@`'.includes(cursor.text[cursor.at]))) {
      throw cursor.error(`the name of an ${kind} is made of other characters than letters, digits, '-' and '_'`, start);
    }
    this.push(kind, start, name, key);
  }

  private fetchTag(): void {
    const key = this.saveKey();
    this.keyIsAllowed = false;
    const start = this.cursor.at;
    this.push('tag', start, readTag(this.cursor), key);
  }

  private fetchBlockScalar(): void {
    this.dropKey();
    this.keyIsAllowed = true;
    const start = this.cursor.at;
    this.pushScalar('block text', start, readBlockScalar(this.cursor, this.indent), -1);
  }

  private fetchQuoted(): void {
    const key = this.saveKey();
    this.keyIsAllowed = false;
    const start = this.cursor.at;
    this.pushScalar('quoted', start, readQuotedScalar(this.cursor), key);
  }

  private fetchPlain(): void {
    const { cursor, plain } = this;
    const key = this.saveKey();
    this.keyIsAllowed = false;
    plain.read(cursor, this.indent + 1, this.level > 0);
    const text = plain.text ?? this.pool.slice(cursor.text, plain.start, plain.end);
    const isKey = key === 0 && plain.text === undefined && plain.end === cursor.at && cursor.at - plain.start <= MAX_KEY && cursor.code() === COLON;
    if (isKey) return this.pushKey(plain.start, text);
    this.pushScalar('plain', plain.start, text, key);
    if (plain.endsLine) this.keyIsAllowed = true;
  }

  /** What most lines begin with: a text outside of brackets that has its colon right behind it. It makes the tokens that `fetchValue` would. */
  private pushKey(start: number, text: string): void {
    const { cursor } = this;
    this.beginBlock('block map', start - cursor.lineStart, start);
    this.keyIsPossible[0] = false;
    this.push('key', start);
    this.push('plain', start, text);
    this.push('value', cursor.at++);
  }

  private pushScalar(kind: 'plain' | 'quoted' | 'block text', start: number, text: string, key: number): void {
    if (text.length > MAX_SCALAR) throw tooLong(this.cursor, start);
    this.push(kind, start, text, key);
  }
}

/** Where so many characters end. Those beyond U+FFFF have two places in a text here, and count once. */
function behindCharacters(text: string, start: number, count: number): number {
  let at = start;
  for (let left = count; left > 0; left--) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}
