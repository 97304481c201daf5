import { externalSecretRules } from './external-secret';
import type { ResourceRules } from './rules-of-resource';

/** The rules of a kind, where there are any. */
export function resourceRules(group: string, kind: string): ResourceRules | undefined {
  const id = `${group}/${kind}`;
  return Object.hasOwn(RULES, id) ? RULES[id] : undefined;
}

const RULES: Readonly<Record<string, ResourceRules>> = {
  'external-secrets.io/ExternalSecret': externalSecretRules(),
  'external-secrets.io/ClusterExternalSecret': externalSecretRules('externalSecretSpec'),
};
