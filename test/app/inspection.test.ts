import { Inspection } from '../../src/app/inspection';
import { Severity, Stage } from '../../src/inspect/finding';
import { ALL_VERSIONS, KubernetesVersion, SUPPORTED_VERSIONS } from '../../src/kubernetes/versions';
import { caught } from '../caught';
import { deployment, pod, secret, whole } from '../inspect/manifests';

const { V1_28, V1_29, V1_30, V1_32, V1_33 } = KubernetesVersion;
const bad = secret('My_Secret');

test('a finding says what is wrong, where, in which versions, and what to do', () => {
  expect(Inspection.fromManifests([bad]).findings).toEqual([{
    code: 'InvalidName',
    severity: Severity.ERROR,
    stage: Stage.VALIDATION,
    object: { apiVersion: 'v1', kind: 'Secret', name: 'My_Secret' },
    path: 'metadata.name',
    message: '"My_Secret" can be no name: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \'-\' or \'.\', '
      + 'and must start and end with an alphanumeric character',
    next: "use lower-case letters, digits, '-' and '.', with a letter or digit at both ends",
    versions: [...SUPPORTED_VERSIONS],
    document: 0,
  }]);
});

test('a finding shows the construct and the place of its object, where they are known', () => {
  const asked: unknown[] = [];
  const { findings: [finding] } = Inspection._fromSources([{
    manifest: bad,
    constructPath: 'app/chart/Secret',
    locate: path => {
      asked.push(path);
      return { file: 'a.yaml', line: 3 };
    },
  }]);
  expect(finding.constructPath).toBe('app/chart/Secret');
  expect(finding.location).toEqual({ file: 'a.yaml', line: 3 });
  expect(asked).toEqual([['metadata', 'name']]);
});

test('fields that the text has twice are refused when the manifest is read', () => {
  const { findings } = Inspection._fromSources([{ manifest: secret('s'), duplicateFields: [['data', 'k']] }]);
  expect(findings.map(({ code, stage, path }) => [code, stage, path])).toEqual([['DuplicateField', Stage.STRICT_DECODING, 'data.k']]);
});

describe('the versions', () => {
  const manifests = [pod({ env: [{ name: '1A', value: 'x' }] })];

  test('are those in support, oldest first, where none are given', () => {
    expect(Inspection.fromManifests(manifests).findings).toEqual([]);
    const [{ versions }] = Inspection.fromManifests([pod({ image: undefined })]).findings;
    expect(versions).toEqual(SUPPORTED_VERSIONS);
    expect(Inspection.fromManifests([pod({ image: undefined })], { versions: [] }).findings[0].versions).toEqual(versions);
  });

  test.each([['1.x'], ['2.0'], [''], ['1.27'], ['0.38'], ['1.037'], ['latest'], ['1.38-1.39'], ['1.38.']])('cannot be %j', version => {
    expect(caught(() => Inspection.fromManifests(manifests, { versions: [version as KubernetesVersion] })).code).toBe('InvalidVersion');
  });

  test('may be newer than those that are known, which is a warning, and so is a field that is not known', () => {
    const versions = ['1.40' as KubernetesVersion];
    const unknown = pod({}, { fieldOfTomorrow: 1 });
    expect(Inspection.fromManifests([unknown], { versions }).findings).toMatchObject([
      { code: 'UnknownField', severity: 'warning', path: 'spec.fieldOfTomorrow', versions, message: 'there is no field "fieldOfTomorrow" in PodSpec up to 1.37, the newest version that is known' },
      { code: 'UnknownVersion', severity: 'warning', versions, object: { kind: 'Kubernetes', name: '1.40' } },
    ]);
    expect(Inspection.fromManifests([unknown], { versions: [V1_33, ...versions] }).errors).toMatchObject([{ code: 'UnknownField', versions: [V1_33] }]);
    expect(Inspection.fromManifests([pod({ image: undefined })], { versions }).errors).toMatchObject([{ code: 'RequiredField', versions }]);
  });

  test('that are newer may be acknowledged', () => {
    const acknowledgements = [{ code: 'UnknownVersion', reason: 'the next cluster' }];
    const { findings, acknowledged } = Inspection.fromManifests([pod()], { versions: ['1.40' as KubernetesVersion], acknowledgements });
    expect([findings, acknowledged.map(({ finding }) => finding.code)]).toEqual([[], ['UnknownVersion']]);
  });

  test('are those that are given', () => {
    expect(Inspection.fromManifests(manifests, { versions: [V1_30, V1_32] }).findings.map(finding => finding.versions)).toEqual([[V1_30]]);
  });

  test('are those that are given, once each and in their order', () => {
    expect(Inspection.fromManifests(manifests, { versions: [V1_30, V1_28, V1_30] }).findings[0].versions).toEqual([V1_28, V1_30]);
  });

  test('decide whether there is a finding at all', () => {
    expect(Inspection.fromManifests(manifests, { versions: [V1_32, V1_33] }).findings).toEqual([]);
  });

  test('decide whether a field exists', () => {
    const manifest = pod({ volumeMounts: [{ name: 'v', mountPath: '/m', readOnly: true, recursiveReadOnly: 'Enabled' }] }, { volumes: [{ name: 'v', emptyDir: {} }] });
    expect(Inspection.fromManifests([manifest], { versions: [...ALL_VERSIONS] }).findings.map(({ code, versions }) => [code, versions])).toEqual([['FieldDropped', [V1_30]], ['UnknownField', [V1_28, V1_29]]]);
  });

  test('decide which mounts have a valid volume', () => {
    const manifest = pod({ volumeMounts: [{ name: 'v', mountPath: '/m' }] }, {
      serviceAccountName: 'a', volumes: [{ name: 'v', projected: { sources: [{ serviceAccountToken: { path: '../x' } }] } }],
    });
    const since30 = ['1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37'];
    expect(Inspection.fromManifests([manifest], { versions: [...ALL_VERSIONS] }).refusals.map(({ code, versions }) => [code, versions])).toEqual([['InvalidPath', since30], ['UnknownVolume', since30]]);
  });
});

test('fails when the date of the inspection is none', () => {
  expect(() => Inspection.fromManifests([], { today: 'tomorrow' })).toThrow(expect.objectContaining({ code: 'InvalidDate' }));
});

describe('acknowledged findings', () => {
  const manifests = [secret('a', {}, { stringData: { k: 'x' }, metadata: { namespace: 'n' } }), secret('b', {}, { stringData: { k: 'x' } })];

  test.each<[string, any, string[]]>([
    ['of a code', {}, ['a', 'b']],
    ['of an object', { name: 'b' }, ['b']],
    ['of a kind', { kind: 'Pod' }, []],
    ['of a namespace', { namespace: 'n' }, ['a']],
    ['below a construct', { constructPath: 'app/x' }, ['a']],
    ['of a construct', { constructPath: 'app/xy' }, ['b']],
  ])('%s are kept apart, with the reason', (_, scope, names) => {
    const sources = manifests.map((manifest, index) => ({ manifest, constructPath: ['app/x/S', 'app/xy'][index] }));
    const inspection = Inspection._fromSources(sources, { acknowledgements: [{ code: 'StringDataUsed', reason: 'applied by helm', ...scope }] });
    expect(inspection.acknowledged.map(({ finding, reason }) => [finding.object.name, reason])).toEqual(names.map(name => [name, 'applied by helm']));
    expect(inspection.findings).toHaveLength(2 - names.length);
  });
});

describe('documents', () => {
  test('that are empty are skipped', () => {
    expect(Inspection.fromManifests([undefined, null]).objectCount).toBe(0);
  });

  test.each([[[]], ['text'], [5], [true]])('fail when they are no objects: %j', document => {
    expect(Inspection.fromManifests([document]).findings.map(({ code, stage }) => [code, stage])).toEqual([['NoManifest', Stage.DECODING]]);
  });

  test.each([[{}], [{ kind: 'Secret' }], [{ apiVersion: 'v1' }], [{ apiVersion: 5, kind: 'Secret' }]])('fail without apiVersion and kind: %j', document => {
    expect(Inspection.fromManifests([document]).findings.map(finding => finding.code)).toContain('NoManifest');
  });

  test('that are lists are taken apart, in their order', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [bad, { apiVersion: 'v1', kind: 'SecretList', items: [{ metadata: { name: 'A' } }] }, null] };
    const asked: unknown[] = [];
    const inspection = Inspection._fromSources([{ manifest: list, locate: path => void asked.push(path) }, { manifest: secret('B') }]);
    expect(inspection.objectCount).toBe(3);
    expect(inspection.findings.map(({ document, object, path }) => [document, object.kind, object.name, path])).toEqual([
      [0, 'Secret', 'My_Secret', 'metadata.name'], [1, 'Secret', 'A', 'metadata.name'], [2, 'Secret', 'B', 'metadata.name'],
    ]);
    expect(asked).toEqual([['items', 0, 'metadata', 'name'], ['items', 1, 'items', 0, 'metadata', 'name']]);
  });

  test('that are lists may be long', () => {
    const items = Array.from({ length: 200_000 }, (_, index) => ({ apiVersion: 'x/v1', kind: 'X', metadata: { name: `x${index}` } }));
    expect(Inspection.fromManifests([{ apiVersion: 'v1', kind: 'List', items }]).objectCount).toBe(200_000);
  });

  test('that are deeply nested are read', () => {
    let deep: any = {};
    for (let depth = 0; depth < 100_000; depth++) deep = { deep };
    const manifests = [{ apiVersion: 'x/v1', kind: 'X', metadata: { name: 'x' }, spec: deep }, { ...secret('s'), metadata: { name: 's', managedFields: [{ operation: 'Update', fieldsV1: deep }] } }];
    expect(Inspection.fromManifests(manifests).findings).toEqual([]);
  });

  test('are not changed', () => {
    const manifest = deployment({ spec: { volumes: [{ name: 'v' }] } });
    const before = structuredClone(manifest);
    Inspection.fromManifests([manifest]);
    expect(manifest).toEqual(before);
  });
});

test('an object that changed since it was inspected is inspected anew', () => {
  const changing: any = { ...secret('db'), data: { a: 'YQ==' } };
  const reader = pod({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'db', key: 'b' } } }] });
  const codes = () => Inspection.fromManifests([changing, reader]).findings.map(({ code }) => code);
  expect(codes()).toEqual(['UnknownKey']);
  changing.data.b = 'Yg==';
  expect(codes()).toEqual([]);
  changing.data['b c'] = 'YQ==';
  expect(codes()).toEqual(['InvalidKey']);
});

test('errors, warnings and refusals are findings', () => {
  const inspection = Inspection.fromManifests([bad, pod({ envFrom: [whole('x')] }), secret('s', {}, { stringData: { k: 'x' } })]);
  const codes = (findings: { code: string }[]) => findings.map(finding => finding.code);
  expect(codes(inspection.findings)).toEqual(['InvalidName', 'UnknownSecret', 'StringDataUsed']);
  expect(codes(inspection.errors)).toEqual(['InvalidName', 'UnknownSecret']);
  expect(codes(inspection.refusals)).toEqual(['InvalidName']);
  expect(codes(inspection.warnings)).toEqual(['StringDataUsed']);
});

test('what the API server refuses is not found a second time', () => {
  const manifest = pod({}, { volumes: [{ name: 'v', secret: { secretName: 'x', items: [{ key: 'k', path: 'a/../b' }] } }] });
  const { findings } = Inspection.fromManifests([manifest], { missingSecrets: false });
  expect(findings.filter(finding => finding.path.endsWith('.path')).map(finding => finding.stage)).toEqual([Stage.VALIDATION]);
});

describe('a change', () => {
  test('of the type is refused, also where the new manifest has none', () => {
    const { findings } = Inspection.fromUpdate([secret('s', { username: 'u' }, { type: 'kubernetes.io/basic-auth' })], [secret('s', { username: 'u' })]);
    expect(findings.map(({ code, path }) => [code, path])).toEqual([['ImmutableField', 'type']]);
  });

  test('from data to the same stringData is none', () => {
    const before = secret('s-0123456789', { k: 'x' }, { immutable: true });
    const after = { ...before, data: undefined, stringData: { k: 'x' } };
    expect(Inspection.fromUpdate([before], [after]).refusals).toEqual([]);
  });

  test('of another object is none', () => {
    expect(Inspection.fromUpdate([secret('s', {}, { type: 'a' })], [secret('s', {}, { type: 'b', metadata: { namespace: 'n' } })]).findings).toEqual([]);
  });
});
