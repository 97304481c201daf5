import { Inspection } from '../../../src/app/inspection';
import { ALL_VERSIONS, KubernetesVersion, minorOf } from '../../../src/kubernetes/versions';

const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'x' }], ...spec } });
const fromFile = (fileKeyRef: object, more: object = {}) => pod({
  containers: [{ name: 'c', image: 'x', env: [{ name: 'A', valueFrom: { fileKeyRef, ...more } }] }],
  initContainers: [{ name: 'writer', image: 'x', volumeMounts: [{ name: 'e', mountPath: '/e' }] }],
  volumes: [{ name: 'e', emptyDir: {} }],
});

function codesIn(manifest: object, version: KubernetesVersion): string[] {
  return Inspection.fromManifests([manifest], { versions: [version] }).findings.map(({ code, path }) => `${code} ${path}`);
}

const { V1_28, V1_30, V1_31, V1_33, V1_34, V1_35, V1_36, V1_37 } = KubernetesVersion;
const image = { volumes: [{ name: 'v', image: { reference: 'tools:1' } }] };
const override = { hostnameOverride: 'web' };
const certificate = { volumes: [{ name: 'v', projected: { sources: [{ podCertificate: { signerName: 'a.example/b', keyType: 'ED25519', keyPath: 'k' } }] } }] };

test.each<[string, object, KubernetesVersion, string[]]>([
  ['volumes[0].image', image, V1_30, ['UnknownField']], ['volumes[0].image', image, V1_31, ['FieldDropped']],
  ['volumes[0].image', image, V1_34, ['FieldDropped']], ['volumes[0].image', image, V1_35, []],
  ['hostnameOverride', override, V1_33, ['UnknownField']], ['hostnameOverride', override, V1_34, ['FieldDropped']], ['hostnameOverride', override, V1_35, []],
  ['volumes[0].projected.sources[0].podCertificate', certificate, V1_33, ['UnknownField']],
  ['volumes[0].projected.sources[0].podCertificate', certificate, V1_36, ['FieldDropped']],
  ['volumes[0].projected.sources[0].podCertificate', certificate, V1_37, []],
])('the field %s of %j in %s: %j', (path, spec, version, codes) => {
  expect(codesIn(pod(spec), version).filter(found => found.endsWith(` spec.${path}`))).toEqual(codes.map(code => `${code} spec.${path}`));
});

/** A manifest that has one field, by the kind of its object. */
const inSpec = (kind: string, apiVersion: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'x' }, spec });
const inContainer = (container: object) => pod({ containers: [{ name: 'c', image: 'x', ...container }] });
const inVolume = (volume: object) => pod({ volumes: [{ name: 'v', ...volume }] });
const inProjected = (source: object) => inVolume({ projected: { sources: [source] } });
const ITEM = { key: 'k', path: 'k', user: 1 };
const FILE = { path: 'f', fieldRef: { fieldPath: 'metadata.name' }, user: 1 };
const TERM = { topologyKey: 'k', labelSelector: {}, matchLabelKeys: ['a'], mismatchLabelKeys: ['b'] };

/** Every field that some version drops, in a manifest, and the first and last version that do. */
const DROPPED: readonly (readonly [field: string, manifest: object, first: number, last: number])[] = [
  ['fileKeyRef', inContainer({ env: [{ name: 'A', valueFrom: { fileKeyRef: { volumeName: 'e', path: 'f', key: 'K' } } }] }), 34, 34],
  ['restartPolicyRules', inContainer({ restartPolicyRules: [{ action: 'Restart' }] }), 34, 34],
  ['restartPolicyRules', pod({ initContainers: [{ name: 'i', image: 'x', restartPolicyRules: [{ action: 'Restart' }] }] }), 34, 34],
  ['restartPolicyRules', pod({ ephemeralContainers: [{ name: 'i', image: 'x', restartPolicyRules: [{ action: 'Restart' }] }] }), 34, 34],
  ['restartPolicy', inContainer({ restartPolicy: 'Never' }), 34, 34],
  ['restartPolicy', pod({ ephemeralContainers: [{ name: 'i', image: 'x', restartPolicy: 'Never' }] }), 34, 34],
  ['podCertificate', inProjected({ podCertificate: {} }), 34, 36],
  ['clusterTrustBundle', inProjected({ clusterTrustBundle: {} }), 29, 36],
  ['image', inVolume({ image: {} }), 31, 34],
  ['hostnameOverride', pod({ hostnameOverride: 'h' }), 34, 34],
  ['resources', pod({ resources: { limits: { cpu: 1 } } }), 32, 33],
  ['workloadRef', pod({ workloadRef: {} }), 35, 35],
  ['schedulingGroup', pod({ schedulingGroup: {} }), 36, 37],
  ['evictionResponders', pod({ evictionResponders: [{}] }), 37, 37],
  ['defaultUser', inVolume({ secret: { secretName: 's', defaultUser: 1 } }), 37, 37],
  ['defaultUser', inVolume({ configMap: { name: 's', defaultUser: 1 } }), 37, 37],
  ['defaultUser', inVolume({ downwardAPI: { defaultUser: 1 } }), 37, 37],
  ['defaultUser', inVolume({ projected: { defaultUser: 1 } }), 37, 37],
  ['user', inVolume({ secret: { secretName: 's', items: [ITEM] } }), 37, 37],
  ['user', inVolume({ downwardAPI: { items: [FILE] } }), 37, 37],
  ['user', inProjected({ secret: { name: 's', items: [ITEM] } }), 37, 37],
  ['user', inProjected({ serviceAccountToken: { path: 't', user: 1 } }), 37, 37],
  ['mode', inVolume({ emptyDir: { mode: 0o700 } }), 37, 37],
  ['bindMountOptions', inContainer({ volumeMounts: [{ name: 'v', mountPath: '/v', bindMountOptions: ['noexec'] }] }), 37, 37],
  ['protocol', inContainer({ livenessProbe: { httpGet: { port: 80, protocol: 'h2c' } } }), 37, 37],
  ['mode', inContainer({ livenessProbe: { grpc: { port: 80, mode: 'TLS' } } }), 37, 37],
  ['scheduling', inSpec('Job', 'batch/v1', { scheduling: {} }), 37, 37],
  ['stopSignal', inContainer({ lifecycle: { stopSignal: 'SIGUSR1' } }), 33, 37],
  ['maxUnavailable', inSpec('StatefulSet', 'apps/v1', { updateStrategy: { rollingUpdate: { maxUnavailable: 2 } } }), 28, 36],
  ['resourceClaims', pod({ resourceClaims: [{ name: 'c' }] }), 28, 33],
  ['claims', inContainer({ resources: { claims: [{ name: 'c' }] } }), 28, 33],
  ['hostUsers', pod({ hostUsers: false }), 28, 32],
  ['procMount', inContainer({ securityContext: { procMount: 'Unmasked' } }), 28, 32],
  ['supplementalGroupsPolicy', pod({ securityContext: { supplementalGroupsPolicy: 'Strict' } }), 31, 32],
  ['seLinuxChangePolicy', pod({ securityContext: { seLinuxChangePolicy: 'Recursive' } }), 32, 32],
  ['resizePolicy', inContainer({ resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] }), 28, 32],
  ['matchLabelKeys', pod({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [TERM] } } }), 29, 30],
  ['mismatchLabelKeys', pod({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [TERM] } } }), 29, 30],
  ['recursiveReadOnly', inContainer({ volumeMounts: [{ name: 'v', mountPath: '/v', readOnly: true, recursiveReadOnly: 'Enabled' }] }), 30, 30],
  ['sleep', inContainer({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }), 29, 29],
  ['managedBy', inSpec('Job', 'batch/v1', { managedBy: 'x.example/y' }), 30, 31],
  ['successPolicy', inSpec('Job', 'batch/v1', { successPolicy: {} }), 30, 30],
  ['backoffLimitPerIndex', inSpec('Job', 'batch/v1', { backoffLimitPerIndex: 1 }), 28, 28],
  ['maxFailedIndexes', inSpec('Job', 'batch/v1', { maxFailedIndexes: 1 }), 28, 28],
  ['podReplacementPolicy', inSpec('Job', 'batch/v1', { podReplacementPolicy: 'Failed' }), 28, 28],
];

describe.each(DROPPED)('the field %s of %j', (field, manifest, first, last) => {
  test(`is dropped by 1.${first} to 1.${last}, and the finding says so`, () => {
    const found = Inspection.fromManifests([manifest], { versions: [...ALL_VERSIONS] }).findings
      .filter(({ code, path }) => code === 'FieldDropped' && path.endsWith(`.${field}`));
    expect(found.flatMap(({ versions, severity }) => [severity, ...versions.map(minorOf)])).toEqual(
      ['warning', ...Array.from({ length: last - first + 1 }, (_, index) => first + index)]);
    expect(found[0].next).toBe(last === 37 ? 'leave it out, or acknowledge it where the feature gate is on' : 'leave it out, or name the versions that the manifests are for');
    expect(found[0].message).toContain(`Kubernetes 1.${first}${first === last ? '' : ` to 1.${last}`} drops `);
  });
});

test('whatever has nothing in it is not missed', () => {
  expect(codesIn(pod({ resourceClaims: [] }), V1_33)).toEqual([]);
});

const job = (spec: object) => ({ ...spec, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'x' }] } } });
const ofCronJob = (spec: object) => inSpec('CronJob', 'batch/v1', { schedule: '* * * * *', jobTemplate: { spec: job(spec) } });
const ofJob = (spec: object) => inSpec('Job', 'batch/v1', job(spec));
const OTHER = { action: 'Ignore', onExitCodes: { operator: 'In', values: [2, 1] } };
const POLICY = { podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [0] } }, OTHER] } };
const RULES = 'podFailurePolicy.rules';

test.each<[string, object, KubernetesVersion, string[]]>([
  ['of a Job', ofJob({ maxFailedIndexes: 1 }), V1_28, ['FieldDropped spec.maxFailedIndexes']],
  ['of a CronJob, which keeps them', ofCronJob({ maxFailedIndexes: 1 }), V1_28, [
    'FieldDropped spec.jobTemplate.spec.maxFailedIndexes', 'ForbiddenField spec.jobTemplate.spec.maxFailedIndexes', 'RequiredField spec.jobTemplate.spec.backoffLimitPerIndex',
  ]],
  ['of a CronJob, which keeps them', ofCronJob({ managedBy: 'x' }), V1_31, ['FieldDropped spec.jobTemplate.spec.managedBy', 'InvalidName spec.jobTemplate.spec.managedBy']],
  // the path is that of what is left
  ['of rules with FailIndex', ofJob(POLICY), V1_28, [`UnsupportedValue spec.${RULES}[0].onExitCodes.values`]],
  ['of rules with FailIndex that are kept', ofCronJob(POLICY), V1_28, [
    `OutOfRange spec.jobTemplate.spec.${RULES}[0].onExitCodes.values[0]`, `UnsupportedValue spec.jobTemplate.spec.${RULES}[0].action`,
    `UnsupportedValue spec.jobTemplate.spec.${RULES}[1].onExitCodes.values`,
  ]],
])('fields of Jobs are looked at after they were dropped: %s', (_, manifest, version, expected) => {
  expect(codesIn(manifest, version).filter(found => !found.startsWith('NoRollout')).sort()).toEqual(expected);
});

test('a procMount that is dropped is the default, which a pod of Windows cannot have', () => {
  const manifest = pod({ os: { name: 'windows' }, containers: [{ name: 'c', image: 'x', securityContext: { procMount: 'Unmasked' } }] });
  expect(codesIn(manifest, V1_28)).toEqual(expect.arrayContaining(['ForbiddenField spec.containers[0].securityContext.procMount']));
});

const VALUE_FROM = 'spec.containers[0].env[0].valueFrom';
const KEY = `${VALUE_FROM}.fileKeyRef`;
const ref = { volumeName: 'e', path: 'f', key: 'K' };

test.each<[object, KubernetesVersion, string[]]>([
  [fromFile(ref), V1_33, [`MissingSource ${VALUE_FROM}`, `UnknownField ${KEY}`]],
  [fromFile(ref), V1_34, [`FieldDropped ${KEY}`, `MissingSource ${VALUE_FROM}`]],
  [fromFile(ref), V1_35, []],
  [fromFile({ ...ref, key: '' }), V1_35, [`RequiredField ${KEY}.key`]],
  [fromFile({ ...ref, key: '1A' }), V1_35, []],
  [fromFile({ ...ref, key: 'A=B' }), V1_35, [`InvalidKey ${KEY}.key`]],
  [fromFile({ ...ref, path: '../f' }), V1_36, [`InvalidPath ${KEY}.path`]],
  [fromFile({ ...ref, path: '' }), V1_36, [`RequiredField ${KEY}.path`]],
  [fromFile(ref, { fieldRef: { fieldPath: 'metadata.name' } }), V1_35, [`AmbiguousSource ${VALUE_FROM}`]],
  [fromFile(ref, { fieldRef: { fieldPath: 'metadata.name' } }), V1_34, [`FieldDropped ${KEY}`]],
])('variables out of files: %j in %s', (manifest, version, expected) => {
  expect(codesIn(manifest, version).sort()).toEqual(expected);
});
