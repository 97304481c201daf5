import { configMapReferences } from '../../../src/inspect/model/config-map-references';

const said = (podSpec: unknown) => configMapReferences(podSpec).map(({ name, key, optional, field }) => [name, key, optional, field.toString()]);

test('every reference is found, with the field that holds it', () => {
  expect(said({
    initContainers: [{ envFrom: [{ secretRef: { name: 's' } }, { configMapRef: { name: 'a', optional: true } }] }],
    containers: [{ env: [{ name: 'X', value: 'x' }, { name: 'Y', valueFrom: { configMapKeyRef: { name: 'b', key: 'k' } } }] }],
    volumes: [
      { name: 'v', configMap: { name: 'c' } },
      { name: 'w', configMap: { name: 'd', items: [{ key: 'k', path: 'p' }] } },
      { name: 'x', projected: { sources: [{ secret: { name: 's' } }, { configMap: { name: 'e', items: [], optional: true } }] } },
    ],
  })).toEqual([
    ['a', undefined, true, 'initContainers[0].envFrom[1].configMapRef.name'],
    ['b', 'k', false, 'containers[0].env[1].valueFrom.configMapKeyRef.key'],
    ['c', undefined, false, 'volumes[0].configMap.name'],
    ['d', 'k', false, 'volumes[1].configMap.items[0].key'],
    ['e', undefined, true, 'volumes[2].projected.sources[1].configMap.name'],
  ]);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['no lists', { containers: 'x', volumes: {} }],
  ['no objects', { containers: [null, { env: [3], envFrom: ['a'] }], volumes: [null, { configMap: 3 }, { projected: { sources: [null] } }] }],
  ['no names', { containers: [{ envFrom: [{ configMapRef: {} }], env: [{ valueFrom: { configMapKeyRef: { key: 'k' } } }] }], volumes: [{ configMap: { name: '', items: [{ key: 'k' }] } }] }],
  ['no keys', { containers: [{ env: [{ valueFrom: { configMapKeyRef: { name: 'a' } } }] }], volumes: [{ configMap: { name: 'b', items: [{}] } }] }],
])('%s is passed over', (_, podSpec) => {
  expect(said(podSpec)).toEqual([]);
});
