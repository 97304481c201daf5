import fc from 'fast-check';
import { goTime, isDay } from '../../src/kubernetes/go-time';

// what time.Parse(time.RFC3339, text) of Go 1.26.8 says
test.each<[string, number | undefined]>([
  ['2030-01-31T00:00:00Z', 1896048000000],
  ['2030-01-31T00:00:00.5Z', 1896048000500],
  ['2030-01-31T00:00:00,5Z', 1896048000500],
  ['2030-01-31T00:00:00.1234567891234Z', 1896048000123],
  ['2030-01-31T0:00:00Z', 1896048000000],
  ['2030-01-31T9:30:15Z', 1896082215000],
  ['2030-01-31T19:30:15Z', 1896118215000],
  ['2030-01-31T23:59:59Z', 1896134399000],
  ['2030-01-31T00:00:00+01:30', 1896042600000],
  ['2030-01-31T00:00:00-01:30', 1896053400000],
  ['2030-01-31T00:00:00-00:00', 1896048000000],
  ['2030-01-31T00:00:00+24:00', 1895961600000],
  ['2030-01-31T00:00:00+23:60', 1895961600000],
  ['2028-02-29T00:00:00Z', 1835395200000],
  ['0000-01-01T00:00:00Z', -62167219200000],
  ['2030-02-29T00:00:00Z', undefined],
  ['2030-02-30T00:00:00Z', undefined],
  ['2030-13-01T00:00:00Z', undefined],
  ['2030-01-00T00:00:00Z', undefined],
  ['2030-01-01T24:00:00Z', undefined],
  ['2030-01-01T00:60:00Z', undefined],
  ['2030-01-01T23:59:60Z', undefined],
  ['2030-01-31T00:00:00.Z', undefined],
  ['2030-01-31T00:00:00+25:00', undefined],
  ['2030-01-31T00:00:00+00:61', undefined],
  ['2030-01-31T00:00:00+0100', undefined],
  ['2030-01-31T00:00:00', undefined],
  ['2030-01-31t00:00:00z', undefined],
  ['2030-01-31 00:00:00Z', undefined],
  ['2030-01-31', undefined],
  ['-2030-01-31T00:00:00Z', undefined],
  ['2030-01-31T00:00:00ZZ', undefined],
  ['30-01-31T00:00:00Z', undefined],
  ['', undefined],
])('%j is a time of Go: %d', (text, milliseconds) => {
  expect(goTime(text)).toBe(milliseconds);
});

// What the compiled API servers of 1.28.15 and 1.37.2 said of a creationTimestamp.
test.each(['0001-01-01T00:00:00Z', '2028-02-29T23:59:59Z', '2000-02-29T00:00:00Z'])('%j is a time', text => {
  expect(goTime(text)).toBe(Date.parse(text));
});

test.each([
  'x', '2030-01-01T00:00:00z', '2100-02-29T00:00:00Z', '2030-04-31T00:00:00Z', '2030-00-01T00:00:00Z', '10000-01-01T00:00:00Z', '2030-1-01T00:00:00Z', '2030-01-01T00:00:00Z\n',
])('%j is none', text => {
  expect(goTime(text)).toBeUndefined();
});

test('every time of a Date is one', () => {
  fc.assert(fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), date => {
    expect(goTime(date.toISOString())).toBe(date.getTime());
  }));
});

test.each([['2030-01-31', true], ['2028-02-29', true], ['2030-02-29', false], ['2030-1-31', false], ['2030-01-31T', false], ['x2030-01-31', false], ['', false]])('%j is a day: %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});
