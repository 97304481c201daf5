import { Inspection } from '../../../src/app/inspection';
import { KubernetesVersion } from '../../../src/kubernetes/versions';
import { deployment, pod, secret } from '../manifests';

type Refusal = [code: string, path: string];

const { V1_32, V1_33, V1_34, V1_35, V1_36, V1_37 } = KubernetesVersion;

function refusals(manifest: any, version = V1_37): Refusal[] {
  return Inspection.fromManifests([manifest], { missingSecrets: false, versions: [version] }).refusals
    .map(({ code, path }) => [code, path.replace('metadata.', '')]);
}

const ofSecret = (metadata: any, version = V1_37) => refusals({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', ...metadata } }, version);

test.each<[string, any, Refusal[]]>([
  ['may end with a dash or a dot that a name would not', { generateName: 'a-' }, []],
  ['makes a name', { generateName: 'a.-' }, [['InvalidName', 'name']]],
  ['is a name itself', { generateName: 'A' }, [['InvalidName', 'generateName'], ['InvalidName', 'name']]],
  ['is cut where the name would be no label', { generateName: 'x'.repeat(253) }, []],
  ['is no longer than a name', { generateName: 'x'.repeat(254) }, [['InvalidName', 'generateName']]],
  ['is looked at beside a name', { name: 'a', generateName: 'A' }, [['InvalidName', 'generateName']]],
])('the start of a name %s', (_, metadata, found) => {
  expect(ofSecret({ name: undefined, ...metadata })).toEqual(found);
});

test('the start of a name of a ReplicationController is not looked at itself since 1.35', () => {
  const controller = { apiVersion: 'v1', kind: 'ReplicationController', metadata: { name: 'a', generateName: 'A' }, spec: { template: deployment().spec.template } };
  expect(refusals(controller, V1_34)).toEqual([['InvalidName', 'generateName']]);
  expect(refusals(controller, V1_35)).toEqual([]);
});

test('the generated name of a CronJob is too long as any other', () => {
  const spec = { schedule: '0 * * * *', jobTemplate: { spec: { template: { spec: { ...pod().spec, restartPolicy: 'Never' } } } } };
  const cronJob = (generateName: string) => ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { generateName }, spec });
  expect(refusals(cronJob('x'.repeat(47)))).toEqual([]);
  expect(refusals(cronJob('x'.repeat(48)))).toEqual([['InvalidName', 'name']]);
});

test('a generation is not negative, where the API server does not set its own', () => {
  expect(ofSecret({ generation: -1 })).toEqual([['OutOfRange', 'generation']]);
  expect(refusals(pod({}, {}, { generation: -1 }), V1_32)).toEqual([['OutOfRange', 'generation']]);
  expect(refusals(pod({}, {}, { generation: -1 }), V1_33)).toEqual([]);
  expect(refusals(deployment({ metadata: { generation: -1 } }))).toEqual([]);
});

test.each<[string, string[], Refusal[]]>([
  ['have a domain', ['a.io/b', 'b'], [['InvalidName', 'finalizers[1]']]],
  ['may be those of Kubernetes', ['kubernetes', 'orphan'], []],
  ['do not exclude each other', ['orphan', 'foregroundDeletion'], [['AmbiguousSource', 'finalizers']]],
  ['are qualified names', ['a/b/c'], [['InvalidName', 'finalizers']]],
])('finalizers %s', (_, finalizers, found) => {
  expect(ofSecret({ finalizers })).toEqual(found);
});

test('finalizers of a custom resource need no domain, and must be names', () => {
  const custom = (finalizers: string[]) => ({ apiVersion: 'x.io/v1', kind: 'X', metadata: { name: 'x', finalizers } });
  expect(refusals(custom(['b']))).toEqual([]);
  expect(refusals(custom(['b c']))).toEqual([['InvalidName', 'finalizers']]);
});

const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd', uid: 'u' };

test.each<[string, any[], Refusal[]]>([
  ['is one', [owner], []],
  ['has a version', [{ ...owner, apiVersion: 'a/b/c' }, { ...owner, apiVersion: 'apps/' }], [['RequiredField', '[0].apiVersion'], ['RequiredField', '[1].apiVersion']]],
  ['has a kind, a name and a uid', [{ apiVersion: 'v1' }], [['RequiredField', '[0].kind'], ['RequiredField', '[0].name'], ['RequiredField', '[0].uid']]],
  ['is no event', [{ ...owner, apiVersion: 'v1', kind: 'Event' }], [['UnsupportedValue', '[0]']]],
])('an owner %s, and the API server says since 1.37 which one it means', (_, ownerReferences, found) => {
  const at = (path: (text: string) => string) => found.map(([code, text]) => [code, `ownerReferences${path(text)}`]);
  expect(ofSecret({ ownerReferences })).toEqual(at(text => text));
  expect(ofSecret({ ownerReferences }, V1_36)).toEqual(at(text => text.replace(/\[\d\]/, '')));
});

test('an object has one controller', () => {
  expect(ofSecret({ ownerReferences: [{ ...owner, controller: true }, { ...owner, controller: true }] })).toEqual([['AmbiguousSource', 'ownerReferences']]);
});

test('what the API server keeps of the fields must be as it keeps it', () => {
  expect(ofSecret({ managedFields: [{ operation: 'Apply', manager: 'ü m' }] })).toEqual([]);
  expect(ofSecret({ managedFields: [{ operation: 'Create', fieldsType: 'FieldsV2', manager: `\n${'x'.repeat(128)}`, subresource: 'x'.repeat(257) }] })).toEqual([
    ['UnsupportedValue', 'managedFields[0].operation'], ['UnsupportedValue', 'managedFields[0].fieldsType'], ['OutOfRange', 'managedFields[0].manager'],
    ['InvalidName', 'managedFields[0].manager'], ['OutOfRange', 'managedFields[0].subresource'],
  ]);
});

test.each<[string, string, boolean]>([
  ['an empty object', '{}', true], ['the largest number', '{"a":1.7976931348623157e308}', true], ['the smallest', '{"a":1e-999}', true], ['null', 'null', true],
  ['a number that is too large', '{"a":[1e999]}', false], ['one that is too small', '{"a":{"b":-1e400}}', false],
  ['ten thousand levels', `{"a":${'['.repeat(9999)}${']'.repeat(9999)}}`, true], ['one more', `{"a":${'['.repeat(10000)}${']'.repeat(10000)}}`, false],
])('a docker config that is %s is taken, or is not', (_, text, isTaken) => {
  const { refusals: found } = Inspection.fromManifests([secret('s', { '.dockerconfigjson': text }, { type: 'kubernetes.io/dockerconfigjson' })]);
  expect(found.map(({ code, path }) => [code, path])).toEqual(isTaken ? [] : [['InvalidDockerConfig', 'data[.dockerconfigjson]']]);
});
