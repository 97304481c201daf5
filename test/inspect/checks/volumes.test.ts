import { Inspection } from '../../../src/app/inspection';
import { pod, podWithVolumes, secret } from '../manifests';
import { ERROR, testPairs, WARNING } from '../pairs';

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
