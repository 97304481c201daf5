import { Unreadable } from '../unreadable';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const DASH = 0x2d;
const DOT = 0x2e;
const NEL = 0x85;
const LS = 0x2028;
const PS = 0x2029;

/** Where a reader is in a text, of which it may see a part. What is behind the end is a 0. */
export class Cursor {
  public at: number;
  /** Where the line begins. */
  public lineStart: number;

  constructor(public readonly text: string, start: number, public readonly end: number) {
    this.at = start;
    this.lineStart = start;
  }

  public get column(): number {
    return this.at - this.lineStart;
  }

  public code(ahead = 0): number {
    return this.codeAt(this.at + ahead);
  }

  public codeAt(at: number): number {
    return at < this.end ? this.text.charCodeAt(at) : 0;
  }

  /** Whether a line ends here. YAML 1.1 has five characters for that. */
  public isBreak(at = this.at): boolean {
    const code = this.codeAt(at);
    return code === LF || code === CR || code === NEL || code === LS || code === PS;
  }

  public isBlank(at = this.at): boolean {
    const code = this.codeAt(at);
    return code === SPACE || code === TAB;
  }

  public isBreakOrEnd(at = this.at): boolean {
    return at >= this.end || this.isBreak(at);
  }

  public isBlankOrEnd(at = this.at): boolean {
    return at >= this.end || this.isBlank(at) || this.isBreak(at);
  }

  /** Goes to the next line, and returns what the end of this one is in a text. */
  public readBreak(): string {
    const code = this.code();
    this.at += code === CR && this.code(1) === LF ? 2 : 1;
    this.lineStart = this.at;
    return code === LS || code === PS ? String.fromCharCode(code) : '\n';
  }

  public skipBlanks(): void {
    while (this.isBlank()) this.at++;
  }

  /** Goes to the end of the line. */
  public skipLine(): void {
    while (!this.isBreakOrEnd()) this.at++;
  }

  /** Goes over blanks and a comment, and to the next line; false where something else stands on the line. */
  public skipRestOfLine(): boolean {
    this.skipBlanks();
    if (this.code() === 0x23) this.skipLine();
    if (!this.isBreakOrEnd()) return false;
    if (this.at < this.end) this.readBreak();
    return true;
  }

  /** Whether the line begins with `---` or `...`, and nothing else. */
  public isDocumentIndicator(): boolean {
    if (this.at !== this.lineStart) return false;
    const code = this.code();
    return (code === DASH || code === DOT) && this.code(1) === code && this.code(2) === code && this.isBlankOrEnd(this.at + 3);
  }

  /** The error that something here cannot be read. */
  public error(reason: string, at = this.at): Unreadable {
    return new Unreadable(reason, Math.min(at, this.end));
  }
}

/** Whether it is a letter, a digit, `_` or `-`, of which names of anchors and of tags are made. */
export function isNameCharacter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f || code === DASH;
}

/** What a hexadecimal digit stands for, or -1. */
export function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x41 && code <= 0x46) return code - 0x37;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

/** What lines that are folded into one have between them: `first` ends the first one, `further` are the ends of empty lines. */
export function folded(first: string, further: string): string {
  if (first !== '\n') return first + further;
  return further === '' ? ' ' : further;
}
