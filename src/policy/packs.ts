import { filesOnly } from './policy-rules';
import { forbidPlainCredentials } from './rules/plain-credentials';
import { forbidPlainSecrets } from './rules/plain-secrets';
import type { PolicyRule } from './rules/policy-rule';
import { limitSecretAccess } from './rules/secret-access';
import { limitTokens } from './rules/tokens';
import { forbidUnusedKeys, forbidUnusedSecrets } from './rules/unused';
import type { Code } from '../errors/codes';
import type { AppCheck } from '../inspect/inspect';

/** One rule of a pack, and where it is from. */
export interface PackRule {
  readonly code: Code;
  /** What it demands, as a clause. */
  readonly demands: string;
  /** The section of the benchmark. */
  readonly section?: string;
  readonly rule: PolicyRule;
}

/** Rules that go together, under a name. */
export interface Pack {
  readonly name: string;
  readonly source: string;
  readonly rules: readonly PackRule[];
}

const PLAIN_SECRETS: PackRule = { code: 'PlaintextForbidden', demands: 'no Secret has values that are secret', rule: forbidPlainSecrets };
const PLAIN_CREDENTIALS: PackRule = {
  code: 'PlaintextCredential', demands: 'no key, token or password stands in a ConfigMap, variable, argument or annotation', rule: forbidPlainCredentials,
};
const SECRET_ACCESS: PackRule = { code: 'SecretsReadable', demands: 'no role reads Secrets that it does not name', rule: limitSecretAccess };
const FILES_ONLY: PackRule = { code: 'VariablesForbidden', demands: 'Secrets are files, and no environment variables', rule: filesOnly };
const TOKENS: PackRule = { code: 'TokenMounted', demands: 'no token is mounted that nothing needs', rule: limitTokens };
const UNUSED_SECRETS: PackRule = { code: 'UnusedSecret', demands: 'every Secret is used', rule: forbidUnusedSecrets };
const UNUSED_KEYS: PackRule = { code: 'UnusedKey', demands: 'every key of a Secret is used', rule: forbidUnusedKeys };

/** Every pack, in the order in which they are listed. */
export const PACKS: readonly Pack[] = [
  { name: 'plaintext', source: 'no secret values in git', rules: [PLAIN_SECRETS, PLAIN_CREDENTIALS] },
  { name: 'rbac', source: 'who may read Secrets through the API', rules: [SECRET_ACCESS] },
  { name: 'files-only', source: 'how containers see Secrets', rules: [FILES_ONLY] },
  { name: 'tokens', source: 'tokens of ServiceAccounts', rules: [TOKENS] },
  { name: 'unused', source: 'Secrets that nobody needs', rules: [UNUSED_SECRETS, UNUSED_KEYS] },
  {
    name: 'cis',
    source: 'CIS Kubernetes Benchmark 1.11, section 5',
    rules: [{ ...SECRET_ACCESS, section: '5.1.2' }, { ...TOKENS, section: '5.1.6' }, { ...FILES_ONLY, section: '5.4.1' }, { ...PLAIN_SECRETS, section: '5.4.2' }],
  },
  {
    name: 'nsa',
    source: 'NSA and CISA, Kubernetes Hardening Guide 1.2',
    rules: [{ ...SECRET_ACCESS, section: 'Role-based access control' }, { ...TOKENS, section: 'Protecting Pod service account tokens' }, { ...PLAIN_CREDENTIALS, section: 'Secrets' }],
  },
];

/** The rules of packs, each once. */
export function rulesOf(packs: readonly Pack[]): readonly PolicyRule[] {
  return [...new Set(packs.flatMap(({ rules }) => rules.map(({ rule }) => rule)))];
}

/** Checks that hold every manifest that can be read against packs. */
export function checksOf(packs: readonly Pack[]): readonly AppCheck[] {
  return rulesOf(packs).map(rule => cluster => {
    for (const manifest of cluster.manifests) {
      if (manifest.readable) rule(manifest, cluster);
    }
  });
}
