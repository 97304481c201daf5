import * as fc from 'fast-check';
import { Alphabet, SensitiveValue } from '../../src';
import { derivedBytes } from '../../src/value/derived-bytes';
import { generatedText, generatedUuid, previousOf } from '../../src/value/generated-value';
import { refusal } from '../support/refusal';

const KEY = Buffer.alloc(32, 7);
const textOf = (length: number, alphabet: Alphabet, ...words: string[]) => generatedText(length, alphabet).make(derivedBytes(KEY, words)).toString('latin1');

describe('derived bytes', () => {
  test('are the same for the same key and words, in whatever portions they are taken', () => {
    fc.assert(fc.property(fc.array(fc.string()), fc.array(fc.nat(100)), (words, portions) => {
      const stream = derivedBytes(KEY, words);
      const taken = Buffer.concat(portions.map(count => stream.take(count)));
      expect(taken).toEqual(derivedBytes(KEY, words).take(taken.length));
    }));
  });

  test('differ for other words, also where their texts together are the same', () => {
    fc.assert(fc.property(fc.array(fc.string(), { minLength: 1 }), fc.array(fc.string(), { minLength: 1 }), (a, b) => {
      fc.pre(JSON.stringify(a) !== JSON.stringify(b));
      expect(derivedBytes(KEY, a).take(32).equals(derivedBytes(KEY, b).take(32))).toBe(false);
    }));
    expect(derivedBytes(KEY, ['ab', 'c']).take(8).equals(derivedBytes(KEY, ['a', 'bc']).take(8))).toBe(false);
  });

  test('differ for another key', () => {
    expect(derivedBytes(Buffer.alloc(32, 8), ['a']).take(8).equals(derivedBytes(KEY, ['a']).take(8))).toBe(false);
  });

  test('do not change with a version: what was delivered must be the same for ever', () => {
    expect(derivedBytes(KEY, ['a', 'b']).take(40).toString('hex')).toBe('8ee0885cd803a9ff18a53a19cbc688f56e48e6ebab9c7ba1fc265e4fca240086b64eb931f7a29633');
    expect(textOf(20, Alphabet.urlSafe(), 'a')).toBe('lUzZpPmuv5napkOxusRN');
  });
});

describe('a generated text', () => {
  test('has its length, and every character is of the alphabet', () => {
    const alphabets = fc.shuffledSubarray([...Alphabet.urlSafe()._characters, ...'~!@#$'], { minLength: 2 }).map(characters => Alphabet.of(characters.join('')));
    fc.assert(fc.property(alphabets, fc.integer({ min: 64, max: 200 }), fc.string(), (alphabet, length, word) => {
      const text = textOf(length, alphabet, word);
      expect(text).toHaveLength(length);
      expect([...text].filter(character => !alphabet._characters.includes(character))).toEqual([]);
    }));
  });

  test.each([2, 3, 36, 62, 64, 90])('has every one of %d characters about as often as the others', size => {
    const alphabet = Alphabet.of(Array.from({ length: size }, (_, index) => String.fromCharCode(0x21 + index)).join(''));
    const counts = new Map<string, number>();
    for (let index = 0; index < 25; index++) {
      for (const character of textOf(4096, alphabet, String(index))) counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    const expected = 25 * 4096 / size;
    // six standard deviations; a bias of modulo would be beyond it
    const tolerance = 6 * Math.sqrt(expected);
    expect(counts.size).toBe(size);
    expect([...counts.values()].filter(count => Math.abs(count - expected) > tolerance)).toEqual([]);
  });

  test.each<[string, Parameters<typeof SensitiveValue.generated>[0]]>([
    ['no character', { length: 0 }],
    ['half a character', { length: 16.5 }],
    ['too many characters', { length: 4097 }],
    ['a length that is no number', { length: '32' as never }],
    ['10 letters and digits, which have 59 bits', { length: 10 }],
    ['63 characters of two', { length: 63, alphabet: Alphabet.of('01') }],
    ['the generation 0', { generation: 0 }],
    ['half a generation', { generation: 1.5 }],
    ['a generation that is no number', { generation: NaN }],
  ])('fails for %s', (_, options) => {
    expect(refusal(() => SensitiveValue.generated(options)).code).toBe('InvalidGeneratedValue');
  });

  test.each<[string, Parameters<typeof SensitiveValue.generated>[0]]>([
    ['11 letters and digits', { length: 11 }], ['64 characters of two', { length: 64, alphabet: Alphabet.of('01') }], ['4096 characters', { length: 4096 }],
  ])('takes %s', (_, options) => {
    expect(SensitiveValue.generated(options)._generated).toBeDefined();
  });

  test('says how long it has to be', () => {
    expect(refusal(() => SensitiveValue.generated({ length: 6, alphabet: Alphabet.of('0123456789') }))).toEqual({
      code: 'InvalidGeneratedValue',
      problem: '6 characters of 10 have 19 bits, and whoever can try often enough guesses less than 64',
      next: 'make it 20 characters or longer',
    });
  });
});

test('a UUID is one of version 4', () => {
  fc.assert(fc.property(fc.string(), word => {
    expect(generatedUuid().make(derivedBytes(KEY, [word])).toString()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }));
});

test('the value of the generation before has no value before it, and no command makes it', () => {
  expect(previousOf(generatedText(32, Alphabet.hex(), { generation: 3, keepPrevious: true }))).toMatchObject({
    generation: 2, keepsPrevious: false, isPrevious: true, origin: undefined,
  });
});

test('a generated value is never public', () => {
  expect(refusal(() => SensitiveValue.generated().asPublic()).code).toBe('InvalidValue');
});

test('outside of a secret there is none', () => {
  expect(refusal(() => SensitiveValue.generated()._read())).toMatchObject({ code: 'InvalidValue', problem: expect.stringContaining('is made for the key of a secret') });
});
