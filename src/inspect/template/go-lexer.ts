/** What a part of a template is. */
export enum TokenKind {
  TEXT,
  OPEN,
  CLOSE,
  SPACE,
  /** A name of a function, a keyword, `true`, `false` or `nil`. */
  WORD,
  /** `.name`. */
  FIELD,
  DOT,
  /** `$` or `$name`. */
  VARIABLE,
  STRING,
  NUMBER,
  CHARACTER,
  PIPE,
  LEFT_PAREN,
  RIGHT_PAREN,
  DECLARE,
  ASSIGN,
  COMMA,
  END_OF_TEXT,
}

/** A part of a template. */
export interface Token {
  readonly kind: TokenKind;
  /** The name of a word, a field or a variable; what a string holds. */
  readonly text: string;
  /** The line where it stands, from 1. */
  readonly line: number;
}

/** A text is no Go template: at this line, for this reason. */
export class TemplateError extends Error {
  constructor(public readonly line: number, public readonly problem: string) {
    super(problem);
  }
}

const OPEN = '{{';
const CLOSE = '}}';
const NAME = /[\p{L}\p{Nd}_]/u;
const SINGLE: Readonly<Record<string, TokenKind>> = {
  '|': TokenKind.PIPE, ',': TokenKind.COMMA, '=': TokenKind.ASSIGN, '(': TokenKind.LEFT_PAREN, ')': TokenKind.RIGHT_PAREN,
};

/** Takes a text apart as the lexer of Go's text/template does. */
export class GoLexer {
  readonly #tokens: Token[] = [];
  #at = 0;
  #line = 1;
  #parens = 0;
  #lineEnd: number;

  constructor(private readonly text: string) {
    this.#lineEnd = this.#endOfLine(0);
  }

  /**
   * All parts of the text.
   *
   * @throws TemplateError
   */
  public tokens(): readonly Token[] {
    while (this.#at < this.text.length) this.#readText();
    this.#add(TokenKind.END_OF_TEXT);
    return this.#tokens;
  }

  #readText(): void {
    const open = this.text.indexOf(OPEN, this.#at);
    const end = open < 0 ? this.text.length : open;
    if (end > this.#at) this.#add(TokenKind.TEXT);
    this.#moveTo(end);
    if (open < 0) return;
    this.#moveTo(open + OPEN.length);
    const trims = this.text[this.#at] === '-' && isSpace(this.text[this.#at + 1]);
    const inside = this.#at + (trims ? 2 : 0);
    if (this.text.startsWith('/*', inside)) {
      this.#readComment(inside);
      return;
    }
    this.#add(TokenKind.OPEN);
    this.#moveTo(this.#at + (trims ? 1 : 0));
    this.#readAction();
  }

  #readComment(from: number): void {
    const end = this.text.indexOf('*/', from + 2);
    if (end < 0) throw this.#error('a comment is not closed');
    const close = end + 2;
    if (this.text.startsWith(CLOSE, close)) this.#moveTo(close + CLOSE.length);
    else if (isSpace(this.text[close]) && this.text.startsWith(`-${CLOSE}`, close + 1)) this.#moveTo(close + 2 + CLOSE.length);
    else throw this.#error('a comment stands beside something else in one action');
  }

  #readAction(): void {
    this.#parens = 0;
    for (;;) {
      const space = this.#spaceEnd();
      const trims = space > this.#at && this.text.startsWith(`-${CLOSE}`, space);
      if (trims || this.text.startsWith(CLOSE, this.#at)) {
        if (this.#parens > 0) throw this.#error('a parenthesis is not closed');
        this.#add(TokenKind.CLOSE);
        this.#moveTo((trims ? space + 1 : this.#at) + CLOSE.length);
        return;
      }
      if (space > this.#at) {
        this.#add(TokenKind.SPACE);
        this.#moveTo(space);
      }
      if (this.#at >= this.text.length) throw this.#error('an action is not closed');
      if (!this.text.startsWith(CLOSE, this.#at)) this.#readToken();
    }
  }

  #spaceEnd(): number {
    let at = this.#at;
    while (isSpace(this.text[at])) at++;
    return at;
  }

  #readToken(): void {
    const character = this.text[this.#at];
    const next = this.text[this.#at + 1] ?? '';
    if (character === ':') {
      if (next !== '=') throw this.#error('a colon without an equals sign');
      this.#add(TokenKind.DECLARE);
      this.#moveTo(this.#at + 2);
    } else if (character === '"') {
      this.#readQuoted();
    } else if (character === '`') {
      this.#readRaw();
    } else if (character === "'") {
      this.#readCharacter();
    } else if (character === '$') {
      this.#readName(TokenKind.VARIABLE, 1);
    } else if (character === '.' && !isDigit(next)) {
      if (isName(this.text, this.#at + 1)) {
        this.#readName(TokenKind.FIELD, 1);
      } else {
        this.#add(TokenKind.DOT);
        this.#moveTo(this.#at + 1);
      }
    } else if (isDigit(character) || character === '+' || character === '-' || character === '.') {
      this.#readNumber();
    } else if (Object.hasOwn(SINGLE, character)) {
      this.#add(SINGLE[character]);
      if (character === '(') this.#parens++;
      if (character === ')' && --this.#parens < 0) throw this.#error('a parenthesis is closed that was not opened');
      this.#moveTo(this.#at + 1);
    } else if (isName(this.text, this.#at)) {
      this.#readName(TokenKind.WORD, 0);
    } else {
      throw this.#error('there is a character that no action can have');
    }
  }

  /** A name after some characters that are not of it; what follows it must be able to stand there. */
  #readName(kind: TokenKind, prefix: number): void {
    let end = this.#at + prefix;
    while (isName(this.text, end)) end += lengthAt(this.text, end);
    const name = this.text.slice(this.#at + prefix, end);
    const after = this.text[end];
    if (after !== undefined && !isSpace(after) && !'.,|:()'.includes(after) && !this.text.startsWith(CLOSE, end)) {
      throw this.#error(kind === TokenKind.FIELD
        ? 'the name of a field has a character that no name can have; write index . "…" for such a key' : 'a name has a character that no name can have');
    }
    this.#add(kind, name);
    this.#moveTo(end);
  }

  #readQuoted(): void {
    const end = this.#quotedEnd('"', 'a text in quotes is not closed');
    this.#add(TokenKind.STRING, this.text.slice(this.#at + 1, end));
    this.#moveTo(end + 1);
  }

  #readRaw(): void {
    const end = this.text.indexOf('`', this.#at + 1);
    if (end < 0) throw this.#error('a text in backquotes is not closed');
    this.#add(TokenKind.STRING, this.text.slice(this.#at + 1, end));
    this.#moveTo(end + 1);
  }

  #readCharacter(): void {
    const end = this.#quotedEnd("'", "a character in ' is not closed; texts stand in double quotes");
    const content = this.text.slice(this.#at + 1, end);
    ESCAPE.lastIndex = 0;
    const isOne = content.startsWith('\\') ? ESCAPE.exec(content)?.[0] === content : content.length <= 2 && [...content].length === 1;
    if (!isOne) throw this.#error("there is not just one character in '; texts stand in double quotes");
    this.#add(TokenKind.CHARACTER);
    this.#moveTo(end + 1);
  }

  /** Where a quote is closed. What is escaped in between is only what Go can unescape. */
  #quotedEnd(quote: string, unclosed: string): number {
    let at = this.#at + 1;
    while (this.text[at] !== quote) {
      if (this.text[at] === undefined || this.text[at] === '\n') throw this.#error(unclosed);
      if (this.text[at] !== '\\') {
        at++;
        continue;
      }
      ESCAPE.lastIndex = at;
      const escape = ESCAPE.exec(this.text)?.[0] ?? '';
      if (escape === '' || (escape[1] !== quote && (escape[1] === '"' || escape[1] === "'"))) throw this.#error('there is no such escape in quotes');
      at += escape.length;
    }
    return at;
  }

  #readNumber(): void {
    let end = this.#at + 1;
    while (end < this.text.length && /[\w.+-]/.test(this.text[end])) {
      if (/[+-]/.test(this.text[end]) && !/[eEpP]/.test(this.text[end - 1])) break;
      end++;
    }
    const number = this.text.slice(this.#at, end);
    if (!NUMBER.test(number) || (/^[+-]?0[\d_]*$/.test(number) && /[89]/.test(number))) throw this.#error('a number is none');
    this.#add(TokenKind.NUMBER);
    this.#moveTo(end);
  }

  #add(kind: TokenKind, text = ''): void {
    this.#tokens.push({ kind, text, line: this.#line });
  }

  #moveTo(offset: number): void {
    while (this.#lineEnd < offset) {
      this.#line++;
      this.#lineEnd = this.#endOfLine(this.#lineEnd + 1);
    }
    this.#at = offset;
  }

  /** Where the line ends that a character stands in: looked for once for each line, as a template may have only one. */
  #endOfLine(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 ? this.text.length : end;
  }

  #error(problem: string): TemplateError {
    return new TemplateError(this.#line, problem);
  }
}

/** As Go scans one: decimal, hexadecimal, octal, binary, with underscores, an exponent, imaginary. */
const NUMBER = /^[+-]?(?:0[xX][\da-fA-F_]+(?:\.[\da-fA-F_]*)?(?:[pP][+-]?\d+)?|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?[\d_]+)?)i?$/;

/** What may stand after a backslash. */
const ESCAPE = /\\(?:[abfnrtv\\"']|[0-3][0-7]{2}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U00[\da-fA-F]{6})/y;

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\r' || character === '\n';
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function isName(text: string, at: number): boolean {
  const point = text.codePointAt(at);
  return point !== undefined && NAME.test(String.fromCodePoint(point));
}

function lengthAt(text: string, at: number): number {
  return text.codePointAt(at)! > 0xffff ? 2 : 1;
}
