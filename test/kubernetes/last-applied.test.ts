import { lastAppliedSize } from '../../src/kubernetes/last-applied';

const KEY = 'kubectl.kubernetes.io/last-applied-configuration';

test('the annotation is its key and the object in JSON, with a line break', () => {
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'n' }, data: { k: 'eA==' } };
  const json = '{"apiVersion":"v1","data":{"k":"eA=="},"kind":"Secret","metadata":{"annotations":{},"name":"s","namespace":"n"}}\n';
  expect(lastAppliedSize(object)).toBe(KEY.length + json.length);
});

test('characters that HTML gives a meaning to take six bytes', () => {
  const size = (k: string) => lastAppliedSize({ metadata: {}, stringData: { k } })!;
  expect(size('<>&\u2028') - size('')).toBe(4 * 6);
  expect(size('é') - size('')).toBe(2);
});

test('an object without metadata gets some', () => {
  const json = '{"kind":"A","metadata":{"annotations":{},"namespace":"default"}}\n';
  expect([{ kind: 'A' }, { kind: 'A', metadata: null }, { kind: 'A', metadata: {} }].map(lastAppliedSize)).toEqual(Array(3).fill(KEY.length + json.length));
});

test('what cannot be written has no size', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  expect(lastAppliedSize(cyclic)).toBeUndefined();
});
