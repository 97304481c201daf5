import fc from 'fast-check';
import { isGoTime } from '../../src/kubernetes/go-time';

// What the compiled API servers of 1.28.15 and 1.37.2 said of a creationTimestamp.
test.each([
  '2030-01-31T00:00:00Z', '2030-01-01T00:00:00+01:00', '2030-01-01T00:00:00.5Z', '2030-01-01T00:00:00,5Z', '2030-01-01T0:00:00Z', '2030-01-01T00:00:00-00:00',
  '2030-01-01T00:00:00+24:00', '2030-01-01T00:00:00+23:60', '0001-01-01T00:00:00Z', '2028-02-29T23:59:59Z', '2000-02-29T00:00:00Z',
])('%j is a time', text => {
  expect(isGoTime(text)).toBe(true);
});

test.each([
  '', 'x', '2030-01-01', '2030-01-01t00:00:00z', '2030-01-01T00:00:00z', '2030-01-01 00:00:00Z', '2030-01-01T00:00:00', '2030-02-30T00:00:00Z', '2030-02-29T00:00:00Z',
  '2100-02-29T00:00:00Z', '2030-04-31T00:00:00Z', '2030-00-01T00:00:00Z', '2030-13-01T00:00:00Z', '2030-01-00T00:00:00Z', '2030-01-01T24:00:00Z', '2030-01-01T00:60:00Z',
  '2030-01-01T00:00:60Z', '2030-01-01T00:00:00+25:00', '2030-01-01T00:00:00+00:61', '10000-01-01T00:00:00Z', '2030-1-01T00:00:00Z', '2030-01-01T00:00:00.Z',
  '2030-01-01T00:00:00+0100', '2030-01-01T00:00:00Z\n',
])('%j is none', text => {
  expect(isGoTime(text)).toBe(false);
});

test('every time of a Date is one', () => {
  fc.assert(fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), date => {
    expect(isGoTime(date.toISOString())).toBe(true);
  }));
});
