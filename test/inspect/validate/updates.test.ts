import { Inspection, KubernetesVersion } from '../../../src';

const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'x' }] } };
const statefulSet = (spec: any) => ({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 's' }, spec: { serviceName: 's', selector: { matchLabels: { a: 'b' } }, template, ...spec } });
const refused = (before: any, after: any, version: KubernetesVersion) => {
  return Inspection.fromUpdate([before], [after], { versions: [version] }).refusals.map(({ path, message }) => [path, message]);
};

// what a control plane of 1.35 says of all kinds is in test/conformance/updates.test.ts; here is what other versions say otherwise, by their sources

test.each<[KubernetesVersion, string[][]]>([
  [KubernetesVersion.V1_32, [['spec', 'revisionHistoryLimit of a StatefulSet cannot change']]],
  [KubernetesVersion.V1_33, []],
])('revisionHistoryLimit of a StatefulSet may change since 1.33: %s', (version, expected) => {
  expect(refused(statefulSet({}), statefulSet({ revisionHistoryLimit: 3 }), version)).toEqual(expected);
  expect(refused(statefulSet({}), statefulSet({ revisionHistoryLimit: 10 }), version)).toEqual([]);
});

test.each<[KubernetesVersion, string[]]>([
  [KubernetesVersion.V1_36, ['spec', 'spec']],
  [KubernetesVersion.V1_37, ['spec.podManagementPolicy', 'spec.serviceName']],
])('the fields of a StatefulSet are named since 1.37: %s', (version, paths) => {
  expect(refused(statefulSet({}), statefulSet({ serviceName: 't', podManagementPolicy: 'Parallel' }), version).map(([path]) => path)).toEqual(paths);
});

test('an object that cannot be read is not compared', () => {
  expect(refused(statefulSet({ replicas: 'x' }), statefulSet({ serviceName: 't' }), KubernetesVersion.V1_37)).toEqual([]);
});

test('a pod keeps the tolerations that every pod has', () => {
  const pod = (tolerations: any[]) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'x' }], tolerations } });
  const own = { key: 'x', operator: 'Exists', effect: 'NoExecute' };
  const ofEveryPod = { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 };
  expect(refused(pod([ofEveryPod]), pod([]), KubernetesVersion.V1_35)).toEqual([]);
  expect(refused(pod([own]), pod([]), KubernetesVersion.V1_35).map(([path]) => path)).toEqual(['spec.tolerations']);
  expect(refused(pod([own]), pod([{ ...own, tolerationSeconds: 5 }]), KubernetesVersion.V1_35)).toEqual([]);
});

test('deletionGracePeriodSeconds of what is there cannot be given', () => {
  const withPeriod = { ...statefulSet({}), metadata: { name: 's', deletionGracePeriodSeconds: 5 } };
  expect(refused(withPeriod, withPeriod, KubernetesVersion.V1_37).map(([path]) => path)).toEqual(['metadata.deletionGracePeriodSeconds']);
  expect(refused(withPeriod, statefulSet({}), KubernetesVersion.V1_37)).toEqual([]);
});
