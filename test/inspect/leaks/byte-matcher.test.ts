import * as fc from 'fast-check';
import { ByteMatcher } from '../../../src/inspect/leaks/byte-matcher';

const found = (patterns: readonly string[], text: string, depth?: number): number[] => {
  const indexes: number[] = [];
  new ByteMatcher(patterns, depth).search(Buffer.from(text), index => indexes.push(index));
  return indexes.sort((a, b) => a - b);
};
const patternsOf = (max: number) => fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: max }), { maxLength: 12 });

test.each([2, 3, 16, Infinity])('finds every pattern that a text has, once, with an automaton of the depth %d', depth => {
  fc.assert(fc.property(patternsOf(9), fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 60 }), (patterns, text) => {
    expect(found(patterns, text, depth)).toEqual(patterns.flatMap((pattern, index) => text.includes(pattern) ? [index] : []));
  }));
});

test('tells patterns apart whose first bytes are the same', () => {
  const start = 'x'.repeat(200);
  expect(found([`${start}one`, `${start}two`, `${start}`], `… ${start}two …`)).toEqual([1, 2]);
});

test('a second search finds what the first one found', () => {
  const matcher = new ByteMatcher(['abc']);
  const counts = [1, 2].map(() => {
    let count = 0;
    matcher.search(Buffer.from('abcabc'), () => count++);
    return count;
  });
  expect(counts).toEqual([1, 1]);
});
