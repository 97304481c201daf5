import { type ValueSet, valuesOf } from '../../src/value/value-set';
import { refusal } from '../support/refusal';

function setOf(content: () => Record<string, string>) {
  let openings = 0;
  const set: ValueSet = {
    description: 'env file "a.env"',
    originOf: envKey => ({ envFile: 'a.env', envKey }),
    open: () => {
      openings++;
      return new Map(Object.entries(content()).map(([key, text]) => [key, () => Buffer.from(text)]));
    },
  };
  return { set, openings: () => openings };
}

test('with declared keys nothing is opened before a value is read, and then once for all', () => {
  const { set, openings } = setOf(() => ({ a: '1', b: '2' }));
  const values = valuesOf(set, ['b', 'a']);
  expect(openings()).toBe(0);
  expect(Object.keys(values)).toEqual(['b', 'a']);
  expect(Object.values(values).map(value => value._read().toString())).toEqual(['2', '1']);
  expect(openings()).toBe(1);
});

test('without declared keys they are those that it has now', () => {
  const { set, openings } = setOf(() => ({ a: '1' }));
  expect(Object.keys(valuesOf(set))).toEqual(['a']);
  expect(openings()).toBe(1);
});

test('its values are described by the set', () => {
  expect(valuesOf(setOf(() => ({})).set, ['a']).a._description).toBe('env file "a.env"');
});

test.each([
  [{ a: '1' }, 'lacks "b"'],
  [{ a: '1', b: '2', c: '3' }, 'has "c"'],
  [{ a: '1', c: '3' }, 'lacks "b" and has "c"'],
])('fails for %j where a and b were declared', (content, difference) => {
  expect(refusal(() => valuesOf(setOf(() => content).set, ['a', 'b']).a._read())).toEqual({
    code: 'KeysChanged',
    problem: `env file "a.env" ${difference}, which is not what was declared`,
    next: 'make its keys and the declared ones agree',
  });
});

test('fails where the keys changed between the declaration and the reading', () => {
  let content: Record<string, string> = { a: '1' };
  const values = valuesOf(setOf(() => content).set);
  content = { b: '1' };
  expect(refusal(() => values.a._read()).code).toBe('KeysChanged');
});

test('the list of declared keys is copied', () => {
  const keys = ['a'];
  const values = valuesOf(setOf(() => ({ a: '1' })).set, keys);
  keys.push('b');
  expect(values.a._read().toString()).toBe('1');
});
