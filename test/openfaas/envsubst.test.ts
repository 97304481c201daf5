import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { substitute, type Environment } from '../../src/openfaas/envsubst';
import { TemplateError } from '../../src/openfaas/envsubst-parser';
import { escapeTemplate } from '../../src/openfaas/stack-writer';

const fixture = (name: string) => readFileSync(join(__dirname, 'fixtures', name), 'utf8');

/** What the text becomes, or the reason why it does not. */
function attempt(text: string, environment: Environment): { output: string } | { error: string } {
  try {
    return { output: substitute(text, environment) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { error: error.message };
  }
}

/** The rows of a recorded run of drone/envsubst with SET=Value/x and EMPTY empty: `"input" => "output" err=<nil>`. */
const golden = fixture('openfaas-envsubst.txt').trim().split('\n').map(row => {
  const [, input, result] = /^("(?:[^"\\]|\\.)*") => (.*)$/.exec(row)!;
  const refused = /^PARSE ERROR (.*)$/.exec(result);
  return [
    JSON.parse(input) as string,
    refused === null ? { output: JSON.parse(result.replace(/ err=<nil>$/, '')) as string } : { error: refused[1] },
  ] as const;
});

test.each(golden)('%j becomes what drone/envsubst printed', (text, expected) => {
  expect(attempt(text, { SET: 'Value/x', EMPTY: '' })).toEqual(expected);
});

interface RecordedCase {
  readonly text: string;
  readonly environment: Record<string, string>;
  readonly output?: string;
  readonly error?: string;
}

describe('445 random templates, recorded with drone/envsubst 1.0.3', () => {
  const recorded = JSON.parse(fixture('envsubst-cases.json')) as RecordedCase[];

  test('all become the same text or are refused for the same reason', () => {
    expect(recorded).toHaveLength(445);
    const different = recorded.filter(({ text, environment, output, error }) =>
      JSON.stringify(attempt(text, environment)) !== JSON.stringify(output === undefined ? { error } : { output }));
    expect(different).toEqual([]);
  });
});

test.each([
  ['a NUL ends the text', 'a\0b${A}', { output: 'a' }],
  ['a slash in a name takes all up to the next slash, however far', '${A/}\nx: y/}', { output: 'bcb' }],
  ['slashes between the two parts of a replacement count as one', '${A/b//Z}', { output: 'Zcb' }],
  ['colons between position and length count as one', '${A:0:::2}', { output: 'bc' }],
  ['an empty text stands between all characters', '${É//${U}/-}', { output: '-é-ß-' }],
  ['the length counts bytes', '${#É}', { output: '4' }],
  ['upper case leaves a character that would become two', '${É^^}', { output: 'Éß' }],
  ['a position that is no number leaves the value', '${A:x}', { output: 'bcb' }],
  ['a sign before a position is read', '${A:+1}${A:-1}', { output: 'bcbbcb' }],
  ['a negative position counts from the end', '${A:${M}}', { output: 'b' }],
  ['a length that runs backwards is refused', '${A:2:-1}', { error: 'a substring has a negative length' }],
  ['half a character is refused', '${É:1}', { error: 'a substring cuts a character in two' }],
  ['a malformed class matches nothing', '${A#[}${A#[]}', { output: 'bcbbcb' }],
  ['a star also matches a slash', '${P##*/}|${P#*/}|${P%/*}|${P%%/*}', { output: 'c|b/c|a/b|a' }],
  ['three hashes are an operator and a pattern', '${A###}', { output: 'bcb' }],
])('%s', (_, text, expected) => {
  expect(attempt(text, { A: 'bcb', É: 'éß', M: '-1', P: 'a/b/c' })).toEqual(expected);
});

test('names of object prototypes are variables like any other', () => {
  expect(substitute('${constructor}${toString:-x}${__proto__}', {})).toBe('x');
});

test('an error tells the line of its own ${, and no part of the text', () => {
  expect(() => substitute('a\nb: ${A}\nc: ${B:-\n${TOKEN-x}}', {})).toThrow(expect.objectContaining({ line: 4, message: 'missing closing brace' }));
});

describe('hostile templates', () => {
  const slashes = '/'.repeat(4000);

  test.each([
    ['deep nesting', '${A:-'.repeat(100_000), {}, 'nested more than 200 deep'],
    ['replacements that multiply', '${S//\\//'.repeat(20) + 'x' + '}'.repeat(20), { S: slashes }, 'the text grows to more than 16777216 bytes'],
    ['many long values', '${S}'.repeat(100_000), { S: slashes }, 'the text grows to more than 16777216 bytes'],
    ['a slow pattern', `\${S##*${'?'.repeat(1000)}x}`, { S: slashes }, 'a pattern takes too long to match'],
  ])('%s: refused within a bounded time', (_, text, environment, reason) => {
    expect(attempt(text, environment)).toEqual({ error: reason });
  });

  test('a hundred thousand substitutions side by side are no nesting', () => {
    expect(substitute('${A}'.repeat(100_000), { A: 'x' })).toHaveLength(100_000);
  });
});

test('any escaped text comes back as it was', () => {
  const text = fc.string({ unit: fc.constantFrom('$', '{', '}', '\\', '/', 'a', ':', '-', '\n', 'é'), maxLength: 30 });
  fc.assert(fc.property(text, value => {
    expect(substitute(escapeTemplate(value), { a: 'WRONG' })).toBe(value);
  }), { numRuns: 2000 });
});

test('any value of a variable arrives as it is', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), value => {
    expect(substitute('x${A}y${U:-${A}}', { A: value })).toBe(`x${value}y${value}`);
  }));
});
