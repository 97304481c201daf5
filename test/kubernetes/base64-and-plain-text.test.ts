import * as fc from 'fast-check';
import { decodeBase64, illegalBase64Byte } from '../../src/kubernetes/base64';
import { looksLikePlainText } from '../../src/kubernetes/plain-text';

test.each<[string, number | undefined]>([
  ['', undefined], ['YQ==', undefined], ['YR==', undefined], ['YWJj\nZGVm', undefined], ['YQ\n=\r\n=\n', undefined],
  ['YQ', 0], ['_-_-', 0], ['YWJj ZGVm', 4], ['not base64!', 3], ['YQ==YQ==', 4], ['=', 0], ['YQ=', 3], ['YWJjZ', 4],
  ['A=', 1], ['A==', 1], ['A===', 1], ['AAAA=', 4], ['AAAAA=', 5], ['AAAAAA=', 7], ['A\n=', 2], ['AAAAA\n=', 6],
])('the first illegal byte of %j is %p', (text, at) => {
  expect(illegalBase64Byte(text)).toBe(at);
});

test('50 MB are judged', () => {
  const large = 'QUJD'.repeat(12_500_000);
  expect(illegalBase64Byte(large)).toBeUndefined();
  expect(illegalBase64Byte(`${large}!`)).toBe(large.length);
});

test('what is encoded is decoded', () => {
  fc.assert(fc.property(fc.uint8Array(), bytes => {
    const buffer = Buffer.from(bytes);
    expect(decodeBase64(buffer.toString('base64'))).toEqual(buffer);
    expect(decodeBase64(buffer.toString('base64').replace(/.{5}/g, '$&\n'))).toEqual(buffer);
  }));
});

test.each(['password', 'admin123', 'root', 'Passwort', 'PASSWORD', '1234', 'deadbeefdeadbeef', '0123456789abcdef0123456789abcdef'])('%s reads like plain text', text => {
  expect(looksLikePlainText(text)).toBe(true);
});

test('a control character at either end is none of a text', () => {
  expect(['ACBA', 'ICAA'].map(looksLikePlainText)).toEqual([true, true]);
});

test.each(['', 'cGFzc3dvcmQ=', 'YWJj', 'Mzk1MjgkdmRnN0pi', 'passwort1', 'my-password', 'MWYyZDFlMmU2N2Rm', 'x'])('%j does not', text => {
  expect(looksLikePlainText(text)).toBe(false);
});

test('the base64 of a text never reads like plain text', () => {
  fc.assert(fc.property(fc.string({ minLength: 1 }), text => expect(looksLikePlainText(Buffer.from(text).toString('base64'))).toBe(false)));
});

test('the base64 of random bytes hardly ever does', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 15, maxLength: 64 }), bytes => {
    fc.pre(new Set(bytes).size > 8);
    expect(looksLikePlainText(Buffer.from(bytes).toString('base64'))).toBe(false);
  }), { seed: 1, numRuns: 2000 });
});
