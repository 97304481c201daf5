import { allowedVerbs, namesIn, type Request } from '../inspect/model/rbac/role-rule';
import type { PlacedRule } from '../inspect/model/rbac/roles';

/** What a rule allows that leads to the values of Secrets. */
export enum Capability {
  /** It gives the values. */
  READ_SECRETS = 'read-secrets',
  CREATE_SECRETS = 'create-secrets',
  START_PODS = 'start-pods',
  ENTER_PODS = 'enter-pods',
  REQUEST_TOKENS = 'request-tokens',
  IMPERSONATE_ACCOUNTS = 'impersonate-accounts',
  IMPERSONATE_USERS = 'impersonate-users',
  IMPERSONATE_GROUPS = 'impersonate-groups',
  /** It says in roles what their holder is not allowed. */
  ESCALATE = 'escalate',
  WRITE_ROLES = 'write-roles',
  BIND = 'bind',
  WRITE_BINDINGS = 'write-bindings',
}

/** A capability, the verbs that give it, and what it is limited to. */
export interface PlacedCapability {
  readonly capability: Capability;
  readonly resource: string;
  /** What gives it, like `get, list on secrets`. */
  readonly words: string;
  /** The names of the objects that it is limited to; undefined where it holds for all. */
  readonly names?: readonly string[];
  /** Whether it is given by the whole cluster alone: the resource is in no namespace. */
  readonly clusterWide: boolean;
  readonly from: PlacedRule;
}

interface Row extends Request {
  readonly capability: Capability;
  /** Whether a request says no name, so that a rule with names never allows it. */
  readonly nameless?: boolean;
  readonly clusterWide?: boolean;
  /** The last version in which it is enough. */
  readonly until?: number;
}

const RBAC = 'rbac.authorization.k8s.io';
const MAKE = ['create'];
const CHANGE = ['update', 'patch'];

/** The requests that matter, and what each is good for. */
const TABLE: readonly Row[] = [
  // patch answers with the object as it then is, and an empty patch changes nothing
  { capability: Capability.READ_SECRETS, verbs: ['get', 'list', 'watch', 'patch'], group: '', resource: 'secrets' },
  // it answers with all that it deletes, or would delete in a dry run
  { capability: Capability.READ_SECRETS, verbs: ['deletecollection'], group: '', resource: 'secrets', nameless: true },
  { capability: Capability.CREATE_SECRETS, verbs: MAKE, group: '', resource: 'secrets', nameless: true },
  ...[['', 'pods'], ['', 'replicationcontrollers'], ['apps', 'deployments'], ['apps', 'replicasets'], ['apps', 'statefulsets'], ['apps', 'daemonsets'], ['batch', 'jobs'], ['batch', 'cronjobs']]
    .map(([group, resource]): Row => ({ capability: Capability.START_PODS, verbs: MAKE, group, resource, nameless: true })),
  // the template of a Job cannot be changed
  ...[['', 'replicationcontrollers'], ['apps', 'deployments'], ['apps', 'replicasets'], ['apps', 'statefulsets'], ['apps', 'daemonsets'], ['batch', 'cronjobs']]
    .map(([group, resource]): Row => ({ capability: Capability.START_PODS, verbs: CHANGE, group, resource })),
  // of a pod the image can be changed, and the new one gets what the pod has
  { capability: Capability.ENTER_PODS, verbs: CHANGE, group: '', resource: 'pods' },
  ...['pods/exec', 'pods/attach'].flatMap((resource): Row[] => [
    { capability: Capability.ENTER_PODS, verbs: MAKE, group: '', resource },
    // of a WebSocket, which begins with a GET, the API server asks for create too since 1.35
    { capability: Capability.ENTER_PODS, verbs: ['get'], group: '', resource, until: 34 },
  ]),
  { capability: Capability.ENTER_PODS, verbs: CHANGE, group: '', resource: 'pods/ephemeralcontainers' },
  { capability: Capability.ENTER_PODS, verbs: ['create', 'get'], group: '', resource: 'nodes/proxy', clusterWide: true },
  { capability: Capability.REQUEST_TOKENS, verbs: MAKE, group: '', resource: 'serviceaccounts/token' },
  { capability: Capability.IMPERSONATE_ACCOUNTS, verbs: ['impersonate'], group: '', resource: 'serviceaccounts' },
  { capability: Capability.IMPERSONATE_USERS, verbs: ['impersonate'], group: '', resource: 'users', clusterWide: true },
  { capability: Capability.IMPERSONATE_GROUPS, verbs: ['impersonate'], group: '', resource: 'groups', clusterWide: true },
  { capability: Capability.ESCALATE, verbs: ['escalate'], group: RBAC, resource: 'roles' },
  { capability: Capability.ESCALATE, verbs: ['escalate'], group: RBAC, resource: 'clusterroles', clusterWide: true },
  { capability: Capability.WRITE_ROLES, verbs: CHANGE, group: RBAC, resource: 'roles' },
  { capability: Capability.WRITE_ROLES, verbs: CHANGE, group: RBAC, resource: 'clusterroles', clusterWide: true },
  { capability: Capability.BIND, verbs: ['bind'], group: RBAC, resource: 'roles' },
  { capability: Capability.BIND, verbs: ['bind'], group: RBAC, resource: 'clusterroles' },
  { capability: Capability.WRITE_BINDINGS, verbs: MAKE, group: RBAC, resource: 'rolebindings', nameless: true },
  { capability: Capability.WRITE_BINDINGS, verbs: MAKE, group: RBAC, resource: 'clusterrolebindings', nameless: true, clusterWide: true },
];

/** What the rules of a role allow that leads to the values of Secrets, in some version from the oldest one on. */
export function capabilitiesOf(rules: readonly PlacedRule[], oldest: number): PlacedCapability[] {
  return rules.flatMap(from => TABLE.flatMap(row => {
    const verbs = allowedVerbs(row, from.rule);
    const names = namesIn(from.rule);
    if (verbs.length === 0 || (row.until !== undefined && row.until < oldest) || (row.nameless === true && names !== undefined)) return [];
    const { capability, resource, clusterWide = false } = row;
    return [{ capability, resource, words: `${verbs.join(', ')} on ${resource}`, ...names === undefined ? {} : { names }, clusterWide, from }];
  }));
}
