import { Inspection } from '../../../src/app/inspection';
import { KubernetesVersion } from '../../../src/kubernetes/versions';

const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'x' }], ...spec } });
const fromFile = (fileKeyRef: object, more: object = {}) => pod({
  containers: [{ name: 'c', image: 'x', env: [{ name: 'A', valueFrom: { fileKeyRef, ...more } }] }],
  initContainers: [{ name: 'writer', image: 'x', volumeMounts: [{ name: 'e', mountPath: '/e' }] }],
  volumes: [{ name: 'e', emptyDir: {} }],
});

function codesIn(manifest: object, version: KubernetesVersion): string[] {
  return Inspection.fromManifests([manifest], { versions: [version] }).findings.map(({ code, path }) => `${code} ${path}`);
}

const { V1_30, V1_31, V1_33, V1_34, V1_35, V1_36, V1_37 } = KubernetesVersion;
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
