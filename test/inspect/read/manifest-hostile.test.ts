import { Inspection } from '../../../src/app/inspection';
import { readManifestStream } from '../../../src/inspect/read/manifest-stream';
import { Errors } from '../../../src/report/errors';

function refusal(text: string): string {
  try {
    readManifestStream(text, { file: 'f' });
  } catch (error) {
    expect(Errors.codeOf(error)).toBe('UnreadableManifest');
    return (error as { problem: { message: string } }).problem.message;
  }
  throw new Error('nothing was refused');
}

const LEVELS = 100_000;
const MIB = 1024 * 1024;

test.each([
  ['lists', '['.repeat(LEVELS)], ['maps', '{a: '.repeat(LEVELS)], ['dashes', '- '.repeat(LEVELS)],
  ['JSON', '{"a":'.repeat(LEVELS)], ['JSON lists', `{"a":${'['.repeat(LEVELS)}`],
])('refuses 100,000 levels of %s', (_, text) => {
  expect(refusal(text)).toBe('"f", line 1: nested more than 500 deep');
});

test.each([['keys', '? '.repeat(LEVELS)], ['colons', 'a: '.repeat(LEVELS)]])('refuses 100,000 levels of %s, which can be none', (_, text) => {
  expect(refusal(text)).toMatch(/^"f", line 1: a key /);
});

test.each([['YAML', 'a: '], ['JSON', '{"a":']])('takes 400 levels of %s', (_, start) => {
  const text = `${start}${'['.repeat(400)}${']'.repeat(400)}${start.startsWith('{') ? '}' : ''}`;

  expect(readManifestStream(text)).toHaveLength(1);
});

test('refuses aliases that multiply', () => {
  const names = 'abcdefghij'.split('');
  const lines = names.slice(1).map((name, index) => `${name}: &${name} [${Array(9).fill(`*${names[index]}`).join(', ')}]`);

  expect(refusal(['a: &a [x, x, x]', ...lines].join('\n'))).toMatch(/^"f", line \d: aliases multiply the document to many times its size$/);
});

test('refuses aliases that nest', () => {
  const lines = Array.from({ length: 600 }, (_, index) => `a${index + 1}: &a${index + 1} {b: *a${index}}`);
  const filler = Array.from({ length: 2000 }, (_, index) => `f${index}: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]`);

  expect(refusal([...filler, 'a0: &a0 x', ...lines].join('\n'))).toMatch(/^"f", line \d+: nested more than 500 deep, aliases followed$/);
});

test('takes aliases that share a little', () => {
  const sources = readManifestStream(`x: &x {a: 1}\nlist:\n${'- *x\n'.repeat(90)}`);

  expect((sources[0].manifest as { list: unknown[] }).list).toHaveLength(90);
});

test.each([
  ['plain', (size: number) => `a: 1\nb: ${'x'.repeat(size)}\n`], ['quoted', (size: number) => `a: 1\nb: "${'x'.repeat(size)}"\n`],
  ['never ending', (size: number) => `a: 1\nb: "${'x'.repeat(size)}`], ['block', (size: number) => `a: 1\nb: |\n${`  ${'x'.repeat(98)}\n`.repeat(size / 100)}`],
  ['JSON', (size: number) => `{"a": 1,\n"b": "${'x'.repeat(size)}"}`],
])('refuses one %s value of 50 MiB, on its line', (_, text) => {
  expect(refusal(text(50 * MIB))).toMatch(/^"f", line [23]: a value has more than 8388608 characters; the API server takes no object of that size$/);
});

test('takes a value of 4 MiB, for the inspection to judge', () => {
  expect(readManifestStream(`a: ${'x'.repeat(4 * MIB)}\n`)).toHaveLength(1);
});

test('takes 100,000 documents', () => {
  const sources = readManifestStream('a: 1\n---\n'.repeat(100_000));

  expect(sources).toHaveLength(100_000);
  expect(sources[99_999].locate!(['a'])).toEqual({ line: 199_999, column: 1 });
}, 30_000);

test('refuses one document of millions of tokens', () => {
  expect(refusal('- a\n'.repeat(1_500_000))).toMatch(/: the document has more than 3000000 tokens$/);
}, 30_000);

test('says of a text that is no manifest what it is, as a finding', () => {
  const { findings } = Inspection.fromYaml('just a text\n---\n- a\n- list\n');

  expect(findings.map(({ code, location }) => ({ code, location }))).toEqual([
    { code: 'NoManifest', location: { line: 1, column: 1 } }, { code: 'NoManifest', location: { line: 3, column: 1 } },
  ]);
});
