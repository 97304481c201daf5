import { parseTemplate, TemplateError, type Substitution, type TemplateNode } from './envsubst-parser';
import { fromBytes, lower, runeAt, runes, toBytes, upper } from './go-text';
import { PatternTooCostly, ShellPattern } from './shell-pattern';

/** Values of variables; a name that is missing stands for the empty text. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The most bytes that a text may grow to; nested replacements would else multiply without end. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/**
 * Replaces every `${…}` of a text as faas-cli does with a stack file, before it is YAML and comments included.
 *
 * The operators are those of drone/envsubst, not of bash: `:?` and `:+` give a default like `:-`, an unset variable is
 * empty, and `${NAME-default}` is an error. Lengths and positions count bytes.
 *
 * @throws TemplateError with the reason and the line; it holds no part of the text
 */
export function substitute(text: string, environment: Environment): string {
  const evaluator = new Evaluator(environment);
  const decoded = fromBytes(evaluator.evaluate(parseTemplate(text)));
  if (decoded === undefined) throw new TemplateError('a substring cuts a character in two', evaluator.line);
  return decoded;
}

/** Works on byte texts throughout. */
class Evaluator {
  /** Of the substitution that is being evaluated, or was last. */
  public line = 1;
  private readonly patterns = new ShellPattern();

  constructor(private readonly environment: Environment) {}

  public evaluate(nodes: readonly TemplateNode[]): string {
    const pieces: string[] = [];
    let size = 0;
    for (const node of nodes) {
      const piece = typeof node === 'string' ? toBytes(node) : this.call(node);
      pieces.push(piece);
      size = this.bounded(size + piece.length);
    }
    return pieces.join('');
  }

  private call({ name, operator, args, line }: Substitution): string {
    const texts = args.map(arg => this.evaluate([arg]));
    this.line = line;
    const value = toBytes(Object.hasOwn(this.environment, name) ? this.environment[name] ?? '' : '');
    const [first, second] = texts;
    switch (operator) {
      case ',': return mapFirst(value, lower);
      case ',,': return lower(value);
      case '^': return mapFirst(value, upper);
      case '^^': return upper(value);
      case ':': return this.substring(value, first, second);
      case '/': return value.includes(first) ? replaceFirst(value, first, second ?? '') : value;
      case '//': return this.replaceAll(value, first, second ?? '');
      case '/#': return second !== undefined && value.startsWith(first) ? second + value.slice(first.length) : value;
      case '/%': return second !== undefined && value.endsWith(first) ? value.slice(0, value.length - first.length) + second : value;
      case '#': return first === undefined ? String(value.length) : this.trimShortest(value, first);
      case '##': return this.trimLongest(value, first);
      case '%': return reversed(this.trimShortest(reversed(value), reversed(first)));
      case '%%': return reversed(this.trimLongest(reversed(value), reversed(first)));
      default: return value === '' ? this.joined(texts) : value;
    }
  }

  private trimLongest(value: string, pattern: string): string {
    for (let end = value.length; end > 0; end--) {
      const matched = this.matches(pattern, value.slice(0, end));
      if (matched === undefined) return value;
      if (matched) return value.slice(end);
    }
    return value;
  }

  private trimShortest(value: string, pattern: string): string {
    let shortest = 0;
    for (let end = value.length; end > 0; end--) {
      const matched = this.matches(pattern, value.slice(0, end));
      if (matched === undefined) return value;
      if (matched) shortest = end;
    }
    return value.slice(shortest);
  }

  private matches(pattern: string, text: string): boolean | undefined {
    try {
      return this.patterns.matches(pattern, text);
    } catch (error) {
      throw error instanceof PatternTooCostly ? this.error('a pattern takes too long to match') : error;
    }
  }

  /** A position or length that is no number leaves the value as it is; a negative position counts from the end. */
  private substring(value: string, position: string, length: string | undefined): string {
    const size = BigInt(value.length);
    let start = integer(position);
    if (start === undefined) return value;
    if (start < 0n) start = start + size < 0n ? 0n : start + size;
    if (length === undefined) return value.slice(Number(start));
    const count = integer(length);
    if (count === undefined) return value;
    const end = start + count;
    if (end >= size && end <= MAX_INTEGER) return value.slice(Number(start));
    // The library itself stops here with "slice bounds out of range".
    if (end < start || end > MAX_INTEGER) throw this.error('a substring has a negative length');
    return value.slice(Number(start), Number(end));
  }

  /** An empty text stands between all characters and at both ends. */
  private replaceAll(value: string, old: string, replacement: string): string {
    const parts = old === '' ? ['', ...runes(value), ''] : value.split(old);
    this.bounded(value.length + (parts.length - 1) * replacement.length);
    return parts.join(replacement);
  }

  private joined(texts: readonly string[]): string {
    this.bounded(texts.reduce((size, text) => size + text.length, 0));
    return texts.join('');
  }

  private bounded(size: number): number {
    if (size > MAX_OUTPUT) throw this.error(`the text grows to more than ${MAX_OUTPUT} bytes`);
    return size;
  }

  private error(reason: string): TemplateError {
    return new TemplateError(reason, this.line);
  }
}

function mapFirst(value: string, map: (bytes: string) => string): string {
  const [first = ''] = runes(value);
  return map(first) + value.slice(first.length);
}

function replaceFirst(value: string, old: string, replacement: string): string {
  const start = value.indexOf(old);
  return value.slice(0, start) + replacement + value.slice(start + old.length);
}

const REPLACEMENT_CHARACTER = toBytes('\ufffd');

/** Characters back to front; bytes that are no character become U+FFFD. */
function reversed(bytes: string): string {
  return runes(bytes).reverse().map(rune => runeAt(rune, 0).valid ? rune : REPLACEMENT_CHARACTER).join('');
}

const MIN_INTEGER = -(2n ** 63n);
const MAX_INTEGER = 2n ** 63n - 1n;

/** A 64-bit integer as Go's `Atoi` reads it. */
function integer(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const number = BigInt(text.replace('+', ''));
  return number >= MIN_INTEGER && number <= MAX_INTEGER ? number : undefined;
}
