import type { RoleRule } from './role-rule';

const AGGREGATE = 'rbac.authorization.k8s.io/aggregate-to-';

/** A ClusterRole that every cluster has, as far as Secrets are concerned. */
export interface BuiltInRole {
  readonly rules: readonly RoleRule[];
  /** The label that adds the rules of other ClusterRoles to it. */
  readonly aggregates?: string;
  /** The built-in role that has all that it has. */
  readonly within?: string;
}

const EDIT: readonly RoleRule[] = [
  { apiGroups: [''], resources: ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy', 'secrets', 'services/proxy'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['serviceaccounts'], verbs: ['impersonate'] },
  { apiGroups: [''], resources: ['pods', 'pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'], verbs: ['create', 'delete', 'deletecollection', 'patch', 'update'] },
  { apiGroups: [''], resources: ['replicationcontrollers', 'secrets', 'serviceaccounts'], verbs: ['create', 'delete', 'deletecollection', 'patch', 'update'] },
  { apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] },
  { apiGroups: ['apps'], resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'], verbs: ['create', 'delete', 'deletecollection', 'patch', 'update'] },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: ['create', 'delete', 'deletecollection', 'patch', 'update'] },
];

const ROLES_OF_ADMIN: RoleRule = {
  apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings', 'roles'], verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
};

/**
 * The roles for people that every cluster has. `view` reads no Secrets, unless a role that is added to it does.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go
 */
const BUILT_IN_ROLES: Readonly<Record<string, BuiltInRole>> = {
  'cluster-admin': { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] },
  'admin': { rules: [...EDIT, ROLES_OF_ADMIN], aggregates: `${AGGREGATE}admin` },
  'edit': { rules: EDIT, aggregates: `${AGGREGATE}edit`, within: 'admin' },
  'view': { rules: [], aggregates: `${AGGREGATE}view`, within: 'edit' },
};

/** A role that every cluster has, by its name. */
export function builtInRole(name: string): BuiltInRole | undefined {
  return Object.hasOwn(BUILT_IN_ROLES, name) ? BUILT_IN_ROLES[name] : undefined;
}

/** The names of the built-in roles that a label adds a ClusterRole to, and of those that have these. */
export function aggregatingRoles(labels: Readonly<Record<string, unknown>>): string[] {
  const found = Object.keys(BUILT_IN_ROLES).filter(name => {
    const { aggregates } = BUILT_IN_ROLES[name];
    return aggregates !== undefined && labels[aggregates] === 'true';
  });
  const all = new Set<string>();
  for (const name of found) {
    for (let at: string | undefined = name; at !== undefined; at = BUILT_IN_ROLES[at].within) all.add(at);
  }
  return [...all].sort();
}
