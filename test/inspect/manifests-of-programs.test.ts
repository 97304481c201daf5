import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { Errors, Inspection } from '../../src';

/** What a program can put into a manifest, and no file. */
const ODD: readonly unknown[] = [
  undefined, null, -0, NaN, 2 ** 53, 5n, '', '__proto__', '\ud800', 'a\0b', Symbol('s'), () => 1, new Date(0), Buffer.from('ab'), new Map(), [[]], [undefined], new Array(3),
  Object.create(null), { toString: 5 }, JSON.parse('{"__proto__":{"a":1}}'),
];
const EXAMPLES = join(__dirname, '../../examples');
const MANIFESTS = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter(name => name.includes('__snapshots__') && /\.ya?ml/.test(name))
  .flatMap(name => parseAllDocuments(readFileSync(join(EXAMPLES, name), 'utf8')).map(document => document.toJS())).filter(manifest => manifest !== null);

/** A copy with holes in lists, and odd things in the place of fields: `next` says where, and which. */
function withOdds(value: unknown, next: (limit: number) => number): unknown {
  if (next(30) === 0) return ODD[next(ODD.length)];
  if (Array.isArray(value)) {
    const copy: unknown[] = new Array(value.length);
    value.forEach((item, index) => { if (next(15) !== 0) copy[index] = withOdds(item, next); });
    return copy;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [next(80) === 0 ? 'constructor' : key, withOdds(child, next)]));
}

test('whatever a program puts into manifests is a finding or a SecretsError', () => {
  expect(MANIFESTS.length).toBeGreaterThan(50);
  fc.assert(fc.property(fc.nat({ max: MANIFESTS.length - 1 }), fc.infiniteStream(fc.nat({ max: 1_000_000 })), (index, numbers) => {
    const manifest = withOdds(MANIFESTS[index], limit => numbers.next().value % limit);
    try {
      expect(Inspection.fromManifests([manifest]).findings).toBeInstanceOf(Array);
    } catch (error) {
      if (!Errors.isSecretsError(error)) throw error;
    }
  }), { numRuns: 400 });
});

test('holes in lists are empty entries', () => {
  // eslint-disable-next-line no-sparse-arrays
  const manifests = [, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [, { name: 'a', image: 'b' }], volumes: [{ name: 'v' }, ,] } }];
  expect(Inspection.fromManifests(manifests).findings.map(({ path }) => path)).toEqual(expect.arrayContaining(['spec.containers[0].name', 'spec.volumes[1].name']));
  expect(Inspection.fromUpdate(manifests, manifests).objectCount).toBe(1);
});

test.each([[Object.create(null)], [{ toString: 5 }], [Symbol('v1')]])('an apiVersion that is no text is a finding, also where something looks like a pod: %#', apiVersion => {
  const manifest = { apiVersion, kind: 'Policy', metadata: { name: 'a' }, spec: { template: { spec: { containers: [{ name: 'a', image: 'b' }] } } } };
  expect(Inspection.fromManifests([manifest]).findings.map(({ code }) => code)).toContain('NoManifest');
});

test('a key without a value is none, and a list of bytes is no text', () => {
  const manifest = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, data: { a: undefined, b: 'YQ==', c: [97, 98] } };
  expect(Inspection.fromManifests([manifest]).findings).toEqual([]);
});
