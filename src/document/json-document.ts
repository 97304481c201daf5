import { DuplicateFields } from './duplicate-fields';
import { MAX_DEPTH, MAX_SCALAR, setField, type ParsedDocument, type TextPart } from './parsed-document';
import type { Places } from './places';
import { TextPool } from './text-pool';
import { Unreadable } from './unreadable';
import { exactInteger } from './yaml-scalars';

const BLANK = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
/** A text of ASCII without an escape, as nearly all are. */
const PLAIN = /"[ !#-[\]-~]*"/y;
const WORD = /true|false|null/y;
const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };
const MAX_UINT64 = 2n ** 64n - 1n;

/** A document, and where it is in its text. */
interface NextDocument extends ParsedDocument {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads JSON as `JSON.parse` does, and besides: whole numbers of 64 bits are exact, fields that stand twice are noted, and
 * errors have a place and quote nothing.
 */
export class JsonDocument {
  /**
   * The value at the beginning of a part of a text, and where it ends; undefined where there are only blanks.
   *
   * @param pool remembers the texts of other documents of the same stream
   * @throws Unreadable
   */
  public static readNext({ text, start, end: limit }: TextPart, pool = new TextPool()): NextDocument | undefined {
    const from = end(BLANK, text, start);
    if (from >= limit) return undefined;
    const reader = new JsonDocument(text, from, pool);
    const value = reader.#value([]);
    return { ...reader.#parsed(value), start: from, end: reader.#at };
  }

  /**
   * The one value of a part of a text.
   *
   * @throws Unreadable
   */
  public static read({ text, start }: TextPart, places?: Places): ParsedDocument {
    const reader = new JsonDocument(text, start, new TextPool(), places);
    reader.#skipBlank();
    places?.noteRoot(reader.#at);
    return reader.#parsed(reader.#value([]));
  }

  /**
   * The one value of a text, behind which nothing stands, with numbers as texts: as they are written.
   *
   * @throws Unreadable
   */
  public static readTexts({ text, start, end: limit }: TextPart): ParsedDocument {
    const reader = new JsonDocument(text, start, new TextPool(), undefined, digits => digits);
    reader.#skipBlank();
    const parsed = reader.#parsed(reader.#value([]));
    reader.#skipBlank();
    if (reader.#at < limit) throw reader.#error('something stands behind the end of the value');
    return parsed;
  }

  readonly #duplicates = new DuplicateFields();
  #at: number;

  private constructor(
    private readonly text: string, start: number, private readonly pool: TextPool, private readonly places?: Places,
    private readonly numberOf = exactNumber,
  ) {
    this.#at = start;
  }

  #parsed(value: unknown): ParsedDocument {
    return { value, duplicateFields: this.#duplicates.named, furtherDuplicates: this.#duplicates.further };
  }

  #value(path: (string | number)[]): unknown {
    if (path.length > MAX_DEPTH) throw this.#error(`nested more than ${MAX_DEPTH} deep`);
    switch (this.text[this.#at]) {
      case '{': return this.#object(path);
      case '[': return this.#list(path);
      case '"': return this.#string();
      default: return this.#scalar();
    }
  }

  #object(path: (string | number)[]): object {
    const object = {};
    if (this.#opensEmpty('}')) return object;
    do {
      this.#skipBlank();
      const place = this.#at;
      if (this.text[place] !== '"') throw this.#error('a field has no name in double quotes');
      const name = this.#string();
      this.#skipBlank();
      if (this.text[this.#at] !== ':') throw this.#error('a colon is missing');
      this.#at++;
      this.#skipBlank();
      path.push(name);
      if (Object.hasOwn(object, name)) this.#duplicates.add(path);
      setField(object, name, this.#value(path));
      path.pop();
      this.places?.note(object, name, place);
    } while (this.#continues('}'));
    return object;
  }

  #list(path: (string | number)[]): unknown[] {
    const list: unknown[] = [];
    if (this.#opensEmpty(']')) return list;
    do {
      this.#skipBlank();
      this.places?.note(list, list.length, this.#at);
      path.push(list.length);
      list.push(this.#value(path));
      path.pop();
    } while (this.#continues(']'));
    return list;
  }

  #opensEmpty(close: string): boolean {
    this.#at++;
    this.#skipBlank();
    if (this.text[this.#at] !== close) return false;
    this.#at++;
    return true;
  }

  #continues(close: string): boolean {
    this.#skipBlank();
    const next = this.text[this.#at];
    if (next !== ',' && next !== close) throw this.#error('a comma or a closing bracket is missing');
    this.#at++;
    return next === ',';
  }

  #string(): string {
    const start = this.#at;
    const plainEnd = end(PLAIN, this.text, start);
    if (plainEnd > start && plainEnd - start <= MAX_SCALAR) {
      this.#at = plainEnd;
      return this.pool.slice(this.text, start + 1, plainEnd - 1);
    }
    let close = this.text.indexOf('"', start + 1);
    while (close !== -1 && this.#isEscaped(close)) close = this.text.indexOf('"', close + 1);
    if (close === -1) throw this.#error('a closing quote is missing');
    if (close - start > MAX_SCALAR) throw this.#error(`a value has more than ${MAX_SCALAR} characters; the API server takes no object of that size`);
    this.#at = close + 1;
    try {
      // Half of a pair of surrogates is no character; Go puts the sign for one that is unknown in its place.
      return JSON.parse(this.text.slice(start, close + 1)).replace(/\p{Surrogate}/gu, '\ufffd');
    } catch {
      this.#at = start;
      throw this.#error('a text holds a control character or an escape that JSON does not have');
    }
  }

  #isEscaped(quote: number): boolean {
    let backslashes = 0;
    while (this.text[quote - 1 - backslashes] === '\\') backslashes++;
    return backslashes % 2 === 1;
  }

  #scalar(): unknown {
    const word = end(WORD, this.text, this.#at);
    if (word > this.#at) return WORDS[this.#take(word)];
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.text);
    if (number === null) throw this.#error('this is no JSON');
    const [digits, fraction, exponent] = number;
    this.#take(NUMBER.lastIndex);
    return this.numberOf(digits, fraction === undefined && exponent === undefined);
  }

  #take(until: number): string {
    const taken = this.text.slice(this.#at, until);
    this.#at = until;
    return taken;
  }

  #skipBlank(): void {
    this.#at = end(BLANK, this.text, this.#at);
  }

  #error(reason: string): Unreadable {
    return new Unreadable(reason, this.#at);
  }
}

/** A number, whose whole ones of 64 bits are exact. */
function exactNumber(digits: string, isWhole: boolean): unknown {
  // Longer than any of 64 bits, and slow to read as a bigint.
  if (!isWhole || digits.length < 16 || digits.length > 20) return Number(digits);
  const exact = BigInt(digits);
  return exact <= MAX_UINT64 && exact >= -(2n ** 63n) ? exactInteger(exact) : Number(digits);
}

/** Where a match of a sticky pattern ends; where it begins if there is none. */
function end(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}
