import type { AdmissionRule, AdmissionTarget } from './admission-rule';
import { SERVICE_ACCOUNT_TOKEN } from '../../kubernetes/secret-types';
import { MASTERS, READING_ROLES } from '../rules/secret-access';

const RBAC = 'rbac.authorization.k8s.io';
const WRITES = ['CREATE', 'UPDATE'] as const;

function target(group: string, resource: string, kind: string): AdmissionTarget {
  return { group, version: 'v1', resource, kind, operations: WRITES };
}

/** A list of texts in CEL. */
function texts(values: Iterable<string>): string {
  return `[${[...values].map(value => `'${value}'`).join(', ')}]`;
}

/** In which Helm keeps its releases, and that it changes. */
const HELM_RELEASE = 'helm.sh/release.v1';

/** Secrets never change. */
export const IMMUTABLE_IN_CLUSTER: readonly AdmissionRule[] = [{
  code: 'ImmutableRequired',
  targets: [target('', 'secrets', 'Secret')],
  conditions: {},
  variables: {
    isUnchanged: 'oldObject != null && has(object.data) == has(oldObject.data) && (!has(object.data) || object.data == oldObject.data)',
  },
  expression: `variables.isUnchanged || (has(object.immutable) && object.immutable) || (has(object.type) && object.type in ${texts([SERVICE_ACCOUNT_TOKEN, HELM_RELEASE])})`,
  message: 'the data of the Secret can be changed; make it immutable',
}];

/** What Kubernetes itself makes and keeps up to date. */
const NOT_OF_KUBERNETES = { 'not-of-kubernetes': "!object.metadata.name.startsWith('system:')" };

/** Roles that every cluster has, and those that a controller fills. */
const OWN_ROLES = ['cluster-admin', 'admin', 'edit', 'view'];

/** Nobody may read all Secrets through the API. */
export const SECRET_ACCESS_IN_CLUSTER: readonly AdmissionRule[] = [
  {
    code: 'SecretsReadable',
    suffix: 'roles',
    targets: [target(RBAC, 'roles', 'Role'), target(RBAC, 'clusterroles', 'ClusterRole')],
    conditions: { ...NOT_OF_KUBERNETES, 'not-a-role-of-every-cluster': `!(object.metadata.name in ${texts(OWN_ROLES)})` },
    variables: {
      rules: 'has(dyn(object).rules) && dyn(object).rules != null && !has(dyn(object).aggregationRule) ? dyn(object).rules : []',
    },
    expression: "variables.rules.all(r, !(has(r.apiGroups) && r.apiGroups.exists(g, g in ['', '*']) && has(r.resources) && r.resources.exists(x, x in ['secrets', '*'])"
      + " && (!has(r.resourceNames) || r.resourceNames.size() == 0) && has(r.verbs) && r.verbs.exists(v, v in ['get', 'list', 'watch', '*'])))",
    message: 'a rule allows to read all Secrets; name them with resourceNames, and grant no more than get on them',
  },
  {
    code: 'SecretsReadable',
    suffix: 'bindings',
    targets: [target(RBAC, 'rolebindings', 'RoleBinding'), target(RBAC, 'clusterrolebindings', 'ClusterRoleBinding')],
    conditions: NOT_OF_KUBERNETES,
    variables: {
      isForMasters: `!has(object.subjects) || object.subjects.all(s, s.kind == 'Group' && s.name == '${MASTERS}')`,
    },
    expression: `object.roleRef.kind != 'ClusterRole' || !(object.roleRef.name in ${texts(READING_ROLES)}) || variables.isForMasters`,
    message: 'the role reads all Secrets; bind one that names what it needs',
  },
];
