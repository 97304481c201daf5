import * as fc from 'fast-check';
import { Inspection } from '../../../src/app/inspection';
import { Stage } from '../../../src/inspect/finding';
import { KubernetesVersion } from '../../../src/kubernetes/versions';
import { deployment, pod, secret } from '../manifests';

/** The paths that are refused when the manifests are read, and by whom. */
function reading(manifest: any, version = KubernetesVersion.V1_33): [string, string][] {
  return Inspection.fromManifests([manifest], { versions: [version], missingSecrets: false }).refusals
    .filter(({ stage }) => stage !== Stage.VALIDATION).map(({ code, path }) => [code, path]);
}

const withMode = (defaultMode: unknown) => pod({ volumeMounts: [{ name: 'v', mountPath: '/m' }] }, { volumes: [{ name: 'v', secret: { secretName: 's', defaultMode } }] });
const withValue = (value: unknown) => ({ ...secret('s'), data: { k: value } });
const MODE = 'spec.volumes[0].secret.defaultMode';

describe('a whole number', () => {
  test.each([0, -1, 511, 2147483647, -2147483648, null, undefined])('may be %p', mode => {
    expect(reading(withMode(mode))).toEqual([]);
  });

  test.each([['0400'], [1.5], [2147483648], [-2147483649], [true], [[]], [{}], [NaN]])('cannot be %p', mode => {
    expect(reading(withMode(mode))).toEqual([['WrongFieldType', MODE]]);
  });
});

test('a whole number may be one of those that readers keep exactly', () => {
  expect(reading(withMode(256n))).toEqual([]);
  expect(reading(withMode(2n ** 31n))).toEqual([['WrongFieldType', MODE]]);
  expect(reading(pod({ resources: { limits: { memory: 2n ** 60n } } }))).toEqual([]);
});

test('a whole number that is kept exactly is a number to every rule', () => {
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: -1n } };
  const manifest = deployment();
  const { findings } = Inspection.fromManifests([{ ...manifest, spec: { ...manifest.spec, replicas: -5n, strategy } }]);
  expect(findings.map(({ path }) => path)).toEqual(expect.arrayContaining(['spec.replicas', 'spec.strategy.rollingUpdate.maxSurge']));
});

describe('a string', () => {
  test.each([[''], ['5'], [null]])('may be %p', value => {
    expect(reading(pod({ env: [{ name: 'A', value }] }))).toEqual([]);
  });

  test.each([[5], [true], [[]], [{}]])('cannot be %p', value => {
    expect(reading(pod({ env: [{ name: 'A', value }] }))).toEqual([['WrongFieldType', 'spec.containers[0].env[0].value']]);
  });
});

describe('a bool', () => {
  test.each([[true], [false], [null]])('may be %p', immutable => {
    expect(reading({ ...secret('s'), immutable })).toEqual([]);
  });

  test.each([['true'], [1], ['']])('cannot be %p', immutable => {
    expect(reading({ ...secret('s'), immutable })).toEqual([['WrongFieldType', 'immutable']]);
  });
});

describe('bytes', () => {
  test.each([['YWJj\nZGVm'], ['YR=='], ['YQ==\r\n'], [''], [null], [[104, 105]]])('may be %j', value => {
    expect(reading(withValue(value))).toEqual([]);
  });

  test.each([['YQ'], ['_-_-'], ['YWJj ZGVm'], ['not base64!'], ['YQ==YQ=='], [5], [{}], [[256]], [['YQ==']]])('cannot be %j', value => {
    expect(reading(withValue(value))).toEqual([['WrongFieldType', 'data[k]']]);
  });
});

describe('other types', () => {
  test.each<[string, any, [string, string][]]>([
    ['an entry that is no object', pod({}, { imagePullSecrets: ['a'] }), [['WrongFieldType', 'spec.imagePullSecrets[0]']]],
    ['a list that is a map', pod({ env: { A: 'x' } }), [['WrongFieldType', 'spec.containers[0].env']]],
    ['a map that is a list', { ...secret('s'), data: ['k'] }, [['WrongFieldType', 'data']]],
    ['an object that is a text', { ...secret('s'), metadata: 's' }, [['WrongFieldType', 'metadata']]],
    ['a quantity that is none', pod({ resources: { limits: { cpu: 'much' } } }), [['WrongFieldType', 'spec.containers[0].resources.limits[cpu]']]],
    ['a quantity that is a number', pod({ resources: { limits: { cpu: 1.5, memory: '64Mi' } } }), []],
    ['a port that is a name', pod({ livenessProbe: { httpGet: { port: 'http' } } }), []],
    ['a port that is a bool', pod({ livenessProbe: { httpGet: { port: true } } }), [['WrongFieldType', 'spec.containers[0].livenessProbe.httpGet.port']]],
    ['a time that is none', { ...secret('s'), metadata: { name: 's', creationTimestamp: 'today' } }, [['WrongFieldType', 'metadata.creationTimestamp']]],
    ['a day that there is not', { ...secret('s'), metadata: { name: 's', creationTimestamp: '2030-02-30T00:00:00Z' } }, [['WrongFieldType', 'metadata.creationTimestamp']]],
    ['a time in lower case', { ...secret('s'), metadata: { name: 's', creationTimestamp: '2030-01-31t00:00:00z' } }, [['WrongFieldType', 'metadata.creationTimestamp']]],
    ['a time', { ...secret('s'), metadata: { name: 's', creationTimestamp: '2030-01-31T00:00:00+01:00' } }, []],
    ['a time that is null', { ...secret('s'), metadata: { name: 's', creationTimestamp: null } }, []],
    ['null in a list', pod({ env: [{ name: 'A' }], args: [null] }), []],
  ])('%s', (_, manifest, expected) => {
    expect(reading(manifest)).toEqual(expected);
  });
});

describe('a field that does not exist', () => {
  test.each<[any, string]>([
    [{ ...secret('s'), stringdata: {} }, 'stringdata'],
    [{ ...secret('s'), __proto__x: 1 }, '__proto__x'],
    [deployment({ spec: { volume: [] } }), 'spec.template.spec.volume'],
    [pod({ envFrom: [{ secretRef: { name: 's', key: 'k' } }] }), 'spec.containers[0].envFrom[0].secretRef.key'],
  ])('is refused: %j', (manifest, path) => {
    expect(reading(manifest)).toEqual([['UnknownField', path]]);
  });

  test('is suggested in the right case', () => {
    const [finding] = Inspection.fromManifests([{ ...secret('s'), stringdata: {} }]).findings;
    expect(finding.next).toMatch(/^did you mean "stringData"\?/);
  });

  test('is no matter where it is undefined', () => {
    expect(reading({ ...secret('s'), more: undefined })).toEqual([]);
  });

  test('is no matter in kinds that are not known', () => {
    expect(reading({ apiVersion: 'x/v1', kind: 'X', metadata: { name: 'x', more: 1 }, spec: { template: { spec: { containers: [{ name: 'c', more: 1 }] } } } })).toEqual([]);
  });

  test.each<[string, any, number]>([
    ['recursiveReadOnly', pod({ volumeMounts: [{ name: 'v', mountPath: '/m', readOnly: true, recursiveReadOnly: 'Disabled' }] }, { volumes: [{ name: 'v', emptyDir: {} }] }), 30],
    ['stopSignal', pod({ lifecycle: { stopSignal: 'SIGUSR1' } }), 33],
    ['appArmorProfile', pod({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }), 30],
  ])('in every version: %s', (_, manifest, since) => {
    for (const version of Object.values(KubernetesVersion)) {
      expect([version, reading(manifest, version).length]).toEqual([version, Number(version.slice(2)) < since ? 1 : 0]);
    }
  });
});

test('null in a list is an empty item', () => {
  const { findings } = Inspection.fromManifests([pod({}, { containers: [null] })]);
  expect(findings.map(({ code, path }) => [code, path])).toEqual([['RequiredField', 'spec.containers[0].name'], ['RequiredField', 'spec.containers[0].image']]);
});

test('what the API server cannot read is not validated', () => {
  const { findings } = Inspection.fromManifests([{ ...withMode('0400'), metadata: { name: 'My_Pod' } }], { missingSecrets: false });
  expect(findings.map(finding => finding.code)).toEqual(['WrongFieldType']);
});

test('no JSON makes the inspection fail', () => {
  const names = ['apiVersion', 'kind', 'metadata', 'spec', 'data', 'template', 'containers', 'volumes', 'env', 'envFrom', 'name', 'secret', 'items', 'path', 'key'];
  const json = fc.letrec(tie => ({
    any: fc.oneof({ depthSize: 'medium' }, fc.constantFrom(null, 0, '', 'x', true, 'v1', 'Pod', 'Secret', 'List'), fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 5 })),
  })).any;
  fc.assert(fc.property(json, fc.constantFrom('Pod', 'Secret', 'Deployment', 'CronJob', 'X'), (value, kind) => {
    const apiVersion = kind === 'Deployment' ? 'apps/v1' : kind === 'CronJob' ? 'batch/v1' : 'v1';
    const manifest = typeof value === 'object' && !Array.isArray(value) ? { ...value, apiVersion, kind } : value;
    Inspection.fromManifests([value, manifest]);
  }), { numRuns: 500 });
});

test('a number that is too large is told as a number, written in a text or given by a program', () => {
  const message = (inspection: Inspection) => inspection.refusals.map(found => found.message);
  const written = Inspection.fromYaml('apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d }\nspec: { replicas: 9007199254740993 }\n', { missingSecrets: false });
  const given = Inspection.fromManifests([{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { replicas: 2 ** 60 } }]);
  expect(message(written)).toEqual(['must be a whole number of type int32']);
  expect(message(given)).toEqual(message(written));
});
