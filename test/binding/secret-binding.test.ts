import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  BasicAuthSecret, ContainerSelector, DockerConfigSecret, type ISecret, Secret, SecretBinding, SecretVolume, SensitiveValue,
} from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { codes, findings, refusal } from '../support/refusal';
import { KINDS, newWorkload, podTemplateOf } from '../support/workloads';

const { named, all, appContainers, initContainers } = ContainerSelector;
const imported = (chart: Chart, name = 'db', keys?: string[]) => Secret.fromSecretName(chart, name, name, { keys });

/** What a binding changes in a pod spec: the fields of its containers by name, and of the pod itself. */
interface Change {
  readonly containers?: Record<string, object>;
  readonly pod?: object;
}

interface Case {
  readonly name: string;
  readonly bindings: (chart: Chart) => SecretBinding[];
  readonly change: Change;
}

const FROM_DB = (key: string, optional?: boolean) => ({ valueFrom: { secretKeyRef: { name: 'db', key, ...optional === undefined ? {} : { optional } } } });
const MOUNT = (name: string, mountPath: string, more: object = {}) => ({ volumeMounts: [{ name, mountPath, readOnly: true, ...more }] });
const WHOLE = { name: 'secret-db', secret: { secretName: 'db' } };

const CASES: Case[] = [
  {
    name: 'env: one key as one environment variable of every app container',
    bindings: chart => [SecretBinding.env('DB_PASSWORD', imported(chart).key('password'))],
    change: {
      containers: {
        app: { env: [{ name: 'DB_PASSWORD', ...FROM_DB('password') }] },
        helper: { env: [{ name: 'DB_PASSWORD', ...FROM_DB('password') }] },
      },
    },
  },
  {
    name: 'env: optional, in a named container',
    bindings: chart => [SecretBinding.env('A', imported(chart).key('a'), { optional: true, containers: named('helper') })],
    change: { containers: { helper: { env: [{ name: 'A', ...FROM_DB('a', true) }] } } },
  },
  {
    name: 'env: in the init containers',
    bindings: chart => [SecretBinding.env('A', imported(chart).key('a'), { containers: initContainers() })],
    change: { containers: { setup: { env: [{ name: 'A', ...FROM_DB('a') }] } } },
  },
  {
    name: 'env: in a named init container',
    bindings: chart => [SecretBinding.env('A', imported(chart).key('a'), { containers: named('setup', 'app') })],
    change: { containers: { setup: { env: [{ name: 'A', ...FROM_DB('a') }] }, app: { env: [{ name: 'A', ...FROM_DB('a') }] } } },
  },
  {
    name: 'env: one key as two variables, and two keys',
    bindings: chart => {
      const db = imported(chart);
      return ['A', 'B'].map(name => SecretBinding.env(name, db.key('a'), { containers: named('app') }))
        .concat(SecretBinding.env('C', db.key('c'), { containers: named('app') }));
    },
    change: { containers: { app: { env: [{ name: 'A', ...FROM_DB('a') }, { name: 'B', ...FROM_DB('a') }, { name: 'C', ...FROM_DB('c') }] } } },
  },
  {
    name: 'envFrom: every key as an environment variable',
    bindings: chart => [SecretBinding.envFrom(imported(chart), { containers: named('app') })],
    change: { containers: { app: { envFrom: [{ secretRef: { name: 'db' } }] } } },
  },
  {
    name: 'envFrom: with a prefix, optional, in all containers',
    bindings: chart => [SecretBinding.envFrom(imported(chart), { prefix: 'DB_', optional: true, containers: all() })],
    change: { containers: Object.fromEntries(['app', 'helper', 'setup'].map(name => [name, { envFrom: [{ prefix: 'DB_', secretRef: { name: 'db', optional: true } }] }])) },
  },
  {
    name: 'envFrom: of two secrets, in their order',
    bindings: chart => ['b', 'a'].map(name => SecretBinding.envFrom(imported(chart, name), { containers: named('app') })),
    change: { containers: { app: { envFrom: [{ secretRef: { name: 'b' } }, { secretRef: { name: 'a' } }] } } },
  },
  {
    name: 'files: every key as a file in a folder, read-only',
    bindings: chart => [SecretBinding.files('/etc/db', imported(chart))],
    change: { containers: { app: MOUNT('secret-db', '/etc/db'), helper: MOUNT('secret-db', '/etc/db') }, pod: { volumes: [WHOLE] } },
  },
  {
    name: 'files: items, the mode of the volume, a mode per key, optional, and a volume name',
    bindings: chart => [SecretBinding.files('/etc/db', imported(chart), {
      items: { username: 'my-group/my-username', password: 'p' }, mode: '0400', modes: { password: '0440' }, optional: true, volumeName: 'db', containers: named('app'),
    })],
    change: {
      containers: { app: MOUNT('db', '/etc/db') },
      pod: {
        volumes: [{
          name: 'db',
          secret: {
            secretName: 'db',
            defaultMode: 0o400,
            optional: true,
            items: [{ key: 'password', path: 'p', mode: 0o440 }, { key: 'username', path: 'my-group/my-username' }],
          },
        }],
      },
    },
  },
  {
    name: 'files: a mode for one key of known keys lists them all',
    bindings: chart => [SecretBinding.files('/etc/db', imported(chart, 'db', ['b', 'a']), { modes: { b: '0400' }, volumeName: 'db', containers: named('app') })],
    change: {
      containers: { app: MOUNT('db', '/etc/db') },
      pod: { volumes: [{ name: 'db', secret: { secretName: 'db', items: [{ key: 'a', path: 'a' }, { key: 'b', path: 'b', mode: 0o400 }] } }] },
    },
  },
  {
    name: 'files: one volume for two folders and two bindings of the same files',
    bindings: chart => {
      const db = imported(chart);
      return [SecretBinding.files('/etc/db', db, { containers: named('app') }), SecretBinding.files('/etc/other', db, { containers: named('app', 'setup') })];
    },
    change: {
      containers: {
        app: { volumeMounts: [...MOUNT('secret-db', '/etc/db').volumeMounts, ...MOUNT('secret-db', '/etc/other').volumeMounts] },
        setup: MOUNT('secret-db', '/etc/other'),
      },
      pod: { volumes: [WHOLE] },
    },
  },
  {
    name: 'file: one key at one path',
    bindings: chart => [SecretBinding.file('/etc/ssl/ca.pem', imported(chart).key('ca.crt'), { mode: '0444', containers: named('app') })],
    change: {
      containers: { app: MOUNT('secret-db-5f69a98c', '/etc/ssl/ca.pem', { subPath: 'ca.pem' }) },
      pod: { volumes: [{ name: 'secret-db-5f69a98c', secret: { secretName: 'db', defaultMode: 0o444, items: [{ key: 'ca.crt', path: 'ca.pem' }] } }] },
    },
  },
  {
    name: 'volume: a SecretVolume of several secrets',
    bindings: chart => {
      const volume = SecretVolume.fromSecrets(chart, 'V', [{ secret: imported(chart, 'a') }, { secret: imported(chart, 'b') }], { volumeName: 'both' });
      return [SecretBinding.volume('/etc/both', volume, { containers: named('app') })];
    },
    change: {
      containers: { app: MOUNT('both', '/etc/both') },
      pod: { volumes: [{ name: 'both', projected: { sources: [{ secret: { name: 'a' } }, { secret: { name: 'b' } }] } }] },
    },
  },
  {
    name: 'imagePull: any number of secrets, in their order',
    bindings: chart => [SecretBinding.imagePull(imported(chart, 'b'), imported(chart, 'a')), SecretBinding.imagePull(imported(chart, 'c'))],
    change: { pod: { imagePullSecrets: [{ name: 'b' }, { name: 'a' }, { name: 'c' }] } },
  },
  {
    name: 'imagePull: of no secret changes nothing',
    bindings: () => [SecretBinding.imagePull()],
    change: {},
  },
];

/** The manifest of a workload, with a change made by hand. */
function changed(kind: string, { containers = {}, pod = {} }: Change): object {
  const manifest = manifestOf(newWorkload(kind, newChart()));
  const { spec } = podTemplateOf(manifest);
  for (const container of [...spec.containers, ...spec.initContainers]) Object.assign(container, containers[container.name]);
  Object.assign(spec, pod);
  return manifest;
}

describe.each(KINDS)('on a %s of cdk8s-plus', kind => {
  test.each(CASES)('$name', ({ bindings, change }) => {
    const chart = newChart();
    const workload = newWorkload(kind, chart);
    const list = bindings(chart);
    expect(workload.with(...list)).toBe(workload);
    expect(manifestOf(workload)).toEqual(changed(kind, change));
    expect(findings(chart)).toEqual([]);
  });

  test.each(CASES)('chart.with does the same: $name', ({ bindings, change }) => {
    const chart = newChart();
    const workload = newWorkload(kind, chart);
    chart.with(...bindings(chart));
    expect(manifestOf(workload)).toEqual(changed(kind, change));
    expect(findings(chart)).toEqual([]);
  });

  test.each(CASES)('applying it twice changes nothing, nor does an equal one: $name', ({ bindings, change }) => {
    const chart = newChart();
    const workload = newWorkload(kind, chart);
    const list = bindings(chart);
    workload.with(...list);
    for (const binding of list) binding.applyTo(workload);
    chart.with(...list);
    expect(manifestOf(workload)).toEqual(changed(kind, change));
    expect(findings(chart)).toEqual([]);
  });

  test('pull secrets stand beside the one that cdk8s-plus itself was given', () => {
    const chart = newChart();
    const [own, a, b] = ['own', 'a', 'b'].map(name => imported(chart, name));
    const workload = newWorkload(kind, chart, 'W', { dockerRegistryAuth: own }).with(SecretBinding.imagePull(a, own), SecretBinding.imagePull(b, a));
    expect(podTemplateOf(manifestOf(workload)).spec.imagePullSecrets).toEqual([{ name: 'own' }, { name: 'a' }, { name: 'b' }]);
  });

  test('its manifest can still be patched', () => {
    const chart = newChart();
    const workload = newWorkload(kind, chart).with(SecretBinding.imagePull(imported(chart)));
    ApiObject.of(workload).addJsonPatch(JsonPatch.add('/metadata/finalizers', ['x']));
    expect(manifestOf(workload).metadata.finalizers).toEqual(['x']);
  });
});

describe('an equal binding changes nothing', () => {
  const EQUAL: [string, (db: ISecret) => SecretBinding][] = [
    ['env', db => SecretBinding.env('A', db.key('a'))],
    ['envFrom', db => SecretBinding.envFrom(db, { prefix: 'A_' })],
    ['files', db => SecretBinding.files('/etc/db', db, { items: { a: 'x', b: 'y' }, modes: { b: '0400' }, mode: '0440' })],
    ['file', db => SecretBinding.file('/etc/a', db.key('a'))],
    ['imagePull', db => SecretBinding.imagePull(db)],
  ];

  test.each(EQUAL)('%s', (_, make) => {
    const chart = newChart();
    const db = imported(chart);
    const workload = newWorkload('Deployment', chart).with(make(db));
    const once = manifestOf(workload);
    workload.with(make(db));
    expect(manifestOf(workload)).toEqual(once);
    expect(findings(chart)).toEqual([]);
  });

  test('files, whatever the order of their items and the spelling of their modes', () => {
    const chart = newChart();
    const db = imported(chart);
    const workload = newWorkload('Deployment', chart).with(SecretBinding.files('/etc/db', db, { items: { a: 'x', b: 'y' }, modes: { a: '0400', b: '0440' }, mode: '0400' }));
    const once = manifestOf(workload);
    workload.with(SecretBinding.files('/etc/db', db, { items: { b: 'y', a: 'x' }, modes: { b: '440', a: '0400' }, mode: '400' }));
    expect(manifestOf(workload)).toEqual(once);
  });

  test('of another import of the same secret', () => {
    const chart = newChart();
    const other = Secret.fromSecretName(chart, 'Other', 'db');
    const workload = newWorkload('Deployment', chart);
    for (const db of [imported(chart), other]) workload.with(...EQUAL.map(([, make]) => make(db)));
    expect(podTemplateOf(manifestOf(workload)).spec.containers[0]).toMatchObject({ env: [{ name: 'A' }], envFrom: [{ prefix: 'A_' }] });
    expect(podTemplateOf(manifestOf(workload)).spec.volumes).toHaveLength(2);
  });
});

test('a chart binds every workload that it has, and those that come later, and nothing else', () => {
  const chart = newChart();
  const workloads = KINDS.map(kind => newWorkload(kind, chart, kind));
  const map = new kplus.ConfigMap(chart, 'Map');
  const db = imported(chart);
  chart.with(SecretBinding.env('A', db.key('a'), { containers: named('app') }));
  const later = newWorkload('Pod', chart, 'Later');
  expect(workloads.map(workload => podTemplateOf(manifestOf(workload)).spec.containers.map((container: any) => container.env?.length))).toEqual(
    KINDS.map(() => [1, undefined]));
  expect(manifestOf(map)).not.toHaveProperty('spec');
  expect(manifestOf(later).spec.containers[0].env).toHaveLength(1);
});

test('the options are copied in', () => {
  const chart = newChart();
  const items: Record<string, string> = { a: 'x' };
  const modes: Record<string, string> = { a: '0400' };
  const binding = SecretBinding.files('/etc/db', imported(chart), { items, modes, volumeName: 'db' });
  items.b = 'y';
  modes.a = '0777';
  const { volumes } = manifestOf(newWorkload('Pod', chart).with(binding)).spec;
  expect(volumes).toEqual([{ name: 'db', secret: { secretName: 'db', items: [{ key: 'a', path: 'x', mode: 0o400 }] } }]);
});

describe('fails', () => {
  const credentials = (chart: Chart) => new DockerConfigSecret(chart, 'Registry', {
    metadata: { name: 'registry' },
    registries: [{ username: SensitiveValue.fromLiteral('a'), password: SensitiveValue.fromLiteral('b') }],
  });
  const setUp = () => {
    const chart = newChart();
    return { chart, db: imported(chart, 'db', ['password', 'username']), workload: newWorkload('Deployment', chart) };
  };

  test('for an unknown key, with the one that was probably meant', () => {
    const { db, workload } = setUp();
    expect(refusal(() => workload.with(SecretBinding.files('/etc/db', db, { items: { passwrd: 'p' } })))).toEqual({
      code: 'UnknownKey', path: 'c/db', problem: 'secret "db" has no key "passwrd"', next: 'did you mean "password"? keys: "password", "username"',
    });
    expect(refusal(() => SecretBinding.env('A', db.key('user'))).code).toBe('UnknownKey');
    expect(refusal(() => workload.with(SecretBinding.files('/etc/db', db, { modes: { passwrd: '0400' } }))).code).toBe('UnknownKey');
  });

  test('for items that list nothing, which Kubernetes takes for every key', () => {
    const { db } = setUp();
    expect(refusal(() => SecretBinding.files('/etc/db', db, { items: {} }))).toMatchObject({ code: 'UnknownKey', path: 'c/db' });
  });

  test('for a mode of a key that is not among the items', () => {
    const { db } = setUp();
    expect(refusal(() => SecretBinding.files('/etc/db', db, { items: { password: 'p' }, modes: { username: '0400' } }))).toMatchObject({
      code: 'UnknownKey', path: 'c/db', problem: 'there is a mode for key "username", which is not among the items', next: 'list it in items too',
    });
  });

  test('for a mode per key where the keys are not known', () => {
    const { chart } = setUp();
    expect(refusal(() => SecretBinding.files('/etc/x', imported(chart, 'x'), { modes: { a: '0400' } }))).toMatchObject({ code: 'UnknownKey', path: 'c/x' });
  });

  test.each([
    ['env', (db: ISecret) => SecretBinding.env('A', db.key('a'))],
    ['envFrom', (db: ISecret) => SecretBinding.envFrom(db)],
    ['files', (db: ISecret) => SecretBinding.files('/etc/db', db)],
    ['file', (db: ISecret) => SecretBinding.file('/etc/db', db.key('a'))],
    ['volume', (db: ISecret) => SecretBinding.volume('/etc/db', SecretVolume.fromSecret(db, 'V', db))],
    ['imagePull', (db: ISecret) => SecretBinding.imagePull(db)],
  ])('for a secret of another namespace, and changes nothing: %s', (_, make) => {
    const { chart, workload } = setUp();
    const before = manifestOf(workload);
    const db = Secret.fromSecretName(chart, 'Other', 'db', { namespace: 'data' });
    expect(refusal(() => workload.with(make(db)))).toEqual({
      code: 'NamespaceMismatch',
      path: 'c/W',
      problem: 'secret "db" is in namespace "data", the Deployment in namespace "web"; a pod sees the secrets of its own namespace only',
      next: 'declare the secret in the namespace of the workload, give both charts the same namespace, or bring the secret to both with replicateTo',
    });
    expect(manifestOf(workload)).toEqual(before);
  });

  test.each(['1ST', '', 'A B', 'A=B', '..', 'ä', 'A\n', undefined])('for the environment name %j', name => {
    const { db } = setUp();
    expect(refusal(() => SecretBinding.env(name as any, db.key('password')))).toMatchObject({ code: 'InvalidEnvName', path: 'c/db' });
  });

  test.each(['A', '_', '.a-b', 'my.env-name', 'constructor', 'toString', 'a'.repeat(300)])('not for the environment name %j', name => {
    const { db, workload } = setUp();
    workload.with(SecretBinding.env(name, db.key('password'), { containers: named('app') }));
    expect(podTemplateOf(manifestOf(workload)).spec.containers[0].env.map((variable: any) => variable.name)).toEqual([name]);
  });

  test('for a prefix, or a known key, that makes no variable', () => {
    const { chart, db } = setUp();
    const digits = imported(chart, 'digits', ['1st']);
    expect(refusal(() => SecretBinding.envFrom(db, { prefix: '1_' }))).toMatchObject({ code: 'InvalidEnvName', path: 'c/db' });
    expect(refusal(() => SecretBinding.envFrom(digits))).toMatchObject({ code: 'InvalidEnvName', path: 'c/digits' });
    expect(() => SecretBinding.envFrom(digits, { prefix: 'N_' })).not.toThrow();
  });

  test.each([
    ['etc/foo', 'must be an absolute path', 'use "etc/foo"'],
    ['', 'must be an absolute path', ''],
    ['/', 'must not be the root of the file system', ''],
    ['/etc/foo:ro', "must not contain ':' (it is no separator here; a mount's options are fields)", 'use "/etc/foo"'],
    ['/etc//foo/', "must be a clean path, here '/etc/foo'", 'use "/etc/foo"'],
    ['/etc/../foo', "must be a clean path, here '/foo'", 'use "/foo"'],
  ])('for the mount path %j', (path, problem, next) => {
    const { db } = setUp();
    const volume = SecretVolume.fromSecret(db, 'V', db);
    const makers = [() => SecretBinding.files(path, db), () => SecretBinding.file(path, db.key('password')), () => SecretBinding.volume(path, volume)];
    for (const make of makers) {
      expect(refusal(make)).toMatchObject({ code: 'InvalidMountPath', problem: `${JSON.stringify(path)} can be no mount path: ${problem}` });
      expect(refusal(make).next).toBe(next.startsWith('use "/') ? next : "give the absolute path of a folder or file, like '/etc/foo'");
    }
  });

  test.each(['/abs', '../up', 'a/../b', '..a', 'a//b', './a', 'a/', '', 'x'.repeat(256)])('for the path %j of a file in the volume', path => {
    const { db } = setUp();
    expect(refusal(() => SecretBinding.files('/etc/db', db, { items: { password: path } }))).toMatchObject({ code: 'InvalidPath', path: 'c/db' });
  });

  test.each(['0778', '01000', 'rw', '', '0x1', '-1', '400 '])('for the mode %j', mode => {
    const { db, workload } = setUp();
    const code = (options: object) => refusal(() => workload.with(SecretBinding.files('/etc/db', db, options))).code;
    expect([code({ mode }), code({ modes: { password: mode } })]).toEqual(['InvalidMode', 'InvalidMode']);
    expect(refusal(() => workload.with(SecretBinding.file('/etc/db', db.key('password'), { mode }))).code).toBe('InvalidMode');
  });

  test('for a mode that is a number, and says how to write it', () => {
    const { db, workload } = setUp();
    expect(refusal(() => workload.with(SecretBinding.files('/etc/db', db, { mode: 400 as any })))).toEqual({
      code: 'InvalidMode', path: 'c/db', problem: '400 is no file mode', next: "write the mode as an octal text, as in chmod: '0400'; a number would be read as decimal",
    });
  });

  test('for one environment variable that would have two values, whoever set the first', () => {
    const { chart, db, workload } = setUp();
    workload.containers[0].env.addVariable('PLAIN', kplus.EnvValue.fromValue('x'));
    chart.with(SecretBinding.env('A', db.key('password')));
    workload.with(SecretBinding.env('A', db.key('username')), SecretBinding.env('PLAIN', db.key('password'), { containers: named('app') }));
    expect(findings(chart)).toEqual([
      '[c/W] DuplicateEnvName: container "app" already has the environment variable "A", from the binding applied to "c"; give one of the two another name',
      '[c/W] DuplicateEnvName: container "helper" already has the environment variable "A", from the binding applied to "c"; give one of the two another name',
      '[c/W] DuplicateEnvName: container "app" already has the environment variable "PLAIN", from the workload itself (spec.template.spec.containers[0]); '
      + 'give one of the two another name',
    ]);
  });

  test('for one variable that is optional once and needed once', () => {
    const { chart, db, workload } = setUp();
    workload.with(SecretBinding.env('A', db.key('password')), SecretBinding.env('A', db.key('password'), { optional: true }));
    expect(codes(chart)).toEqual(['[c/W] DuplicateEnvName', '[c/W] DuplicateEnvName']);
  });

  test('also where a workload is rendered by itself', () => {
    const { db, workload } = setUp();
    workload.with(SecretBinding.env('A', db.key('password')), SecretBinding.env('A', db.key('username')));
    expect(() => manifestOf(workload)).toThrow('[c/W] DuplicateEnvName: container "app" already has the environment variable "A"');
  });

  test('for two mounts at one path, whoever made the first', () => {
    const { chart, db, workload } = setUp();
    workload.containers[0].mount('/etc/plain/', kplus.Volume.fromEmptyDir(chart, 'E', 'empty'));
    const app = { containers: named('app') };
    workload.with(
      SecretBinding.files('/etc/db', db, app),
      SecretBinding.files('/etc/db', imported(chart, 'other'), app),
      SecretBinding.files('/etc/plain', db, app),
      SecretBinding.file('/etc/db', db.key('password'), app),
    );
    const next = 'use another path, or one volume of all these secrets: SecretVolume.fromSecrets';
    expect(findings(chart)).toEqual([
      `[c/W] DuplicateMountPath: container "app" already has a mount at "/etc/db", of volume "secret-db", from the binding applied to "c/W"; ${next}`,
      `[c/W] DuplicateMountPath: container "app" already has a mount at "/etc/plain/", of volume "empty", from the workload itself (spec.template.spec.containers[0]); ${next}`,
    ]);
  });

  test('for a volume name that another volume has', () => {
    const { chart, db, workload } = setUp();
    workload.containers[0].mount('/data', kplus.Volume.fromEmptyDir(chart, 'E', 'data'));
    workload.with(
      SecretBinding.files('/etc/db', db, { volumeName: 'db' }),
      SecretBinding.files('/etc/data', db, { volumeName: 'data' }),
      SecretBinding.files('/etc/other', imported(chart, 'other'), { volumeName: 'db' }),
    );
    const next = 'give the volume another name with volumeName, or leave it out to have one derived';
    expect(findings(chart)).toEqual([
      `[c/W] DuplicateVolume: the Deployment already has another volume named "data", from the workload itself (spec.template.spec); ${next}`,
      `[c/W] DuplicateVolume: the Deployment already has another volume named "db", from the binding applied to "c/W"; ${next}`,
    ]);
  });

  test.each(['My_Volume', 'a.b', 'a'.repeat(64), ''])('for the volume name %j', volumeName => {
    const { db, workload } = setUp();
    expect(refusal(() => workload.with(SecretBinding.files('/etc/db', db, { volumeName })))).toMatchObject({ code: 'InvalidName', path: 'c/db' });
  });

  test('for a docker-type secret bound as files or variables by mistake', () => {
    const { chart, workload } = setUp();
    const registry = credentials(chart);
    const problem = 'secret "registry" holds image-pull credentials (kubernetes.io/dockerconfigjson)';
    expect(refusal(() => workload.with(SecretBinding.files('/etc/db', registry)))).toMatchObject({
      code: 'SecretTypeMismatch', path: 'c/Registry', problem: `${problem}; as files it pulls no image`,
    });
    expect(refusal(() => SecretBinding.envFrom(registry))).toMatchObject({
      code: 'SecretTypeMismatch', path: 'c/Registry', problem: `${problem}; as environment variables it pulls no image`,
    });
    const legacy = Secret.fromSecretName(chart, 'Legacy', 'legacy', { type: 'kubernetes.io/dockercfg' });
    expect(refusal(() => workload.with(SecretBinding.files('/etc/db', legacy))).code).toBe('SecretTypeMismatch');
  });

  test('not for a docker-type secret whose file is named', () => {
    const { chart, workload } = setUp();
    const registry = credentials(chart);
    workload.with(
      SecretBinding.file('/root/.docker/config.json', registry.configKey),
      SecretBinding.files('/kaniko/.docker', registry, { items: { '.dockerconfigjson': 'config.json' } }),
    );
    expect(podTemplateOf(manifestOf(workload)).spec.containers[0].volumeMounts).toHaveLength(2);
  });

  test('for pull credentials of another type, which the kubelet ignores in silence', () => {
    const { chart } = setUp();
    const value = SensitiveValue.fromLiteral('x');
    const auth = new BasicAuthSecret(chart, 'Auth', { metadata: { name: 'auth' }, username: value, password: value });
    expect(refusal(() => SecretBinding.imagePull(auth))).toMatchObject({
      code: 'SecretTypeMismatch', path: 'c/Auth', problem: 'secret "auth" is of type "kubernetes.io/basic-auth"; the kubelet would ignore it in silence',
    });
  });

  test('for an object of Kubernetes that has no pods, with what it met and what would serve', () => {
    const { chart, db } = setUp();
    expect(refusal(() => new kplus.ConfigMap(chart, 'Map').with(SecretBinding.env('A', db.key('password'))))).toEqual({
      code: 'UnsupportedWorkload',
      path: 'c/Map',
      problem: 'it is a ConfigMap, which has no pods',
      next: 'apply the binding to a workload (Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, a custom resource with a pod template), or to a chart',
    });
  });
});

describe('which containers', () => {
  const bind = (containers?: ContainerSelector) => {
    const chart = newChart();
    return { chart, binding: SecretBinding.env('A', imported(chart).key('a'), { containers }) };
  };

  test('fails for a workload without containers', () => {
    const { chart, binding } = bind();
    new ApiObject(chart, 'W', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec: {} } } }).with(binding);
    expect(findings(chart)).toContain('[c/W] UnknownContainer: there is no container that the binding could be applied to; check the name of the container');
  });

  test('fails for a name that no workload has', () => {
    const { chart, binding } = bind(named('sidecar'));
    newWorkload('Deployment', chart).with(binding);
    expect(findings(chart)).toEqual([
      '[c/W] UnknownContainer: there is no container named "sidecar" that the binding could be applied to; check the name of the container',
    ]);
  });

  test('fails for one name of several that no workload has', () => {
    const { chart, binding } = bind(named('app', 'sidecar'));
    newWorkload('Deployment', chart).with(binding);
    expect(findings(chart).map(line => line.split(';')[0])).toEqual([
      '[c/W] UnknownContainer: there is no container named "sidecar" that the binding could be applied to',
    ]);
  });

  test('fails for init containers where no workload has any', () => {
    const { chart, binding } = bind(initContainers());
    new kplus.Deployment(chart, 'W', { containers: [{ image: 'a' }] }).with(binding);
    expect(codes(chart)).toEqual(['[c/W] UnknownContainer']);
  });

  test.each([named('sidecar'), initContainers()])('a chart may have workloads without the containers meant, if one has them: %#', containers => {
    const { chart, binding } = bind(containers);
    new kplus.Deployment(chart, 'A', { containers: [{ image: 'a' }] });
    new kplus.Deployment(chart, 'B', { containers: [{ image: 'b' }], initContainers: [{ name: 'sidecar', image: 'c' }] });
    chart.with(binding);
    expect(findings(chart)).toEqual([]);
  });

  test.each([undefined, appContainers(), all(), named('late')])('a container that is added after the binding sees the secret: %#', containers => {
    const { chart, binding } = bind(containers);
    const workload = newWorkload('Deployment', chart).with(binding, binding) as kplus.Deployment;
    workload.addContainer({ name: 'late', image: 'late', securityContext: {} });
    expect(findings(chart)).toEqual([]);
    expect(podTemplateOf(manifestOf(workload)).spec.containers.find(({ name }: any) => name === 'late').env).toHaveLength(1);
  });

  test('a container of another kind does not', () => {
    const { chart, binding } = bind();
    const workload = newWorkload('Deployment', chart).with(binding) as kplus.Deployment;
    workload.addInitContainer({ name: 'late', image: 'late' });
    expect(podTemplateOf(manifestOf(workload)).spec.initContainers.find(({ name }: any) => name === 'late')).not.toHaveProperty('env');
  });
});

test('two programs that bind the same give the same bytes', () => {
  const text = () => {
    const app = new App();
    const chart = newChart('web', app);
    newWorkload('Deployment', chart).with(...CASES.slice(0, 1).flatMap(({ bindings }) => bindings(chart)), SecretBinding.files('/x', imported(chart, 'x'), { mode: '0400' }));
    return app.synthYaml();
  };
  expect(text()).toBe(text());
});
