import { Inspection } from '../../../src/app/inspection';
import { pod, podWithMounts, secret } from '../manifests';
import { brief, ERROR, testPairs, WARNING } from '../pairs';

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
const wholly = { ...refreshed, spec: { secretStoreRef: { name: 'vault' }, dataFrom: [{ extract: { key: 'db' } }] } };
const both = { projected: { sources: [{ secret: { name: 'db' } }, { secret: { name: 'es', items: [{ key: 'user', path: 'es/user' }] } }] } };
const besideEmptyDir = (volumeMounts: any[], volume: any = { secret: { secretName: 'db' } }) => pod({ volumeMounts }, { volumes: [{ name: 'v', ...volume }, { name: 'e', emptyDir: {} }] });
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
  'fails when two mounts are at one place, and only one of them is of a Secret': {
    wrong: [db, besideEmptyDir([{ name: 'v', mountPath: '/m' }, { name: 'e', mountPath: '/m/' }])],
    right: [db, besideEmptyDir([{ name: 'v', mountPath: '/v' }, { name: 'e', mountPath: '/m' }, { name: 'e', mountPath: '/m/' }])],
    code: 'DuplicateMountPath',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[1].mountPath',
    says: ['"/m/" and "/m" are one place: one mount hides the other'],
  },
  'warns when an empty directory is mounted over a file of a volume of Secrets': {
    wrong: [db, besideEmptyDir([{ name: 'v', mountPath: '/etc/app' }, { name: 'e', mountPath: '/etc/app/user' }])],
    right: [db, besideEmptyDir([{ name: 'v', mountPath: '/etc/app' }, { name: 'e', mountPath: '/etc/app/cache' }])],
    code: 'HiddenMount',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[1].mountPath',
  },
  'warns when a mount is over a folder of a volume of Secrets': {
    wrong: [db, besideEmptyDir([{ name: 'v', mountPath: '/etc/app' }, { name: 'e', mountPath: '/etc/app/a/cache' }], folders)],
    right: [db, besideEmptyDir([{ name: 'v', mountPath: '/etc/app' }, { name: 'e', mountPath: '/etc/app/b/cache' }], folders)],
    code: 'HiddenMount',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[1].mountPath',
  },
  'fails when a file is mounted over a file of a volume of Secrets, and says no more': {
    wrong: [db, other, nested({ mountPath: '/etc/app/user', subPath: 'extra' })],
    right: [db, other, nested({ mountPath: '/etc/apps/user', subPath: 'extra' })],
    code: 'BrokenMount',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[1].mountPath',
  },
  'fails when subPathExpr is no file of the volume': {
    wrong: [db, podWithMounts([{ mountPath: '/m', subPathExpr: 'passwrd' }])],
    right: [db, podWithMounts([{ mountPath: '/m', subPathExpr: 'password' }])],
    code: 'SubPathMissingFile',
    severity: ERROR,
    path: 'spec.containers[0].volumeMounts[0].subPathExpr',
  },
  'warns when subPath is the directory that the kubelet swaps': {
    wrong: [db, podWithMounts([{ mountPath: '/m', subPath: '..data' }])],
    right: [db, podWithMounts([{ mountPath: '/m', subPath: '.' }])],
    code: 'SubPathNeverUpdates',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[0].subPath',
    says: ['"..data" is a folder'],
  },
  'warns when subPath is the file of that Secret of several which is refreshed': {
    wrong: [db, refreshed, podWithMounts([{ mountPath: '/m', subPath: 'es/user' }], both)],
    right: [db, refreshed, podWithMounts([{ mountPath: '/m', subPath: 'user' }], both)],
    code: 'SubPathNeverUpdates',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[0].subPath',
  },
  'warns when subPath is a file of a refreshed Secret whose keys are not known': {
    wrong: [wholly, podWithMounts([{ mountPath: '/m', subPath: 'user' }], ofRefreshed)],
    right: [wholly, podWithMounts([{ mountPath: '/m' }], ofRefreshed)],
    code: 'SubPathNeverUpdates',
    severity: WARNING,
    path: 'spec.containers[0].volumeMounts[0].subPath',
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

describe('a subPath of a volume with several sources', () => {
  const mount = (sources: any[]) => podWithMounts([{ mountPath: '/m', subPath: 'user' }], { projected: { sources } });
  const codes = (manifests: any[], options?: any) => Inspection.fromManifests(manifests, options).findings.map(({ code }) => code);

  test('may be of any of those whose keys are not known', () => {
    expect(codes([wholly, mount([{ secret: { name: 'unknown' } }, { secret: { name: 'es' } }])], { existingSecrets: [{ name: 'unknown' }] })).toEqual(['SubPathNeverUpdates']);
    expect(codes([db, mount([{ secret: { name: 'unknown' } }])], { missingSecrets: false })).toEqual([]);
  });

  test('is of no Secret where a ConfigMap of the same name makes the file', () => {
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'es' }, data: { user: 'u' } };
    expect(codes([refreshed, configMap, mount([{ configMap: { name: 'es' } }])])).toEqual([]);
  });
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

const found = (...manifests: any[]) => brief(Inspection.fromManifests(manifests));
const messages = (...manifests: any[]) => Inspection.fromManifests(manifests).findings.map(({ message, next }) => [message, next]);

test.each(['C:\\csi', 'C:/csi', 'c:', '\\\\.\\pipe\\x', '/m', '/a..', '/../m', '/a/../m'])('the mount path %s means what it says', mountPath => {
  expect(found(db, podWithMounts([{ mountPath }]))).toEqual([]);
});

test.each([
  ['', [['RequiredField', ERROR]]],
  ['m', [['InvalidMountPath', WARNING]]],
  ['m/', [['InvalidMountPath', WARNING]]],
  ['a..', [['InvalidMountPath', WARNING]]],
  ['a../b', [['InvalidMountPath', WARNING]]],
  ['a/../b', [['InvalidMountPath', WARNING]]],
  ['..', [['InvalidMountPath', ERROR]]],
  ['../x', [['InvalidMountPath', ERROR]]],
  ['./../x', [['InvalidMountPath', ERROR]]],
  ['a//../../x', [['InvalidMountPath', ERROR]]],
  ['a/..', [['InvalidMountPath', WARNING], ['InvalidMountPath', ERROR]]],
  ['C:x', [['InvalidMountPath', WARNING], ['InvalidMountPath', WARNING]]],
  ['1:/x', [['InvalidMountPath', WARNING], ['InvalidMountPath', WARNING]]],
  ['/C:/x', [['InvalidMountPath', WARNING]]],
  ['x\\y', [['InvalidMountPath', WARNING]]],
])('the mount path "%s" does not', (mountPath, expected) => {
  expect(found(db, podWithMounts([{ mountPath }])).map(([code, severity]) => [code, severity])).toEqual(expected);
});

describe('at the place of the token', () => {
  const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
  const hidden = [['HiddenToken', WARNING, 'spec.containers[0].volumeMounts[0].mountPath']];
  const tokenSecret = secret('db', {}, { type: 'kubernetes.io/service-account-token', metadata: { annotations: { 'kubernetes.io/service-account.name': 'default' } } });

  test('a token is what belongs there, whoever makes it', () => {
    const sources = [{ serviceAccountToken: { path: 'vault' } }];
    expect(found(podWithMounts([{ mountPath }], { projected: { sources } }))).toEqual([]);
    expect(found(tokenSecret, podWithMounts([{ mountPath }]))).toEqual([]);
    expect(found(secret('db', { token: 't' }), podWithMounts([{ mountPath }]))).toEqual([]);
  });

  test('a Secret may have one where nobody knows its keys', () => {
    expect(Inspection.fromManifests([podWithMounts([{ mountPath }])], { existingSecrets: [{ name: 'db' }] }).findings).toEqual([]);
  });

  test('an empty directory has none', () => {
    expect(found(podWithMounts([{ mountPath }], { emptyDir: {} }))).toEqual(hidden);
  });

  test('a projected volume without a token has none', () => {
    expect(found(db, podWithMounts([{ mountPath }], { projected: { sources: [{ secret: { name: 'db' } }] } }))).toEqual(hidden);
    expect(found(podWithMounts([{ mountPath }], { projected: { sources: null } }))).toEqual([['VolumeWithoutSource', WARNING, 'spec.volumes[0].projected'], ...hidden]);
  });

  test('a pod that asks for none misses none', () => {
    const manifest = podWithMounts([{ mountPath }]);
    manifest.spec.automountServiceAccountToken = false;
    expect(found(db, manifest)).toEqual([]);
  });

  test('a Secret that is not there is found once, and a volume that is not there too', () => {
    expect(found(podWithMounts([{ mountPath }]))).toEqual([['UnknownSecret', ERROR, 'spec.volumes[0].secret.secretName']]);
    expect(found(pod({ volumeMounts: [{ name: 'none', mountPath }] }))).toEqual([['UnknownVolume', ERROR, 'spec.containers[0].volumeMounts[0].name']]);
  });
});

test('a subPath through a name that only ends like the directory that the kubelet swaps is that of a file', () => {
  const volume = { secret: { secretName: 'db', items: [{ key: 'user', path: 'a..data/user' }] } };
  expect(found(db, podWithMounts([{ mountPath: '/m', subPath: 'a..data/user' }], volume))).toEqual([]);
});

test('a subPath that is no file is told what there is', () => {
  expect(messages(db, podWithMounts([{ mountPath: '/m', subPath: 'passwrd' }]))).toEqual([
    ['the volume has no file "passwrd": the container gets an empty directory of that name', 'did you mean "password"? files: "password", "user"'],
  ]);
  expect(messages(secret('db'), podWithMounts([{ mountPath: '/m', subPath: 'x' }]))).toEqual([
    ['the volume has no file "x": the container gets an empty directory of that name', 'mount the whole volume'],
  ]);
});

test('what was meant by a subPath is looked for among the first fifty files', () => {
  const keys = Array.from({ length: 51 }, (_, index) => `file-${index + 10}`);
  const nextOf = (subPath: string) => messages(secret('db', Object.fromEntries(keys.map(key => [key, 'v']))), podWithMounts([{ mountPath: '/m', subPath }]))[0][1];
  expect(nextOf('file_59')).toContain('did you mean "file-59"?');
  expect(nextOf('file_60')).not.toContain('did you mean "file-60"?');
});

test('two ways to one place are named as they are written', () => {
  expect(messages(db, podWithMounts([{ mountPath: '/var/run/x' }, { mountPath: '/run/x' }]))).toEqual([
    ['"/var/run/x" and "/run/x" are one place in most images: one mount hides the other', 'use another path'],
  ]);
});

test('the later one of two mounts is found, whichever hides the other', () => {
  const at = (...paths: string[]) => found(db, podWithMounts(paths.map(mountPath => ({ mountPath }))));
  expect(at('/run/x', '/var/run/x')).toEqual([['HiddenMount', WARNING, 'spec.containers[0].volumeMounts[1].mountPath']]);
  expect(at('/var/run/x', '/run/x')).toEqual([['HiddenMount', WARNING, 'spec.containers[0].volumeMounts[1].mountPath']]);
});

test('a file of the node at the place of a mount hides it, where its path is spelled in another way', () => {
  expect(messages(db, podWithMounts([{ mountPath: '/etc/hosts/', subPath: 'user' }]))).toEqual([
    ['a file of the node is mounted at "/etc/hosts", and hides this mount', 'use another path'],
  ]);
});

test('a mount may take the place of the termination message', () => {
  const container = { terminationMessagePath: '/run/log', volumeMounts: [{ name: 'v', mountPath: '/var/run/log', subPath: 'user' }] };
  expect(found(db, pod(container, { volumes: [{ name: 'v', secret: { secretName: 'db' } }] }))).toEqual([]);
});

describe('beside a mount of a Secret, volumes without Secrets are not judged', () => {
  const volumes = [{ name: 'v', secret: { secretName: 'db' } }, { name: 'e', emptyDir: {} }, { name: 'c', configMap: { name: 'c' } }];
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: '' } };

  test.each<[string, any[]]>([
    ['where programs are', [{ name: 'e', mountPath: '/usr/bin' }]],
    ['where the token is', [{ name: 'e', mountPath: '/run/secrets/kubernetes.io/serviceaccount' }]],
    ['where nothing can be mounted', [{ name: 'e', mountPath: '/proc' }]],
    ['where files of the node are', [{ name: 'c', mountPath: '/etc' }]],
    ['one inside the other', [{ name: 'c', mountPath: '/c' }, { name: 'e', mountPath: '/c/a' }]],
  ])('%s', (_, volumeMounts) => {
    expect(found(db, configMap, pod({ volumeMounts: [{ name: 'v', mountPath: '/v' }, ...volumeMounts] }, { volumes }))).toEqual([]);
  });
});

test('a file cannot be mounted where programs are, and hides none', () => {
  expect(found(db, podWithMounts([{ mountPath: '/usr/bin', subPath: 'user' }]))).toEqual([['BrokenMount', ERROR, 'spec.containers[0].volumeMounts[0].mountPath']]);
});

test('what is inside a folder that is mounted by its subPath does not hide files of the same name beside it', () => {
  const sources = [{ secret: { name: 'db', items: [{ key: 'user', path: 'a/user' }, { key: 'password', path: 'x' }] } }, { secret: { name: 'unknown' } }];
  const manifest = besideEmptyDir([{ name: 'v', mountPath: '/s', subPath: 'a' }, { name: 'e', mountPath: '/s/x' }], { projected: { sources } });
  const { findings } = Inspection.fromManifests([db, manifest], { existingSecrets: [{ name: 'unknown' }] });
  expect(findings.map(({ code, path }) => [code, path])).toEqual([['SubPathNeverUpdates', 'spec.containers[0].volumeMounts[0].subPath']]);
});

describe('a container that does not start is told what cannot be mounted, where and why', () => {
  const volumes = [{ name: 'v', secret: { secretName: 'db' } }];

  test.each<[string, any, string, string]>([
    ['a mount of its own', { volumeMounts: [{ name: 'v', mountPath: '/proc' }] },
      'this cannot be mounted at "/proc": nothing but the processes can be mounted at "/proc"', 'use another path'],
    ['a mount in another one', { volumeMounts: [{ name: 'v', mountPath: '/s' }, { name: 'v', mountPath: '/s/x', subPath: 'user' }] },
      'this cannot be mounted at "/s/x", inside the mount at "/s": a file cannot be mounted there, where the kubelet has made a directory', 'put both into one projected volume'],
    ['a file of the node', { volumeMounts: [{ name: 'v', mountPath: '/etc' }] },
      'a file of the node cannot be mounted at "/etc/hosts", inside the mount at "/etc": nothing can be made there, as volumes of Secrets are read-only', 'use another path'],
    ['the termination message', { terminationMessagePath: '/s/log', volumeMounts: [{ name: 'v', mountPath: '/s' }] },
      'the termination message cannot be mounted at "/s/log", inside the mount at "/s": nothing can be made there, as volumes of Secrets are read-only', 'use another path'],
    ['the token', { volumeMounts: [{ name: 'v', mountPath: '/run/secrets' }] },
      'the token of the ServiceAccount cannot be mounted at "/var/run/secrets/kubernetes.io/serviceaccount", inside the mount at "/run/secrets": nothing can be made there, as volumes of Secrets are read-only',
      'use another path'],
  ])('%s', (_, container, what, next) => {
    expect(messages(db, pod(container, { volumes }))).toEqual([[`the container "c" does not start: ${what}`, next]]);
  });

  test('and its program, where a mount hides it', () => {
    expect(messages(db, pod({ command: ['/app/run'], volumeMounts: [{ name: 'v', mountPath: '/app' }] }, { volumes }))).toEqual([
      ['the container "c" does not start: the mount at "/app" hides its program "/app/run"', 'use another path'],
    ]);
  });
});
