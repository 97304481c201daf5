import { goDuration, printGoDuration } from '../../src/kubernetes/go-duration';

test.each<[string, number | undefined]>([
  ['0', 0], ['0s', 0], ['1h', 3.6e12], ['1h30m', 5.4e12], ['1.5s', 1.5e9], ['.5s', 5e8], ['.25s', 2.5e8], ['1.s', 1e9], ['-1m', -6e10], ['+1m', 6e10], ['100ms', 1e8], ['1µs', 1e3],
  ['', undefined], ['1', undefined], ['1d', undefined], ['h', undefined], ['1h 30m', undefined], ['1h30', undefined], ['-', undefined], ['1H', undefined], ['.h', undefined],
])('%j is a duration of Go: %d', (text, nanoseconds) => {
  expect(goDuration(text)).toBe(nanoseconds);
});

test.each<[number, string]>([
  [0, '0s'], [1, '1s'], [1.5, '1.5s'], [59, '59s'], [60, '1m0s'], [61, '1m1s'], [3599, '59m59s'], [3600, '1h0m0s'], [3661, '1h1m1s'], [90000, '25h0m0s'],
])('%d seconds are printed as Go does: %s', (seconds, text) => {
  expect(printGoDuration(seconds)).toBe(text);
  expect(goDuration(text)).toBe(seconds * 1e9);
});
