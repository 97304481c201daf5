import { Inspection } from '../../../src/app/inspection';
import { MissingSecrets } from '../../../src/inspect/inspection-options';
import { keyRef, pod, secret } from '../manifests';
import { brief, ERROR, testPairs, WARNING } from '../pairs';

const CLASS = {
  apiVersion: 'secrets-store.csi.x-k8s.io/v1',
  kind: 'SecretProviderClass',
  metadata: { name: 'db' },
  spec: { provider: 'other', secretObjects: [{ secretName: 'db', type: 'Opaque', data: [{ objectName: 'password', key: 'password' }] }] },
};
const env = [keyRef('A', 'db', 'password')];
const mounts = (csi: any, container: any = {}, name = 'p') => pod({ volumeMounts: [{ name: 'v', mountPath: '/mnt' }], ...container }, {
  volumes: [{ name: 'v', csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'db' }, ...csi } }],
}, { name });

testPairs({
  'a volume of the driver is only read': { wrong: [CLASS, mounts({ readOnly: undefined })], right: [CLASS, mounts({})], code: 'InvalidProviderClass', severity: ERROR, path: 'spec.volumes[0].csi.readOnly' },
  'a volume of the driver names a class': {
    wrong: [CLASS, mounts({ volumeAttributes: {} })],
    right: [CLASS, mounts({})],
    code: 'InvalidProviderClass',
    severity: ERROR,
    path: 'spec.volumes[0].csi.volumeAttributes[secretProviderClass]',
  },
  'a volume of the driver names a class that there is': {
    wrong: [CLASS, mounts({ volumeAttributes: { secretProviderClass: 'bd' } })],
    right: [CLASS, mounts({})],
    code: 'UnknownProviderClass',
    severity: WARNING,
    path: 'spec.volumes[0].csi.volumeAttributes[secretProviderClass]',
  },
  'a Secret of the driver needs a mount': {
    wrong: [CLASS, pod({ env })], right: [CLASS, mounts({}, { env })], code: 'SecretNeedsMount', severity: ERROR, path: 'spec.containers[0].env[0].valueFrom.secretKeyRef.key',
  },
  'a Secret of the driver needs the mount of any pod': {
    wrong: [CLASS, pod({ env })], right: [CLASS, pod({ env }), mounts({}, {}, 'q')], code: 'SecretNeedsMount', severity: ERROR, path: 'spec.containers[0].env[0].valueFrom.secretKeyRef.key',
  },
});

describe('a Secret of the driver', () => {
  const ofClass = [['SecretNeedsMount', ERROR, 'spec.containers[0].env[0].valueFrom.secretKeyRef.key']];
  const found = (manifests: any[], options?: any) => brief(Inspection._fromSources(manifests.map(manifest => ({ manifest })), options));

  test('is told once of each pod, and not of Secrets that something else makes', () => {
    const more = [...env, keyRef('B', 'db', 'password'), keyRef('C', 'other', 'a')];
    expect(found([CLASS, secret('other', { a: 'b' }), pod({ env: more })])).toEqual(ofClass);
  });

  test('need not be there where it is optional', () => {
    expect(found([CLASS, pod({ env: [keyRef('A', 'db', 'password', { optional: true })] })])).toEqual([]);
  });

  test('may be mounted by a pod of elsewhere in a repository', () => {
    expect(found([CLASS, pod({ env })], { unknownSecrets: MissingSecrets.WARN })).toEqual(ofClass.map(([code, , path]) => [code, WARNING, path]));
    expect(found([CLASS, pod({ env })], { unknownSecrets: MissingSecrets.IGNORE })).toEqual([]);
  });

  test('is one of a class that there is', () => {
    expect(found([pod({ env })], { existingSecrets: [{ name: 'db' }] })).toEqual([]);
    expect(found([CLASS, pod({ env: [keyRef('A', 'none', 'a', { optional: true })] })])).toEqual([]);
  });
});

test('a class is mounted by a pod of its namespace', () => {
  const placed = (manifest: any, namespace: string) => ({ ...manifest, metadata: { ...manifest.metadata, namespace } });
  const codes = (...namespaces: string[]) => {
    return brief(Inspection.fromManifests([placed(CLASS, 'a'), placed(pod({ env }), 'a'), ...namespaces.map(namespace => placed(mounts({}, {}, 'q'), namespace))])).map(([code]) => code);
  };
  expect(codes('a')).toEqual([]);
  expect(codes()).toEqual(['SecretNeedsMount']);
  expect(codes('b')).toContain('SecretNeedsMount');
});

test('of a class whose parameter is no YAML, that is said', () => {
  const broken = { ...CLASS, spec: { provider: 'vault', parameters: { vaultAddress: 'http://a', roleName: 'a', objects: '- a  \x07\n' } } };
  expect(brief(Inspection.fromManifests([broken]))).toEqual([['InvalidProviderClass', ERROR, 'spec.parameters[objects]']]);
});
