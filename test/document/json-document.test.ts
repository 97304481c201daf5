import fc from 'fast-check';
import { JsonDocument } from '../../src/document/json-document';
import { wholeText } from '../../src/document/parsed-document';
import { Places } from '../../src/document/places';
import { Unreadable } from '../../src/document/unreadable';

/** For JSON.stringify, which takes no bigint. */
const asNumber = (_: string, value: unknown) => typeof value === 'bigint' ? Number(value) : value;

function readAll(text: string) {
  const all = [];
  for (let start = 0; ; start = all[all.length - 1].end) {
    const next = JsonDocument.readNext({ ...wholeText(text), start });
    if (next === undefined) return all;
    all.push(next);
  }
}

function refusal(text: string): { reason: string; offset: number } {
  try {
    JsonDocument.read(wholeText(text));
  } catch (error) {
    if (error instanceof Unreadable) return { reason: error.reason, offset: error.offset };
    throw error;
  }
  throw new Error('nothing was refused');
}

test('reads what JSON.parse reads', () => {
  fc.assert(fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
    const text = JSON.stringify(JSON.parse(json), undefined, indent);
    expect(JSON.stringify(JsonDocument.read(wholeText(text)).value, asNumber)).toBe(JSON.stringify(JSON.parse(json)));
  }));
});

test('refuses what JSON.parse refuses', () => {
  fc.assert(fc.property(fc.json(), fc.nat(), fc.constantFrom('', '"', '\\', ',', '}', ']', ':', '\n', '0', 'e'), (json, at, change) => {
    const index = at % json.length;
    const text = `{"a":${json.slice(0, index)}${change}${json.slice(index + 1)}}`;
    const expected = (() => { try { return { value: JSON.parse(text) }; } catch { return undefined; } })();
    const actual = (() => { try { return readAll(text).map(({ value }) => value); } catch { return undefined; } })();
    expect(JSON.stringify(actual, asNumber)).toBe(expected === undefined ? undefined : JSON.stringify([expected.value]));
  }), { numRuns: 500 });
});

test('keeps whole numbers of 64 bits exact', () => {
  expect(JsonDocument.read(wholeText('[9007199254740993, -9223372036854775808, 18446744073709551615, 5, 18446744073709551616, 1.0]')).value)
    .toEqual([9007199254740993n, -9223372036854775808n, 18446744073709551615n, 5, 18446744073709551616, 1]);
});

test('notes fields that stand twice, and keeps the last', () => {
  expect(JsonDocument.read(wholeText('{"a":[{"b":1,"c":2,"b":3}],"a2":{"x":{},"x":[]}}'))).toEqual({
    value: { a: [{ b: 3, c: 2 }], a2: { x: [] } },
    duplicateFields: [['a', 0, 'b'], ['a2', 'x']],
    furtherDuplicates: 0,
  });
});

test('takes __proto__ for a field like any other', () => {
  const { value } = JsonDocument.read(wholeText('{"__proto__":{"polluted":true}}')) as { value: Record<string, unknown> };

  expect(Object.keys(value)).toEqual(['__proto__']);
  expect((value as { polluted?: boolean }).polluted).toBeUndefined();
});

test('notes where every field and item stands', () => {
  const text = '{\n  "a": [\n    1,\n    {"b": 2}\n  ]\n}';
  const places = new Places();
  const { value } = JsonDocument.read(wholeText(text), places);

  expect(places.find(value, [])).toBe(0);
  expect(places.find(value, ['a'])).toBe(text.indexOf('"a"'));
  expect(places.find(value, ['a', 1, 'b'])).toBe(text.indexOf('"b"'));
  expect(places.find(value, ['a', 7, 'b'])).toBe(text.indexOf('"a"'));
});

test.each([
  ['{a: 1}', 'a field has no name in double quotes', 1],
  ['{"a" 1}', 'a colon is missing', 5],
  ['{"a":1 "b":2}', 'a comma or a closing bracket is missing', 7],
  ['{"a":"x', 'a closing quote is missing', 5],
  ['{"a":"\\q"}', 'a text holds a control character or an escape that JSON does not have', 5],
  ['{"a":yes}', 'this is no JSON', 5],
  ['{"a":', 'this is no JSON', 5],
])('says of %s that %s', (text, reason, offset) => {
  expect(refusal(text)).toEqual({ reason, offset });
});

test('reads objects that follow one another', () => {
  expect(readAll(' {"a":1}{"a":2}\n[3]').map(({ value, start, end }) => ({ value, start, end }))).toEqual([
    { value: { a: 1 }, start: 1, end: 8 },
    { value: { a: 2 }, start: 8, end: 15 },
    { value: [3], start: 16, end: 19 },
  ]);
});

test('takes half of a pair of surrogates for a character that is unknown, as Go does', () => {
  expect(JsonDocument.read(wholeText('["\\ud83d", "\\ud83d\\ude00", "a\\udc00b"]')).value).toEqual(['\ufffd', '😀', 'a\ufffdb']);
});
