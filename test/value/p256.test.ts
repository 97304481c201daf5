import { createPublicKey, verify } from 'node:crypto';
import * as fc from 'fast-check';
import { derivedBytes } from '../../src/value/derived-bytes';
import { p256Key, signP256 } from '../../src/value/p256';

const streamOf = (...portions: string[]) => ({ take: () => Buffer.from(portions.shift()!, 'hex') });
const RFC_KEY = 'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721';

test.each([
  ['sample', 'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716', 'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8'],
  ['test', 'f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367', '019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083'],
])('signs %j as RFC 6979 does (A.2.5)', (text, r, s) => {
  const integer = (hex: string) => parseInt(hex.slice(0, 2), 16) >= 0x80 ? `022100${hex}` : `0220${hex}`;
  const body = integer(r) + integer(s);
  expect(signP256(p256Key(streamOf(RFC_KEY)), Buffer.from(text)).toString('hex')).toBe(`30${(body.length / 2).toString(16)}${body}`);
});

test('makes signatures that verify, whatever the key and the data', () => {
  fc.assert(fc.property(fc.string(), fc.uint8Array(), (seed, data) => {
    const key = p256Key(derivedBytes(Buffer.alloc(32), [seed]));
    const signature = signP256(key, Buffer.from(data));
    expect(verify('sha256', data, createPublicKey(key), signature)).toBe(true);
    expect(signP256(key, Buffer.from(data))).toEqual(signature);
  }), { numRuns: 50 });
});

test('a key is neither 0 nor as great as the number of points', () => {
  const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
  expect(p256Key(streamOf('0'.repeat(64), 'f'.repeat(64), order, RFC_KEY)).export({ format: 'jwk' }).d).toBe(Buffer.from(RFC_KEY, 'hex').toString('base64url'));
});
