import { Inspection } from '../../../src/app/inspection';
import { KubernetesVersion } from '../../../src/kubernetes/versions';
import { pod } from '../manifests';

type Refusal = [code: string, path: string];

function refusals(valueFrom: any, version = KubernetesVersion.V1_37): Refusal[] {
  return Inspection.fromManifests([pod({ env: [{ name: 'A', valueFrom }] })], { missingSecrets: false, versions: [version] }).refusals
    .map(({ code, path }) => [code, path.replace('spec.containers[0].env[0].valueFrom.', '')]);
}

test.each([
  'metadata.name', 'spec.host', "metadata.labels['a']", "metadata.labels['A.b']", "metadata.annotations['a.io/b']", "metadata.annotations['A.io/B']",
])('the field %j can be a variable', fieldPath => {
  expect(refusals({ fieldRef: { fieldPath } })).toEqual([]);
});

test.each<[fieldPath: string, path: string]>([
  ['metadata.labels', 'fieldRef.fieldPath'], ['status.phase', 'fieldRef.fieldPath'], ["metadata.name['a']", 'fieldRef.fieldPath'], ["['a']", 'fieldRef.fieldPath'],
  ["metadata.labels['a'", 'fieldRef.fieldPath'], ["metadata.labels['", 'fieldRef.fieldPath'],
  // the API server says of these what is wrong with the reference, not with its field
  ["metadata.labels['a b']", 'fieldRef'], ["metadata.labels['a\nb']", 'fieldRef'], ["metadata.labels['A.io/b']", 'fieldRef'], ["metadata.labels['a']['b']", 'fieldRef'],
  ["metadata.labels['']", 'fieldRef'],
])('the field %j is refused at %s', (fieldPath, path) => {
  expect(refusals({ fieldRef: { fieldPath } })).toEqual([['UnsupportedValue', path]]);
});

test('only fields of v1 can be variables', () => {
  expect(refusals({ fieldRef: { apiVersion: '', fieldPath: 'metadata.name' } })).toEqual([]);
  expect(refusals({ fieldRef: { apiVersion: 'v2', fieldPath: 'metadata.name' } })).toEqual([['UnsupportedValue', 'fieldRef.fieldPath']]);
});

test('the addresses of a node can be a variable since 1.29', () => {
  expect(refusals({ fieldRef: { fieldPath: 'status.hostIPs' } }, KubernetesVersion.V1_28)).toEqual([['UnsupportedValue', 'fieldRef']]);
  expect(refusals({ fieldRef: { fieldPath: 'status.hostIPs' } }, KubernetesVersion.V1_29)).toEqual([]);
});

test.each<[resource: string, divisor: any]>([
  ['limits.cpu', undefined], ['limits.cpu', '1m'], ['limits.cpu', 1], ['limits.cpu', '1000m'], ['limits.cpu', '0'], ['limits.cpu', null],
  ['requests.memory', '1Mi'], ['requests.memory', '1024Ki'], ['requests.memory', 1000], ['limits.hugepages-', undefined], ['limits.hugepages-2Mi', '1Mi'],
])('%s divided by %j can be a variable', (resource, divisor) => {
  expect(refusals({ resourceFieldRef: { resource, divisor } })).toEqual([]);
});

test.each<[resource: string, divisor: any, path: string]>([
  ['limits.cpu', '2', 'divisor'], ['limits.cpu', '1e0', 'divisor'], ['limits.cpu', '-1', 'divisor'], ['requests.memory', '1m', 'divisor'],
  ['requests.memory', 1024, 'divisor'], ['limits.hugepages-2Mi', '2Mi', 'divisor'], ['requests.ephemeral-storage', '1.5', 'divisor'],
  ['limits.gpu', '2', 'resource'], ['limits.hugepages', undefined, 'resource'],
])('%s divided by %j is refused at %s', (resource, divisor, path) => {
  expect(refusals({ resourceFieldRef: { resource, divisor } })).toEqual([['UnsupportedValue', `resourceFieldRef.${path}`]]);
});

describe('a file that variables come out of', () => {
  const fileKeyRef = (volumeName: string) => ({ fileKeyRef: { volumeName, path: 'f', key: 'K' } });
  const volumes = [{ name: 'e', emptyDir: {} }, { name: 'none' }, { name: 'bad', emptyDir: {}, secret: {} }, { name: 's', secret: { secretName: 'db' } }];
  const found = (volumeName: string) => Inspection.fromManifests([pod({ env: [{ name: 'A', valueFrom: fileKeyRef(volumeName) }] }, { volumes })], {
    missingSecrets: false, versions: [KubernetesVersion.V1_37],
  }).refusals.map(({ code, path }) => [code, path]).filter(([, path]) => path.includes('fileKeyRef'));

  test.each(['e', 'none', 'bad'])('is in an emptyDir, such as %s', name => {
    expect(found(name)).toEqual([]);
  });

  test.each([['s', 'UnsupportedValue'], ['zz', 'UnknownVolume']])('is in no other volume, such as %s', (name, code) => {
    expect(found(name)).toEqual([[code, 'spec.containers[0].env[0].valueFrom.fileKeyRef.volumeName']]);
  });
});
