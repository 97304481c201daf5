import { Inspection } from '../../../src/app/inspection';
import { KubernetesVersion } from '../../../src/kubernetes/versions';
import { caught } from '../../caught';
import { deployment, keyRef, pod, podWithMounts, podWithVolumes, secret, whole } from '../manifests';

const db = secret('db', { password: 'p4ssw0rd', user: 'u' });
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf' }, data: { LEVEL: 'info' } };

const view = (manifests: any[], options: any = {}) => Inspection.fromManifests(manifests, options.inspection).container('Pod', 'p', 'c', options);
const noToken = { automountServiceAccountToken: false };
const paths = (manifests: any[]) => view(manifests).files.map(file => file.path);

test('the environment and the files of a container are printed as a table and a tree', () => {
  const manifest = deployment({
    spec: {
      ...noToken,
      securityContext: { fsGroup: 2000 },
      containers: [{
        name: 'c',
        image: 'nginx',
        envFrom: [whole('db', { prefix: 'DB_' }), { configMapRef: { name: 'conf' } }, whole('later')],
        env: [keyRef('PASSWORD', 'db', 'password'), { name: 'URL', value: 'x:$(PASSWORD)@y' }, keyRef('MAYBE', 'db', 'nope', { optional: true })],
        volumeMounts: [{ name: 'v', mountPath: '/etc/foo' }, { name: 'tmp', mountPath: '/tmp' }],
      }],
      volumes: [
        { name: 'v', secret: { secretName: 'db', items: [{ key: 'user', path: 'my-group/my-username', mode: 0o400 }, { key: 'password', path: 'password' }] } },
        { name: 'tmp', emptyDir: {} },
      ],
    },
  });
  const seen = Inspection.fromManifests([db, configMap, manifest], { existingSecrets: [{ name: 'later' }] }).container('Deployment', 'd', 'c');
  expect(seen.environmentTable).toBe([
    'VARIABLE     FROM                      KEY       STATE',
    'DB_password  secret db                 password  set',
    'DB_user      secret db                 user      set',
    'LEVEL        config-map conf           LEVEL     set',
    'MAYBE        secret db                 nope      absent',
    'PASSWORD     secret db                 password  set',
    'URL          literal with $(PASSWORD)            set',
    '*            secret later                        unknown',
    '',
  ].join('\n'));
  expect(seen.fileTree).toBe([
    'PATH                     MODE         FROM',
    '/',
    '├── etc/foo              3777 0:2000  secret v',
    '│   ├── my-group         2755 0:2000  secret db',
    '│   │   └── my-username  0440 0:2000  secret db user',
    '│   └── password         0644 0:2000  secret db password',
    '└── tmp                  2777 0:2000  emptyDir tmp',
    '',
  ].join('\n'));
  expect(seen.failure).toBeUndefined();
  expect(JSON.stringify(seen)).not.toContain('p4ssw0rd');
});

test('a container without volumes has no tree', () => {
  expect(view([pod({}, noToken)]).fileTree).toBe('');
});

describe('the environment', () => {
  test('says where each variable comes from', () => {
    expect(view([db, pod({ env: [keyRef('A', 'db', 'user'), { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] })]).environment).toEqual([
      { name: 'A', state: 'set', source: 'secret', origin: 'db', key: 'user', references: [], path: 'spec.containers[0].env[0]' },
      { name: 'B', state: 'set', source: 'pod', origin: 'metadata.name', references: [], path: 'spec.containers[0].env[1]' },
    ]);
  });

  test('depends on the version: until 1.29 keys that start with a digit are passed over', () => {
    const manifests = [secret('k', { '1KEY': 'x' }), pod({ envFrom: [whole('k')] })];
    const stateIn = (version: KubernetesVersion) => view(manifests, { version }).environment[0].state;
    expect([KubernetesVersion.V1_29, KubernetesVersion.V1_30].map(stateIn)).toEqual(['skipped', 'set']);
    expect(view(manifests).environment[0].state).toBe('set');
    expect(view(manifests, { inspection: { versions: [KubernetesVersion.V1_28] } }).environment[0].state).toBe('skipped');
    expect(stateIn('1.99' as KubernetesVersion)).toBe(stateIn(KubernetesVersion.V1_37));
    expect(caught(() => stateIn('1.x' as KubernetesVersion)).code).toBe('InvalidVersion');
  });

  test('of a ConfigMap has its texts, and not its binaryData', () => {
    const both = { ...configMap, binaryData: { LOGO: 'AAE=' } };
    const { environment, failure } = view([both, pod({ envFrom: [{ configMapRef: { name: 'conf' } }] })]);
    expect(environment.map(({ name }) => name)).toEqual(['LEVEL']);
    expect(failure).toBeUndefined();
    const single = pod({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'conf', key: 'LOGO' } } }] });
    expect(view([both, single]).failure).toBe("couldn't find key LOGO in ConfigMap /conf");
    expect(paths([both, { ...pod({ volumeMounts: [{ name: 'v', mountPath: '/m' }] }, { volumes: [{ name: 'v', configMap: { name: 'conf' } }], ...noToken }) }]))
      .toEqual(['/m', '/m/LEVEL', '/m/LOGO']);
  });

  test('does not show what an optional entry may set', () => {
    expect(view([pod({ env: [keyRef('A', 'x', 'k', { optional: true })] })], { inspection: { missingSecrets: false } }).environment[0].state).toBe('unknown');
  });
});

describe('the files', () => {
  const files = (volume: any, spec: any = {}) => view([db, podWithVolumes([{ name: 'v', ...volume }], { ...noToken, ...spec })]).files
    .map(({ path, mode, user, group }) => `${path} ${mode} ${user}:${group}`);

  test('of a projected volume come from all of its sources', () => {
    expect(files({
      projected: {
        defaultMode: 0o440,
        sources: [
          { secret: { name: 'db', items: [{ key: 'user', path: 'u' }] } },
          { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
          { serviceAccountToken: { path: 'token' } },
        ],
      },
    }, { serviceAccountName: 'a' })).toEqual(['/0 1777 0:0', '/0/labels 0440 0:0', '/0/token 0440 0:0', '/0/u 0440 0:0']);
  });

  test('that are tokens belong to the user of all containers', () => {
    const token = { projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } };
    expect(files(token, { serviceAccountName: 'a', securityContext: { runAsUser: 1000 } })).toEqual(['/0 1777 0:0', '/0/token 0600 1000:0']);
    expect(files(token, { serviceAccountName: 'a', securityContext: { fsGroup: 2000 } })).toEqual(['/0 3777 0:2000', '/0/token 0640 0:2000']);
  });

  test('are hidden by a mount at a place above them or their own', () => {
    const mounts = podWithMounts([{ mountPath: '/a/b' }, { mountPath: '/a', subPath: 'user' }, { mountPath: '/c/user', subPath: 'password' }, { mountPath: '/c' }]);
    expect(paths([db, { ...mounts, spec: { ...mounts.spec, ...noToken } }])).toEqual([
      '/a', '/a/b', '/a/b/b', '/a/b/password', '/a/b/user', '/c', '/c/b', '/c/password', '/c/user',
    ]);
  });

  test('are hidden by a file in the place of their directory', () => {
    const outer = { name: 'w', secret: { secretName: 'db', items: [{ key: 'user', path: 'a/b' }] } };
    const manifest = pod({
      volumeMounts: [{ name: 'w', mountPath: '/c' }, { name: 'v', mountPath: '/c/a', subPath: 'user' }],
    }, { volumes: [outer, { name: 'v', secret: { secretName: 'db' } }], ...noToken });
    expect(paths([db, manifest])).toEqual(['/c', '/c/a']);
  });

  test('of a subPath are a file, a part of the volume, or an empty directory', () => {
    const volume = { secret: { secretName: 'db', items: [{ key: 'user', path: 'a/b/user' }, { key: 'password', path: 'password' }] } };
    const at = (subPath: string) => {
      const manifest = podWithMounts([{ mountPath: '/m', subPath }], volume);
      return view([db, { ...manifest, spec: { ...manifest.spec, ...noToken } }]).files.map(({ path, directory, key }) => [path, directory ? 'directory' : key]);
    };
    expect(at('password')).toEqual([['/m', 'password']]);
    expect(at('a')).toEqual([['/m', 'directory'], ['/m/b', 'directory'], ['/m/b/user', 'user']]);
    expect(at('nope')).toEqual([['/m', 'directory']]);
  });

  test('of which the names are not known are shown as such', () => {
    const manifests = [pod({ volumeMounts: [{ name: 'v', mountPath: '/m' }] }, { volumes: [{ name: 'v', secret: { secretName: 'x' } }], ...noToken })];
    expect(view(manifests, { inspection: { existingSecrets: [{ name: 'x' }] } }).files.map(({ path, origin }) => [path, origin])).toEqual([['/m', 'secret v'], ['/m/*', 'x']]);
  });

  test('of the token are there unless the pod or its ServiceAccount says otherwise', () => {
    const token = '/var/run/secrets/kubernetes.io/serviceaccount';
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' }, ...noToken };
    expect(paths([pod()])).toEqual([token, `${token}/ca.crt`, `${token}/namespace`, `${token}/token`]);
    expect(paths([pod({}, noToken)])).toEqual([]);
    expect(paths([account, pod()])).toEqual([]);
    expect(paths([account, pod({}, { automountServiceAccountToken: true })])).toHaveLength(4);
    expect(paths([db, podWithMounts([{ mountPath: token, subPath: 'user' }])])).toEqual([token]);
  });
});

describe('a container', () => {
  const manifests = [pod({}, { initContainers: [{ name: 'i', image: 'i' }] }, { namespace: 'n' })];
  const inspection = Inspection.fromManifests(manifests);

  test('may be an init container', () => {
    expect(inspection.container('Pod', 'p', 'i').environment).toEqual([]);
  });

  test.each<[string, string, string, any, string]>([
    ['of no such workload', 'Pod', 'q', {}, 'there is no Pod "q" with pods'],
    ['of another namespace', 'Pod', 'p', { namespace: 'm' }, 'there is no Pod "p" with pods in the namespace "m"'],
    ['of no such kind', 'Job', 'p', {}, 'there is no Job "p" with pods'],
  ])('fails %s', (_, kind, name, options, message) => {
    expect(() => inspection.container(kind, name, 'c', options)).toThrow(expect.objectContaining({ code: 'UnknownContainer', problem: expect.objectContaining({ message }) }));
  });

  test('fails where the workload has no such container', () => {
    expect(() => inspection.container('Pod', 'p', 'cc')).toThrow(expect.objectContaining({
      code: 'UnknownContainer', problem: expect.objectContaining({ next: 'did you mean "c"? containers: "i", "c"' }),
    }));
  });
});

test('why a container does not start is said once, volumes first', () => {
  const manifest = podWithVolumes([{ name: 'v', secret: { secretName: 'zz' } }]);
  manifest.spec.containers[0].env = [keyRef('A', 'yy', 'k')];
  expect(view([manifest]).failure).toBe('MountVolume.SetUp failed for volume "v" : secret "zz" not found');
});
