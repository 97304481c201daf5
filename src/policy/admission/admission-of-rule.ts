import type { Admission } from './admission-rule';
import { IMMUTABLE_IN_CLUSTER, SECRET_ACCESS_IN_CLUSTER } from './object-rules';
import { FILES_ONLY_IN_CLUSTER } from './pod-rules';
import { PACKS } from '../packs';
import { filesOnly, forbidPlaintext, requireImmutable, requireRollout } from '../policy-rules';
import { forbidPlainCredentials } from '../rules/plain-credentials';
import { forbidPlainSecrets } from '../rules/plain-secrets';
import type { PolicyRule } from '../rules/policy-rule';
import { limitSecretAccess } from '../rules/secret-access';
import { limitTokens } from '../rules/tokens';

/** Why a policy that knows the whole app is none for a cluster. */
export const OTHER_OBJECTS = 'it takes a look at other objects, and an admission policy sees one at a time';

/** A rule of a policy, its code, and what it is for a cluster. */
interface KnownRule {
  readonly code: string;
  readonly admission: Admission;
}

const RULES: ReadonlyMap<PolicyRule, KnownRule> = new Map<PolicyRule, KnownRule>([
  [filesOnly, { code: 'VariablesForbidden', admission: FILES_ONLY_IN_CLUSTER }],
  [requireImmutable, { code: 'ImmutableRequired', admission: IMMUTABLE_IN_CLUSTER }],
  [limitSecretAccess, { code: 'SecretsReadable', admission: SECRET_ACCESS_IN_CLUSTER }],
  [requireRollout, { code: 'RolloutRequired', admission: OTHER_OBJECTS }],
  [limitTokens, { code: 'TokenMounted', admission: OTHER_OBJECTS }],
  ...[forbidPlaintext, forbidPlainSecrets].map(rule => [rule, {
    code: 'PlaintextForbidden', admission: 'it is about what stands in a repository: in a cluster every Secret has its values, whoever made it',
  }] as const),
  [forbidPlainCredentials, { code: 'PlaintextCredential', admission: 'what looks like a credential takes more than CEL can say' }],
]);

/** What a rule of a policy is for a cluster; undefined of one that this is not the place for. */
export function admissionOfRule(rule: PolicyRule): KnownRule | undefined {
  const known = RULES.get(rule);
  if (known !== undefined) return known;
  const packed = PACKS.flatMap(({ rules }) => rules).find(each => each.rule === rule);
  return packed === undefined ? undefined : { code: packed.code, admission: OTHER_OBJECTS };
}
