import fc from 'fast-check';
import { wholeText, type TextPart } from '../../../src/document/parsed-document';
import { Places } from '../../../src/document/places';
import { TextPool } from '../../../src/document/text-pool';
import { Unreadable } from '../../../src/document/unreadable';
import { readSimpleDocument } from '../../../src/document/yaml/simple-document';
import { parseYaml } from '../../../src/document/yaml-document';

const simple = (text: string) => simplePart(wholeText(text));
const simplePart = (part: TextPart) => readSimpleDocument(part, new TextPool());

/** What the whole reader says, which alone notes places. */
function whole(text: string): unknown {
  try {
    const { value, duplicateFields } = parseYaml(wholeText(text), new Places());
    return { value, duplicates: duplicateFields.length };
  } catch (error) {
    if (error instanceof Unreadable) return 'refused';
    throw error;
  }
}

test.each<[what: string, text: string, value: object]>([
  ['maps in maps', 'a:\n  b:\n    c: d\n  e: f\n', { a: { b: { c: 'd' }, e: 'f' } }],
  ['a list that stands further to the right', 'a:\n  - b\n  - c\nd: e\n', { a: ['b', 'c'], d: 'e' }],
  ['a list at the column of its key', 'a:\n- b\n- c\nd: e\n', { a: ['b', 'c'], d: 'e' }],
  ['maps in a list', 'a:\n  - b: 1\n    c: 2\n  -   d:\n      - e\n', { a: [{ b: 1, c: 2 }, { d: ['e'] }] }],
  ['quotes', 'a: "b: c"\nd: \'# e\'\n', { a: 'b: c', d: '# e' }],
  ['brackets and braces with nothing in them', 'a: {}\nb: [] # c\nd:\n  - {}\n', { a: {}, b: [], d: [{}] }],
  ['blocks of text', 'a: |\n  b: c\n\n  # d\n# e\nf:\n  - >-\n    g\n    h\n  - |2\n      i\n', { a: 'b: c\n\n# d\n', f: ['g h', '  i\n'] }],
  ['a key without a value', 'a:\nb:\n  c:\nd:\n', { a: null, b: { c: null }, d: null }],
  ['comments and empty lines', '# é\na: b # c\n\n  # d\ne: # f\n  g: h\n \n', { a: 'b', e: { g: 'h' } }],
  ['the types of YAML 1.1', 'a: 0400\nb: yes\nc: ~\nd: 1.5\ne: 1:30\nf: "1"\n', { a: 256, b: true, c: null, d: 1.5, e: '1:30', f: '1' }],
  ['signs that mean nothing where they stand', 'a: b#c\nd: http://e:1/f?g=[h]\ni: -j\nk: (l)\n', { a: 'b#c', d: 'http://e:1/f?g=[h]', i: '-j', k: '(l)' }],
  ['spaces behind a text', 'a: b c  \n', { a: 'b c' }],
  ['the line that the first document begins with', '---\na: b\n', { a: 'b' }],
  ['names that every object has', 'constructor: a\ntoString: b\n', { constructor: 'a', toString: 'b' }],
])('reads %s as the whole reader does', (_, text, value) => {
  expect(simple(text)).toStrictEqual(value);
  expect(whole(text)).toStrictEqual({ value, duplicates: 0 });
});

test.each<[what: string, text: string]>([
  ['nothing', ''],
  ['only a comment', '# a\n'],
  ['a text', 'a\n'],
  ['a list', '- a\n'],
  ['no end of the last line', 'a: b'],
  ['a text of several lines', 'a: b\n  c\n'],
  ['a text on the next line', 'a:\n  b\n'],
  ['a block that is wrong', 'a: |x\n  b\n'],
  ['a control character in a block', 'a: |\n  b\x07\n'],
  ['a control character in a comment', 'a: b # \x07\n'],
  ['brackets with something in them', 'a: [b]\n'],
  ['a bracket that is not closed', 'a: [b\n'],
  ['braces with something in them', 'a: {b: c}\n'],
  ['braces with something behind them', 'a: {} b\n'],
  ['brackets with a comment right behind them', 'a: []#b\n'],
  ['an anchor', 'a: &b c\n'],
  ['an alias', 'a: *b\n'],
  ['a tag', 'a: !!str 1\n'],
  ['a merge', '<<: a\n'],
  ['an escape', 'a: "\\n"\n'],
  ['two apostrophes', "a: 'b''c'\n"],
  ['something behind quotes', 'a: "b" c\n'],
  ['a comment right behind quotes', 'a: "b"#c\n'],
  ['quotes that do not end on the line', 'a: "b\n  c"\n'],
  ['a quoted key', '"a": b\n'],
  ['a key that is no text', 'yes: a\n'],
  ['a key that is a number', '1: a\n'],
  ['a key with a space', 'a b: c\n'],
  ['a key that stands twice', 'a: b\na: c\n'],
  ['a colon in a text', 'a: b: c\n'],
  ['a colon at the end of a text', 'a: b:\n'],
  ['a list in a list', 'a:\n  - - b\n'],
  ['an item on the next line', 'a:\n  -\n    b\n'],
  ['an item where a key must stand', 'a: b\n- c\n'],
  ['a key where an item must stand', 'a:\n  - b\n  c: d\n'],
  ['a line between two columns', 'a:\n    b: c\n  d: e\n'],
  ['a line that stands further to the right than the first', 'a: b\n  c: d\n'],
  ['a tab', 'a:\tb\n'],
  ['a tab behind a text', 'a: b\t\n'],
  ['a line that is a tab', 'a: b\n\t\nc: d\n'],
  ['a character beyond ASCII', 'a: é\n'],
  ['another end of a line in a comment', 'a: b\n# c\u2028d: e\n'],
  ['another end of a line in quotes', 'a: "b\u2028c"\n'],
  ['a return in a comment', 'a: b\n# c\rd: e\n'],
  ['an infinite number', 'a: .inf\n'],
  ['a directive', '%YAML 1.1\n---\na: b\n'],
  ['the end of a document', 'a: b\n...\n'],
  ['a byte order mark', '\ufeffa: b\n'],
  ['an indicator', 'a: @b\n'],
  ['a minus', 'a: - b\n'],
  ['more levels than it counts', Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
  ['more characters than a key may have', `${'a'.repeat(1025)}: b\n`],
])('leaves %s to the whole reader', (_, text) => {
  expect(simple(text)).toBeUndefined();
});

test('leaves what may go beyond the limits of the whole reader to it', () => {
  const items = (count: number) => `a:\n${'- b\n'.repeat(count)}`;
  expect((simple(items(374_000)) as { a: string[] }).a).toHaveLength(374_000);
  expect(simple(items(375_000))).toBeUndefined();
  const long = 'x'.repeat(8 * 1024 * 1024);
  for (const text of [`a: ${long}y\n`, `a: "${long}y"\n`, `a: |\n  ${long}\n`]) expect(simple(text)).toBeUndefined();
  expect(simple(`a: ${long}\n`)).toEqual({ a: long });
});

test('does not read on behind the end of its part', () => {
  const text = '# a\nb:\n  c: d\n';
  expect(readSimpleDocument({ text, start: 0, end: '# a\n'.length }, new TextPool())).toBeUndefined();
  expect(readSimpleDocument({ text, start: 4, end: '# a\nb:\n'.length }, new TextPool())).toStrictEqual({ b: null });
});

test('says what the whole reader says, of whatever is made of such lines', () => {
  const often = <T>(usual: readonly T[], ...other: readonly T[]) => {
    return fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...other) });
  };
  const indent = often([0, 0, 2, 2, 4], 1, 3, 6);
  const dash = often(['', '', '', '- '], '-   ', '- - ', '-');
  const key = often(['a:', 'b:', 'c:', 'name:', 'x.y/z:', 'toString:'], 'yes:', '0:', '"a":', '<<:', '__proto__:', 'a b:', '');
  const text = often(['', '', ' b', ' 1', ' "c"', " 'd'", ' e f'], ' [g]', ' |', ' |-', ' >', ' |2', ' {}', ' []', ' &h i', ' *h', ' !!str 1', ' "\\n"', ' j: k', ' -', ' .inf', ' é', '\t', ' ~', ' yes', ' l:m', ' n#o');
  const end = often(['\n', '\n', '\n', ' \n', ' # c\n', '\n\n', '\n  # c\n'], '\t\n', '\r\n', '\n---\n', '\n...\n', '', '# c\n', ' # \u2028\n');
  const line = fc.tuple(indent, dash, key, text, end).map(([spaces, ...rest]) => ' '.repeat(spaces) + rest.join(''));
  const around = fc.constantFrom('', 'a: b\n', '---\n', '    ', 'c', '"', '\n  - ', '# d\n', '\x07', '\ufeff');
  let read = 0;
  fc.assert(fc.property(around, fc.array(line, { minLength: 1, maxLength: 5 }), around, (before, lines, behind) => {
    const document = lines.join('');
    const value = simplePart({ text: before + document + behind, start: before.length, end: before.length + document.length });
    if (value === undefined) return;
    read++;
    const said = whole(document) as { value: unknown };
    expect(said).toStrictEqual({ value, duplicates: 0 });
    expect(JSON.stringify(value)).toBe(JSON.stringify(said.value));
  }), { numRuns: 3000 });
  expect(read).toBeGreaterThan(100);
});
