import { kubectlNameHash, kustomizeConfigMapHash, kustomizeNameHash } from '../../src/kubernetes/name-hash';
import vectors from '../conformance/backends-vectors.json';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const encoded = (literals: Record<string, string>) => Object.fromEntries(Object.entries(literals).map(([key, text]) => [key, base64(text)]));

test.each(vectors.kubectlAppendHash)('kubectl appends $hash: $from', ({ input, hash }) => {
  expect(kubectlNameHash(input as never)).toBe(hash);
});

test.each(vectors.kustomizeSecretGenerator)('kustomize appends $hash to a secret of type $type', ({ literals, type, hash }) => {
  expect(kustomizeNameHash(type, encoded(literals as never))).toBe(hash);
});

// What kubectl 1.32.4 and kustomize 5.5.0 print; kustomize crashes on keys that are numbers.
test.each<[Record<string, string>, string, string, string | undefined]>([
  [{ 10: 'a', 9: 'b', 100: 'c' }, 'Opaque', '89m5dgh446', undefined],
  [{ '-': 'e', '.x': 'd', 'B': 'b', '_': 'c', 'b': 'a' }, 'Opaque', '76588fck5d', '7bdmbfbd58'],
  [{ a: 'x'.repeat(105), b: 'y'.repeat(52) }, 'Opaque', '4dd4gd78cg', 'mc762mh8fm'],
  [{ a: 'ü<&>\u2028' }, 'a/b<c>', '2kh5cghdtf', 'gbhfmcg629'],
])('of the keys and values %j and type %s kubectl makes %s and kustomize %s', (literals, type, kubectl, kustomize) => {
  const turned = Object.fromEntries(Object.entries(literals).reverse());
  expect(kubectlNameHash({ name: 'foo', type, data: encoded(turned) })).toBe(kubectl);
  if (kustomize !== undefined) expect(kustomizeNameHash(type, encoded(turned))).toBe(kustomize);
});

// What the configMapGenerator of kustomize 5.5.0 prints.
test.each<[string, Record<string, string>, Record<string, string>, string]>([
  ['texts', { host: 'db.example.com', port: '5432' }, {}, 'hf8c76c77f'],
  ['bytes', {}, { b2: '/wA=' }, 'h9tch7mtdb'],
  ['bytes of several lines', {}, { bin: 'AP8B'.repeat(60) }, 'ffd5dfhc8b'],
  ['texts and bytes', { odd: "<a>&b 'ü'", host: 'db.example.com', port: '5432' }, { bin: 'AP8B'.repeat(60) }, 'c84tb858kg'],
])('kustomize hashes a ConfigMap of %s', (_, data, binaryData, hash) => {
  expect(kustomizeConfigMapHash(data, binaryData)).toBe(hash);
});

test('kubectl hashes whether a secret is immutable, also where it says that it is not', () => {
  const input = { name: 'foo', type: 'Opaque', data: { a: 'Yg==' } };
  const hashes = [undefined, false, true].map(immutable => kubectlNameHash({ ...input, immutable }));
  expect(new Set(hashes).size).toBe(3);
  expect(hashes[0]).toBe('fmfm2448d2');
});
