import { namedExpressions, type AdmissionRule, type AdmissionTarget } from './admission-rule';
import { NAMESPACES_OF_KUBERNETES } from './namespaces';
import { AdmissionAction, type PolicyObject, type PolicyTargetOptions } from './policy-object';

/** The object by which Kyverno enforces a rule. */
export function kyvernoPolicy(
  rule: AdmissionRule, name: string, { action = AdmissionAction.DENY, namespaces }: PolicyTargetOptions,
): Readonly<Record<string, PolicyObject>> {
  const { code, targets, conditions, variables, expression, message } = rule;
  return {
    [name]: {
      apiVersion: 'kyverno.io/v1',
      kind: 'ClusterPolicy',
      name,
      // the workloads are named: Kyverno need not make rules for them of one for pods
      annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'none' },
      spec: {
        background: true,
        rules: [{
          name: 'check',
          match: { any: matches(targets, namespaces) },
          ...namespaces === undefined ? { exclude: { any: [{ resources: { namespaces: [...NAMESPACES_OF_KUBERNETES] } }] } } : {},
          ...Object.keys(conditions).length === 0 ? {} : { celPreconditions: namedExpressions(conditions) },
          validate: {
            failureAction: action === AdmissionAction.DENY ? 'Enforce' : 'Audit',
            cel: { variables: namedExpressions(variables), expressions: [{ expression, message: `${code}: ${message}` }] },
          },
        }],
      },
    },
  };
}

/** Kinds with the same operations are one entry. */
function matches(targets: readonly AdmissionTarget[], namespaces: readonly string[] | undefined): object[] {
  const entries = new Map<string, { kinds: string[]; operations: string[] }>();
  for (const { group, version, kind, operations } of targets) {
    const entry = entries.get(operations.join()) ?? { kinds: [], operations: [...operations] };
    entry.kinds.push(group === '' ? kind : `${group}/${version}/${kind}`);
    entries.set(operations.join(), entry);
  }
  return [...entries.values()].map(entry => ({ resources: { ...entry, ...namespaces === undefined ? {} : { namespaces: [...namespaces] } } }));
}
