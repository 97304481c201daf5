import { NANO, parseQuantity, resourceQuantity } from '../../src/kubernetes/quantity';

test.each<[text: string, nanos: bigint]>([
  ['1', NANO], ['0', 0n], ['-1', -NANO], ['+1', NANO], ['1.', NANO], ['.5', NANO / 2n], ['100m', NANO / 10n], ['1u', 1000n], ['1n', 1n], ['0.1n', 1n],
  ['1k', 1000n * NANO], ['1Ki', 1024n * NANO], ['1.5Mi', 1572864n * NANO], ['1M', 1_000_000n * NANO], ['1E', 10n ** 18n * NANO], ['1e3', 1000n * NANO],
  ['1E3', 1000n * NANO], ['15e-1', 15n * NANO / 10n], ['1Ei', 1024n ** 6n * NANO],
])('the quantity %s is %s billionths', (text, nanos) => {
  expect(parseQuantity(text)).toBe(nanos);
});

test.each(['', '.', '-', 'm', 'Mi', '40MB', '1 Mi', '1e', '1e3k', '1kk', '0x10', '1,5', 'K', '1K', '1e999', '9'.repeat(41), '1\n'])('%j is no quantity', text => {
  expect(parseQuantity(text)).toBeUndefined();
  expect(resourceQuantity(text)).toEqual(["must be a quantity like '40Mi' or '100m'"]);
});

test('no container can be given less than nothing', () => {
  expect(resourceQuantity('-1Mi')).toEqual(['must be greater than or equal to 0']);
  expect(resourceQuantity('0')).toEqual([]);
});
