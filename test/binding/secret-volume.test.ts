import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DockerConfigSecret, Secret, SecretVolume, SensitiveValue } from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { codes, refusal } from '../support/refusal';

const imported = (chart: Chart, name: string, keys?: string[]) => Secret.fromSecretName(chart, name, name, { keys });

/** The volumes and mounts of a pod that mounts a volume at /etc/v. */
function mounted(volume: SecretVolume) {
  const container = new kplus.Container({ image: 'a' });
  container.mount('/etc/v', volume, { readOnly: true });
  const pod = new kplus.Pod(volume, 'P');
  pod.attachContainer(container);
  const { spec } = manifestOf(pod);
  return { volumes: spec.volumes, mounts: spec.containers[0].volumeMounts };
}

test('from one secret it is a secret volume, which container.mount of cdk8s-plus takes', () => {
  const chart = newChart();
  const volume = SecretVolume.fromSecret(chart, 'V', imported(chart, 'db'));
  expect(mounted(volume)).toEqual({
    volumes: [{ name: 'secret-db', secret: { secretName: 'db' } }],
    mounts: [{ name: 'secret-db', mountPath: '/etc/v', readOnly: true }],
  });
  expect(volume.volumeName).toBe('secret-db');
});

test('items, modes, the mode of the volume and optional', () => {
  const chart = newChart();
  const volume = SecretVolume.fromSecret(chart, 'V', imported(chart, 'db'), {
    volumeName: 'v', items: { b: 'x/b', a: 'a' }, modes: { b: '0400' }, mode: '440', optional: false,
  });
  expect(mounted(volume).volumes).toEqual([
    { name: 'v', secret: { secretName: 'db', defaultMode: 0o440, optional: false, items: [{ key: 'a', path: 'a' }, { key: 'b', path: 'x/b', mode: 0o400 }] } },
  ]);
});

test('from several secrets it is a projected volume, in their order', () => {
  const chart = newChart();
  const volume = SecretVolume.fromSecrets(chart, 'V', [
    { secret: imported(chart, 'b'), items: { k: 'b/k' }, modes: { k: '0400' }, optional: true },
    { secret: imported(chart, 'a') },
  ], { mode: '0440', volumeName: 'v' });
  expect(mounted(volume).volumes).toEqual([{
    name: 'v',
    projected: {
      defaultMode: 0o440,
      sources: [{ secret: { name: 'b', optional: true, items: [{ key: 'k', path: 'b/k', mode: 0o400 }] } }, { secret: { name: 'a' } }],
    },
  }]);
  expect(volume.secrets.map(secret => secret.name)).toEqual(['b', 'a']);
});

test('from a list of one secret it is a secret volume too', () => {
  const chart = newChart();
  const one = SecretVolume.fromSecrets(chart, 'V', [{ secret: imported(chart, 'db') }]);
  expect(mounted(one).volumes).toEqual([{ name: 'secret-db', secret: { secretName: 'db' } }]);
});

test('keys that are added later are files too', () => {
  const chart = newChart();
  const secrets = ['A', 'B'].map(id => new Secret(chart, id, { data: { [id]: SensitiveValue.fromLiteral('x') } }));
  SecretVolume.fromSecrets(chart, 'V', secrets.map(secret => ({ secret })));
  expect(codes(chart)).toEqual([]);
  secrets[1].addData('A', SensitiveValue.fromLiteral('x'));
  expect(codes(chart)).toEqual(['[c/V] DuplicateFile']);
});

describe('its name', () => {
  const nameOf = (make: (chart: Chart) => SecretVolume) => make(new Chart(new App(), 'c')).volumeName;
  const files = (options: object, name = 'db', keys?: string[]) => nameOf(chart => SecretVolume.fromSecret(chart, 'V', imported(chart, name, keys), options));

  test('is derived from the name of the secret, also where that has dots or 253 characters', () => {
    expect(files({})).toBe('secret-db');
    expect(files({}, 'my.db')).toMatch(/^secret-my-db-[0-9a-f]{8}$/);
    expect(files({}, 'a'.repeat(253))).toMatch(/^secret-a{47}-[0-9a-f]{8}$/);
    expect(files({}, 'a'.repeat(253))).toHaveLength(63);
  });

  test('is another one for other files of the same secret', () => {
    const names = [
      files({}), files({ mode: '0400' }), files({ optional: true }), files({ items: { a: 'a' } }), files({ items: { a: 'b' } }), files({ items: { b: 'a' } }),
      files({ items: { a: 'a' }, modes: { a: '0400' } }), files({ items: { a: 'a' }, mode: '0400' }), files({}, 'd.b'), files({}, 'd-b'),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  test('does not depend on the order of items, on the spelling of modes, or on where it is made', () => {
    expect(files({ items: { a: 'x', b: 'y' }, modes: { a: '0400', b: '0440' } })).toBe(files({ items: { b: 'y', a: 'x' }, modes: { b: '440', a: '400' } }));
    expect(files({ mode: '0400' })).toBe(files({ mode: '0o400' }));
    const elsewhere = nameOf(chart => SecretVolume.fromSecret(new Chart(chart, 'deep'), 'Other', imported(chart, 'db'), { mode: '0400' }));
    expect(elsewhere).toBe(files({ mode: '0400' }));
  });

  test('tells several secrets apart, whatever their names', () => {
    const of = (...names: string[]) => nameOf(chart => SecretVolume.fromSecrets(chart, 'V', names.map(name => ({ secret: imported(chart, name) }))));
    const names = [of('a', 'b'), of('b', 'a'), of('a-b'), of('a', 'b-c'), of('a-b', 'c'), of('a-b-c')];
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('fails', () => {
  const setUp = () => {
    const chart = newChart();
    return { chart, db: imported(chart, 'db', ['a', 'b']), other: imported(chart, 'other', ['a', 'x']) };
  };

  test('for no secret', () => {
    expect(refusal(() => SecretVolume.fromSecrets(newChart(), 'V', []))).toMatchObject({ code: 'InvalidValue', path: 'c/V' });
  });

  test('for two keys that would be one file', () => {
    const { chart, db, other } = setUp();
    expect(refusal(() => SecretVolume.fromSecrets(chart, 'V', [{ secret: db }, { secret: other }]))).toEqual({
      code: 'DuplicateFile',
      path: 'c/V',
      problem: 'key "a" of secret "db" and key "a" of secret "other" would both be the file "a"',
      next: 'give one of them another path in items',
    });
    expect(refusal(() => SecretVolume.fromSecret(chart, 'W', db, { items: { a: 'x', b: 'x' } })).code).toBe('DuplicateFile');
  });

  test('for a file that another needs as a folder', () => {
    const { chart, db } = setUp();
    expect(refusal(() => SecretVolume.fromSecret(chart, 'V', db, { items: { a: 'x', b: 'x/y/z' } }))).toMatchObject({
      code: 'DuplicateFile', problem: 'key "b" of secret "db" would be below "x", where key "a" of secret "db" is a file',
    });
  });

  test('for an unknown key, a path, a mode or a name that the kubelet or the API server would refuse', () => {
    const { chart, db } = setUp();
    const code = (id: string, options: object) => refusal(() => SecretVolume.fromSecret(chart, id, db, options)).code;
    expect([
      code('A', { items: { c: 'c' } }), code('B', { items: { a: '../a' } }), code('C', { mode: '0888' }), code('D', { volumeName: 'a.b' }),
    ]).toEqual(['UnknownKey', 'InvalidPath', 'InvalidMode', 'InvalidName']);
  });

  test('for image-pull credentials, unless their file is named', () => {
    const chart = newChart();
    const value = SensitiveValue.fromLiteral('x');
    const registry = new DockerConfigSecret(chart, 'Registry', { registries: [{ username: value, password: value }] });
    expect(refusal(() => SecretVolume.fromSecret(chart, 'V', registry))).toMatchObject({ code: 'SecretTypeMismatch', path: 'c/V' });
    expect(() => SecretVolume.fromSecret(chart, 'W', registry, { items: { '.dockerconfigjson': 'config.json' } })).not.toThrow();
  });
});

test('keys of any name can be listed', () => {
  const chart = newChart();
  const volume = SecretVolume.fromSecret(chart, 'V', imported(chart, 'db'), { items: { constructor: 'a', toString: 'b' }, volumeName: 'v' });
  expect(mounted(volume).volumes[0].secret.items).toEqual([{ key: 'constructor', path: 'a' }, { key: 'toString', path: 'b' }]);
});

test('what it is given is copied in, what it gives is copied out', () => {
  const chart = newChart();
  const items: Record<string, string> = { a: 'x' };
  const sources = [{ secret: imported(chart, 'db'), items }];
  const volume = SecretVolume.fromSecrets(chart, 'V', sources, { volumeName: 'v' });
  items.b = 'y';
  sources.pop();
  volume.secrets.pop();
  expect(volume.secrets).toHaveLength(1);
  expect(mounted(volume).volumes).toEqual([{ name: 'v', secret: { secretName: 'db', items: [{ key: 'a', path: 'x' }] } }]);
});
