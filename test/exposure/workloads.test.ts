import fc from 'fast-check';
import { Exposure, Inspection, type SecretReading } from '../../src';
import { deployment, keyRef, pod, secret, whole } from '../inspect/manifests';

const DB = secret('db', { user: 'u', password: 'p' });
const exposureOf = (objects: any[]) => Exposure.fromInspection(Inspection.fromManifests(objects));

/** Who reads how, in short: `Pod/p variable user P`. */
const brief = ({ reader: { kind, name }, way, key, container, variable, file, mode, user, group }: SecretReading) =>
  [`${kind}/${name}`, way, ...[key, container, variable, file, mode, user === undefined ? undefined : `${user}:${group}`].filter(part => part !== undefined)].join(' ');
const readers = (objects: any[], key?: string, name = 'db') => exposureOf(objects).readersOf(name, key === undefined ? {} : { key }).map(brief);

/** Pods whose containers have no token. */
const quiet = { automountServiceAccountToken: false };

describe('a container has a key', () => {
  test.each<[string, any, string[]]>([
    ['in a variable', pod({ env: [keyRef('P', 'db', 'password')] }), ['Pod/p variable password c P']],
    ['in the variable that counts', pod({ env: [keyRef('P', 'db', 'user'), keyRef('P', 'db', 'password')] }), ['Pod/p variable password c P']],
    ['in no variable that another one hides', pod({ env: [keyRef('P', 'db', 'password'), { name: 'P', value: '' }] }), []],
    ['in the variables of envFrom', pod({ envFrom: [whole('db', { prefix: 'DB_' })] }), ['Pod/p variable password c DB_password', 'Pod/p variable user c DB_user']],
    ['in those of envFrom that none of env hides', pod({ envFrom: [whole('db')], env: [{ name: 'user', value: 'x' }] }), ['Pod/p variable password c password']],
    ['in a file', pod({ volumeMounts: [{ name: 'v', mountPath: '/s' }] }, { volumes: [{ name: 'v', secret: { secretName: 'db', defaultMode: 0o400 } }] }),
      ['Pod/p file password c /s/password 0400 0:0', 'Pod/p file user c /s/user 0400 0:0']],
    ['in the file of an item, for a group', pod({ volumeMounts: [{ name: 'v', mountPath: '/s' }] }, {
      volumes: [{ name: 'v', secret: { secretName: 'db', items: [{ key: 'password', path: 'x/pw', mode: 0o400 }] } }], securityContext: { fsGroup: 7 },
    }), ['Pod/p file password c /s/x/pw 0440 0:7']],
    ['in no file of a volume that it does not mount', pod({}, { volumes: [{ name: 'v', secret: { secretName: 'db' } }] }), []],
    ['in no file that another mount hides', pod({ volumeMounts: [{ name: 'v', mountPath: '/s' }, { name: 'e', mountPath: '/s' }] },
      { volumes: [{ name: 'v', secret: { secretName: 'db' } }, { name: 'e', emptyDir: {} }] }), []],
    ['in a file of a projected volume', pod({ volumeMounts: [{ name: 'v', mountPath: '/s', subPath: 'pw' }] }, {
      volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'db', items: [{ key: 'password', path: 'pw' }] } }] } }],
    }), ['Pod/p file password c /s 0644 0:0']],
    ['of an init container', pod({}, { initContainers: [{ name: 'i', image: 'x', env: [keyRef('P', 'db', 'user')] }] }), ['Pod/p variable user i P']],
    ['of an ephemeral container', pod({}, { ephemeralContainers: [{ name: 'e', image: 'x', env: [keyRef('P', 'db', 'user')] }] }), ['Pod/p variable user e P']],
    ['not itself: the kubelet pulls with it', pod({}, { imagePullSecrets: [{ name: 'db' }] }), ['Pod/p image-pull']],
    ['not itself: a driver uses it', pod({}, { volumes: [{ name: 'v', csi: { driver: 'x', nodePublishSecretRef: { name: 'db' } } }] }), ['Pod/p volume-driver']],
    ['in the pods of a Deployment', deployment({ spec: { ...quiet, containers: [{ name: 'c', image: 'x', env: [keyRef('P', 'db', 'user')] }] } }), ['Deployment/d variable user c P']],
    ['in the pods of another kind', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'r' }, spec: { template: { spec: { containers: [{ name: 'c', image: 'x', env: [keyRef('P', 'db', 'user')] }] } } } },
      ['Rollout/r variable user c P']],
  ])('%s', (_, object, expected) => expect(readers([DB, object])).toEqual(expected));
});

test('whoever is asked about a key is told of that key, and of what is of all', () => {
  const objects = [DB, pod({ env: [keyRef('P', 'db', 'password')] }, {}, { name: 'one' }), pod({}, { imagePullSecrets: [{ name: 'db' }] }, { name: 'two' })];
  expect(readers(objects, 'user')).toEqual(['Pod/two image-pull']);
  expect(readers(objects, 'password')).toEqual(['Pod/one variable password c P', 'Pod/two image-pull']);
});

test('nobody who enters the pod gets what only pulls its images', () => {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r' }, rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }] };
  const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'r' }, roleRef: { kind: 'Role', name: 'r' }, subjects: [{ kind: 'User', name: 'bob' }] };
  expect(readers([DB, role, binding, pod({}, { imagePullSecrets: [{ name: 'db' }] })])).toEqual(['Pod/p image-pull']);
});

test('a Secret that nothing makes is there by its uses, with the keys that they name', () => {
  const exposure = exposureOf([pod({ env: [keyRef('P', 'gone', 'b'), keyRef('Q', 'gone', 'a')], envFrom: [whole('open')] })]);
  expect(exposure.secrets).toEqual([
    { name: 'gone', keys: ['a', 'b'], immutable: false, makers: [] },
    { name: 'open', immutable: false, makers: [] },
  ]);
  expect(exposure.readersOf('open').map(brief)).toEqual(['Pod/p variable c *']);
});

test('pods of another namespace do not have it', () => {
  const objects = [secret('db', { user: 'u' }, { metadata: { namespace: 'a' } }), pod({ env: [keyRef('P', 'db', 'user')] }, {}, { namespace: 'b' })];
  const exposure = exposureOf(objects);
  expect(exposure.readersOf('db', { namespace: 'a' })).toEqual([]);
  expect(exposure.readersOf('db', { namespace: 'b' }).map(brief)).toEqual(['Pod/p variable user c P']);
});

describe('objects without pods', () => {
  test.each<[string, any, string[]]>([
    ['an Ingress serves it', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'i' }, spec: { tls: [{ hosts: ['x.example'], secretName: 'db' }] } }, ['Ingress/i serve']],
    ['an Ingress asks for its passwords', {
      apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'i', annotations: { 'nginx.ingress.kubernetes.io/auth-secret': 'db' } }, spec: {},
    }, ['Ingress/i serve']],
    ['a Gateway serves it', {
      apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'g' }, spec: { listeners: [{ name: 'https', tls: { certificateRefs: [{ name: 'db' }] } }] },
    }, ['Gateway/g serve']],
    ['a Gateway serves another kind', {
      apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'g' }, spec: { listeners: [{ name: 'https', tls: { certificateRefs: [{ kind: 'Vault', name: 'db' }] } }] },
    }, []],
    ['the pods of a ServiceAccount pull with it', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 's' }, imagePullSecrets: [{ name: 'db' }] }, ['ServiceAccount/s image-pull']],
    ['a function has it', { apiVersion: 'openfaas.com/v1', kind: 'Function', metadata: { name: 'f' }, spec: { name: 'f', image: 'x', secrets: ['db'] } }, ['Function/f file /var/openfaas/secrets/*']],
    ['a PushSecret writes it elsewhere', {
      apiVersion: 'external-secrets.io/v1alpha1', kind: 'PushSecret', metadata: { name: 'push' }, spec: { secretStoreRefs: [{ name: 'vault' }], selector: { secret: { name: 'db' } } },
    }, ['PushSecret/push copy']],
    ['a store logs in with it', {
      apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', metadata: { name: 'v' }, spec: { provider: { vault: { auth: { tokenSecretRef: { name: 'db', key: 'password' } } } } },
    }, ['SecretStore/v resource password']],
    ['a certificate makes it, and does not read it', {
      apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'c' }, spec: { secretName: 'db', issuerRef: { name: 'ca' } },
    }, []],
  ])('%s', (_, object, expected) => expect(readers([DB, object])).toEqual(expected));

  test('the pods of a ServiceAccount pull with its Secrets where they name none', () => {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' }, imagePullSecrets: [{ name: 'db' }] };
    expect(readers([DB, account, pod()])).toEqual(['Pod/p image-pull', 'ServiceAccount/default image-pull']);
    expect(readers([DB, account, pod({}, { imagePullSecrets: [{ name: 'other' }] })])).toEqual(['ServiceAccount/default image-pull']);
  });
});

describe('copies', () => {
  const withNotes = (annotations: Record<string, string>) => secret('db', { user: 'u', password: 'p' }, { metadata: { namespace: 'a', annotations } });
  const user = (namespace: string, name = 'db') => pod({ env: [keyRef('P', name, 'user')] }, quiet, { name: `in-${namespace}`, namespace });
  const REFLECTOR = 'reflector.v1.k8s.emberstack.com/';
  const auto = { [`${REFLECTOR}reflection-allowed`]: 'true', [`${REFLECTOR}reflection-auto-enabled`]: 'true' };
  const readersIn = (objects: any[]) => exposureOf(objects).readersOf('db', { namespace: 'a' }).map(brief);

  test.each<[string, Record<string, string>, string[]]>([
    ['Reflector, to namespaces', { ...auto, [`${REFLECTOR}reflection-auto-namespaces`]: 'b,c' }, ['Namespace/b copy', 'Namespace/c copy', 'Pod/in-b variable user c P']],
    ['Reflector, to every namespace', auto, ['Namespace/* copy']],
    ['Reflector, to namespaces of a pattern', { ...auto, [`${REFLECTOR}reflection-auto-namespaces`]: 'team-.*' }, ['Namespace/team-.* copy']],
    ['Reflector, where nothing allows it', { [`${REFLECTOR}reflection-auto-enabled`]: 'true' }, []],
    ['the replicator', { 'replicator.v1.mittwald.de/replicate-to': 'b' }, ['Namespace/b copy', 'Pod/in-b variable user c P']],
  ])('%s', (_, annotations, expected) => expect(readersIn([withNotes(annotations), user('b')])).toEqual(expected));

  describe('by External Secrets, from a store of this cluster', () => {
    const store = (more: any = {}) => ({
      apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', metadata: { name: 'here' }, spec: { provider: { kubernetes: { remoteNamespace: 'a', server: { url: 'https://kubernetes.default.svc' }, ...more } } },
    });
    const external = (spec: any) => ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'copy', namespace: 'b' }, spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'here' }, ...spec } });
    const one = external({ data: [{ secretKey: 'user', remoteRef: { key: 'db', property: 'password' } }] });
    const readersOfPassword = (objects: any[], key = 'password') => exposureOf(objects).readersOf('db', { namespace: 'a', key }).map(brief);

    test('one key, by its new name', () => {
      expect(readersOfPassword([withNotes({}), store(), one, user('b', 'copy')])).toEqual(['Pod/in-b variable c P']);
      expect(readersOfPassword([withNotes({}), store(), one, user('b', 'copy')], 'user')).toEqual([]);
    });

    test('all keys, by their names', () => {
      const all = external({ dataFrom: [{ extract: { key: 'db' } }] });
      expect(readersOfPassword([withNotes({}), store(), all, user('b', 'copy')], 'user')).toEqual(['Pod/in-b variable c P']);
      expect(readersOfPassword([withNotes({}), store(), all, user('b', 'copy')])).toEqual([]);
    });

    test.each<[string, any]>([
      ['another cluster', store({ server: { url: 'https://other.example:6443' } })],
      ['another namespace', store({ remoteNamespace: 'c' })],
      ['another provider', { ...store(), spec: { provider: { vault: {} } } }],
    ])('not from %s', (_, from) => expect(readersOfPassword([withNotes({}), from, one, user('b', 'copy')])).toEqual([]));
  });

  test('a mirror is read by whoever reads it', () => {
    const mirror = { ...secret('mirror', {}, { metadata: { namespace: 'b', annotations: { [`${REFLECTOR}reflects`]: 'a/db' } } }) };
    expect(exposureOf([withNotes({}), mirror, user('b', 'mirror')]).readersOf('db', { namespace: 'a' }))
      .toMatchObject([{ reader: { kind: 'Pod', namespace: 'b', name: 'in-b' }, way: 'variable', key: 'user', through: [{ kind: 'Secret', namespace: 'b', name: 'mirror' }] }]);
  });
});

test('says who makes a Secret, and where the values are', () => {
  const objects = [
    secret('plain', { a: '1' }, { immutable: true }),
    { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'sealed' }, spec: { encryptedData: { a: 'x' } } },
    { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'ext' }, spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' }, data: [{ secretKey: 'a', remoteRef: { key: 'x' } }] } },
    { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'c' }, spec: { secretName: 'tls', issuerRef: { kind: 'ClusterIssuer', name: 'ca' } } },
  ];
  const place = ({ apiVersion, kind, metadata: { name } }: any) => ({ object: { apiVersion, kind, name }, path: '' });
  expect(exposureOf(objects).secrets).toEqual([
    { name: 'ext', type: 'Opaque', keys: ['a'], immutable: false, makers: [{ delivery: 'external', controller: 'External Secrets', sources: ['ClusterSecretStore vault'], place: place(objects[2]) }] },
    { name: 'plain', type: 'Opaque', keys: ['a'], immutable: true, makers: [{ delivery: 'manifest', sources: [], place: place(objects[0]) }] },
    { name: 'sealed', type: 'Opaque', keys: ['a'], immutable: false, makers: [{ delivery: 'sealed', controller: 'Sealed Secrets', sources: [], place: place(objects[1]) }] },
    { name: 'tls', type: 'kubernetes.io/tls', keys: ['ca.crt', 'tls.crt', 'tls.key'], immutable: false, makers: [{ delivery: 'Certificate', controller: 'cert-manager', sources: ['ClusterIssuer ca'], place: place(objects[3]) }] },
  ]);
});

/** A cluster of some secrets, pods, roles and bindings, at random. */
const objects = fc.array(fc.oneof(
  fc.constantFrom('s', 't').map(name => secret(name, { a: '1', b: '2' })),
  fc.tuple(fc.constantFrom('p', 'q'), fc.constantFrom('s', 't'), fc.constantFrom('a', 'b'), fc.boolean())
    .map(([name, of, key, token]) => pod({ env: [keyRef('P', of, key)] }, { automountServiceAccountToken: token, serviceAccountName: 'robot' }, { name })),
  fc.tuple(fc.constantFrom('r', 'x'), fc.constantFrom('get', 'create', 'patch', 'impersonate', 'bind', 'escalate'), fc.constantFrom('secrets', 'pods', 'pods/exec', 'serviceaccounts', 'serviceaccounts/token', 'roles', 'rolebindings', '*'))
    .map(([name, verb, resource]) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name }, rules: [{ apiGroups: ['*'], resources: [resource], verbs: [verb] }] })),
  fc.tuple(fc.constantFrom('r', 'x'), fc.constantFrom({ kind: 'User', name: 'bob' }, { kind: 'ServiceAccount', name: 'robot' }, { kind: 'Group', name: 'system:serviceaccounts' }), fc.nat(9))
    .map(([role, subject, index]) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: `b${index}` }, roleRef: { kind: 'Role', name: role }, subjects: [subject] })),
), { maxLength: 12 });

test('who can read a Secret, and what somebody can read, are one relation', () => {
  fc.assert(fc.property(objects, manifests => {
    const exposure = exposureOf(manifests);
    const all = exposure.secrets.flatMap(({ name }) => exposure.readersOf(name));
    const id = ({ secretName, reader }: SecretReading) => `${secretName} ${reader.kind}/${reader.name}`;
    const asked = [...new Set(all.map(({ reader }) => JSON.stringify(reader)))].map(text => JSON.parse(text)).flatMap(({ kind, namespace = '', name }) => exposure.readableBy(kind, namespace, name));
    expect([...new Set(asked.map(id))].sort()).toEqual([...new Set(all.map(id))].sort());
  }));
});

test('the order of the manifests changes nothing', () => {
  fc.assert(fc.property(objects, fc.nat(), (manifests, seed) => {
    const unique = [...new Map(manifests.map(manifest => [`${manifest.kind} ${manifest.metadata.name}`, manifest])).values()];
    const turned = [...unique.slice(seed % (unique.length + 1)), ...unique.slice(0, seed % (unique.length + 1))];
    const told = (of: any[]) => {
      const exposure = exposureOf(of);
      return exposure.secrets.flatMap(({ name }) => exposure.readersOf(name).map(({ through, ...reading }) => reading));
    };
    expect(told(turned)).toEqual(told(unique));
  }));
});
