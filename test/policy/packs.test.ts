import { App, ApiObject, Chart } from 'cdk8s';
import { PolicyPack, SecretPolicy } from '../../src';
import { Inspection } from '../../src/app/inspection';
import { PACKS, checksOf } from '../../src/policy/packs';
import { isCode } from '../../src/report/all-codes';
import { pod, secret } from '../inspect/manifests';
import { codes } from '../support/refusal';

/** The findings of a pack, and of nothing else: `severity Code path`. */
function foundBy(name: string, manifests: readonly unknown[]): string[] {
  const sources = manifests.map(manifest => ({ manifest }));
  const own = (checks = checksOf([])) => Inspection._fromSources(sources, { missingSecrets: false }, checks).findings
    .map(({ severity, code, path }) => `${severity} ${code} ${path}`);
  const others = own();
  return own(checksOf(PACKS.filter(pack => pack.name === name))).filter(line => !others.includes(line));
}

const configMap = (data: object, metadata: object = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', ...metadata }, data });
const URL_WITH_PASSWORD = 'postgres://app:s3cr3t@db/app';
const URL_TO_FILL_IN = 'postgres://app:$(DB_PASSWORD)@db/app';

describe('plaintext: a Secret', () => {
  test.each<[string, unknown, string[]]>([
    ['with a value', secret('db', { password: 'hunter2' }), ['data']],
    ['with stringData', secret('db', {}, { stringData: { token: 'hunter2' } }), ['stringData']],
    ['with both', secret('db', { a: 'hunter2' }, { stringData: { b: 'hunter2' } }), ['data', 'stringData']],
    ['with a weak password', secret('db', { password: 'password' }), ['data']],
    ['with a user name and a password', secret('db', { username: 'app', password: 'hunter2' }), ['data']],
    ['without values', secret('db'), []],
    ['with a user name and a host', secret('db', { username: 'app', host: 'db.example.com' }), []],
    ['with placeholders', secret('db', { a: '<password>', b: '${PASSWORD}', c: '', d: 'changeme' }), []],
    ['with placeholders that are no base64', secret('db', {}, { data: { a: '<base64 of the password>' } }), []],
    ['that SOPS has encrypted', { ...secret('db'), data: { a: 'ENC[AES256_GCM,data:x,type:str]' }, sops: { mac: 'ENC[x]', lastmodified: '2026-01-01T00:00:00Z' } }, []],
    ['of a token that the cluster makes', secret('t', {}, { type: 'kubernetes.io/service-account-token', metadata: { annotations: { 'kubernetes.io/service-account.name': 'a' } } }), []],
    ['that is sealed', { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'db', namespace: 'n' }, spec: { encryptedData: { a: 'AgBy3i4OJSWK' } } }, []],
  ])('%s', (_, manifest, fields) => {
    expect(foundBy('plaintext', [manifest])).toEqual(fields.map(field => `error PlaintextForbidden ${field}`));
  });

  test('is said without its values, and with its keys', () => {
    const [{ message }] = Inspection._fromSources([{ manifest: secret('db', { password: 'hunter2', token: 'hunter3', user: 'app' }) }], {}, checksOf([PACKS[0]])).errors;
    expect(message).toBe('the values of "password" and 1 more key stand in the manifest, for everybody who has it to read');
  });
});

describe('plaintext: a credential', () => {
  test.each<[string, (text: string) => unknown, string]>([
    ['a ConfigMap', text => configMap({ 'app.env': `A=1\nURL=${text}\n` }), 'data[app.env]'],
    ['a variable', value => pod({ env: [{ name: 'URL', value }] }), 'spec.containers[0].env[0].value'],
    ['an argument', text => pod({ args: ['--db', text] }), 'spec.containers[0].args[1]'],
    ['a command', text => pod({ command: ['sh', '-c', `app ${text}`] }), 'spec.containers[0].command[2]'],
    ['an annotation', text => configMap({}, { annotations: { 'example.com/db': text } }), 'metadata.annotations[example.com/db]'],
    ['an annotation of a Secret', text => secret('s', {}, { metadata: { annotations: { a: text } } }), 'metadata.annotations[a]'],
    ['a custom resource', url => ({ apiVersion: 'example.com/v1', kind: 'App', metadata: { name: 'a' }, spec: { databases: [{ url }] } }), 'spec.databases[0].url'],
  ])('in %s', (_, manifest, path) => {
    expect(foundBy('plaintext', [manifest(URL_WITH_PASSWORD)])).toEqual([`error PlaintextCredential ${path}`]);
    expect(foundBy('plaintext', [manifest(URL_TO_FILL_IN)])).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['a variable', pod({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }), 'spec.containers[0].env[0].value'],
    ['an entry of a ConfigMap', configMap({ 'spring.datasource.password': 'hunter2' }), 'data[spring.datasource.password]'],
    ['an option', pod({ args: ['--admin-password=hunter2'] }), 'spec.containers[0].args[0]'],
    ['an option with its value behind it', pod({ command: ['app', '--apiKey', 'hunter2'] }), 'spec.containers[0].command[2]'],
  ])('that only its name tells is a warning: %s', (_, manifest, path) => {
    expect(foundBy('plaintext', [manifest])).toEqual([`warning PlaintextCredential ${path}`]);
  });

  test('is told once, where its name and its shape tell it', () => {
    expect(foundBy('plaintext', [pod({ env: [{ name: 'API_KEY', value: URL_WITH_PASSWORD }] })])).toEqual(['error PlaintextCredential spec.containers[0].env[0].value']);
  });

  test('is not told twice, in what kubectl keeps of the object', () => {
    const data = { url: URL_WITH_PASSWORD };
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(configMap(data)) };
    expect(foundBy('plaintext', [configMap(data, { annotations })])).toEqual(['error PlaintextCredential data[url]']);
  });

  test('is found beside a placeholder in one text of a repository', () => {
    const { findings } = Inspection._fromSources([{ manifest: configMap({ conf: `host: {{ .host }}\nurl: ${URL_WITH_PASSWORD}` }) }], { repository: true }, checksOf([PACKS[0]]));
    expect(findings.map(({ code }) => code)).toEqual(['PlaintextCredential']);
  });

  test('never stands in a finding', () => {
    const inspection = Inspection._fromSources([{ manifest: configMap({ url: URL_WITH_PASSWORD }) }], {}, checksOf([PACKS[0]]));
    expect(JSON.stringify(inspection.findings)).not.toContain('s3cr3t');
    expect(inspection.errors.map(({ message }) => message)).toEqual(['a URL with a password stands here, where everybody who has the manifest can read it']);
  });
});

const role = (rule: object, kind = 'Role') => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: 'r' }, rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], ...rule }] });
const binding = (name: string, more: object = {}, kind = 'RoleBinding') => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name: 'b' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
  subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'n' }],
  ...more,
});

describe('rbac: a role', () => {
  test.each<[object, boolean]>([
    [{}, true],
    [{ verbs: ['list'] }, true],
    [{ verbs: ['watch'] }, true],
    [{ verbs: ['*'] }, true],
    [{ resources: ['configmaps', 'secrets'] }, true],
    [{ resources: ['*'] }, true],
    [{ apiGroups: ['*'] }, true],
    [{ apiGroups: ['apps', ''] }, true],
    [{ resourceNames: [] }, true],
    [{ resourceNames: ['db'] }, false],
    [{ resourceNames: ['db'], verbs: ['get', 'list', 'watch'] }, false],
    [{ verbs: ['create', 'update', 'patch', 'delete'] }, false],
    [{ resources: ['configmaps'] }, false],
    [{ resources: ['secrets/status'] }, false],
    [{ apiGroups: ['apps'], resources: ['*'] }, false],
    [{ apiGroups: ['bitnami.com'], resources: ['sealedsecrets'] }, false],
    [{ apiGroups: undefined, resources: undefined, nonResourceURLs: ['*'] }, false],
  ])('with %j reads all Secrets: %p', (rule, doesRead) => {
    for (const kind of ['Role', 'ClusterRole']) expect(foundBy('rbac', [role(rule, kind)])).toEqual(doesRead ? ['error SecretsReadable rules[0]'] : []);
  });

  test.each<[string, object, boolean]>([
    ['cluster-admin', {}, true],
    ['admin', {}, true],
    ['edit', {}, true],
    ['view', {}, false],
    ['api', {}, false],
    ['cluster-admin', { subjects: [{ kind: 'Group', name: 'system:masters', apiGroup: 'rbac.authorization.k8s.io' }] }, false],
    ['cluster-admin', { subjects: [{ kind: 'Group', name: 'system:authenticated', apiGroup: 'rbac.authorization.k8s.io' }] }, true],
    ['admin', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'admin' } }, false],
  ])('that every cluster has, %s, is bound with %j: %p', (name, more, doesRead) => {
    for (const kind of ['RoleBinding', 'ClusterRoleBinding']) expect(foundBy('rbac', [binding(name, more, kind)])).toEqual(doesRead ? ['error SecretsReadable roleRef.name'] : []);
  });

  test('of another system is none', () => {
    expect(foundBy('rbac', [{ ...role({}), apiVersion: 'example.com/v1' }])).toEqual([]);
  });
});

describe('tokens: the token of a ServiceAccount', () => {
  const account = (more: object = {}) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'api' }, ...more });
  const bound = (...subjects: object[]) => binding('view', { subjects });
  const api = { kind: 'ServiceAccount', name: 'api', namespace: 'n' };
  const inNamespace = (manifest: any) => ({ ...manifest, metadata: { ...manifest.metadata, namespace: 'n' } });

  test.each<[string, unknown[], number]>([
    ['that pods name none', [pod()], 1],
    ['that pods name, and nothing is allowed', [pod({}, { serviceAccountName: 'api' }), account()], 1],
    ['that another is bound beside', [pod({}, { serviceAccountName: 'api' }), account(), bound({ ...api, name: 'web' })], 1],
    ['that another of the same name is bound beside', [pod({}, { serviceAccountName: 'api' }), account(), bound({ ...api, namespace: 'm' })], 1],
    ['that the pod does not mount', [pod({}, { automountServiceAccountToken: false })], 0],
    ['that is not to be mounted', [pod({}, { serviceAccountName: 'api' }), account({ automountServiceAccountToken: false })], 0],
    ['that is bound', [pod({}, { serviceAccountName: 'api' }), account(), bound(api)], 0],
    ['that is bound in its own namespace', [pod({}, { serviceAccountName: 'api' }), account(), bound({ ...api, namespace: undefined })], 0],
    ['that is bound as a user', [pod({}, { serviceAccountName: 'api' }), account(), bound({ kind: 'User', name: 'system:serviceaccount:n:api' })], 0],
    ['that is in a group that is bound', [pod(), bound({ kind: 'Group', name: 'system:serviceaccounts:n' })], 0],
    ['that is in the group of all', [pod(), bound({ kind: 'Group', name: 'system:serviceaccounts' })], 0],
    ['that is made elsewhere', [pod({}, { serviceAccountName: 'api' })], 0],
    ['that an injected agent uses', [pod({}, {}, { annotations: { 'vault.hashicorp.com/agent-inject': 'true' } })], 0],
  ])('%s', (_, manifests, count) => {
    expect(foundBy('tokens', manifests.map(inNamespace))).toEqual(Array(count).fill('warning TokenMounted spec.automountServiceAccountToken'));
  });
});

describe('unused: a Secret', () => {
  const DB = secret('db', { password: 'hunter2', old: 'hunter1' });
  const takes = (...keys: string[]) => pod({ env: keys.map(key => ({ name: key.toUpperCase(), valueFrom: { secretKeyRef: { name: 'db', key } } })) });
  const mounts = (items?: object[]) => pod({ volumeMounts: [{ name: 'db', mountPath: '/db' }] }, { volumes: [{ name: 'db', secret: { secretName: 'db', ...items && { items } } }] });
  const custom = (spec: object) => ({ apiVersion: 'example.com/v1', kind: 'App', metadata: { name: 'a' }, spec });
  const external = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'db' } };

  test.each<[string, unknown[], string[]]>([
    ['that nothing names', [DB, pod()], ['UnusedSecret ']],
    ['that other things are called like', [DB, pod({ name: 'db', envFrom: [{ configMapRef: { name: 'db' } }] }, {}, { name: 'db', labels: { app: 'db' } })], ['UnusedSecret ']],
    ['that names itself', [{ ...DB, metadata: { name: 'db', annotations: { note: 'the password of db' } } }, pod()], ['UnusedSecret ']],
    ['of which only a longer name is used', [DB, secret('db-dump', { a: 'hunter2' }), pod({ args: ['my-db', 'db.sql'] })], ['UnusedSecret ', 'UnusedSecret ']],
    ['with common labels', [{ ...DB, metadata: { name: 'db', labels: { 'app.kubernetes.io/name': 'db', 'app': 'db' } } }, pod()], ['UnusedSecret ']],
    ['where nothing runs', [DB], []],
    ['that a controller selects', [{ ...DB, metadata: { name: 'db', labels: { 'argocd.argoproj.io/secret-type': 'repository' } } }, pod()], []],
    ['that is copied', [{ ...DB, metadata: { name: 'db', annotations: { 'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true' } } }, pod()], []],
    ['of a type that a controller looks for', [secret('r', { release: 'x' }, { type: 'helm.sh/release.v1' }), pod()], []],
    ['that a pod takes whole', [DB, pod({ envFrom: [{ secretRef: { name: 'db' } }] })], []],
    ['that a pod mounts', [DB, mounts()], []],
    ['that a pod pulls images with', [DB, pod({}, { imagePullSecrets: [{ name: 'db' }] })], []],
    ['that a custom resource names', [DB, pod(), custom({ credentials: { secretName: 'db' } })], []],
    ['that an argument names', [DB, pod({ args: ['--secret=shop/db'] })], []],
    ['that an annotation names', [DB, pod({}, {}, { annotations: { 'example.com/secrets': 'a,db' } })], []],
    ['that a role names', [DB, pod(), role({ resourceNames: ['db'] })], []],
    ['that a role reads with all others', [DB, pod(), role({})], []],
    ['of which keys are taken, but one', [DB, takes('password')], ['UnusedKey data[old]']],
    ['of which files are mounted, but one', [DB, mounts([{ key: 'old', path: 'p' }])], ['UnusedKey data[password]']],
    ['of which a custom resource takes a key', [DB, pod(), custom({ passwordSecretRef: { name: 'db', key: 'password' } })], ['UnusedKey data[old]']],
    ['of which all keys are taken', [DB, takes('password', 'old')], []],
    ['of which a key is taken, and all of it elsewhere', [DB, takes('password'), custom({ secret: 'db' })], []],
    ['of stringData', [secret('db', {}, { stringData: { password: 'hunter2', old: 'hunter1' } }), takes('password')], ['UnusedKey stringData[old]']],
    ['that an operator makes', [{
      ...external, spec: { secretStoreRef: { name: 's', kind: 'ClusterSecretStore' }, data: ['password', 'old'].map(key => ({ secretKey: key, remoteRef: { key } })) },
    }, takes('password')], ['UnusedKey spec.data[1].secretKey']],
  ])('%s', (_, manifests, found) => {
    expect(foundBy('unused', manifests)).toEqual(found.map(line => `warning ${line}`));
  });
});

test('files-only refuses Secrets in variables', () => {
  expect(foundBy('files-only', [pod({ envFrom: [{ secretRef: { name: 'db' } }] })])).toEqual(['error VariablesForbidden spec.containers[0].envFrom[0].secretRef.name']);
  expect(foundBy('files-only', [pod({ volumeMounts: [{ name: 'db', mountPath: '/db' }] }, { volumes: [{ name: 'db', secret: { secretName: 'db' } }] })])).toEqual([]);
});

describe('packs', () => {
  const app = () => {
    const made = new App();
    new ApiObject(new Chart(made, 'c', { namespace: 'web' }), 'Raw', { ...secret('db', { password: 'hunter2' }) });
    return made;
  };

  test('hold for apps as they do for files', () => {
    const made = app();
    SecretPolicy.of(made).require(PolicyPack.PLAINTEXT);
    expect(codes(made)).toEqual(['[c/Raw] PlaintextForbidden']);
  });

  test('demand once what several of them demand', () => {
    const made = app();
    SecretPolicy.of(made).require(PolicyPack.PLAINTEXT, PolicyPack.CIS, PolicyPack.NSA);
    expect(Inspection.fromApp(made).findings.map(({ code }) => code)).toEqual(['PlaintextForbidden']);
  });

  test('do not say again what was demanded by its name', () => {
    const made = new App();
    new ApiObject(new Chart(made, 'c', { namespace: 'web' }), 'Raw', pod({ envFrom: [{ secretRef: { name: 'db', optional: true } }] }));
    SecretPolicy.of(made).filesOnly();
    SecretPolicy.of(made).require(PolicyPack.FILES_ONLY);
    SecretPolicy.of(made).require(PolicyPack.FILES_ONLY);
    expect(Inspection.fromApp(made, { missingSecrets: false }).errors.map(({ code }) => code)).toEqual(['VariablesForbidden']);
  });

  test('are those that apps can ask for', () => {
    expect(PACKS.map(({ name }) => name)).toEqual(Object.values(PolicyPack));
  });

  test('have rules with codes that are explained', () => {
    for (const { rules } of PACKS) for (const { code } of rules) expect(isCode(code)).toBe(true);
  });
});
