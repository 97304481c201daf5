import { Inspection } from '../../../src/app/inspection';
import { KubernetesVersion } from '../../../src/kubernetes/versions';

const { V1_33, V1_34, V1_35, V1_36 } = KubernetesVersion;
const rule = (more: object = {}) => ({ action: 'Restart', exitCodes: { operator: 'In', values: [1] }, ...more });

function refusals(spec: object, version: KubernetesVersion): string[] {
  const containers = [{ name: 'c', image: 'x' }];
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers, ...spec } };
  return Inspection.fromManifests([manifest], { versions: [version] }).refusals
    .filter(({ stage }) => stage === 'validation').map(({ code, path }) => `${code} ${path.replace(/^spec\./, '')}`);
}

const regular = (more: object) => ({ containers: [{ name: 'c', image: 'x', ...more }] });
const init = (more: object) => ({ initContainers: [{ name: 'i', image: 'x', ...more }] });

test.each<[object, KubernetesVersion, string[]]>([
  [regular({ restartPolicy: 'Never' }), V1_33, ['ForbiddenField containers[0].restartPolicy']],
  [regular({ restartPolicy: 'X' }), V1_34, []],
  [regular({ restartPolicy: 'Never' }), V1_35, []],
  [regular({ restartPolicy: '' }), V1_35, ['UnsupportedValue containers[0].restartPolicy']],
  [init({ restartPolicy: 'Always' }), V1_33, []],
  [init({ restartPolicy: 'Never' }), V1_33, ['UnsupportedValue initContainers[0].restartPolicy']],
  [regular({ restartPolicyRules: [rule()] }), V1_35, ['RequiredField containers[0].restartPolicy']],
  [regular({ restartPolicy: 'Never', restartPolicyRules: Array(20).fill(rule()) }), V1_35, []],
  [regular({ restartPolicy: 'Never', restartPolicyRules: Array(21).fill(rule()) }), V1_35, ['OutOfRange containers[0].restartPolicyRules']],
  [regular({ restartPolicy: 'Never', restartPolicyRules: [rule({ action: 'RestartAllContainers' })] }), V1_35,
    ['UnsupportedValue containers[0].restartPolicyRules[0].action']],
  [regular({ restartPolicy: 'Never', restartPolicyRules: [rule({ action: 'RestartAllContainers' })] }), V1_36, []],
  [regular({ restartPolicy: 'Never', restartPolicyRules: [rule({ exitCodes: undefined })] }), V1_36,
    ['RequiredField containers[0].restartPolicyRules[0].exitCodes']],
  [regular({ restartPolicy: 'Never', restartPolicyRules: [rule({ exitCodes: { operator: 'X', values: Array(256).fill(1) } })] }), V1_36,
    ['UnsupportedValue containers[0].restartPolicyRules[0].exitCodes.operator', 'OutOfRange containers[0].restartPolicyRules[0].exitCodes.values']],
  [init({ restartPolicy: 'Always', restartPolicyRules: [rule()] }), V1_35, ['ForbiddenField initContainers[0].restartPolicyRules']],
  [init({ restartPolicy: 'Always', restartPolicyRules: [rule()] }), V1_36, []],
  [{ hostnameOverride: 'a/b' }, V1_34, []],
  [{ hostnameOverride: 'a/b' }, V1_35, ['InvalidName hostnameOverride']],
  [{ hostnameOverride: `${'a'.repeat(32)}.${'a'.repeat(32)}` }, V1_35, ['OutOfRange hostnameOverride']],
  [{ hostnameOverride: 'a', hostNetwork: true, setHostnameAsFQDN: true }, V1_35, ['ForbiddenField hostnameOverride', 'ForbiddenField hostnameOverride']],
  [{ volumes: [{ name: 'v', image: { reference: 'x', pullPolicy: 'X' } }] }, V1_34, []],
  [{ volumes: [{ name: 'v', image: { reference: 'x', pullPolicy: 'X' } }] }, V1_35, ['UnsupportedValue volumes[0].image.pullPolicy']],
])('the validation refuses of %j in %s: %j', (spec, version, expected) => {
  expect(refusals(spec, version)).toEqual(expected);
});
