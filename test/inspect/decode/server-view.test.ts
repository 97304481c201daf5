import * as fc from 'fast-check';
import { Inspection } from '../../../src/app/inspection';
import { Stage } from '../../../src/inspect/finding';
import { ALL_VERSIONS, KubernetesVersion, minorOf } from '../../../src/kubernetes/versions';
import { pod } from '../manifests';

/** What each version refuses, as `path` of each finding; versions that refuse nothing are left out. */
function refusals(manifest: object): Record<string, string[]> {
  return Object.fromEntries(ALL_VERSIONS.flatMap(version => {
    const paths = Inspection.fromManifests([manifest], { versions: [version], missingSecrets: false }).refusals
      .map(({ path, stage }) => `${stage === Stage.VALIDATION ? '' : `${stage}: `}${path.replace(/^spec\./, '')}`);
    return paths.length === 0 ? [] : [[version.slice('1.'.length), paths]];
  }));
}

/** The same for each of some versions. */
const from = (first: number, last: number, ...paths: string[]) =>
  Object.fromEntries(Array.from({ length: last - first + 1 }, (_, index) => [String(first + index), paths]));

const image = { name: 'i', image: { reference: 'tools:1' } };
const broken = { name: 'b', secret: {} };
const mount = (name: string, mountPath = `/${name}`) => ({ name, mountPath });

test('a field that a version drops is not validated there', () => {
  expect(refusals(pod({}, { hostnameOverride: 'No_Host' }))).toEqual({
    ...from(28, 33, 'strict-decoding: hostnameOverride'), ...from(35, 37, 'hostnameOverride'),
  });
});

test('a dropped source leaves what has none, or the other one', () => {
  const variable = (valueFrom: object) => pod({ env: [{ name: 'A', valueFrom }] }, { volumes: [{ name: 'e', emptyDir: {} }] });
  const fileKeyRef = { volumeName: 'e', path: 'f', key: 'K' };
  const at = 'containers[0].env[0].valueFrom';
  expect(refusals(variable({ fileKeyRef }))).toEqual({ ...from(28, 33, `strict-decoding: ${at}.fileKeyRef`, at), ...from(34, 34, at) });
  expect(refusals(variable({ fileKeyRef, fieldRef: { fieldPath: 'metadata.name' } }))).toEqual({
    ...from(28, 33, `strict-decoding: ${at}.fileKeyRef`), ...from(35, 37, at),
  });
});

test('a dropped source of a projected volume is no second source', () => {
  const clusterTrustBundle = { name: 'b', path: 'ca.crt' };
  const sources = [{ clusterTrustBundle, secret: { name: 's' } }];
  const at = 'volumes[0].projected.sources[0]';
  expect(refusals(pod({}, { volumes: [{ name: 'p', projected: { sources } }] }))).toEqual({
    ...from(28, 28, `strict-decoding: ${at}.clusterTrustBundle`), ...from(37, 37, at),
  });
});

describe('a volume of an image', () => {
  test('goes with its mounts where it is dropped, and is an emptyDir where it is unknown', () => {
    const at = 'containers[0].volumeMounts[0].mountPath';
    expect(refusals(pod({ volumeMounts: [mount('i')] }, { volumes: [image] }))).toEqual(from(28, 30, 'strict-decoding: volumes[0].image'));
    expect(refusals(pod({ volumeMounts: [mount('i', '')] }, { volumes: [image] }))).toEqual({
      ...from(28, 30, 'strict-decoding: volumes[0].image', at), ...from(35, 37, at),
    });
  });

  test('takes another source with it', () => {
    expect(refusals(pod({}, { volumes: [{ ...image, emptyDir: {} }] }))).toEqual({
      ...from(28, 30, 'strict-decoding: volumes[0].image'), ...from(35, 37, 'volumes[0].image'),
    });
  });

  test('is not counted where it is dropped, and the places of others are those that they have in the manifest', () => {
    const manifest = pod({ volumeMounts: [mount('i'), mount('none')] }, { volumes: [image, broken] });
    expect(refusals(manifest)).toEqual({
      ...from(28, 30, 'strict-decoding: volumes[0].image', 'volumes[1].secret.secretName', 'containers[0].volumeMounts[1].name'),
      ...from(31, 34, 'volumes[0].secret.secretName', 'containers[0].volumeMounts[0].name'),
      ...from(35, 37, 'volumes[1].secret.secretName', 'containers[0].volumeMounts[1].name'),
    });
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers: [{ name: c, image: x }]\n  volumes:\n'
      + '    - { name: i, image: { reference: x } }\n    - { name: b, secret: {} }\n';
    const [refusal] = Inspection.fromYaml(text, { versions: [KubernetesVersion.V1_34] }).refusals;
    expect([refusal.path, refusal.location?.line]).toEqual(['spec.volumes[0].secret.secretName', 8]);
  });

});

test('what all versions refuse is one finding, whatever they drop', () => {
  const { findings } = Inspection.fromManifests([pod({}, { hostnameOverride: 'h', volumes: [broken] })], { versions: [...ALL_VERSIONS] });
  expect(findings.filter(({ code }) => code === 'RequiredField').map(({ versions }) => versions)).toEqual([ALL_VERSIONS]);
});

test('hooks go with the only thing that they had, and a hook that loses what it does is refused', () => {
  const at = 'containers[0].lifecycle';
  expect(Object.keys(refusals(pod({ lifecycle: { preStop: { sleep: { seconds: 5 } } } })))).toEqual(['28', '29']);
  expect(refusals(pod({ lifecycle: { stopSignal: 'SIGUSR1' } }))).toEqual(from(28, 32, `strict-decoding: ${at}.stopSignal`));
});

describe('the restart policy of a container', () => {
  const policy = (list: string, restartPolicy: string) => list === 'containers' ? pod({ restartPolicy }) : pod({}, { [list]: [{ name: 'i', image: 'x', restartPolicy }] });
  test.each<[string, string, number[], number[]]>([
    // list, policy, versions that refuse it, versions that drop it
    ['containers', 'Always', [28, 29, 30, 31, 32, 33], [34]],
    ['containers', 'Some', [28, 29, 30, 31, 32, 33, 35, 36, 37], [34]],
    ['initContainers', 'Always', [], [28]],
    ['initContainers', 'Never', [29, 30, 31, 32, 33], [28, 34]],
    ['initContainers', 'Some', [29, 30, 31, 32, 33, 35, 36, 37], [28, 34]],
  ])('of %s, %s, is refused in %j and dropped in %j', (list, value, refused, dropped) => {
    const manifest = policy(list, value);
    expect(Object.keys(refusals(manifest)).map(Number)).toEqual(refused);
    const { findings } = Inspection.fromManifests([manifest], { versions: [...ALL_VERSIONS] });
    expect(findings.filter(({ code }) => code === 'FieldDropped').flatMap(({ versions }) => versions.map(minorOf))).toEqual(dropped);
  });
});

describe('where a version does not know a field', () => {
  test('it does not look into it', () => {
    const podCertificate = { user: 5, more: 1, keyType: 7 };
    const at = 'volumes[0].projected.sources[0].podCertificate';
    const found = refusals(pod({}, { volumes: [{ name: 'p', projected: { sources: [{ podCertificate }] } }] }));
    expect(found['33']).toEqual([`strict-decoding: ${at}`]);
    expect(found['36']).toEqual([`strict-decoding: ${at}.user`, `strict-decoding: ${at}.more`, `decoding: ${at}.keyType`]);
    expect(found['37']).toEqual([`strict-decoding: ${at}.more`, `decoding: ${at}.keyType`]);
  });

  test('it validates the rest, although others cannot read the object', () => {
    expect(refusals(pod({}, { hostnameOverride: 5, volumes: [broken] }))).toEqual({
      ...from(28, 33, 'strict-decoding: hostnameOverride', 'volumes[0].secret.secretName'), ...from(34, 37, 'decoding: hostnameOverride'),
    });
  });
});

test('what is asked of one version is what is asked of all, for that version', () => {
  const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const container = fc.record({
    name: fc.constantFrom('c', 'd', ''),
    image: fc.constant('x'),
    restartPolicy: sometimes(fc.constantFrom('Always', 'Never', 'X')),
    volumeMounts: sometimes(fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'n'), mountPath: fc.constantFrom('/a', '/b', '') }), { maxLength: 3 })),
  });
  const volume = fc.record({
    name: fc.constantFrom('a', 'b', ''), image: sometimes(fc.constant({ reference: 'x' })), secret: sometimes(fc.constantFrom({}, { secretName: 's', defaultUser: 1 })),
  });
  const spec = fc.record({
    containers: fc.array(container, { maxLength: 2 }),
    initContainers: sometimes(fc.array(container, { maxLength: 2 })),
    volumes: sometimes(fc.array(volume, { maxLength: 3 })),
    hostnameOverride: sometimes(fc.constantFrom('a', '_')),
  });
  const texts = (manifest: object, versions: readonly KubernetesVersion[], holds: KubernetesVersion) =>
    Inspection.fromManifests([manifest], { versions: [...versions], missingSecrets: false }).findings
      .filter(finding => finding.versions.includes(holds)).map(({ code, path, message, next }) => [code, path, message, next].join(' ')).sort();
  fc.assert(fc.property(spec, fc.constantFrom(...ALL_VERSIONS), (generated, version) => {
    const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: generated };
    expect(texts(manifest, ALL_VERSIONS, version)).toEqual(texts(manifest, [version], version));
  }), { numRuns: 200 });
});
