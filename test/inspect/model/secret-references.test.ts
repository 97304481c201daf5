import { FieldPath } from '../../../src/inspect/field-path';
import { secretReferences, SecretUse } from '../../../src/inspect/model/secret-references';
import { keyRef, pod, whole } from '../manifests';

const { ENV, ENV_FROM, VOLUME, PROJECTED_VOLUME, VOLUME_DRIVER, IMAGE_PULL } = SecretUse;

test('every reference of a pod to a secret is found', () => {
  const { spec } = pod({
    envFrom: [whole('a'), { configMapRef: { name: 'x' } }],
    env: [keyRef('A', 'b', 'k', { optional: true }), { name: 'B', value: 'x' }],
  }, {
    initContainers: [{ name: 'i', image: 'i', envFrom: [{ secretRef: { name: 'c', optional: true } }] }],
    volumes: [
      { name: 'v', secret: { secretName: 'd' } },
      { name: 'w', secret: { secretName: 'e', optional: true, items: [{ key: 'k', path: 'p' }, { key: 'l', path: 'q' }] } },
      { name: 'x', projected: { sources: [{ configMap: { name: 'x' } }, { secret: { name: 'f', items: [] } }] } },
      { name: 'y', csi: { driver: 'x', nodePublishSecretRef: { name: 'g' } } },
      { name: 'z', azureFile: { secretName: 'h', shareName: 's' } },
    ],
    imagePullSecrets: [{ name: 'i' }],
  });
  expect(secretReferences(spec).map(({ secretName, key, how, optional, field }) => [secretName, key, how, optional, String(field)])).toEqual([
    ['c', undefined, ENV_FROM, true, 'initContainers[0].envFrom[0].secretRef.name'],
    ['a', undefined, ENV_FROM, false, 'containers[0].envFrom[0].secretRef.name'],
    ['b', 'k', ENV, true, 'containers[0].env[0].valueFrom.secretKeyRef.key'],
    ['d', undefined, VOLUME, false, 'volumes[0].secret.secretName'],
    ['e', 'k', VOLUME, true, 'volumes[1].secret.items[0].key'],
    ['e', 'l', VOLUME, true, 'volumes[1].secret.items[1].key'],
    ['f', undefined, PROJECTED_VOLUME, false, 'volumes[2].projected.sources[1].secret.name'],
    ['g', undefined, VOLUME_DRIVER, false, 'volumes[3].csi.nodePublishSecretRef.name'],
    ['h', undefined, VOLUME_DRIVER, false, 'volumes[4].azureFile.secretName'],
    ['i', undefined, IMAGE_PULL, true, 'imagePullSecrets[0].name'],
  ]);
});

test('fields stand below the path of the pod', () => {
  const [reference] = secretReferences(pod({ envFrom: [whole('a')] }).spec, FieldPath.ROOT.child('spec'));
  expect(String(reference.field)).toBe('spec.containers[0].envFrom[0].secretRef.name');
});

test.each([
  [undefined], [null], ['x'], [[]], [{}], [{ containers: 'x' }], [{ containers: [null, 'x', { env: [null, { valueFrom: 'x' }], envFrom: [{ secretRef: { name: 5 } }] }] }],
  [{ volumes: [null, { secret: { secretName: '' } }, { projected: { sources: 'x' } }], imagePullSecrets: ['a'] }],
])('what is malformed is passed over: %j', spec => {
  expect(secretReferences(spec)).toEqual([]);
});
