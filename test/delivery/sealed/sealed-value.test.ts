import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { unseal } from './unseal';
import { SealedSecretScope } from '../../../src/delivery/sealed/sealed-secret-scope';
import { sealDeterministically, sealRandomly, type Sealable } from '../../../src/delivery/sealed/sealed-value';
import { SealingCertificate } from '../../../src/delivery/sealed/sealing-certificate';
import vectors from '../../conformance/backends-vectors.json';
import { refusal } from '../../support/refusal';

const { certificatePem, privateKeyPkcs8Pem, vectors: sealedByUpstream } = vectors.sealedSecrets;
const certificate = SealingCertificate.parse(certificatePem, new Date('2027-01-01'));
const open = (sealed: string, label: string) => unseal(sealed, label, privateKeyPkcs8Pem);
const KEY = Buffer.from('a determinism key of 32 bytes ...');
const sealable = (text: string | Buffer, label = 'ns1/db', dataKey = 'password'): Sealable =>
  ({ certificate, label: Buffer.from(label), dataKey, plaintext: Buffer.from(text) });

const SCOPES: Record<string, SealedSecretScope> = {
  'strict': SealedSecretScope.strict(),
  'namespace-wide': SealedSecretScope.namespaceWide(),
  'cluster-wide': SealedSecretScope.clusterWide(),
};

describe.each(sealedByUpstream)('$scope', ({ scope, namespace, name, oaepLabel, plaintext, sealed }) => {
  const label = SCOPES[scope]._variant.label({ namespace: namespace ?? 'any', name: name ?? 'any' });

  test('the label is that of sealed-secrets', () => {
    expect(label.toString()).toBe(oaepLabel);
  });

  test('the test opens what sealed-secrets itself sealed', () => {
    expect(open(sealed, oaepLabel).toString()).toBe(plaintext);
  });

  test.each([['randomly', sealRandomly], ['with a determinism key', sealDeterministically(KEY)]])('what is sealed %s opens with the label', (_, seal) => {
    const ours = seal({ certificate, label, dataKey: 'password', plaintext: Buffer.from(plaintext) });
    expect(open(ours, oaepLabel).toString()).toBe(plaintext);
    expect(ours).toHaveLength(sealed.length);
    expect(ours.slice(0, 2)).toBe('AQ');
  });

  test.each(['ns1/db ', 'ns1/other', 'ns2/db', 'ns1/', 'ns2', 'x'])('it does not open with the label %j', other => {
    const ours = sealDeterministically(KEY)({ certificate, label, dataKey: 'password', plaintext: Buffer.from(plaintext) });
    expect(() => open(ours, other)).toThrow('oaep decoding error');
    expect(() => open(sealed, other)).toThrow('oaep decoding error');
  });
});

test('every value opens to its bytes, whichever way it was sealed', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, label) => {
    for (const seal of [sealRandomly, sealDeterministically(KEY)]) {
      expect(open(seal(sealable(Buffer.from(bytes), label)), label)).toEqual(Buffer.from(bytes));
    }
  }), { numRuns: 40 });
});

test('sealing is random without a determinism key', () => {
  expect(sealRandomly(sealable('s3cr3t'))).not.toBe(sealRandomly(sealable('s3cr3t')));
});

describe('with a determinism key', () => {
  const seal = sealDeterministically(KEY);

  test('equal input gives equal bytes', () => {
    expect(seal(sealable('s3cr3t'))).toBe(seal(sealable('s3cr3t')));
  });

  test('the bytes are the same for ever', () => {
    // a change of these bytes would change every line of every repository that uses a determinism key
    expect(createHash('sha256').update(seal(sealable('s3cr3t'))).digest('hex')).toBe('2cc8fab55f9a7a0dbf429afe2aef0b019913a2854ca6be571839a8fb6843ef60');
  });

  test.each<[string, string]>([
    ['the value', seal(sealable('s3cr3u'))],
    ['the label', seal(sealable('s3cr3t', 'ns1/other'))],
    ['the data key', seal(sealable('s3cr3t', 'ns1/db', 'other'))],
    ['the determinism key', sealDeterministically(Buffer.from('another determinism key, 32 bytes'))(sealable('s3cr3t'))],
    ['where the label ends and the data key starts', seal(sealable('s3cr3t', 'ns1/dbp', 'assword'))],
  ])('%s decides the whole ciphertext', (_, other) => {
    const one = Buffer.from(seal(sealable('s3cr3t')), 'base64');
    const two = Buffer.from(other, 'base64');
    expect(two.subarray(2, 258).equals(one.subarray(2, 258))).toBe(false);
    expect(two.subarray(258).equals(one.subarray(258))).toBe(false);
  });

  test('a key of 31 bytes is refused, and not shown', () => {
    const key = 'a-key-that-is-31-bytes-long-...';
    const refused = refusal(() => sealDeterministically(Buffer.from(key)));
    expect(refused.code).toBe('InvalidDeterminismKey');
    expect(JSON.stringify(refused)).not.toContain('a-key-that');
    expect(() => sealDeterministically(Buffer.from(`${key}.`))).not.toThrow();
  });
});

test('equal values of two secrets that have one label are sealed into different texts', () => {
  const value = { certificate, label: Buffer.alloc(0), dataKey: 'password', plaintext: Buffer.from('s3cr3t') };
  const [first, second, again] = ['["ns","a"]', '["ns","b"]', '["ns","a"]'].map(place => sealDeterministically(KEY, place)(value));
  expect(second).not.toBe(first);
  expect(again).toBe(first);
});
