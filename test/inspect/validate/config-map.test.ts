import { Inspection } from '../../../src/app/inspection';

const half = 'x'.repeat(512 * 1024);
const inBase64 = (text: string) => Buffer.from(text).toString('base64');

test.each<[string, any, [code: string, path: string][]]>([
  ['passes', { data: { 'a.b': '', '-': 'x' }, binaryData: { c: inBase64('x') } }, []],
  ['fails with a key that is none', { data: { 'a b': '' }, binaryData: { '..c': '' } }, [['InvalidKey', 'data[a b]'], ['InvalidKey', 'binaryData[..c]']]],
  ['fails with a key in both maps', { data: { a: '' }, binaryData: { a: '' } }, [['AmbiguousSource', 'data[a]']]],
  ['passes with one mebibyte', { data: { a: half }, binaryData: { b: inBase64(half) } }, []],
  ['fails with one byte more', { data: { a: half }, binaryData: { b: inBase64(half), c: [0] } }, [['ConfigMapTooLarge', '']]],
])('a ConfigMap %s', (_, more, found) => {
  const { refusals } = Inspection.fromManifests([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, ...more }]);
  expect(refusals.map(({ code, path }) => [code, path])).toEqual(found);
});
