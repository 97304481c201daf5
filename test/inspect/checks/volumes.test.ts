import { Inspection } from '../../../src/app/inspection';
import { pod, podWithVolumes, secret } from '../manifests';
import { brief, ERROR, testPairs, WARNING } from '../pairs';

const db = secret('db', { user: 'u', password: 'p' });
const other = secret('other', { user: 'v' });
const files = (more: any, spec?: any) => [db, other, podWithVolumes([{ name: 'v', secret: { secretName: 'db', ...more } }], spec)];
const projected = (sources: any[], more: any = {}) => [db, other, podWithVolumes([{ name: 'v', projected: { sources, ...more } }], { serviceAccountName: 'a' })];
const item = (key: string, path: string, more: any = {}) => ({ key, path, ...more });
const user = (runAsUser: number) => ({ securityContext: { runAsUser, runAsGroup: 3000 } });

testPairs({
  'fails when a container that is not root cannot read the files': {
    wrong: files({ defaultMode: 0o400 }, user(1000)),
    right: files({ defaultMode: 0o444 }, user(1000)),
    code: 'UnreadableFile',
    severity: ERROR,
    path: 'spec.volumes[0].secret.defaultMode',
    says: ['"c"', '0400'],
  },
  'fails when a container that must not be root cannot read one file': {
    wrong: files({ items: [item('user', 'u', { mode: 0o400 }), item('password', 'p')] }, { securityContext: { runAsNonRoot: true } }),
    right: files({ items: [item('user', 'u'), item('password', 'p')] }, { securityContext: { runAsNonRoot: true } }),
    code: 'UnreadableFile',
    severity: ERROR,
    path: 'spec.volumes[0].secret.items[0].mode',
  },
  'fails when only root and its group may read, and the container is in another': {
    wrong: projected([{ secret: { name: 'db' } }], { defaultMode: 0o440 }).map(manifest => withUser(manifest, { runAsUser: 1000, runAsGroup: 1000 })),
    right: projected([{ secret: { name: 'db' } }], { defaultMode: 0o440 }).map(manifest => withUser(manifest, { runAsUser: 1000, runAsGroup: 1000, supplementalGroups: [0] })),
    code: 'UnreadableFile',
    severity: ERROR,
    path: 'spec.volumes[0].projected.defaultMode',
  },
  'warns when a fsGroup widens the mode': {
    wrong: files({ defaultMode: 0o400 }, { securityContext: { fsGroup: 2000 } }),
    right: files({ defaultMode: 0o440 }, { securityContext: { fsGroup: 2000 } }),
    code: 'WidenedMode',
    severity: WARNING,
    path: 'spec.volumes[0].secret.defaultMode',
    says: ['0400 becomes 0440'],
  },
  'warns when a mode is decimal and was meant to be octal': {
    wrong: files({ defaultMode: 400 }),
    right: files({ defaultMode: 0o400 }),
    code: 'DecimalMode',
    severity: WARNING,
    path: 'spec.volumes[0].secret.defaultMode',
    says: ['0620'],
  },
  'warns when the mode of one item is decimal': {
    wrong: files({ items: [item('user', 'u', { mode: 440 })] }),
    right: files({ items: [item('user', 'u', { mode: 0o440 })] }),
    code: 'DecimalMode',
    severity: WARNING,
    path: 'spec.volumes[0].secret.items[0].mode',
  },
  'warns when two keys become one file': {
    wrong: files({ items: [item('user', 'x'), item('password', 'x')] }),
    right: files({ items: [item('user', 'x'), item('password', 'y')] }),
    code: 'ReplacedFile',
    severity: WARNING,
    path: 'spec.volumes[0].secret.items[1].path',
    says: ['"x"', '"password"', '"user"'],
  },
  'fails when a file would be a folder too': {
    wrong: files({ items: [item('user', 'x'), item('password', 'x/y')] }),
    right: files({ items: [item('user', 'x/z'), item('password', 'x/y')] }),
    code: 'DuplicateFile',
    severity: ERROR,
    path: 'spec.volumes[0].secret.items[1].path',
    says: ['FailedMount'],
  },
  'warns when a whole Secret replaces a file of another': {
    wrong: projected([{ secret: { name: 'other' } }, { secret: { name: 'db' } }]),
    right: projected([{ secret: { name: 'other', items: [item('user', 'other-user')] } }, { secret: { name: 'db' } }]),
    code: 'ReplacedFile',
    severity: WARNING,
    path: 'spec.volumes[0].projected.sources[1].secret',
  },
  'warns when a token replaces a file': {
    wrong: projected([{ secret: { name: 'db', items: [item('user', 'token')] } }, { serviceAccountToken: { path: 'token' } }]),
    right: projected([{ secret: { name: 'db', items: [item('user', 'user')] } }, { serviceAccountToken: { path: 'token' } }]),
    code: 'ReplacedFile',
    severity: WARNING,
    path: 'spec.volumes[0].projected.sources[1].serviceAccountToken.path',
  },
  'fails when the sources of a projected volume make a file and a folder of one path': {
    wrong: projected([{ secret: { name: 'db' } }, { secret: { name: 'other', items: [item('user', 'user/x')] } }]),
    right: projected([{ secret: { name: 'db' } }, { secret: { name: 'other', items: [item('user', 'other/x')] } }]),
    code: 'DuplicateFile',
    severity: ERROR,
    path: 'spec.volumes[0].projected.sources[1].secret.items[0].path',
  },
  'fails when a path is the volume itself': {
    wrong: files({ items: [item('user', '.')] }),
    right: files({ items: [item('user', 'x')] }),
    code: 'InvalidPath',
    severity: ERROR,
    path: 'spec.volumes[0].secret.items[0].path',
  },
  'fails when an element of a path is too long for a file': {
    wrong: files({ items: [item('user', 'x'.repeat(256))] }),
    right: files({ items: [item('user', 'x'.repeat(255))] }),
    code: 'InvalidPath',
    severity: ERROR,
    path: 'spec.volumes[0].secret.items[0].path',
  },
  'warns when the kubelet shortens a path': {
    wrong: files({ items: [item('user', './a//b/')] }),
    right: files({ items: [item('user', 'a/b')] }),
    code: 'InvalidPath',
    severity: WARNING,
    path: 'spec.volumes[0].secret.items[0].path',
    says: ['"a/b"'],
  },
  'warns when an empty list of items means every key': {
    wrong: files({ items: [] }),
    right: files({}),
    code: 'EmptyItems',
    severity: WARNING,
    path: 'spec.volumes[0].secret.items',
  },
  'warns when a volume has no source': {
    wrong: [podWithVolumes([{ name: 'v' }])],
    right: [podWithVolumes([{ name: 'v', emptyDir: {} }])],
    code: 'VolumeWithoutSource',
    severity: WARNING,
    path: 'spec.volumes[0]',
  },
  'warns when a projected volume has no sources': {
    wrong: projected([{}]),
    right: projected([{ secret: { name: 'db' } }]),
    code: 'VolumeWithoutSource',
    severity: WARNING,
    path: 'spec.volumes[0].projected',
  },
  'warns when no container mounts a volume': {
    wrong: [db, pod({}, { volumes: [{ name: 'v', secret: { secretName: 'db' } }] })],
    right: files({}),
    code: 'UnmountedVolume',
    severity: WARNING,
    path: 'spec.volumes[0]',
  },
  'warns when a volume has the name of the one for the token': {
    wrong: [db, podWithVolumes([{ name: 'kube-api-access-x', secret: { secretName: 'db' } }])],
    right: [db, podWithVolumes([{ name: 'api-access-x', secret: { secretName: 'db' } }])],
    code: 'TokenVolumeName',
    severity: WARNING,
    path: 'spec.volumes[0].name',
  },
});

function withUser(manifest: any, securityContext: any): any {
  return manifest.kind === 'Pod' ? { ...manifest, spec: { ...manifest.spec, securityContext } } : manifest;
}

describe('files that a container reads', () => {
  test.each<[string, any, any]>([
    ['as root', { defaultMode: 0o400 }, {}],
    ['as root by number', { defaultMode: 0o400 }, { runAsUser: 0 }],
    ['with a fsGroup', { defaultMode: 0o440 }, { runAsUser: 1000, fsGroup: 2000 }],
    ['with everybody', { defaultMode: 0o404 }, { runAsUser: 1000, runAsGroup: 1000 }],
  ])('%s are no finding', (_, volume, securityContext) => {
    expect(Inspection.fromManifests(files(volume, { securityContext })).findings).toEqual([]);
  });

  test('of a mode for the group are a warning where only the image knows the group of the user', () => {
    const { findings } = Inspection.fromManifests(files({ defaultMode: 0o440 }, { securityContext: { runAsUser: 1000 } }));
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['UnreadableFile', 'warning']]);
    expect(Inspection.fromManifests(files({ defaultMode: 0o440 }, { securityContext: { runAsUser: 1000, runAsGroup: 0 } })).findings).toEqual([]);
  });

  test('are looked at with the user of the container, not of the pod', () => {
    const manifest = files({ defaultMode: 0o400 }, { securityContext: { runAsUser: 1000, runAsGroup: 1000 } });
    manifest[2].spec.containers[0].securityContext = { runAsUser: 0 };
    expect(Inspection.fromManifests(manifest).findings).toEqual([]);
  });
});

test.each([292, 288, 256, 420, 511, 0, 384, 416])('the mode %i is no slip', mode => {
  expect(Inspection.fromManifests(files({ defaultMode: mode })).findings).toEqual([]);
});

const found = (...manifests: any[]) => brief(Inspection.fromManifests(manifests));
const messages = (...manifests: any[]) => Inspection.fromManifests(manifests).findings.map(({ message }) => message);
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { user: 'x' } };

describe('a volume that no container mounts', () => {
  const unmounted = (volume: any) => pod({}, { volumes: [{ name: 'v', ...volume }] });

  test.each<[string, any, any[]]>([
    ['with a Secret among its sources', { projected: { sources: [{ configMap: { name: 'c' } }, { secret: { name: 'db', items: [item('user', 'u')] } }] } }, [['UnmountedVolume', WARNING, 'spec.volumes[0]']]],
    ['of the Secrets Store CSI driver', { csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'x' } } }, [['UnmountedVolume', WARNING, 'spec.volumes[0]']]],
    ['of another driver', { csi: { driver: 'x' } }, []],
    ['without a Secret', { projected: { sources: [{ configMap: { name: 'c' } }] } }, []],
  ])('%s', (_, volume, expected) => {
    expect(found(db, configMap, unmounted(volume))).toEqual(expected);
  });

  test('is named', () => {
    expect(messages(db, unmounted({ secret: { secretName: 'db' } }))).toEqual(['no container mounts the volume "v"']);
  });

  test('cannot be set up either, which is told as a warning', () => {
    const { findings } = Inspection.fromManifests([db, unmounted({ secret: { secretName: 'db', items: [item('user', '.')] } })]);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['InvalidPath', WARNING], ['UnmountedVolume', WARNING]]);
    expect(findings[0].message).toBe('the path is the volume itself, which is a directory: the pod does not start once a container mounts it');
  });
});

describe('a volume without sources', () => {
  const told = (volume: any) => Inspection.fromManifests([podWithVolumes([{ name: 'v', ...volume }])]).findings
    .filter(({ code }) => code === 'VolumeWithoutSource').map(({ path, message, next }) => [path, message, next]);
  const message = 'the volume "v" has no source, and becomes an empty directory';

  test('is told which source was meant', () => {
    expect(told({ secrets: { secretName: 'db' } })).toEqual([['spec.volumes[0]', message, 'write secret for "secrets"']]);
    expect(told({ xyzxyzxyz: {}, configmap: { name: 'c' } })).toEqual([['spec.volumes[0]', message, 'write configMap for "configmap"']]);
  });

  test('is told what there is where nothing is near', () => {
    expect(told({})).toEqual([['spec.volumes[0]', message, 'give it a source, or emptyDir: {}']]);
    expect(told({ xyzxyzxyz: {} })).toEqual([['spec.volumes[0]', message, 'give it a source, or emptyDir: {}']]);
  });

  test('says what is meant by a source without a value', () => {
    expect(told({ emptyDir: null })).toEqual([]);
  });

  test('is one where no source of several has anything', () => {
    expect(told({ projected: {} })).toEqual([['spec.volumes[0].projected', 'the volume "v" has no sources, and is empty', 'give it sources']]);
    expect(told({ projected: { sources: [{}, { configMap: { name: 'c' } }] } })).toEqual([]);
  });
});

test('the cluster takes a projected volume of the right name for that of the token, as it should be', () => {
  expect(found(podWithVolumes([{ name: 'kube-api-access-x', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }]))).toEqual([]);
});

test('an empty list of items in a source of several means every key too', () => {
  expect(found(...projected([{ configMap: { name: 'c', items: [] } }, { secret: { name: 'db', items: [] } }]))).toEqual([['EmptyItems', WARNING, 'spec.volumes[0].projected.sources[1].secret.items']]);
});

test('paths of a source of several are looked at too', () => {
  expect(found(...projected([{ secret: { name: 'other' } }, { secret: { name: 'db', items: [item('password', 'p'), item('user', 'a//b')] } }]))).toEqual([
    ['InvalidPath', WARNING, 'spec.volumes[0].projected.sources[1].secret.items[1].path'],
  ]);
});

test('an empty path is refused once', () => {
  expect(found(...files({ items: [item('user', '')] })).map(([code, , path]) => [code, path])).toEqual([
    ['RequiredField', 'spec.volumes[0].secret.items[0].path'], ['UnknownVolume', 'spec.containers[0].volumeMounts[0].name'],
  ]);
});

test('a fsGroup widens modes of a ConfigMap too, which is no secret', () => {
  expect(found(configMap, podWithVolumes([{ name: 'v', configMap: { name: 'c', defaultMode: 0o400 } }], { securityContext: { fsGroup: 2000 } }))).toEqual([]);
});

test('a replaced file says from what it was made, and from what it is', () => {
  const bundle = { clusterTrustBundle: { name: 'b', path: 'user' } };
  const of = (...sources: any[]) => messages(configMap, ...projected(sources)).filter(message => message.startsWith('the file'));
  const secretKey = { secret: { name: 'db', items: [item('password', 'user')] } };
  expect(of({ configMap: { name: 'c' } }, { secret: { name: 'db' } })).toEqual(['the file "user" is made from the key "user" of the Secret "db", and no longer from the key "user" of the ConfigMap "c"']);
  expect(of(secretKey, { configMap: { name: 'c' } })).toEqual(['the file "user" is made from the key "user" of the ConfigMap "c", and no longer from the key "password" of the Secret "db"']);
  expect(of({ secret: { name: 'other' } }, { downwardAPI: { items: [{ path: 'user', fieldRef: { fieldPath: 'metadata.name' } }] } })).toEqual([
    'the file "user" is made from the field "metadata.name", and no longer from the key "user" of the Secret "other"',
  ]);
  expect(of({ secret: { name: 'other' } }, { serviceAccountToken: { path: 'user' } })).toEqual([
    'the file "user" is made from the token of the ServiceAccount, and no longer from the key "user" of the Secret "other"',
  ]);
  expect(of({ secret: { name: 'other' } }, bundle)).toEqual(['the file "user" is made from a trust bundle, and no longer from the key "user" of the Secret "other"']);
});

describe('files that a container cannot read', () => {
  const containers = (...list: any[]) => [db, other, configMap, { ...pod(), spec: { containers: list, volumes: [{ name: 'v', secret: { secretName: 'db', defaultMode: 0o400 } }, { name: 'w', emptyDir: {} }] } }];
  const of = (name: string, volume: string[], securityContext?: any) => ({
    name, image: 'x:1', volumeMounts: volume.map((each, index) => ({ name: each, mountPath: `/${index}` })), ...securityContext && { securityContext },
  });

  test('are those that it mounts', () => {
    expect(found(...containers(of('root', ['v']), of('user', ['w'], { runAsUser: 1000 }), of('none', [], { runAsUser: 1000 }), { name: 'bare', image: 'x:1', securityContext: { runAsUser: 1000 } }))).toEqual([]);
    expect(messages(...containers(of('root', ['v']), of('user', ['w', 'v'], { runAsNonRoot: true })))).toEqual([
      'the container "user" does not run as root, and only root may read "password" (mode 0400)',
    ]);
  });

  test('are told once, of the first container', () => {
    expect(found(...containers(of('a', ['v'], { runAsUser: 1 }), of('b', ['v'], { runAsUser: 1 })))).toEqual([['UnreadableFile', ERROR, 'spec.volumes[0].secret.defaultMode']]);
  });

  test('may be readable for the group 0, which is up to the image', () => {
    const { findings } = Inspection.fromManifests([db, { ...pod(), spec: { containers: [of('c', ['v'], { runAsNonRoot: true })], volumes: [{ name: 'v', secret: { secretName: 'db', defaultMode: 0o440 } }] } }]);
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      [WARNING, 'the container "c" may read "password" (mode 0440) only where its user is in the group 0, which is up to /etc/passwd of the image'],
    ]);
  });

  test('are no secrets where a ConfigMap makes them', () => {
    expect(found(configMap, podWithVolumes([{ name: 'v', configMap: { name: 'c', defaultMode: 0o400 } }], user(1000)))).toEqual([]);
  });
});
