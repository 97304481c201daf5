import type { PolicyRule } from './policy-rule';
import { FieldPath } from '../../inspect/field-path';
import { builtInRole } from '../../inspect/model/rbac/built-in-roles';
import { readsAllSecrets } from '../../inspect/model/rbac/role-rule';
import { list, record, text } from '../../inspect/model/untyped';
import { quote } from '../../inspect/quote';

const RBAC = 'rbac.authorization.k8s.io/';

/** Roles that every cluster has and that read all Secrets, of a namespace or of all. `view` does not. */
export const READING_ROLES: ReadonlySet<string> = new Set(['cluster-admin', 'admin', 'edit']);

/** The group that every cluster binds to cluster-admin itself. */
export const MASTERS = 'system:masters';

/** Nobody may read all Secrets through the API: what a Role grants names them. */
export const limitSecretAccess: PolicyRule = manifest => {
  const { apiVersion, kind, raw, findings } = manifest;
  if (!apiVersion.startsWith(RBAC)) return;
  if (kind === 'Role' || kind === 'ClusterRole') {
    list(raw.rules).forEach((rule, index) => {
      const verbs = readsAllSecrets(record(rule));
      if (verbs.length === 0) return;
      const where = kind === 'Role' ? 'in the namespace' : 'in every namespace where the role is bound, or in all of them';
      findings.fails('SecretsReadable', FieldPath.ROOT.child('rules').index(index), `the rule allows ${verbs.map(quote).join(', ')} on all Secrets ${where}`,
        "name the Secrets with resourceNames, and grant no more than 'get' on them");
    });
  }
  if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') {
    const { kind: roleKind, name } = record(raw.roleRef);
    if (roleKind !== 'ClusterRole' || builtInRole(text(name))?.rules.some(rule => readsAllSecrets(rule).length > 0) !== true) return;
    if (list(raw.subjects).every(subject => record(subject).kind === 'Group' && record(subject).name === MASTERS)) return;
    const where = kind === 'RoleBinding' ? 'of the namespace' : 'of the cluster';
    findings.fails('SecretsReadable', FieldPath.ROOT.child('roleRef').child('name'), `the role ${quote(text(name))} reads all Secrets ${where}`,
      "bind a role that names what it needs; 'view' reads no Secrets");
  }
};
