import { namedExpressions, type AdmissionRule, type AdmissionTarget } from './admission-rule';
import { NAMESPACES_OF_KUBERNETES } from './namespaces';
import { AdmissionAction, type PolicyObject, type PolicyTargetOptions } from './policy-object';

const API_VERSION = 'admissionregistration.k8s.io/v1';

const ACTIONS: Readonly<Record<AdmissionAction, string>> = {
  [AdmissionAction.DENY]: 'Deny', [AdmissionAction.WARN]: 'Warn', [AdmissionAction.AUDIT]: 'Audit',
};

/** The objects by which the API server enforces a rule. */
export function validatingAdmissionPolicy(
  rule: AdmissionRule, name: string, { action = AdmissionAction.DENY, namespaces }: PolicyTargetOptions,
): Readonly<Record<string, PolicyObject>> {
  const { code, targets, conditions, variables, expression, message } = rule;
  const selector = namespaces === undefined
    ? { operator: 'NotIn', values: [...NAMESPACES_OF_KUBERNETES] } : { operator: 'In', values: [...namespaces] };
  return {
    [name]: {
      apiVersion: API_VERSION,
      kind: 'ValidatingAdmissionPolicy',
      name,
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: resourceRules(targets) },
        ...Object.keys(conditions).length === 0 ? {} : { matchConditions: namedExpressions(conditions) },
        variables: namedExpressions(variables),
        validations: [{ expression, message: `${code}: ${message}`, reason: 'Forbidden' }],
      },
    },
    [`${name}-binding`]: {
      apiVersion: API_VERSION,
      kind: 'ValidatingAdmissionPolicyBinding',
      name,
      spec: {
        policyName: name,
        validationActions: [ACTIONS[action]],
        matchResources: { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', ...selector }] } },
      },
    },
  };
}

/** Targets that differ in their resource only are one rule. */
function resourceRules(targets: readonly AdmissionTarget[]): object[] {
  const rules = new Map<string, { apiGroups: string[]; apiVersions: string[]; operations: string[]; resources: string[] }>();
  for (const { group, version, resource, operations } of targets) {
    const key = JSON.stringify([group, version, operations]);
    const rule = rules.get(key) ?? { apiGroups: [group], apiVersions: [version], operations: [...operations], resources: [] };
    rule.resources.push(resource);
    rules.set(key, rule);
  }
  return [...rules.values()];
}
