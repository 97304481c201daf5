import * as fc from 'fast-check';
import { Alphabet, SensitiveValue } from '../../src';
import { refusal } from '../support/refusal';

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';

test.each<[string, Alphabet, string]>([
  ['alphanumeric', Alphabet.alphanumeric(), `0123456789${UPPER}${LOWER}`],
  ['urlSafe', Alphabet.urlSafe(), `-0123456789${UPPER}_${LOWER}`],
  ['lowercase', Alphabet.lowercase(), `0123456789${LOWER}`],
  ['hex', Alphabet.hex(), '0123456789abcdef'],
])('%s has these characters', (_, alphabet, characters) => {
  expect(alphabet._characters).toBe(characters);
});

test('every character of the ready ones goes through a URL, JSON and a shell as it is', () => {
  for (const { _characters: characters } of [Alphabet.alphanumeric(), Alphabet.urlSafe(), Alphabet.lowercase(), Alphabet.hex()]) {
    expect(encodeURIComponent(characters)).toBe(characters);
    expect(characters).toMatch(/^[\w-]+$/);
  }
});

test('the order in which the characters are given does not matter', () => {
  fc.assert(fc.property(fc.shuffledSubarray([...Alphabet.urlSafe()._characters], { minLength: 2 }), characters => {
    expect(Alphabet.of(characters.join(''))._characters).toBe([...characters].sort().join(''));
  }));
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['a list', ['a', 'b']],
  ['no character', ''],
  ['one character', 'a'],
  ['a character twice', 'abca'],
  ['a blank', 'a b'],
  ['a newline', 'ab\n'],
  ['a character beyond ASCII', 'abä'],
  ['a character of two code units', 'ab\u{1f511}'],
])('fails for %s', (_, characters) => {
  expect(refusal(() => Alphabet.of(characters as string)).code).toBe('InvalidGeneratedValue');
});

test('fails where something else is given for one', () => {
  expect(refusal(() => SensitiveValue.generated({ alphabet: 'abc' as never }))).toMatchObject({ code: 'InvalidGeneratedValue', problem: 'the alphabet is none' });
});
