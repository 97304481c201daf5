import fc from 'fast-check';
import { keyText, resolvePlain } from '../../src/document/yaml-scalars';

test.each([
  ...['', '~', 'null', 'Null', 'NULL'].map(text => [text, { type: 'null' }]),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(text => [text, { type: 'bool', value: true }]),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(text => [text, { type: 'bool', value: false }]),
])('takes %j for a word of YAML 1.1', (text, resolved) => {
  expect(resolvePlain(text as string)).toEqual(resolved);
});

test.each([
  ['0400', 256], ['0o400', 256], ['0O17', 15], ['400', 400], ['-0400', -256], ['+5', 5], ['0x1F', 31], ['-0X1f', -31], ['0b101', 5], ['1_000', 1000], ['0_7', 7], ['00', 0],
  ['9007199254740991', 9007199254740991], ['9007199254740992', 9007199254740992n], ['9223372036854775807', 9223372036854775807n],
  ['-9223372036854775808', -9223372036854775808n], ['18446744073709551615', 18446744073709551615n],
  ['0b-1', -1], ['0b+11', 3], [`0b-1${'0'.repeat(63)}`, -9223372036854775808n], [`0b+${'1'.repeat(63)}`, 9223372036854775807n], [`0b-${'0'.repeat(70)}10`, -2], ['0b-0', 0],
  [`0x${'0'.repeat(70)}f`, 15], ['9999999999999', 9999999999999], ['0x1fffffffffffff', 9007199254740991], ['-0x1fffffffffffff', -9007199254740991], ['0x20000000000000', 9007199254740992n],
])('takes %s for the whole number %d', (text, value) => {
  expect(resolvePlain(text)).toEqual({ type: 'int', value });
});

test.each([
  ['1.5', 1.5], ['.5', 0.5], ['5.', 5], ['1e3', 1000], ['08', 8], ['1_0.5', 10.5], ['18446744073709551616', 18446744073709551616], ['-1E-2', -0.01],
])('takes %s for the number %d', (text, value) => {
  expect(resolvePlain(text)).toEqual({ type: 'float', value });
});

test.each([
  'tRue', 'nULL', 'yEs', '1:30', '2001-01-01', '2001-12-14t21:59:43.10-05:00', '0x', '0b2', '1e', '1e999', '._5', '+', '-', '.', '<<', '=', 'a', '0o8', '-.', '12e03x',
  '0b-', '0b-2', '-0b-1', `0b+1${'0'.repeat(63)}`, `0b-1${'0'.repeat(62)}1`, `0b${'1'.repeat(65)}`,
])('takes %s for a text', text => {
  expect(resolvePlain(text)).toEqual({ type: 'str', value: text });
});

test('every whole number of 53 bits is itself', () => {
  fc.assert(fc.property(fc.maxSafeInteger(), value => {
    expect(resolvePlain(String(value))).toEqual({ type: 'int', value: Object.is(value, -0) ? 0 : value });
  }));
});

test.each([
  ['yes', 'true'], ['off', 'false'], ['0x10', '16'], ['007', '7'], ['1.10', '1.1'], ['1.0', '1'], ['1e6', '1e+06'], ['100000.5', '100000.5'], ['1e-5', '1e-05'], ['0.1', '0.1'],
  ['16777217.0', '1.6777216e+07'], ['3136161.34', '3.1361612e+06'], ['-0.5', '-0.5'], ['.inf', '.inf'], ['-.inf', '-.inf'], ['.nan', '.nan'], ['abc', 'abc'], ['2001-01-01', '2001-01-01'],
])('%s as a key is the key %s of the JSON', (text, key) => {
  expect(keyText(resolvePlain(text))).toBe(key);
});

test.each(['~', '', 'null', '18446744073709551615'])('%j can be no key', text => {
  expect(keyText(resolvePlain(text))).toBeUndefined();
});
