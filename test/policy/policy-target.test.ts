import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { AdmissionAction, DeliveryKind, Inspection, PolicyPack, PolicyTarget, SecretPolicy, SecretsError } from '../../src';
import type { AppCheck } from '../../src/inspect/inspect';
import { PACKS, rulesOf } from '../../src/policy/packs';
import { filesOnly, maxMode, requireImmutable } from '../../src/policy/policy-rules';
import type { PolicyRule } from '../../src/policy/rules/policy-rule';
import { newChart } from '../support/charts';

/** An object, and whether an API server with the exported policies refused it: Kubernetes 1.35.4, `npm run test:cluster` asks again. */
interface PolicyCase {
  readonly id: string;
  readonly code: string;
  readonly manifest: any;
  readonly oldManifest?: any;
  readonly refused: boolean;
}

const CASES: PolicyCase[] = readFileSync(join(__dirname, '../conformance/admission-policies.jsonl'), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line));
const RULES: Readonly<Record<string, PolicyRule>> = {
  VariablesForbidden: filesOnly,
  ModeTooOpen: maxMode(0o440),
  ImmutableRequired: requireImmutable,
  SecretsReadable: rulesOf(PACKS.filter(({ name }) => name === 'rbac'))[0],
};

test.each(CASES.filter(({ oldManifest }) => oldManifest === undefined).map(one => [one.code, one.id, one] as const))(
  '%s: what a cluster says of it is what synth says: %s', (code, _, { manifest, refused }) => {
    const check: AppCheck = cluster => cluster.manifests.forEach(each => RULES[code](each, cluster));
    const { findings } = Inspection._fromSources([{ manifest }], { missingSecrets: false }, [check]);
    expect(findings.some(finding => finding.code === code)).toBe(refused);
  },
);

/** The objects of policies that are demanded of a chart. */
function exported(demand: (policy: SecretPolicy) => void, target: PolicyTarget): any[] {
  const chart = new Chart(new App(), 'policies', { namespace: 'platform' });
  demand(SecretPolicy.of(chart));
  SecretPolicy.of(chart).exportTo(chart, target);
  return chart.toJson();
}

test('a policy is a ValidatingAdmissionPolicy and its binding, in no namespace', () => {
  expect(exported(policy => policy.requireImmutable(), PolicyTarget.validatingAdmissionPolicy())).toEqual([
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'cdk8s-secrets-immutable-required' },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['secrets'] }] },
        variables: [{
          name: 'isUnchanged',
          expression: 'oldObject != null && has(object.data) == has(oldObject.data) && (!has(object.data) || object.data == oldObject.data)',
        }],
        validations: [{
          expression: 'variables.isUnchanged || (has(object.immutable) && object.immutable)'
            + " || (has(object.type) && object.type in ['kubernetes.io/service-account-token', 'helm.sh/release.v1'])",
          message: 'ImmutableRequired: the data of the Secret can be changed; make it immutable',
          reason: 'Forbidden',
        }],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'cdk8s-secrets-immutable-required' },
      spec: {
        policyName: 'cdk8s-secrets-immutable-required',
        validationActions: ['Deny'],
        matchResources: {
          namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-node-lease', 'kube-public', 'kube-system'] }] },
        },
      },
    },
  ]);
});

test('or it is a ClusterPolicy of Kyverno with the same expression', () => {
  const [policy] = exported(each => each.requireImmutable(), PolicyTarget.kyverno());
  const [{ spec: { variables, validations } }] = exported(each => each.requireImmutable(), PolicyTarget.validatingAdmissionPolicy());
  expect(policy).toEqual({
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'cdk8s-secrets-immutable-required', annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'none' } },
    spec: {
      background: true,
      rules: [{
        name: 'check',
        match: { any: [{ resources: { kinds: ['Secret'], operations: ['CREATE', 'UPDATE'] } }] },
        exclude: { any: [{ resources: { namespaces: ['kube-node-lease', 'kube-public', 'kube-system'] } }] },
        validate: { failureAction: 'Enforce', cel: { variables, expressions: [{ expression: validations[0].expression, message: validations[0].message }] } },
      }],
    },
  });
});

test.each([[AdmissionAction.DENY, 'Deny', 'Enforce'], [AdmissionAction.WARN, 'Warn', 'Audit'], [AdmissionAction.AUDIT, 'Audit', 'Audit']])(
  'the action %s is said in the words of each', (action, ofServer, ofKyverno) => {
    expect(exported(policy => policy.filesOnly(), PolicyTarget.validatingAdmissionPolicy({ action }))[1].spec.validationActions).toEqual([ofServer]);
    expect(exported(policy => policy.filesOnly(), PolicyTarget.kyverno({ action }))[0].spec.rules[0].validate.failureAction).toBe(ofKyverno);
  },
);

test('they hold in the namespaces that are named, and have the names that are asked for', () => {
  const options = { namespaces: ['shop'], namePrefix: 'team' };
  const [policy, binding] = exported(each => each.filesOnly(), PolicyTarget.validatingAdmissionPolicy(options));
  expect([policy, binding].map(({ metadata }) => metadata.name)).toEqual(['team-variables-forbidden', 'team-variables-forbidden']);
  expect(binding.spec.matchResources.namespaceSelector.matchExpressions).toEqual([{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop'] }]);
  const [{ spec: { rules: [rule] } }] = exported(each => each.filesOnly(), PolicyTarget.kyverno(options));
  expect(rule.match.any.map(({ resources }: any) => resources.namespaces)).toEqual([['shop'], ['shop'], ['shop']]);
  expect(rule).not.toHaveProperty('exclude');
});

test('a rule that is demanded twice, by a pack and by name, of an app and of a chart, is exported once', () => {
  const app = new App();
  const chart = new Chart(app, 'c');
  SecretPolicy.of(app).require(PolicyPack.FILES_ONLY, PolicyPack.CIS);
  SecretPolicy.of(chart).filesOnly();
  SecretPolicy.of(chart).exportTo(chart, PolicyTarget.kyverno());
  expect(chart.toJson().map(({ metadata }: any) => metadata.name)).toEqual([
    'cdk8s-secrets-variables-forbidden', 'cdk8s-secrets-secrets-readable-roles', 'cdk8s-secrets-secrets-readable-bindings',
  ]);
});

test('what a cluster cannot enforce is named, with the reason', () => {
  const chart = newChart();
  const policy = SecretPolicy.of(chart);
  policy.filesOnly();
  policy.maxMode('0440');
  policy.require(PolicyPack.PLAINTEXT, PolicyPack.TOKENS, PolicyPack.UNUSED, PolicyPack.RBAC);
  policy.requireRollout();
  policy.maxReaders(3);
  policy.onlyReaders('Deployment/api');
  policy.allowDeliveries(DeliveryKind.SEALED);
  const { exported: enforced, notExported } = policy.exportTo(chart, PolicyTarget.validatingAdmissionPolicy());
  expect(enforced).toEqual(['ModeTooOpen', 'SecretsReadable', 'VariablesForbidden']);
  expect(notExported.map(({ code }) => code)).toEqual([
    'DeliveryForbidden', 'PlaintextCredential', 'PlaintextForbidden', 'ReaderForbidden', 'RolloutRequired', 'TokenMounted', 'TooManyReaders', 'UnusedKey', 'UnusedSecret',
  ]);
  for (const { reason } of notExported) expect(reason).toMatch(/^it |^what /);
});

test.each<[string, (policy: SecretPolicy) => void, string]>([
  ['no policy was demanded', () => undefined, 'there is no policy yet'],
  ['a cluster can enforce none', policy => policy.requireRollout(), 'a cluster can enforce none of the policies (RolloutRequired)'],
])('is refused where %s', (_, demand, message) => {
  let refused: unknown;
  try {
    exported(demand, PolicyTarget.kyverno());
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(SecretsError);
  expect((refused as SecretsError).code).toBe('NothingToExport');
  expect((refused as SecretsError).message).toContain(message);
});

test('policies of other scopes are not exported', () => {
  const app = new App();
  const [chart, other] = [new Chart(app, 'a'), new Chart(app, 'b')];
  SecretPolicy.of(other).filesOnly();
  SecretPolicy.of(chart).requireImmutable();
  expect(SecretPolicy.of(chart).exportTo(chart, PolicyTarget.kyverno()).exported).toEqual(['ImmutableRequired']);
});

test('the app with the exported policies has no finding', () => {
  const chart = newChart();
  SecretPolicy.of(chart).filesOnly();
  SecretPolicy.of(chart).exportTo(chart, PolicyTarget.validatingAdmissionPolicy());
  expect(Inspection.fromApp(App.of(chart) as App).findings).toEqual([]);
});
