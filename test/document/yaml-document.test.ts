import fc from 'fast-check';
import { wholeText } from '../../src/document/parsed-document';
import { Places } from '../../src/document/places';
import { TextPool } from '../../src/document/text-pool';
import { Unreadable } from '../../src/document/unreadable';
import { parseYaml } from '../../src/document/yaml-document';
import { yamlText } from '../../src/document/yaml-text';

const valueOf = (text: string) => parseYaml(wholeText(text)).value;

/** What is refused, and the text from there on. */
function refusal(text: string): { reason: string; at: string } {
  try {
    valueOf(text);
  } catch (error) {
    if (error instanceof Unreadable) return { reason: error.reason, at: text.slice(error.offset) };
    throw error;
  }
  throw new Error('nothing was refused');
}

test('reads back what is written', () => {
  const text = fc.string({ unit: fc.constantFrom(...' \n\t:#-?\'"[]{},&*!|>%@é😀a1'), maxLength: 10 });
  const value = fc.letrec(tie => ({
    any: fc.oneof({ maxDepth: 3 }, text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(text, tie('any'), { maxKeys: 3 })),
  })).any;
  fc.assert(fc.property(fc.dictionary(text, value, { maxKeys: 4 }), map => {
    expect(JSON.stringify(valueOf(yamlText(map)))).toBe(JSON.stringify(map));
  }));
});

test('reads a part of a text as it reads that part alone', () => {
  fc.assert(fc.property(fc.constantFrom('a: 1\n', 'a:\n  - |\n    b\n', '{a: [b, c]}\n'), fc.constantFrom('', '"', 'x: [', '\n\n'), (part, around) => {
    const text = around + part + around;
    expect(parseYaml({ text, start: around.length, end: around.length + part.length }).value).toEqual(valueOf(part));
  }));
});

test.each<[text: string, reason: string, at: string]>([
  ['a:\n\tb: 1\n', 'a tab is used for indentation', '\tb: 1\n'],
  ['a:\n    b: 1\n  c: 2\n', 'the indentation is wrong', 'c: 2\n'],
  ['a: b: c\n', 'a key runs over several lines, or a colon and a space stand in an unquoted text', ': c\n'],
  ['a: 1\nb\nc: 2\n', 'a colon is missing behind a key', 'b\nc: 2\n'],
  ['a: [b\n', "a comma or a closing ']' is missing", ''],
  ['a: {b: 1\nc: 2}\n', "a comma or a closing '}' is missing", ': 2}\n'],
  ['a: [b, \n', 'a value or a closing bracket is missing', ''],
  ['a: "b\n', 'a closing quote is missing', ''],
  ['a: "b\n---\n"', "a closing quote is missing: a line in the text is '---' or '...'", '---\n"'],
  ['a: "\\q"\n', 'a text in double quotes has an escape that YAML does not have', '\\q"\n'],
  ['a: "\\ud83d"\n', 'a text in double quotes has an escape that is no character; write one beyond U+FFFF as it is, or with \\U', '\\ud83d"\n'],
  ['a: @b\n', 'an unquoted text begins with a character that must be quoted', '@b\n'],
  ['a: "b" c\n', 'something stands behind a value that does not belong to it; quote it, or begin a new line', 'c\n'],
  ['a: - b\n', "a '-' begins an item where none can stand", '- b\n'],
  ['a: *b\n', 'an alias names no anchor', '*b\n'],
  ['a: &b [*b]\n', 'an anchor contains itself', '*b]\n'],
  ['a: !b!c d\n', 'no %TAG directive explains the handle of a tag', '!b!c d\n'],
  ['a: !!int b\n', 'a value does not have the type that its tag says', '!!int b\n'],
  ['a: |b\n', "something stands behind a '|' or '>' that is no comment", 'b\n'],
  ['? [a]\n: 1\n', 'a key is a map or a list', '[a]\n: 1\n'],
  ['~: 1\n', 'a key is null, or a number that is too large for one', '~: 1\n'],
  ['a: 1\n<<: b\n', "'<<' takes a map or a list of maps", '<<: b\n'],
  ['a: 1\nb: .inf\n', 'a number is infinite or none, which JSON cannot say', '.inf\n'],
  ['%YAML 1.2\n---\na: 1\n', 'a %YAML directive names another version than 1.1', '%YAML 1.2\n---\na: 1\n'],
])('says of %j that %s', (text, reason, at) => {
  expect(refusal(text)).toEqual({ reason, at });
});

test('notes fields that stand twice, and keeps the last', () => {
  expect(parseYaml(wholeText('a: {b: 1, b: 2}\nc:\n- d: 1\n  "d": 2\n'))).toEqual({
    value: { a: { b: 2 }, c: [{ d: 2 }] }, duplicateFields: [['a', 'b'], ['c', 0, 'd']], furtherDuplicates: 0,
  });
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('takes %s for a field like any other', name => {
  const { value, duplicateFields } = parseYaml(wholeText(`${name}: {polluted: true}\n`));

  expect(Object.entries(value as object)).toEqual([[name, { polluted: true }]]);
  expect(duplicateFields).toEqual([]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('makes what stands behind an alias once', () => {
  const { a, b } = valueOf('a: &x {c: 1}\nb: *x\n') as { a: object; b: object };

  expect(b).toBe(a);
});

test('notes where every field and item stands', () => {
  const text = 'a:\n- b\n- &x\n  c: |\n    text\n- {d: e, "f": [1, 2]}\ng:\n  <<: {h: 1}\n';
  const places = new Places();
  const { value } = parseYaml(wholeText(text), places);
  const at = (...path: (string | number)[]) => text.slice(places.find(value, path));

  expect(at('a')).toMatch(/^a:/);
  expect(at('a', 0)).toMatch(/^b\n/);
  expect(at('a', 1, 'c')).toMatch(/^c: \|/);
  expect(at('a', 2)).toMatch(/^\{d/);
  expect(at('a', 2, 'f')).toMatch(/^"f"/);
  expect(at('a', 2, 'f', 1)).toMatch(/^2\]/);
  expect(at('g', 'h')).toMatch(/^h: 1/);
  expect(at('a', 7, 'z')).toMatch(/^a:/);
});

test.each(['a  \x07\n', 'a: b\x7f\n', '"\x01"\n', '# \x9f\na: b\n', 'a: |\n  \x00\n', 'a: b # \uffff\n'])('refuses the control character of %j before anything else', text => {
  const around = 'x: [\x02\n';
  expect(refusal(text)).toEqual({ reason: 'a control character stands in it', at: text.slice(text.search(/[^\n\x20-\x7e]/)) });
  expect(() => parseYaml({ text: around + text, start: 0, end: 4 })).toThrow('bracket');
  expect(() => parseYaml({ text: around + text, start: around.length, end: around.length + text.length })).toThrow('a control character stands in it');
});

test.each<[what: string, bytes: readonly number[], text: string]>([
  ['half of a pair of surrogates', [0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'],
  ['more bytes than the character takes', [0xc0, 0x80, 0xe0, 0x9f, 0xbf], '\ufffd'.repeat(5)],
  ['what is beyond the last character', [0xf4, 0x90, 0x80, 0x80, 0xf5, 0x80], '\ufffd'.repeat(6)],
  ['the beginning of a character at the end', [0x61, 0xf0, 0x9f, 0x98], 'a\ufffd\ufffd\ufffd'],
  ['a character between two halves of others', [0xe2, 0x82, 0xe2, 0x82, 0xac, 0x82], '\ufffd\ufffd€\ufffd'],
  ['the sign itself', [0xef, 0xbf, 0xbd, 0xff], '\ufffd\ufffd'],
])('bytes that are %s are signs, as Go has them', (_, bytes, text) => {
  expect(valueOf(`a: !!binary ${Buffer.from(bytes).toString('base64')}\n`)).toEqual({ a: text });
});

test.each(['a', 'é', '😀'])('a key has at most 1024 characters, also of %s', character => {
  const key = (count: number) => `"${character.repeat(count - 2)}"`;
  expect(valueOf(`${key(1024)}: b\n`)).toEqual({ [character.repeat(1022)]: 'b' });
  expect(refusal(`${key(1025)}: b\n`).reason).toBe('a key runs over several lines, or a colon and a space stand in an unquoted text');
  expect(valueOf(`- [a, ${key(1024)}: b]\n- [${key(1000)}, {c: d}]\n`)).toEqual([['a', { [character.repeat(1022)]: 'b' }], [character.repeat(998), { c: 'd' }]]);
});

test('of bytes that are no text, each that is part of no character is a sign of its own, as Go has it', () => {
  const base64 = (bytes: readonly number[]) => Buffer.from(bytes).toString('base64');
  expect(valueOf(`a: !!binary ${base64([0x6b, 0xf1, 0xb4, 0xa3, 0x5e])}\n`)).toEqual({ a: 'k\ufffd\ufffd\ufffd^' });
  expect(valueOf(`a: !!binary ${base64([0xc3, 0xa9, 0xff, 0xf0, 0x9f, 0x98, 0x80])}\n`)).toEqual({ a: 'é\ufffd😀' });
});

test('texts of a pool are those of the text, whatever was in it', () => {
  const pool = new TextPool();
  fc.assert(fc.property(fc.string({ maxLength: 45 }), fc.string({ maxLength: 45 }), (before, part) => {
    expect(pool.slice(`${before}${part}${before}`, before.length, before.length + part.length)).toBe(part);
  }));
});
