import { Call, isCode, Member, type Code, type Statement, type Value } from './code';
import { wrap } from '../../report/wrap';

const WIDTH = 120;
const INDENT = '  ';

/** A statement as TypeScript. */
export function printStatement({ name, code, comments }: Statement): string {
  const start = name === undefined ? '' : `const ${name} = `;
  return [...comments.flatMap(comment => wrap(comment, WIDTH - 3).map(line => `// ${line}`)), `${start}${print(code, '', WIDTH - start.length - 1)};`].join('\n');
}

/**
 * A value as TypeScript: on one line where it fits, else with a line for each of its parts.
 *
 * @param room how many characters fit on the first line
 */
function print(value: Value, indent: string, room: number): string {
  const short = flat(value, room);
  return short ?? broken(value, indent);
}

function plain(value: null | boolean | number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** On one line; undefined where that is longer than there is room. What does not fit is given up where that is known. */
function flat(value: Value, room: number): string | undefined {
  if (room < 0) return undefined;
  if (typeof value === 'string') return isLong(value) || value.length > room ? undefined : within(quote(value), room);
  if (value === null || typeof value !== 'object') return within(plain(value), room);
  if (isCode(value)) return flatCode(value, room);
  if (Array.isArray(value)) return join('[', ']', value.map(item => [item, '']), room);
  const fields = Object.entries(value as Readonly<Record<string, Value>>);
  return fields.length === 0 ? within('{}', room) : join('{ ', ' }', fields.map(([key, child]) => [child, `${property(key)}: `]), room);
}

function flatCode(code: Code, room: number): string | undefined {
  if (code instanceof Call) return join(`${code.isNew ? 'new ' : ''}${code.callee}(`, ')', code.args.map(arg => [arg, '']), room);
  if (!(code instanceof Member)) return within(code.name, room);
  const of = flat(code.of, room);
  if (of === undefined) return undefined;
  return code.args === undefined ? within(`${of}.${code.name}`, room) : join(`${of}.${code.name}(`, ')', code.args.map(arg => [arg, '']), room);
}

function join(open: string, close: string, items: readonly (readonly [Value, string])[], room: number): string | undefined {
  let text = open;
  let first = true;
  for (const [item, before] of items) {
    const start = `${first ? '' : ', '}${before}`;
    first = false;
    const printed = flat(item, room - text.length - start.length - close.length);
    if (printed === undefined) return undefined;
    text += start + printed;
  }
  return within(text + close, room);
}

function within(text: string, room: number): string | undefined {
  return text.length <= room ? text : undefined;
}

function broken(value: Value, indent: string): string {
  if (typeof value === 'string') return isLong(value) ? lines(value, indent) : quote(value);
  if (value === null || typeof value !== 'object') return plain(value);
  if (isCode(value)) return brokenCode(value, indent);
  if (Array.isArray(value)) return block('[', ']', value.map(item => [item, '']), indent);
  return block('{', '}', Object.entries(value as Readonly<Record<string, Value>>).map(([key, child]) => [child, `${property(key)}: `]), indent);
}

function brokenCode(code: Code, indent: string): string {
  if (code instanceof Call) return call(`${code.isNew ? 'new ' : ''}${code.callee}`, code.args, indent);
  if (!(code instanceof Member)) return code.name;
  const of = print(code.of, indent, WIDTH - indent.length);
  return code.args === undefined ? `${of}.${code.name}` : call(`${of}.${code.name}`, code.args, indent);
}

/** Only the last argument is broken, where the others are short; several of one kind stand below each other. */
function call(callee: string, args: readonly Value[], indent: string): string {
  const last = args[args.length - 1];
  const before = args.slice(0, -1).map(arg => flat(arg, 60));
  if (args.length > 0 && before.every(arg => arg !== undefined) && typeof last === 'object' && last !== null && !isCode(last)) {
    return `${callee}(${[...before, broken(last, indent)].join(', ')})`;
  }
  return block(`${callee}(`, ')', args.map(arg => [arg, '']), indent);
}

function block(open: string, close: string, items: readonly (readonly [Value, string])[], indent: string): string {
  if (items.length === 0) return open + close;
  const inner = indent + INDENT;
  const printed = items.map(([item, before]) => `${inner}${before}${print(item, inner, WIDTH - inner.length - before.length - 1)},`);
  return [open, ...printed, indent + close].join('\n');
}

/** Whether a text is one of several lines, which are read better below each other. */
function isLong(text: string): boolean {
  return text.slice(0, -1).includes('\n') && text.length > 40;
}

function lines(text: string, indent: string): string {
  const inner = indent + INDENT;
  return ['[', ...text.split('\n').map(line => `${inner}${quote(line)},`), `${indent}].join('\\n')`].join('\n');
}

const NAME = /^[A-Za-z_$][\w$]*$/;

/** The key of a field. The one that would set the prototype is computed. */
function property(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return NAME.test(key) ? key : quote(key);
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', "'": "\\'" };

/** A text in single quotes: what cannot be seen, or turns the direction of what follows, is escaped. */
function quote(text: string): string {
  return `'${text.replace(/[\\'\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/g, escape)}'`;
}

function escape(character: string, at: number, text: string): string {
  const known = ESCAPES[character];
  if (known !== undefined) return known;
  const code = character.charCodeAt(0);
  if (isPaired(text, at, code)) return character;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Whether it is half of a pair of surrogates that is whole. */
function isPaired(text: string, at: number, code: number): boolean {
  if (code < 0xd800 || code > 0xdfff) return false;
  const other = code < 0xdc00 ? text.charCodeAt(at + 1) : text.charCodeAt(at - 1);
  return code < 0xdc00 ? other >= 0xdc00 && other <= 0xdfff : other >= 0xd800 && other <= 0xdbff;
}
