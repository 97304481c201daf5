import { Exposure, Inspection, KubernetesVersion, type InspectionOptions } from '../../src';
import { pod, secret } from '../inspect/manifests';

const RBAC = 'rbac.authorization.k8s.io';
const rule = (verbs: string[], resources: string[], more: any = {}) => ({ apiGroups: [''], verbs, resources, ...more });
const role = (rules: any[], kind = 'Role', more: any = {}) => ({
  apiVersion: `${RBAC}/v1`, kind, metadata: { name: 'r', ...kind === 'Role' ? { namespace: 'a' } : {}, ...more.metadata }, ...more.aggregationRule === undefined ? {} : { aggregationRule: more.aggregationRule }, rules,
});
const binding = (subject: any, roleRef: any = {}, kind = 'RoleBinding') => ({
  apiVersion: `${RBAC}/v1`,
  kind,
  metadata: { name: 'b', ...kind === 'RoleBinding' ? { namespace: 'a' } : {} },
  roleRef: { apiGroup: RBAC, kind: 'Role', name: 'r', ...roleRef },
  subjects: [subject],
});
const BOB = { kind: 'User', name: 'bob', apiGroup: RBAC };
const inA = { metadata: { namespace: 'a' } };
const DB = secret('db', { password: 'x' }, inA);
const OTHER = secret('db', { password: 'x' }, { metadata: { namespace: 'b' } });
/** Something in which the secret is, so that there is something to enter; without a token. */
const RUNNING = pod({ env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] }, { automountServiceAccountToken: false }, { namespace: 'a', name: 'web' });

/** How somebody can read the password of a namespace. */
const ways = (objects: any[], reader = 'User//bob', namespace = 'a', options: InspectionOptions = {}) => {
  const readings = Exposure.fromInspection(Inspection.fromManifests(objects, options)).readersOf('db', { namespace, key: 'password' });
  return [...new Set(readings.filter(({ reader: { kind, namespace: of = '', name } }) => `${kind}/${of}/${name}` === reader).map(({ way }) => way))];
};
const bobBy = (...rules: any[]) => ways([DB, OTHER, RUNNING, role(rules), binding(BOB)]);
const bobEverywhereBy = (...rules: any[]) => ways([DB, OTHER, RUNNING, role(rules, 'ClusterRole'), binding(BOB, { kind: 'ClusterRole' }, 'ClusterRoleBinding')]);

/** What a rule of a Role allows, and the nearest rule that does not. */
const PAIRS: Readonly<Record<string, readonly [any[], any[], string]>> = {
  'get on secrets': [[rule(['get'], ['secrets'])], [rule(['delete'], ['secrets'])], 'api'],
  'list on secrets': [[rule(['list'], ['secrets'])], [rule(['list'], ['configmaps'])], 'api'],
  'watch on secrets': [[rule(['watch'], ['secrets'])], [rule(['watch'], ['secrets'], { apiGroups: ['apps'] })], 'api'],
  'patch on secrets, which answers with the whole object': [[rule(['patch'], ['secrets'])], [rule(['update'], ['secrets'])], 'api'],
  'deletecollection on secrets, of which a dry run answers with all': [
    [rule(['deletecollection'], ['secrets'])], [rule(['deletecollection'], ['secrets'], { resourceNames: ['db'] })], 'api',
  ],
  'list on the secret by name, with a field selector': [[rule(['list'], ['secrets'], { resourceNames: ['db'] })], [rule(['list'], ['secrets'], { resourceNames: ['*'] })], 'api'],
  'get on the secret by name': [[rule(['get'], ['secrets'], { resourceNames: ['db'] })], [rule(['get'], ['secrets'], { resourceNames: ['cache'] })], 'api'],
  'every verb': [[rule(['*'], ['secrets'])], [rule(['*'], ['secrets/*'])], 'api'],
  'every resource': [[rule(['get'], ['*'])], [rule(['get'], ['*/secrets'])], 'api'],
  'every group': [[rule(['get'], ['secrets'], { apiGroups: ['*'] })], [rule(['get'], ['secrets'], { apiGroups: [] })], 'api'],
  'create on pods': [[rule(['create'], ['pods'])], [rule(['create'], ['pods'], { resourceNames: ['web'] })], 'start-pods'],
  'create on deployments': [[rule(['create'], ['deployments'], { apiGroups: ['apps'] })], [rule(['create'], ['deployments'])], 'start-pods'],
  'patch on deployments': [[rule(['patch'], ['deployments'], { apiGroups: ['apps'] })], [rule(['patch'], ['deployments/scale'], { apiGroups: ['apps'] })], 'start-pods'],
  'update on cron jobs': [[rule(['update'], ['cronjobs'], { apiGroups: ['batch'] })], [rule(['update'], ['jobs'], { apiGroups: ['batch'] })], 'start-pods'],
  'create on pods/exec': [[rule(['create'], ['pods/exec'])], [rule(['create'], ['pods/log'])], 'enter-pods'],
  'create on */attach': [[rule(['create'], ['*/attach'])], [rule(['create'], ['pods/*'])], 'enter-pods'],
  'create on pods/exec of the pod': [[rule(['create'], ['pods/exec'], { resourceNames: ['web'] })], [rule(['create'], ['pods/exec'], { resourceNames: ['other'] })], 'enter-pods'],
  'patch on pods/ephemeralcontainers': [[rule(['patch'], ['pods/ephemeralcontainers'])], [rule(['create'], ['pods/ephemeralcontainers'])], 'enter-pods'],
  'patch on pods, whose images can be changed': [[rule(['patch'], ['pods'])], [rule(['patch'], ['pods/status'])], 'enter-pods'],
  'escalate and patch on roles': [
    [rule(['escalate', 'patch'], ['roles'], { apiGroups: [RBAC] })], [rule(['escalate'], ['roles'], { apiGroups: [RBAC] })], 'escalate',
  ],
  'bind on ClusterRoles and create on role bindings': [
    [rule(['bind'], ['clusterroles'], { apiGroups: [RBAC] }), rule(['create'], ['rolebindings'], { apiGroups: [RBAC] })],
    [rule(['create'], ['rolebindings'], { apiGroups: [RBAC] })], 'escalate',
  ],
  'bind on a role that reads': [
    [rule(['bind'], ['clusterroles'], { apiGroups: [RBAC], resourceNames: ['edit'] }), rule(['create'], ['rolebindings'], { apiGroups: [RBAC] })],
    [rule(['bind'], ['clusterroles'], { apiGroups: [RBAC], resourceNames: ['view'] }), rule(['create'], ['rolebindings'], { apiGroups: [RBAC] })], 'escalate',
  ],
};

describe('a Role that allows', () => {
  test.each(Object.keys(PAIRS))('%s', title => {
    const [rules, others, way] = PAIRS[title];
    expect(bobBy(...rules)).toEqual(way.split(' '));
    expect(bobBy(...others)).toEqual([]);
  });
});

/** What only a ClusterRoleBinding gives: the resource is in no namespace. */
const CLUSTER_WIDE: Readonly<Record<string, readonly [any[], string]>> = {
  'get on nodes/proxy': [[rule(['get'], ['nodes/proxy'])], 'enter-pods'],
  'impersonate on users': [[rule(['impersonate'], ['users'])], 'impersonate'],
  'impersonate on users and groups': [[rule(['impersonate'], ['users'], { resourceNames: ['nobody'] }), rule(['impersonate'], ['groups'])], 'impersonate'],
  'escalate and patch on ClusterRoles': [[rule(['escalate', 'patch'], ['clusterroles'], { apiGroups: [RBAC] })], 'escalate'],
};

describe('a ClusterRole, where it is bound for the whole cluster, that allows', () => {
  test.each(Object.keys(CLUSTER_WIDE))('%s', title => {
    const [rules, way] = CLUSTER_WIDE[title];
    expect(bobEverywhereBy(...rules)).toEqual([way]);
    expect(bobBy(...rules)).toEqual([]);
  });

  test('impersonate on groups, and on nobody who could be in them', () => expect(bobEverywhereBy(rule(['impersonate'], ['groups']))).toEqual([]));
});

describe('where a role holds', () => {
  const reads = [rule(['get'], ['secrets'])];
  test.each<[string, any[], string[], string[]]>([
    ['a Role, in its namespace', [role(reads), binding(BOB)], ['api'], []],
    ['a ClusterRole of a RoleBinding, in that of the binding', [role(reads, 'ClusterRole'), binding(BOB, { kind: 'ClusterRole' })], ['api'], []],
    ['a ClusterRole of a ClusterRoleBinding, everywhere', [role(reads, 'ClusterRole'), binding(BOB, { kind: 'ClusterRole' }, 'ClusterRoleBinding')], ['api'], ['api']],
    ['a Role of another name, nowhere', [role(reads), binding(BOB, { name: 'x' })], [], []],
    ['a ClusterRole that a Role of its name hides from no binding', [role(reads, 'ClusterRole'), role([]), binding(BOB)], [], []],
  ])('%s', (_, objects, here, there) => {
    expect(ways([DB, OTHER, ...objects])).toEqual(here);
    expect(ways([DB, OTHER, ...objects], undefined, 'b')).toEqual(there);
  });

  test('a ClusterRole that names Secrets gives those of the name, wherever they are', () => {
    const named = [rule(['get'], ['secrets'], { resourceNames: ['db'] })];
    expect(ways([DB, OTHER, role(named, 'ClusterRole'), binding(BOB, { kind: 'ClusterRole' }, 'ClusterRoleBinding')], undefined, 'b')).toEqual(['api']);
  });
});

test.each<[KubernetesVersion[], string[]]>([
  [[KubernetesVersion.V1_34, KubernetesVersion.V1_35], ['enter-pods']],
  [[KubernetesVersion.V1_35], []],
])('get on pods/exec is enough where one of the versions is older than 1.35: %s', (versions, expected) => {
  expect(ways([DB, RUNNING, role([rule(['get'], ['pods/exec'])]), binding(BOB)], undefined, undefined, { versions })).toEqual(expected);
});

test('a role that allows several ways gives each of them', () => {
  expect(bobBy(rule(['get'], ['secrets']), rule(['create'], ['pods']), rule(['create'], ['pods/exec']))).toEqual(['api', 'start-pods', 'enter-pods']);
});

describe('roles that every cluster has', () => {
  test.each([['cluster-admin', true], ['admin', true], ['edit', true], ['view', false]])('%s: %s', (name, reads) => {
    expect(ways([DB, binding(BOB, { kind: 'ClusterRole', name })]).includes('api' as never)).toBe(reads);
  });

  test('a role that a label adds to view is in edit and admin too', () => {
    const added = role([rule(['get'], ['secrets'])], 'ClusterRole', { metadata: { labels: { [`${RBAC}/aggregate-to-view`]: 'true' } } });
    for (const name of ['view', 'edit', 'admin']) expect(ways([DB, added, binding(BOB, { kind: 'ClusterRole', name })])).toContain('api');
    const other = { ...added, metadata: { name: 'r', labels: { [`${RBAC}/aggregate-to-admin`]: 'true' } } };
    expect(ways([DB, other, binding(BOB, { kind: 'ClusterRole', name: 'view' })])).toEqual([]);
  });
});

describe('a role that aggregates others', () => {
  const reader = role([rule(['get'], ['secrets'])], 'ClusterRole', { metadata: { name: 'reader', labels: { team: 'a', level: 'read' } } });
  const aggregating = (selector: any, name = 'r') => role([rule(['get'], ['secrets'])], 'ClusterRole', { metadata: { name }, aggregationRule: { clusterRoleSelectors: [selector] } });
  test.each<[string, any, string[]]>([
    ['by a label', { matchLabels: { team: 'a' } }, ['api']],
    ['by labels of which one is another', { matchLabels: { team: 'a', level: 'write' } }, []],
    ['by an expression', { matchExpressions: [{ key: 'team', operator: 'In', values: ['a', 'b'] }, { key: 'level', operator: 'Exists' }] }, ['api']],
    ['by an expression that does not hold', { matchExpressions: [{ key: 'team', operator: 'In', values: ['a'] }, { key: 'level', operator: 'NotIn', values: ['read'] }] }, []],
    ['by nothing: its own rules are replaced', { matchLabels: { team: 'none' } }, []],
  ])('%s', (_, selector, expected) => {
    expect(ways([DB, reader, aggregating(selector), binding(BOB, { kind: 'ClusterRole' })])).toEqual(expected);
  });

  test('that aggregate each other ends', () => {
    const first = aggregating({ matchLabels: { x: 'y' } });
    const second = { ...aggregating({ matchLabels: { x: 'z' } }, 's'), metadata: { name: 's', labels: { x: 'y' } } };
    expect(ways([DB, { ...first, metadata: { name: 'r', labels: { x: 'z' } } }, second, binding(BOB, { kind: 'ClusterRole' })])).toEqual([]);
  });
});

describe('who acts as somebody else', () => {
  const account = { kind: 'ServiceAccount', name: 'robot', namespace: 'a' };
  const robotReads = [role([rule(['get'], ['secrets'], { resourceNames: ['db'] })]), binding(account)];
  const bob = (...rules: any[]) => [
    { ...role(rules), metadata: { name: 'bobs', namespace: 'a' } }, { ...binding(BOB, { name: 'bobs' }), metadata: { name: 'bobs', namespace: 'a' } },
  ];
  test.each<[string, any, string[]]>([
    ['create on its token', rule(['create'], ['serviceaccounts/token']), ['token']],
    ['create on its token by name', rule(['create'], ['serviceaccounts/token'], { resourceNames: ['robot'] }), ['token']],
    ['create on the token of another', rule(['create'], ['serviceaccounts/token'], { resourceNames: ['other'] }), []],
    ['impersonate on it', rule(['impersonate'], ['serviceaccounts'], { resourceNames: ['robot'] }), ['impersonate']],
    ['impersonate on another', rule(['impersonate'], ['serviceaccounts'], { resourceNames: ['other'] }), []],
  ])('has what it has: %s', (_, given, expected) => expect(ways([DB, ...robotReads, ...bob(given)])).toEqual(expected));

  test('whoever enters a pod has the token that is mounted there', () => {
    const running = pod({}, { serviceAccountName: 'robot' }, { namespace: 'a', name: 'robots' });
    const enters = bob(rule(['create'], ['pods/exec']));
    expect(ways([DB, ...robotReads, running], 'Pod/a/robots')).toEqual(['token']);
    expect(ways([DB, ...robotReads, running, ...enters])).toEqual(['enter-pods']);
    const without = { ...running, spec: { ...running.spec, automountServiceAccountToken: false } };
    expect(ways([DB, ...robotReads, without, ...enters])).toEqual([]);
  });

  test('whoever reads a Secret with a token has what the account has', () => {
    const token = { ...secret('robots-token', {}, { metadata: { namespace: 'a', annotations: { 'kubernetes.io/service-account.name': 'robot' } } }), type: 'kubernetes.io/service-account-token' };
    const reads = (name: string) => bob(rule(['get'], ['secrets'], { resourceNames: [name] }));
    expect(ways([DB, ...robotReads, token, ...reads('robots-token')])).toEqual(['api']);
    expect(ways([DB, ...robotReads, token, ...reads('other')])).toEqual([]);
  });

  test('whoever can make Secrets and read them has a token of every account', () => {
    const elsewhere = [{ ...role([rule(['get'], ['secrets'])]), metadata: { name: 'r', namespace: 'b' } }, { ...binding(account), metadata: { name: 'b', namespace: 'b' } }];
    expect(ways([OTHER, ...elsewhere, ...bob(rule(['create', 'list'], ['secrets']))], undefined, 'b')).toEqual(['token']);
    expect(ways([OTHER, ...elsewhere, ...bob(rule(['list'], ['secrets']))], undefined, 'b')).toEqual([]);
  });

  test('an account has what its groups have', () => {
    for (const name of ['system:serviceaccounts:a', 'system:serviceaccounts', 'system:authenticated']) {
      const objects = [DB, role([rule(['get'], ['secrets'])]), binding({ kind: 'Group', name }), pod({}, { serviceAccountName: 'robot' }, { namespace: 'a' })];
      expect(ways(objects, 'ServiceAccount/a/robot')).toEqual(['api']);
      expect(ways(objects, 'Pod/a/p')).toEqual(['token']);
    }
    expect(ways([DB, role([rule(['get'], ['secrets'])]), binding({ kind: 'Group', name: 'system:serviceaccounts:b' }), pod({}, {}, { namespace: 'a' })], 'Pod/a/p')).toEqual([]);
  });

  test('a user of the name of an account is the account', () => {
    expect(ways([DB, role([rule(['get'], ['secrets'])]), binding({ kind: 'User', name: 'system:serviceaccount:a:robot' })], 'ServiceAccount/a/robot')).toEqual(['api']);
  });

  test('the group that every cluster lets do everything is not told', () => {
    expect(ways([DB, binding({ kind: 'Group', name: 'system:masters' }, { kind: 'ClusterRole', name: 'cluster-admin' }, 'ClusterRoleBinding')], 'Group//system:masters')).toEqual([]);
  });
});

test('of a long way both ends are told', () => {
  const objects = Array.from({ length: 20 }, (_, index) => [
    { ...role([rule(['impersonate'], ['serviceaccounts'], { resourceNames: [`a${index - 1}`] })]), metadata: { name: `r${index}`, namespace: 'a' } },
    { ...binding({ kind: 'ServiceAccount', name: `a${index}`, namespace: 'a' }, { name: `r${index}` }), metadata: { name: `b${index}`, namespace: 'a' } },
  ]).flat();
  const reads = [role([rule(['get'], ['secrets'])]), binding({ kind: 'ServiceAccount', name: 'a-1', namespace: 'a' })];
  const exposure = Exposure.fromInspection(Inspection.fromManifests([DB, ...reads, ...objects]));
  const names = ['a-1', 'a0', 'a1', 'a2', 'a15', 'a16', 'a17', 'a18'];
  const through = (readings: any[]) => readings.filter(({ reader, secretName }) => reader.name === 'a19' && secretName === 'db').map(reading => reading.through.map(({ name }: any) => name));
  expect(through(exposure.readersOf('db', { namespace: 'a' }))).toEqual([names]);
  expect(through(exposure.readableBy('ServiceAccount', 'a', 'a19'))).toEqual([names]);
});

test('says why, through whom, and where', () => {
  const yaml = `apiVersion: v1
kind: Secret
metadata: { name: db, namespace: a }
stringData: { password: x }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: a }
spec:
  automountServiceAccountToken: false
  containers:
  - name: c
    image: x
    envFrom: [{ secretRef: { name: db } }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: debugger, namespace: a }
rules:
- { apiGroups: [''], resources: [pods/exec], verbs: [create] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: debuggers, namespace: a }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: debugger }
subjects: [{ kind: Group, name: developers, apiGroup: rbac.authorization.k8s.io }]
`;
  expect(Exposure.fromInspection(Inspection.fromYaml(yaml)).readersOf('db', { namespace: 'a' })).toEqual([
    {
      secretName: 'db',
      secretNamespace: 'a',
      reader: { kind: 'Group', name: 'developers' },
      way: 'enter-pods',
      through: [{ kind: 'Pod', namespace: 'a', name: 'web' }],
      why: 'the Role "debugger" allows create on pods/exec',
      place: { object: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', namespace: 'a', name: 'debugger' }, path: 'rules[0]', location: { line: 20, column: 3 } },
    },
    {
      secretName: 'db',
      secretNamespace: 'a',
      key: 'password',
      reader: { kind: 'Pod', namespace: 'a', name: 'web' },
      way: 'variable',
      container: 'c',
      variable: 'password',
      through: [],
      why: 'its container "c" has it in the variable "password", by envFrom',
      place: { object: { apiVersion: 'v1', kind: 'Pod', namespace: 'a', name: 'web' }, path: 'spec.containers[0].envFrom[0]', location: { line: 14, column: 15 } },
    },
  ]);
});

test('says which roles nothing defines', () => {
  const bindings = [binding(BOB, { kind: 'ClusterRole', name: 'vendor' }), binding(BOB, { name: 'gone' })];
  expect(Exposure.fromInspection(Inspection.fromManifests(bindings)).notes).toEqual([
    'no manifest says what the ClusterRole "vendor" allows, which the RoleBinding "a/b" binds',
    'no manifest says what the Role "gone" allows, which the RoleBinding "a/b" binds',
  ]);
});
