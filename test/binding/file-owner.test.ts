import { ApiObject, App, type Chart } from 'cdk8s';
import {
  AppInspection, CsiProvider, Inspection, KubernetesVersion, Secret, SecretBinding, SecretDelivery, SecretVolume, SensitiveValue,
} from '../../src';
import { newChart } from '../support/charts';
import { findings as problems, refusal } from '../support/refusal';

const imported = (chart: Chart, name = 'db', keys = ['password', 'user']) => Secret.fromSecretName(chart, name, name, { keys });

function podWith(chart: Chart, binding: SecretBinding): ApiObject {
  return binding.bind(new ApiObject(chart, 'P', {
    apiVersion: 'v1', kind: 'Pod', spec: { securityContext: { runAsUser: 1000 }, containers: [{ name: 'c', image: 'nginx:1' }] },
  }));
}

const volumeOf = (binding: (chart: Chart) => SecretBinding) => {
  const chart = newChart();
  podWith(chart, binding(chart));
  const pod = chart.toJson().find(({ kind }) => kind === 'Pod');
  const [{ name: _, ...source }] = pod.spec.volumes;
  return source;
};

test.each<[string, (chart: Chart) => SecretBinding, object]>([
  ['of all files of a Secret', chart => SecretBinding.files('/etc/db', imported(chart), { owner: 1000, mode: '0400' }),
    { secret: { secretName: 'db', defaultMode: 0o400, defaultUser: 1000 } }],
  ['that is root', chart => SecretBinding.files('/etc/db', imported(chart), { owner: 0 }), { secret: { secretName: 'db', defaultUser: 0 } }],
  ['of single files, which lists them all', chart => SecretBinding.files('/etc/db', imported(chart), { owners: { user: 1000 } }),
    { secret: { secretName: 'db', items: [{ key: 'password', path: 'password' }, { key: 'user', path: 'user', user: 1000 }] } }],
  ['of one file', chart => SecretBinding.file('/etc/pw', imported(chart).key('password'), { owner: 1000 }),
    { secret: { secretName: 'db', defaultUser: 1000, items: [{ key: 'password', path: 'pw' }] } }],
  ['of the files of several Secrets', chart => SecretBinding.volume('/etc/v', SecretVolume.fromSecrets(chart, 'V', [
    { secret: imported(chart) }, { secret: imported(chart, 'other', ['k']), owners: { k: 5 } },
  ], { owner: 1000 })), {
    projected: { defaultUser: 1000, sources: [{ secret: { name: 'db' } }, { secret: { name: 'other', items: [{ key: 'k', path: 'k', user: 5 }] } }] },
  }],
])('the owner %s stands in the volume', (_, binding, source) => {
  expect(volumeOf(binding)).toEqual(source);
});

test('files of two owners are two volumes', () => {
  const chart = newChart();
  const db = imported(chart);
  podWith(chart, SecretBinding.all(SecretBinding.files('/a', db, { owner: 1000 }), SecretBinding.files('/b', db, { owner: 1001 }), SecretBinding.files('/c', db)));
  const { volumes } = chart.toJson().find(({ kind }) => kind === 'Pod').spec;
  expect(new Set(volumes.map(({ name }: any) => name)).size).toBe(3);
});

describe('an owner is refused', () => {
  test.each([-1, 1.5, 2 ** 31, Number.NaN, '1000'])('that is %j', owner => {
    const db = imported(newChart());
    const code = (options: any) => refusal(() => SecretBinding.files('/etc/db', db, options)).code;
    expect([code({ owner }), code({ owners: { user: owner } })]).toEqual(['OutOfRange', 'OutOfRange']);
  });

  test('for a key that is not there, or not among the items', () => {
    const db = imported(newChart());
    expect(refusal(() => SecretBinding.files('/etc/db', db, { owners: { usr: 1 } })).code).toBe('UnknownKey');
    expect(refusal(() => SecretBinding.files('/etc/db', db, { items: { user: 'u' }, owners: { password: 1 } }))).toMatchObject({
      code: 'UnknownKey', problem: 'there is an owner for key "password", which is not among the items',
    });
  });

  test.each([{ owner: 1000 }, { owners: { password: 1000 } }])('for files of the CSI driver: %j', options => {
    const chart = newChart();
    const secret = new Secret(chart, 'S', {
      data: { password: SensitiveValue.fromEnvironment('UNSET') }, delivery: SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'r' }) }),
    });
    expect(refusal(() => podWith(chart, SecretBinding.files('/etc/db', secret, options)))).toMatchObject({
      code: 'UnsupportedByDelivery', problem: 'the files of the CSI driver belong to root',
    });
  });
});

describe('a container that runs as the owner', () => {
  const pod = (volume: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: {
      securityContext: { runAsUser: 1000 },
      containers: [{ name: 'c', image: 'nginx:1', volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
      volumes: [{ name: 'v', secret: { secretName: 'db', ...volume } }],
    },
  });
  const codes = (volume: object, version: KubernetesVersion) => Inspection.fromManifests([pod(volume)], {
    versions: [version], existingSecrets: [{ name: 'db', keys: ['a'] }],
  }).findings.map(({ code }) => code).sort();
  const { V1_36, V1_37 } = KubernetesVersion;

  test.each<[string, object, KubernetesVersion, string[]]>([
    ['may read its files in 1.37, where the gate is on', { defaultMode: 0o400, defaultUser: 1000 }, V1_37, ['FieldDropped']],
    ['may not before', { defaultMode: 0o400, defaultUser: 1000 }, V1_36, ['UnknownField', 'UnreadableFile']],
    ['may not read those of others', { defaultMode: 0o400, defaultUser: 1001 }, V1_37, ['FieldDropped', 'UnreadableFile']],
    ['may not read what the owner may not', { defaultMode: 0o040, defaultUser: 1000 }, V1_37, ['FieldDropped', 'UnreadableFile']],
    ['may read single files of its own', { items: [{ key: 'a', path: 'a', mode: 0o400, user: 1000 }], defaultUser: 0 }, V1_37, ['FieldDropped', 'FieldDropped']],
    ['may not read single files of others', { items: [{ key: 'a', path: 'a', mode: 0o400, user: 0 }], defaultUser: 1000 }, V1_37, ['FieldDropped', 'FieldDropped', 'UnreadableFile']],
  ])('%s', (_, volume, version, expected) => {
    expect(codes(volume, version)).toEqual(expected);
  });
});

test('an app for 1.37 is synthesized, with a warning that names the gate', () => {
  const chart = newChart();
  AppInspection.of(chart).configure({ versions: [KubernetesVersion.V1_37] });
  const pod = podWith(chart, SecretBinding.files('/etc/db', imported(chart), { owner: 1000, mode: '0400' }));
  expect(problems(pod)).toEqual([]);
  const [finding] = Inspection.fromApp(App.of(pod)).findings;
  expect(finding).toMatchObject({ code: 'FieldDropped', severity: 'warning', path: 'spec.volumes[0].secret.defaultUser' });
});
