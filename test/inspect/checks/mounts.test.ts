import { Inspection } from '../../../src/app/inspection';
import { pod, podWithMounts, secret } from '../manifests';
import { ERROR, testPairs, WARNING } from '../pairs';

const db = secret('db', { user: 'u', password: 'p' });
const other = secret('other', { extra: 'v' });
const nested = (inner: any) => pod({
  volumeMounts: [{ name: 'v', mountPath: '/etc/app' }, { name: 'w', ...inner }],
}, { volumes: [{ name: 'v', secret: { secretName: 'db' } }, { name: 'w', secret: { secretName: 'other' } }] });
const refreshed = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: 'es' },
  spec: { secretStoreRef: { name: 'vault' }, data: [{ secretKey: 'user', remoteRef: { key: 'db' } }] },
};
const ofRefreshed = { secret: { secretName: 'es' } };
const folders = { secret: { secretName: 'db', items: [{ key: 'user', path: 'a/user' }] } };

testPairs({
  'fails when two mounts are at one place, written in two ways': {
    wrong: [db, podWithMounts([{ mountPath: '/m' }, { mountPath: '/m/' }])],
    right: [db, podWithMounts([{ mountPath: '/m' }, { mountPath: '/n' }])],
    code: 'DuplicateMountPath',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[1].mountPath',
  },
  'warns when two mounts are at one place in most images': {
    wrong: [db, podWithMounts([{ mountPath: '/var/run/x' }, { mountPath: '/run/x' }])],
    right: [db, podWithMounts([{ mountPath: '/var/run/x' }, { mountPath: '/running/x' }])],
    code: 'HiddenMount',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[1].mountPath',
  },
  'warns when a mount path is relative': {
    wrong: [db, podWithMounts([{ mountPath: 'etc/x' }])],
    right: [db, podWithMounts([{ mountPath: '/etc/x' }])],
    code: 'InvalidMountPath',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[0].mountPath',
    says: ['"/etc/x"'],
  },
  'fails when a mount path leaves the root': {
    wrong: [db, podWithMounts([{ mountPath: 'a/../../x' }])],
    right: [db, podWithMounts([{ mountPath: '/x' }])],
    code: 'InvalidMountPath',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[0].mountPath',
  },
  'warns when a mount path has a colon': {
    wrong: [db, podWithMounts([{ mountPath: '/etc/x:ro' }])],
    right: [db, podWithMounts([{ mountPath: '/etc/x', readOnly: true }])],
    code: 'InvalidMountPath',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[0].mountPath',
  },
  'fails when a mount hides the whole image': {
    wrong: [db, podWithMounts([{ mountPath: '/' }])],
    right: [db, podWithMounts([{ mountPath: '/x' }])],
    code: 'InvalidMountPath',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[0].mountPath',
  },
  'fails when a file is mounted inside a volume of Secrets': {
    wrong: [db, other, nested({ mountPath: '/etc/app/extra', subPath: 'extra' })],
    right: [db, other, nested({ mountPath: '/etc/extra', subPath: 'extra' })],
    code: 'BrokenMount',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[1].mountPath',
  },
  'warns when a directory is mounted over a file of a volume of Secrets': {
    wrong: [db, other, nested({ mountPath: '/etc/app/user' })],
    right: [db, other, nested({ mountPath: '/etc/app/extra' })],
    code: 'HiddenMount',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[1].mountPath',
  },
  'fails when subPath is no file of the volume': {
    wrong: [db, podWithMounts([{ mountPath: '/m', subPath: 'passwrd' }])],
    right: [db, podWithMounts([{ mountPath: '/m', subPath: 'password' }])],
    code: 'SubPathMissingFile',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[0].subPath',
    says: ['empty directory'],
  },
  'warns when subPath is a folder of the volume': {
    wrong: [db, podWithMounts([{ mountPath: '/m', subPath: 'a' }], folders)],
    right: [db, podWithMounts([{ mountPath: '/m', subPath: 'a/user' }], folders)],
    code: 'SubPathNeverUpdates',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[0].subPath',
  },
  'warns when subPath is a file of a Secret that is refreshed': {
    wrong: [refreshed, podWithMounts([{ mountPath: '/m', subPath: 'user' }], ofRefreshed)],
    right: [refreshed, podWithMounts([{ mountPath: '/m' }], ofRefreshed)],
    code: 'SubPathNeverUpdates',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[0].subPath',
  },
  'warns when a mount of Secrets is to be written to': {
    wrong: [db, podWithMounts([{ mountPath: '/m', readOnly: false }])],
    right: [db, podWithMounts([{ mountPath: '/m', readOnly: true }])],
    code: 'ReadOnlyAnyway',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[0].readOnly',
  },
  'warns when a mount takes the place of the token': {
    wrong: [db, podWithMounts([{ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }])],
    right: [db, podWithMounts([{ mountPath: '/var/run/secrets/db' }])],
    code: 'HiddenToken',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[0].mountPath',
  },
  'fails when the hosts file of the kubelet has no place': {
    wrong: [db, podWithMounts([{ mountPath: '/etc' }])],
    right: [secret('db', { 'hosts': 'h', 'hostname': 'n', 'resolv.conf': 'r' }), podWithMounts([{ mountPath: '/etc/db' }])],
    code: 'BrokenMount',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[0].mountPath',
    says: ['"/etc/hosts"'],
  },
  'fails when the token has no place behind the link in /var/run': {
    wrong: [db, podWithMounts([{ mountPath: '/run/secrets' }])],
    right: [db, podWithMounts([{ mountPath: '/var/run/secrets' }])],
    code: 'BrokenMount',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[0].mountPath',
    says: ['token'],
  },
  'warns when the token is mounted over a Secret, as its path is spelled in another way': {
    wrong: [db, podWithMounts([{ mountPath: '/run/secrets/kubernetes.io/serviceaccount' }])],
    right: [db, podWithMounts([{ mountPath: '/run/secrets/kubernetes.io/other' }])],
    code: 'HiddenMount',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[0].mountPath',
    says: ['token'],
  },
  'fails when the termination message has no place': {
    wrong: [db, pod({ terminationMessagePath: '/s/log', volumeMounts: [{ name: 'v', mountPath: '/s' }] }, { volumes: [{ name: 'v', secret: { secretName: 'db' } }] })],
    right: [db, pod({ terminationMessagePath: '/t/log', volumeMounts: [{ name: 'v', mountPath: '/s' }] }, { volumes: [{ name: 'v', secret: { secretName: 'db' } }] })],
    code: 'BrokenMount',
    severity: ERROR,
    path: 'spec.containers[0].terminationMessagePath',
  },
  'fails when a mount hides the program': {
    wrong: [db, pod({ command: ['/bin/app'], volumeMounts: [{ name: 'v', mountPath: '/bin' }] }, { volumes: [{ name: 'v', secret: { secretName: 'db' } }] })],
    right: [db, pod({ command: ['/bin/app'], volumeMounts: [{ name: 'v', mountPath: '/bins' }] }, { volumes: [{ name: 'v', secret: { secretName: 'db' } }] })],
    code: 'BrokenMount',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[0].mountPath',
  },
  'warns when a mount hides the programs of the image': {
    wrong: [db, podWithMounts([{ mountPath: '/usr/bin' }])],
    right: [db, podWithMounts([{ mountPath: '/usr/bin/x' }])],
    code: 'HiddenMount',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[0].mountPath',
  },
});

test.each([
  ['/proc', undefined], ['/proc/x', undefined], ['/proc/meminfo', undefined], ['/sys', undefined], ['/sys/x', undefined], ['/dev', undefined], ['/etc/passwd', undefined], ['/tmp', 'user'], ['/etc', 'user'],
])('nothing can be mounted at %s with the subPath %s', (mountPath, subPath) => {
  const { findings } = Inspection.fromManifests([db, podWithMounts([{ mountPath, subPath }])]);
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['BrokenMount', ERROR]]);
});

test.each([
  ['/tmp', undefined], ['/dev/shm', undefined], ['/sys/fs/cgroup', undefined], ['/proc/meminfo', 'user'], ['/etc/passwd', 'user'], ['/var/lib/x', undefined], ['/etc/hosts', 'user'],
])('a Secret can be mounted at %s with the subPath %s', (mountPath, subPath) => {
  expect(Inspection.fromManifests([db, podWithMounts([{ mountPath, subPath }])]).findings).toEqual([]);
});

test('an outer mount of something else is no place of the kubelet: what is inside it can be made', () => {
  const manifest = pod({
    volumeMounts: [{ name: 'v', mountPath: '/etc/app' }, { name: 'e', mountPath: '/etc/app/cache' }, { name: 'v', mountPath: '/etc/app/cache/user', subPath: 'user' }],
  }, { volumes: [{ name: 'v', secret: { secretName: 'db' } }, { name: 'e', emptyDir: {} }] });
  expect(Inspection.fromManifests([db, manifest]).findings).toEqual([]);
});

test('a volume that no container mounts needs no Secret', () => {
  const { findings } = Inspection.fromManifests([pod({}, { volumes: [{ name: 'v', secret: { secretName: 'none' } }] })]);
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['UnmountedVolume', WARNING]]);
});

test('two files at one path by two subPaths are one mount that the server refuses', () => {
  const { findings } = Inspection.fromManifests([db, podWithMounts([{ mountPath: '/m', subPath: 'user' }, { mountPath: '/m', subPath: 'password' }])]);
  expect(findings.map(({ code, path }) => [code, path])).toEqual([['DuplicateMountPath', 'spec.containers[0].volumeMounts[1].mountPath']]);
});

test('a subPath of a volume whose keys are not known is no finding', () => {
  const { findings } = Inspection.fromManifests([podWithMounts([{ mountPath: '/m', subPath: 'x' }])], { existingSecrets: [{ name: 'db' }] });
  expect(findings).toEqual([]);
});

test('a subPath of a Secret that is not there is found once', () => {
  const { findings } = Inspection.fromManifests([podWithMounts([{ mountPath: '/m', subPath: 'x' }])]);
  expect(findings.map(finding => finding.code)).toEqual(['UnknownSecret']);
});

test('a subPath through the directory that the kubelet swaps is that of the file', () => {
  expect(Inspection.fromManifests([db, podWithMounts([{ mountPath: '/m', subPath: '..data/user' }])]).findings).toEqual([]);
});

test('two containers may mount at one place', () => {
  const manifest = podWithMounts([{ mountPath: '/m' }]);
  manifest.spec.containers.push({ ...manifest.spec.containers[0], name: 'd' });
  expect(Inspection.fromManifests([db, manifest]).findings).toEqual([]);
});
