import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from './random';
import { simpleText } from './simple-texts';
import CASES from '../conformance/yaml-reader/cases.json';

/** What has a meaning in YAML, or nearly. */
const PIECES: readonly string[] = [
  ...'\n\n\n\n        aabbx01-?:,[]{}#&*!|>\'"%@`~<=.\\/\t'.split(''), ': ', ': ', ': ', '- ', '- ', '? ', ' #', '\n  ', '\n  ', '\n    ', '\n- ', '\n  - ', ', ', '{a: b}', '[a, b]', 'a: ', 'b: ',
  '\r', '\r\n', '\x85', '\u2028', '\ufeff', '\xa0', 'é', '😀', '\n\t', '\n---\n', '--- ', '\n...\n', '%YAML 1.1\n', '%TAG !e! tag:e,1:\n', '&a ', '*a', '<<: ', '!!str ', '!!int ', '!!binary ', '!e ',
  '|\n', '>\n', '|-\n', '>+\n', '|2\n', '"', '\\n', '\\x41', '\\u00e9', '\\ud83d', '\\/', "''", '0x1F', '0o17', '1e3', '.5', '.inf', 'yes', 'null', '2001-01-01', '12:30', '1_000', '\n\n', '\n \n', ' \n',
];

/** What a text is made of that is meant to be taken. */
const SCALARS: readonly string[] = [
  'a', 'b c', 'x:y', 'a#b', '1', '-1', '0x1F', '0400', '1.5', '1e3', 'yes', 'No', 'null', '~', '', "'a'", "'it''s'", '"a"', '"a\\nb"', '"\\u00e9\\x41"', '&x a', '*x', '!!str 5', '!!int "5"', '! 5',
  '-a', '?a', ':a', '--', '---a', '.', '...a', '<<', '=', '%a', 'a%', '@a', '`a', '| a', 'http://a.b/c?d=e', '2001-01-01', '1:30', '+9223372036854775808', '18446744073709551615', '1_000', '.inf',
];

const SEEDS: readonly string[] = [...CASES.map(seed => seed.text), ...manifests(join(__dirname, '..', '..', 'examples'))];

/** A text that is YAML, or nearly. */
export function yamlText(random: Random): string {
  // A character that was cut in two is none.
  return text(random).replace(/\p{Surrogate}/gu, '');
}

/** A map of scalars, or nearly. */
export function yamlMap(random: Random): string {
  const lines = Array.from({ length: 1 + random.below(4) }, () => `${random.oneIn(3) ? random.pick(SCALARS) : random.pick(['a', 'b', 'c', '"a"', '<<'])}:${child(random, 0, 0, false)}`);
  return lines.join('').replace(/\p{Surrogate}/gu, '');
}

function text(random: Random): string {
  switch (random.below(5)) {
    case 0: return simpleText(random);
    case 1: return soup(random);
    case 2: return mutated(random, random.pick(SEEDS));
    case 3: return mutated(random, block(random, 0, 3));
    default: return block(random, 0, 4);
  }
}

function soup(random: Random): string {
  return Array.from({ length: 1 + random.below(14) }, () => random.pick(PIECES)).join('');
}

/** With some pieces put in, taken out or doubled. */
function mutated(random: Random, seed: string): string {
  // A window of a long text, so that what was changed is a part of it.
  const start = seed.length > 400 ? seed.lastIndexOf('\n', random.below(seed.length - 300)) + 1 : 0;
  let result = seed.slice(start, start + 400);
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const at = random.below(result.length + 1);
    const removed = random.oneIn(2) ? random.below(3) : 0;
    result = result.slice(0, at) + (random.oneIn(4) ? '' : random.pick(PIECES)) + result.slice(at + removed);
  }
  return result;
}

function block(random: Random, indent: number, depth: number): string {
  const kind = depth === 0 ? 2 : random.below(5);
  const pad = ' '.repeat(indent);
  const count = 1 + random.below(3);
  const lines: string[] = [];
  for (let index = 0; index < count; index++) {
    if (kind < 2) lines.push(`${pad}${key(random)}:${child(random, indent, depth, false)}`);
    else if (kind === 2) lines.push(`${pad}-${child(random, indent, depth, true)}`);
    else if (kind === 3) return `${pad}${flow(random, depth)}\n`;
    else lines.push(`${pad}${random.pick(['', '? a\n', '# c\n'])}${random.oneIn(2) ? pad : ''}${key(random)}:${child(random, indent, depth, false)}`);
  }
  return lines.join('');
}

function key(random: Random): string {
  return random.oneIn(4) ? random.pick(SCALARS) : random.pick(['a', 'b', 'c', 'name', 'spec', '"q"', "'s'"]);
}

function child(random: Random, indent: number, depth: number, isItem: boolean): string {
  const properties = random.oneIn(8) ? random.pick([' &x', ' !!str', ' !t', ' &x !t', ' # c']) : '';
  switch (random.below(depth === 0 ? 4 : 7)) {
    case 0: case 1: return `${properties} ${random.pick(SCALARS)}${random.oneIn(6) ? random.pick([' # c', '#c', ' ', '\t', '\n   more', '\n\n more']) : ''}\n`;
    case 2: return `${properties} ${flow(random, depth)}\n`;
    case 3: return blockScalar(random, indent);
    case 4: return `${properties} ${block(random, indent + 2, depth - 1).trimStart()}`;
    default: return `${properties}\n${block(random, indent + (isItem ? 1 : random.below(3)), depth - 1)}`;
  }
}

function flow(random: Random, depth: number): string {
  if (depth === 0 || random.oneIn(4)) return random.pick(SCALARS);
  const blank = random.oneIn(5) ? random.pick(['', '\n', ' \n  ', '\t']) : ' ';
  const items = Array.from({ length: random.below(4) }, () => flow(random, depth - 1));
  const end = random.oneIn(6) ? random.pick([',', '\n', '\n]', ' ,']) : '';
  if (random.oneIn(2)) return `[${items.join(`,${blank}`)}${end}]`;
  return `{${items.map(item => random.oneIn(6) ? item : `${key(random)}:${blank}${item}`).join(`,${blank}`)}${end}}`;
}

function blockScalar(random: Random, indent: number): string {
  const header = random.pick(['|', '>', '|-', '>-', '|+', '>+', '|2', '>1', '|2-', '|  # c']);
  const lines = Array.from({ length: random.below(5) }, () => {
    return random.pick(['', '', ' ', '\t', `${' '.repeat(indent + 2)}text`, `${' '.repeat(indent + 2)}more: text`, `${' '.repeat(indent + 1)}less`, `${' '.repeat(indent + 3)}- deep`, `${' '.repeat(indent)}# c`]);
  });
  return ` ${header}\n${lines.map(line => `${line}\n`).join('')}`;
}

/** The texts of the manifests below a folder. */
function manifests(folder: string): string[] {
  return readdirSync(folder).filter(name => name !== 'dist').flatMap(name => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return manifests(path);
    return /\.ya?ml$/.test(name) ? [readFileSync(path, 'utf8')] : [];
  });
}
