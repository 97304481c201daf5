import * as fc from 'fast-check';
import { asUnit, isQuantity, milliValueOf, NANO, parseQuantity, readQuantity, resourceQuantity, valueOf } from '../../src/kubernetes/quantity';

test.each<[text: string, nanos: bigint]>([
  ['1', NANO], ['0', 0n], ['-1', -NANO], ['+1', NANO], ['1.', NANO], ['.5', NANO / 2n], ['100m', NANO / 10n], ['1u', 1000n], ['1n', 1n], ['0.1n', 1n],
  ['1k', 1000n * NANO], ['1Ki', 1024n * NANO], ['1.5Mi', 1572864n * NANO], ['1M', 1_000_000n * NANO], ['1E', 10n ** 18n * NANO], ['1e3', 1000n * NANO],
  ['1E3', 1000n * NANO], ['15e-1', 15n * NANO / 10n], ['1Ei', 1024n ** 6n * NANO],
])('the quantity %s is %s billionths', (text, nanos) => {
  expect(parseQuantity(text)).toBe(nanos);
});

test.each(['', '.', '-', 'm', 'Mi', '40MB', '1 Mi', '1e', '1e3k', '1kk', '0x10', '1,5', 'K', '1K', '1e999', '9'.repeat(41), '1\n'])('%j is no quantity that anybody writes', text => {
  expect(parseQuantity(text)).toBeUndefined();
  expect(resourceQuantity(text)).toEqual(["must be a quantity like '40Mi' or '100m'"]);
});

test('no container can be given less than nothing', () => {
  expect(resourceQuantity('-1Mi')).toEqual(['must be greater than or equal to 0']);
  expect(resourceQuantity('0')).toEqual([]);
});

// As k8s.io/apimachinery v0.35.4 reads and prints them.
test.each<[given: string | number | bigint, nanos: bigint, unit?: string]>([
  ['1', NANO, '1'], ['0', 0n, undefined], [1, NANO, '1'], [0.5, NANO / 2n, undefined], [10n, 10n * NANO, '10'], [1e21, 10n ** 30n, '1e+21'],
  [' 1 ', NANO, '1'], ['+1', NANO, '+1'], ['-1', -NANO, '-1'], ['01', NANO, '01'], ['1.', NANO, '1.'], ['.5', NANO / 2n, undefined], ['1.0', NANO, '1'],
  ['100m', NANO / 10n, '100m'], ['1000m', NANO, '1'], ['1m', 1_000_000n, '1m'], ['1000', 1000n * NANO, '1k'], ['1024', 1024n * NANO, '1024'],
  ['1024Ki', 1024n ** 2n * NANO, '1Mi'], ['0.5Ki', 512n * NANO, undefined], ['0.9765625Ki', 1000n * NANO, '1k'], ['1Ki', 1024n * NANO, '1Ki'],
  ['1e3', 1000n * NANO, '1e3'], ['1e0', NANO, '1e0'], ['10e-1', NANO, '1'], ['1E', 10n ** 18n * NANO, '1E'], ['1E2', 100n * NANO, undefined],
  ['0.1n', 1n, '1n'], ['1e-12', 1n, undefined], ['16Ei', (2n ** 63n - 1n) * NANO, undefined],
  ['-', 0n, undefined], ['.', 0n, undefined], ['m', 0n, undefined], ['Ki', 0n, undefined],
])('the API server takes %j for %s billionths, and prints it as %s', (given, nanos, unit) => {
  const quantity = readQuantity(given)!;
  expect([quantity.nanos, asUnit(quantity)]).toEqual([nanos, unit]);
  expect(isQuantity(given)).toBe(true);
});

test.each(['', 'x', '1K', 'Ei', '1 Mi', '1\n', '\t1', '1e', '1e3k', '1kk', '0x10', '1,5', '1-5', '--1', '1e99999999999', NaN, Infinity, '1'.repeat(1001)])('%j is no quantity to the API server', given => {
  expect(readQuantity(given)).toBeUndefined();
  expect(isQuantity(given)).toBe(false);
});

test('what is written as it should be is the same quantity to our own reader', () => {
  const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'e3', 'E-3', 'e+2');
  const text = fc.tuple(fc.constantFrom('', '-', '+'), fc.nat(), fc.option(fc.nat(), { nil: undefined }), suffix)
    .map(([sign, whole, fraction, of]) => `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}${of}`);
  fc.assert(fc.property(text, given => {
    expect(readQuantity(given)!.nanos).toBe(parseQuantity(given));
  }));
});

const MAX = 2n ** 63n - 1n;

// As Value and MilliValue of k8s.io/apimachinery v0.35.4 say it: some hold no more than 64 bits, and others are cut.
test.each<[text: string, value: bigint, milliValue: bigint]>([
  ['1', 1n, 1000n], ['1500m', 2n, 1500n], ['1n', 1n, 1n], ['-1', -1n, -1000n], ['9e15', 9n * 10n ** 15n, 9n * 10n ** 18n], ['1e16', 10n ** 16n, 0n], ['1e19', 0n, 0n],
  ['7Ei', 7n * 2n ** 60n, BigInt.asIntN(64, 7000n * 2n ** 60n)], ['16Ei', MAX, BigInt.asIntN(64, MAX * 1000n)],
  ['12345678901234567890123', BigInt.asIntN(64, 12345678901234567890123n), BigInt.asIntN(64, 12345678901234567890123000n)],
])('%s is %s, and %s thousandths', (text, value, milliValue) => {
  const quantity = readQuantity(text)!;
  expect([valueOf(quantity), milliValueOf(quantity)]).toEqual([value, milliValue]);
});

// As k8s.io/apimachinery v0.35.4 prints them, at the borders of what it keeps as it was written.
test.each<[text: string, unit: string | undefined]>([
  ['999999999999999999', '999999999999999999'], ['1000000000000000001', undefined], ['1.000000001', '1.000000001'], ['1.0000000001', undefined], ['0.000000001', '1n'],
  ['99999999999Ki', '99999999999Ki'], ['999999999999Ki', undefined], ['99999999Mi', '99999999Mi'], ['999999999Mi', undefined], ['7Mi', '7Mi'], ['8Mi', undefined], ['9Mi', '9Mi'],
  ['1023', '1023'], ['1025', '1025'], ['1.0Ki', '1Ki'], ['1e9', '1e9'], ['1e2', undefined], ['1e-9', '1e-9'], ['1001', '1001'],
])('of %s is printed %s', (text, unit) => {
  expect(asUnit(readQuantity(text)!)).toBe(unit);
});

test('texts of a thousand digits are read, and texts of forty are written', () => {
  expect(readQuantity('9'.repeat(1000))).toBeDefined();
  expect(parseQuantity('9'.repeat(40))).toBe((10n ** 40n - 1n) * NANO);
  expect([parseQuantity('.25'), parseQuantity('1e10'), parseQuantity('m')]).toEqual([NANO / 4n, 10n ** 10n * NANO, undefined]);
});
