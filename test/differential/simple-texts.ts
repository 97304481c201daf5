import type { Random } from './random';

const WORDS: readonly string[] = ['a', 'b', 'c', 'name', 'spec', 'app.kubernetes.io/name', 'x-y_z'];
/** What is a key of its own kind, or none. */
const OTHER_KEYS: readonly string[] = ['yes', 'null', 'toString', '__proto__', '1', '0x1F', '"q"', 'a b', '<<', '? a', 'é', '', 'k'.repeat(1024), 'k'.repeat(1025)];

const TEXTS: readonly string[] = ['b', 'c d', 'b', '"b"', "'b c'", '1', 'b:c', 'http://a.b/c?d=e', '$(X)', '/d', 'nginx:1.2', '"a: b"', '{}', '[]', 'b#c', ''];
const OTHER_TEXTS: readonly string[] = [
  '-1', '-0', '0400', '0x1F', '0b11', '1_000', '1.50', '1e3', '.5', '-.5e-1', '+1', '9007199254740993', '18446744073709551616', '-9223372036854775808', '.inf', '~', 'null', 'yes', 'Off', 'n', '2001-01-01', '1:30',
  '-a', '--', '-', '- a', '(a)', '~a', '+', '_a', '.', '...', 'a, [b] {c}', 'a:', 'a: b', 'a :b', '"b" c', '"b"#c', "'b''c'", '"\\n"', '"', "'", '[a]', '{a: b}', '{ }', '&x a', '*x', '!!str 1', '@a', '%a', '?a', 'é', 'a\tb', '=', '<<',
];
const HEADERS: readonly string[] = ['|', '>', '|-', '>-', '|+', '>+'];
const OTHER_HEADERS: readonly string[] = ['|2', '>1', '|-3', '>2+', '| # c', '|#c', '|\t', '|x', '|--', '|0', '|12'];
const ENDS: readonly string[] = ['\n', '\n', '\n', '\n', ' # c\n', '\n\n', '\n# c\n'];
const OTHER_ENDS: readonly string[] = ['  \n', '# c\n', ' # é\n', ' #\x85a: b\n', ' # \u2028\n', '\n  # c\n', '\n        # c\n', '\n \n', '\n\t\n', '\t\n', '\n   more\n', '\r\n', '\n...\n', ''];
const BEGINNINGS: readonly string[] = ['---\n', '# c\n', '\n', ' # é\n\n', '---\n\n', '--- # c\n', '---\n---\n', '\ufeff', '  '];

/** Documents that are written as most are, with maps and lists below each other and texts on one line; one thing in sixty is unusual. */
export function simpleText(random: Random): string {
  const documents = Array.from({ length: random.oneIn(6) ? 2 : 1 }, () => mapText(random, random.oneIn(8) ? 3 : 0, 2));
  const text = (random.oneIn(3) ? random.pick(BEGINNINGS) : '') + documents.join('---\n');
  return random.oneIn(10) ? text.replaceAll('\n', '\r\n') : text;
}

/** One of the usual ones, and seldom one of the others. */
function mostly<T>(random: Random, usual: readonly T[], others: readonly T[]): T {
  return random.pick(random.oneIn(60) ? others : usual);
}

function mapText(random: Random, column: number, depth: number): string {
  return Array.from({ length: 1 + random.below(3) }, (_, index) => `${indent(random, column)}${entry(random, column, depth, index)}`).join('');
}

function listText(random: Random, column: number, depth: number): string {
  return Array.from({ length: 1 + random.below(3) }, () => `${indent(random, column)}-${item(random, column, depth)}`).join('');
}

function indent(random: Random, column: number): string {
  return ' '.repeat(mostly(random, [column], [0, 1, 2, column + 1, column + 2]));
}

function entry(random: Random, column: number, depth: number, index: number): string {
  const key = mostly(random, WORDS, OTHER_KEYS) + mostly<number | string>(random, [index], ['']);
  const end = () => mostly(random, ENDS, OTHER_ENDS);
  switch (depth === 0 ? 0 : random.below(5)) {
    case 0: case 1: return `${key}:${blanks(random)}${textOrBlock(random, column)}`;
    case 2: return `${key}:${end()}${listText(random, column + mostly(random, [0, 2], [1, 4]), depth - 1)}`;
    default: return `${key}:${end()}${mapText(random, column + mostly(random, [2, 2, 4], [0, 1, 7]), depth - 1)}`;
  }
}

function item(random: Random, column: number, depth: number): string {
  const behind = blanks(random);
  if (depth === 0 || random.oneIn(2)) return behind + textOrBlock(random, column);
  const first = column + 1 + behind.length;
  const map = mapText(random, first, depth - 1);
  return behind + (map.startsWith(' '.repeat(first)) ? map.slice(first) : map);
}

function blanks(random: Random): string {
  return mostly(random, [' '], ['', '  ', '   ', '\t', ' - ']);
}

function textOrBlock(random: Random, column: number): string {
  if (!random.oneIn(5)) return mostly(random, TEXTS, random.oneIn(2) ? TEXTS : OTHER_TEXTS) + mostly(random, ENDS, OTHER_ENDS);
  const pad = ' '.repeat(column + mostly(random, [2, 2, 4], [0, 1]));
  const usual = [`${pad}text`, `${pad}a: b`, `${pad}- c # d`, `${pad}  more`, ''];
  const others = [`${pad}\tx`, `${pad}é`, `${pad}x\x85y`, `${pad}x\u2028y: z`, `${pad} `, ' ', '\t', '# c', `${pad}# c`, `${' '.repeat(column)}# c`, `${pad}---`, '\ufeff'];
  const lines = Array.from({ length: random.below(5) }, () => `${mostly(random, usual, others)}\n`);
  return `${mostly(random, HEADERS, OTHER_HEADERS)}\n${lines.join('')}`;
}
