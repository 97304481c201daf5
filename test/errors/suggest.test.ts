import * as fc from 'fast-check';
import { closest, didYouMean, quoteList } from '../../src/errors/suggest';

test.each([
  ['passwrd', 'password'],
  ['pasword', 'password'],
  ['passwodr', 'password'],
  ['PASSWORD', 'password'],
  ['pass-word', 'password'],
  ['usernme', 'username'],
])('%p most likely means %p', (word, meant) => {
  expect(closest(word, ['token', 'username', 'password'])).toBe(meant);
});

test('the nearest candidate is suggested, not the first', () => {
  expect(closest('username1', ['username', 'username11', 'username1x'])).toBe('username');
  expect(closest('tls.key', ['tls.crt', 'tls.keys'])).toBe('tls.keys');
});

test('nothing is suggested where nothing is near', () => {
  expect(closest('certificate', ['password', 'username'])).toBeUndefined();
  expect(closest('x', [])).toBeUndefined();
});

test('a candidate always means itself', () => {
  fc.assert(fc.property(fc.array(fc.string(), { minLength: 1 }), words => {
    const [word] = words;
    const found = closest(word, words)!;
    const normal = (text: string) => text.toLowerCase().replace(/[-_. ]/g, '');
    expect(normal(found)).toBe(normal(word));
  }));
});

test('a list is quoted, and cut after ten', () => {
  const words = Array.from({ length: 12 }, (_, index) => `k${index}`);
  expect(quoteList(['a', 'b"'])).toBe('"a", "b\\""');
  expect(quoteList(words)).toBe('"k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9" and 2 more');
});

test('the next step after an unknown word names what was probably meant, and what there is', () => {
  expect(didYouMean('passwrd', ['password', 'username'], 'keys')).toBe('did you mean "password"? keys: "password", "username"');
  expect(didYouMean('zzz', ['password', 'username'], 'keys')).toBe('keys: "password", "username"');
  expect(didYouMean('zzz', [], 'keys')).toBe('there are no keys');
});
