/** Text that stands for itself, or a `${…}`. */
export type TemplateNode = string | Substitution;

/** A `${name operator arg arg …}`; the operator of a plain `${name}` is empty. */
export interface Substitution {
  readonly name: string;
  readonly operator: string;
  readonly args: readonly TemplateNode[];
  /** Of its `${`, counted from 1. */
  readonly line: number;
}

/** Why a text is no template, in the words of drone/envsubst, and the line of the `${` that it is about. */
export class TemplateError extends Error {
  constructor(reason: string, public readonly line: number) {
    super(reason);
  }
}

/** Deepest nesting of `${` in `${`; the call stack must not overflow on a hostile file. */
const MAX_DEPTH = 200;

const BAD_SUBSTITUTION = 'bad substitution';
const BAD_ARGUMENT = 'unable to parse substitution within function';

const NAME_CHARACTER = /^[\p{L}\p{Nd}_]$/u;

/**
 * Parses the template language of drone/envsubst 1.0.3, its peculiarities included: a `/` in a name's operator reaches for
 * the next `/` wherever that is, several delimiters in a row count as one, and `$name` without braces is plain text.
 *
 * @see https://github.com/drone/envsubst/tree/v1.0.3
 */
export function parseTemplate(text: string): TemplateNode[] {
  return new TemplateParser(text).template();
}

class TemplateParser {
  private position = 0;
  private depth = 0;
  /** Line of the innermost `${` that is being read. */
  private line = 1;
  /** How far lines have been counted. */
  private counted = { position: 0, line: 1 };

  constructor(private readonly source: string) {}

  public template(): TemplateNode[] {
    const nodes: TemplateNode[] = [];
    for (;;) {
      const text = this.text({ escapes: true });
      if (text !== '') nodes.push(text);
      if (!this.atSubstitution()) return nodes;
      nodes.push(this.substitution());
    }
  }

  /** The next character, or the empty text at the end, which a NUL counts as. */
  private peek(): string {
    const codePoint = this.source.codePointAt(this.position);
    return codePoint === undefined || codePoint === 0 ? '' : String.fromCodePoint(codePoint);
  }

  private atSubstitution(): boolean {
    return this.source.startsWith('${', this.position);
  }

  /** Reads up to a `${`, the end, or one of the stop characters. */
  private text(options: { readonly escapes?: boolean; readonly stop?: string }): string {
    const pieces: string[] = [];
    for (let next = this.peek(); next !== '' && !this.atSubstitution() && !options.stop?.includes(next); next = this.peek()) {
      if (options.escapes && this.atEscape()) this.position++;
      const character = this.peek();
      pieces.push(character);
      this.position += character.length;
    }
    return pieces.join('');
  }

  /** `$$` stands for `$`, `\\` for `\` and `\/` for `/`. */
  private atEscape(): boolean {
    return ['$$', '\\\\', '\\/'].some(escape => this.source.startsWith(escape, this.position));
  }

  private substitution(): Substitution {
    const outer = this.line;
    this.line = this.lineHere();
    if (++this.depth > MAX_DEPTH) throw this.error(`nested more than ${MAX_DEPTH} deep`);
    this.position += '${'.length;
    const node = this.peek() === '#' ? this.length() : this.operation(this.name('unable to parse variable name'));
    this.depth--;
    this.line = outer;
    return node;
  }

  private name(complaint: string): string {
    const name = this.run(character => NAME_CHARACTER.test(character));
    if (name === '') throw this.error(complaint);
    return name;
  }

  private operation(name: string): Substitution {
    switch (this.peek()) {
      case ':': return this.defaultOrSubstring(name);
      case '=': return this.defaultValue(name, this.take(1));
      case ',':
      case '^': return this.close({ name, operator: this.run(character => ',^'.includes(character), 2), args: [] });
      case '/': return this.replacement(name);
      case '#':
      case '%': return this.trim(name, this.peek());
    }
    return this.close({ name, operator: '', args: [] }, 'missing closing brace');
  }

  /** `${#name}` */
  private length(): Substitution {
    const operator = this.take(1);
    return this.close({ name: this.name(BAD_SUBSTITUTION), operator, args: [] });
  }

  private defaultOrSubstring(name: string): Substitution {
    const next = this.source.charAt(this.position + 1);
    if (next !== '' && '=-?+'.includes(next)) return this.defaultValue(name, this.take(2));
    // The library steps back by the width of this character, so all but ASCII loses its place.
    if (!/^[\x01-\x7f]$/.test(next)) throw this.error(BAD_SUBSTITUTION);
    return this.substring(name, this.take(1));
  }

  /** `${name=…}`, `${name:=…}`, `${name:-…}`, `${name:?…}`, `${name:+…}`: any number of texts and substitutions. */
  private defaultValue(name: string, operator: string): Substitution {
    const args: TemplateNode[] = [];
    while (this.peek() !== '}') args.push(this.argument({ stop: '}' }));
    return this.close({ name, operator, args });
  }

  /** `${name:position}`, `${name:position:length}` */
  private substring(name: string, operator: string): Substitution {
    const args = [this.argument({ stop: ':}' })];
    if (this.run(character => character === ':') !== '') args.push(this.argument({ stop: '}' }));
    return this.close({ name, operator, args });
  }

  /** `${name#pattern}`, `${name##pattern}`, `${name%pattern}`, `${name%%pattern}` */
  private trim(name: string, sign: string): Substitution {
    const operator = this.run(character => character === sign, 2);
    return this.close({ name, operator, args: [this.argument({ stop: '}' })] });
  }

  /** `${name/old/new}`, `${name//old/new}`, `${name/#old/new}`, `${name/%old/new}`; without `new` the text is removed. */
  private replacement(name: string): Substitution {
    const operator = this.take('/#%'.includes(this.source.charAt(this.position + 1) || ' ') ? 2 : 1);
    const args = [this.argument({ escapes: true, stop: '/' })];
    if (this.run(character => character === '/') === '') throw this.error(BAD_SUBSTITUTION);
    if (this.peek() !== '}') args.push(this.argument({ escapes: true, stop: '}' }));
    return this.close({ name, operator, args });
  }

  private argument(options: { readonly escapes?: boolean; readonly stop: string }): TemplateNode {
    if (this.atSubstitution()) return this.substitution();
    const text = this.text(options);
    if (text === '') throw this.error(BAD_ARGUMENT);
    return text;
  }

  private close(node: Omit<Substitution, 'line'>, complaint = BAD_SUBSTITUTION): Substitution {
    if (this.peek() !== '}') throw this.error(complaint);
    this.position++;
    return { ...node, line: this.line };
  }

  private take(count: number): string {
    this.position += count;
    return this.source.slice(this.position - count, this.position);
  }

  private run(accept: (character: string) => boolean, limit = Infinity): string {
    const start = this.position;
    for (let next = this.peek(); next !== '' && limit > 0 && accept(next); next = this.peek(), limit--) {
      this.position += next.length;
    }
    return this.source.slice(start, this.position);
  }

  private lineHere(): number {
    const { position, line } = this.counted;
    this.counted = { position: this.position, line: line + this.source.slice(position, this.position).split('\n').length - 1 };
    return this.counted.line;
  }

  private error(reason: string): TemplateError {
    return new TemplateError(reason, this.line);
  }
}
