import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { flattenDiagnosticMessageText, ModuleKind, ModuleResolutionKind, createProgram, ScriptTarget } from 'typescript';
import { roundTrip } from './round-trip';
import { tempFolder } from '../../support/temp-folder';

jest.spyOn(process.stderr, 'write').mockImplementation(() => true);

const PROJECT = resolve(__dirname, '../../..');

/** The statement of a program that begins so, to its end. */
function statement(text: string, start: string): string {
  const from = text.indexOf(start);
  if (from === -1) throw new Error(`there is no ${start} in\n${text}`);
  return text.slice(from, text.indexOf(';\n', from) + 1);
}

const secret = (fields: string) => `apiVersion: v1\nkind: Secret\n${fields}\n`;
const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec: ${spec}\n`;

describe('a Secret', () => {
  test.each<[string, string, string]>([
    ['Opaque', 'metadata: {name: db, labels: {app: x}}\nstringData: {user: admin}',
      "new Secret(chart, 'Db', {\n  metadata: { name: 'db', labels: { app: 'x' } },\n  data: { user: SensitiveValue.fromEnvironment('DB_USER') },\n});"],
    ['of data and stringData', 'metadata: {name: db}\ndata: {a: eA==, b: eQ==}\nstringData: {a: z}',
      "new Secret(chart, 'Db', {\n  metadata: { name: 'db' },\n  data: { a: SensitiveValue.fromEnvironment('DB_A'), b: SensitiveValue.fromEnvironment('DB_B') },\n});"],
    ['immutable, of a type of its own', 'metadata: {name: db}\nimmutable: true\ntype: example.com/x\nstringData: {a: z}',
      "new Secret(chart, 'Db', {\n  metadata: { name: 'db' },\n  immutable: true,\n  type: 'example.com/x',\n  data: { a: SensitiveValue.fromEnvironment('DB_A') },\n});"],
    ['without keys', 'metadata: {name: db}', "new Secret(chart, 'Db', { metadata: { name: 'db' } });"],
    ['with an empty value', 'metadata: {name: db}\nstringData: {a: ""}',
      "new Secret(chart, 'Db', {\n  metadata: { name: 'db' },\n  data: { a: SensitiveValue.fromEnvironment('DB_A', { allowEmpty: true }) },\n});"],
    ['with a key of its own name', 'metadata: {name: api-key}\nstringData: {api-key: x}',
      "new Secret(chart, 'ApiKey', {\n  metadata: { name: 'api-key' },\n  data: { 'api-key': SensitiveValue.fromEnvironment('API_KEY') },\n});"],
    ['of several lines', 'metadata: {name: db, namespace: shop}\nstringData: {a.txt: "x\\ny"}',
      "new Secret(shop, 'Db', {\n  metadata: { name: 'db' },\n  data: { 'a.txt': SensitiveValue.fromFile('secrets/shop/db/a.txt') },\n});"],
    ['of bytes', 'metadata: {name: db}\ndata: {a: /w==}', "new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: SensitiveValue.fromFile('secrets/db/a') } });"],
    ['of a user and a password', 'metadata: {name: db}\ntype: kubernetes.io/basic-auth\nstringData: {username: u, password: p}',
      "new BasicAuthSecret(chart, 'Db', {\n  metadata: { name: 'db' },\n  username: SensitiveValue.fromEnvironment('DB_USERNAME'),\n  password: SensitiveValue.fromEnvironment('DB_PASSWORD'),\n});"],
    ['of an SSH key', 'metadata: {name: git}\ntype: kubernetes.io/ssh-auth\nstringData: {ssh-privatekey: "a\\nb\\n"}',
      "new SshAuthSecret(chart, 'Git', {\n  metadata: { name: 'git' },\n  privateKey: SensitiveValue.fromFile('secrets/git/ssh-privatekey'),\n});"],
    ['of a registry', 'metadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData: {.dockerconfigjson: \'{"auths":{}}\'}',
      "DockerConfigSecret.fromConfigJson(chart, 'Pull', SensitiveValue.fromEnvironment('PULL_DOCKERCONFIGJSON'), {\n  metadata: { name: 'pull' },\n});"],
  ])('%s is declared', (_, fields, expected) => {
    const { program, before, after } = roundTrip(secret(fields));

    expect(program.text).toContain(`\n\n${expected}\n`);
    expect(after).toEqual(before);
  });

  test('that cannot be declared stays as it is, without its texts, and its error is acknowledged', () => {
    const { program, before, after } = roundTrip(secret('metadata: {name: db}\ndata: {a: "no base64!"}'));

    expect(program.text).toContain('// It stays as it is: a value is no base64.\n');
    expect(statement(program.text, 'const db = ')).toContain("data: { a: environment('DB_A') }");
    expect(program.text).toMatch(/AppInspection\.of\(db\)\.acknowledge\(\s*'WrongFieldType'/);
    expect(program.values.list('x')).toBe('Set these environment variables before x runs:\n  DB_A  a of the Secret db, in base64\n');
    expect(after).toEqual(before);
  });

  test('that breaks the rules of its type stays as it is', () => {
    const { program, before, after } = roundTrip(secret('metadata: {name: t}\ntype: kubernetes.io/tls\ndata: {tls.crt: eA==, tls.key: eA==}'));

    expect(program.text).toContain('// It stays as it is: InvalidCertificate: ');
    expect(after).toEqual(before);
  });

  test('that the cluster fills in is an object, and has the keys that it will have', () => {
    const { program, before, after } = roundTrip(`${secret('metadata: {name: t, annotations: {kubernetes.io/service-account.name: robot}}\ntype: kubernetes.io/service-account-token')}---
${pod('{containers: [{name: c, image: i, env: [{name: T, valueFrom: {secretKeyRef: {name: t, key: token}}}]}]}')}`);

    expect(program.text).toContain("const t = Secret.fromSecretName(chart, 'TSecret', 't', {\n  keys: ['ca.crt', 'namespace', 'token'],\n  type: 'kubernetes.io/service-account-token',\n});");
    expect(after).toEqual(before);
  });

  test('that SOPS has encrypted stays as it is', () => {
    const yaml = secret('metadata: {name: db}\ndata: {a: "ENC[AES256_GCM,data:xx,type:str]"}\nsops: {mac: x, lastmodified: "2026"}');
    const { program, before, after } = roundTrip(yaml);

    expect(program.text).toContain('// SOPS has encrypted its values: they stay as they are.\n');
    expect(after).toEqual(before);
    expect(after[0]).toContain('ENC[');
  });

  test('of one name in two namespaces has variables and values of its own', () => {
    const { program, before, after } = roundTrip(['a', 'b'].map(namespace => secret(`metadata: {name: db, namespace: ${namespace}}\nstringData: {x: v}`)).join('---\n'));

    expect([...program.values.variables.keys()]).toEqual(['DB_X', 'B_DB_X']);
    expect(after).toEqual(before);
  });

  test('that is declared twice makes both again', () => {
    const twice = [1, 2].map(number => secret(`metadata: {name: db}\nstringData: {x: y${number}}`)).join('---\n');
    const { program, before, after } = roundTrip(`${twice}---\n${pod('{containers: [{name: c, image: i, envFrom: [{secretRef: {name: db}}]}]}')}`);

    expect(program.text).toMatch(/acknowledge\(\s*'DuplicateSecret'/);
    expect(after).toEqual(before);
  });
});

describe('a pod', () => {
  const DB = secret('metadata: {name: db}\nstringData: {user: a, password: b}');
  const bound = (spec: string, yaml = DB) => {
    const { program, before, after } = roundTrip(`${yaml}---\n${pod(spec)}`);
    expect(after).toEqual(before);
    const bindings = statement(`${program.text}`, 'new ApiObject').split('.with(')[1];
    return bindings?.replace(/\);$/, '').trim().replace(/,$/, '');
  };

  test.each<[string, string, string | undefined]>([
    ['a variable', 'env: [{name: A, value: x}, {name: P, valueFrom: {secretKeyRef: {name: db, key: password}}}]', "SecretBinding.env('P', db.key('password'))"],
    ['an optional variable', 'env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: password, optional: true}}}]', "SecretBinding.env('P', db.key('password'), { optional: true })"],
    ['a variable before others', 'env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: password}}}, {name: A, value: x}]', undefined],
    ['all keys', 'envFrom: [{configMapRef: {name: c}}, {prefix: D_, secretRef: {name: db}}]', "SecretBinding.envFrom(db, { prefix: 'D_' })"],
    ['a key that it has not', 'env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: passwd}}}]', undefined],
  ])('with %s', (_, container, expected) => {
    expect(bound(`{containers: [{name: c, image: i, ${container}}]}`)).toBe(expected);
  });

  test('with files that are mounted read-only', () => {
    expect(bound(`{containers: [{name: c, image: i, volumeMounts: [{name: v, mountPath: /v, readOnly: true}]}],
      volumes: [{name: v, secret: {secretName: db, defaultMode: 256, items: [{key: user, path: u, mode: 292}]}}]}`))
      .toBe("SecretBinding.files('/v', db, { items: { user: 'u' }, modes: { user: '0444' }, mode: '0400', volumeName: 'v' })");
  });

  test('with files that are not', () => {
    expect(bound('{containers: [{name: c, image: i, volumeMounts: [{name: v, mountPath: /v}]}], volumes: [{name: v, secret: {secretName: db}}]}')).toBe(undefined);
  });

  test('with pull secrets', () => {
    const registry = secret('metadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData: {.dockerconfigjson: \'{"auths":{}}\'}');
    expect(bound('{imagePullSecrets: [{name: pull}], containers: [{name: c, image: i}]}', registry)).toBe('SecretBinding.imagePull(pull)');
  });

  test('names the container where there are several', () => {
    expect(bound('{containers: [{name: c, image: i}, {name: d, image: i, envFrom: [{secretRef: {name: db}}]}]}'))
      .toBe("SecretBinding.envFrom(db, { containers: ContainerSelector.named('d') })");
  });

  test('binds what can be, beside what cannot', () => {
    expect(bound('{containers: [{name: c, image: i, envFrom: [{secretRef: {name: db}}], env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: nope}}}]}]}'))
      .toBe('SecretBinding.envFrom(db)');
  });

  test('refers to the declared Secret where a binding would change it, and says so', () => {
    const { program, before, after } = roundTrip(`${DB}---\n${pod('{containers: [{name: c, image: i, env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: password}}}, {name: A, value: $(P)}]}]}')}`);

    expect(program.text).toContain('// Some of its secrets stay where they are: a binding would put them into another place, or make them read-only.\n');
    expect(program.text).toContain("{ name: 'P', valueFrom: { secretKeyRef: { name: db.name, key: 'password' } } }");
    expect(after).toEqual(before);
  });

  test('imports a Secret that nothing makes, with what its maker says of it', () => {
    const { program, before, after } = roundTrip(`apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: sealed}
spec: {encryptedData: {a: AgBx}, template: {type: Opaque}}
---
${pod('{containers: [{name: c, image: i, envFrom: [{secretRef: {name: sealed}}, {secretRef: {name: elsewhere}}]}]}')}`);

    expect(program.text).toContain("const sealed = Secret.fromSecretName(chart, 'Sealed', 'sealed', { keys: ['a'], type: 'Opaque' });");
    expect(program.text).toContain("const elsewhere = Secret.fromSecretName(chart, 'Elsewhere', 'elsewhere');");
    expect(program.text).toContain('SecretBinding.envFrom(sealed),\n');
    expect(after).toEqual(before);
  });

  test('has no new checksum', () => {
    expect(roundTrip(`${DB}---\n${pod('{containers: [{name: c, image: i, envFrom: [{secretRef: {name: db}}]}]}')}`).program.text).toContain('chart.with(SecretRollout.none());');
  });
});

describe('no value is in the program', () => {
  test('where it stands in another object', () => {
    const { program, before, after } = roundTrip(`${secret('metadata: {name: db}\nstringData: {password: canary-canary}')}---
apiVersion: v1
kind: ConfigMap
metadata: {name: c, annotations: {note: canary-canary}}
data: {url: "postgres://u:canary-canary@db/x", token: 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'}
`);

    expect(program.text).not.toMatch(/canary|ghp_/);
    expect(program.text).toContain('// Texts that are credentials, or values of Secrets, come from the environment; better move them into a Secret.\n');
    expect([...program.values.variables.keys()]).toEqual(['DB_PASSWORD', 'C_NOTE', 'C_URL', 'C_TOKEN']);
    expect(after).toEqual(before);
  });

  test('where it stands in the key of a field: the object is left out', () => {
    const { program } = roundTrip(`${secret('metadata: {name: db}\nstringData: {password: canary-canary}')}---
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
data: {canary-canary: x}
`);

    expect(program.text).not.toContain('canary');
    expect(program.leftOut.lines).toEqual(['ConfigMap c: the key of a field holds the value of a Secret']);
  });

  test('but the name of an object is no value that is secret', () => {
    const { program, before, after } = roundTrip(secret('metadata: {name: quobyte-admin}\ntype: kubernetes.io/quobyte\nstringData: {password: quobyte}'));

    expect(program.leftOut.lines).toEqual([]);
    expect(after).toEqual(before);
  });

  test('nor in what a live object repeats of it', () => {
    const { program } = roundTrip(secret(`metadata:
  name: db
  uid: 1
  annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"stringData":{"a":"canary-canary"}}'}
  managedFields: [{manager: canary-canary}]
stringData: {a: canary-canary}`));

    expect(program.text).not.toMatch(/canary|annotations|managed|uid/);
  });
});

describe('an object of a cluster', () => {
  test('is what somebody would apply', () => {
    const { program, before, after } = roundTrip(`apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: c, namespace: shop, uid: u, resourceVersion: "1", generation: 3, creationTimestamp: "2026-01-01T00:00:00Z", managedFields: [], selfLink: /x, labels: {}}
  data: {a: b}
  status: {x: y}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: kube-root-ca.crt, namespace: shop, uid: u}
- apiVersion: v1
  kind: ServiceAccount
  metadata: {name: default, namespace: shop, uid: u}
- apiVersion: v1
  kind: Secret
  metadata: {name: sh.helm.release.v1.x.v1, namespace: shop, uid: u}
  type: helm.sh/release.v1
- apiVersion: apps/v1
  kind: ReplicaSet
  metadata: {name: api-1, namespace: shop, uid: u, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: api, uid: v, controller: true}]}
`);

    expect(statement(program.text, 'new ApiObject')).toBe("new ApiObject(shop, 'CConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: 'b' } });");
    expect(program.leftOut.lines).toEqual([
      'ConfigMap kube-root-ca.crt: the cluster makes it', 'ServiceAccount default: the cluster makes it', 'Secret sh.helm.release.v1.x.v1: Helm makes it',
      'ReplicaSet api-1: Deployment api makes it',
    ]);
    expect(program.leftOut.isComplete).toBe(true);
    expect(after).toEqual(before);
  });
});

describe('of what a cluster gives an object of its own', () => {
  const live = 'namespace: shop, uid: u, resourceVersion: "1"';
  const applied = (spec: string) => `annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"spec":${spec}}'}`;
  const labels = '{batch.kubernetes.io/controller-uid: u, batch.kubernetes.io/job-name: x, controller-uid: u, job-name: x, app: x}';

  test.each<[string, string, string]>([
    ['a Service has no address', `apiVersion: v1\nkind: Service\nmetadata: {name: x, ${live}}\nspec: {clusterIP: 10.0.0.1, clusterIPs: [10.0.0.1], type: ClusterIP}`,
      "apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { type: 'ClusterIP' }"],
    ['a Service has the address that was applied', `apiVersion: v1\nkind: Service\nmetadata: {name: x, ${live}, ${applied('{"clusterIP":"10.0.0.1"}')}}\nspec: {clusterIP: 10.0.0.1}`,
      "apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { clusterIP: '10.0.0.1' }"],
    ['a headless Service stays headless', `apiVersion: v1\nkind: Service\nmetadata: {name: x, ${live}}\nspec: {clusterIP: None}`,
      "apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { clusterIP: 'None' }"],
    ['a Job has no selector', `apiVersion: batch/v1\nkind: Job\nmetadata: {name: x, ${live}, labels: ${labels}}
spec: {manualSelector: false, selector: {matchLabels: {controller-uid: u}}, template: {metadata: {labels: ${labels}}}}`,
    "apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'x', labels: { app: 'x' } }, spec: { template: { metadata: { labels: { app: 'x' } } } }"],
    ['a Job keeps the selector of its own', `apiVersion: batch/v1\nkind: Job\nmetadata: {name: x, ${live}}\nspec: {manualSelector: true, selector: {matchLabels: {a: b}}}`,
      "apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'x' }, spec: { manualSelector: true, selector: { matchLabels: { a: 'b' } } }"],
    ['a claim has no volume', `apiVersion: v1\nkind: PersistentVolumeClaim
metadata: {name: x, ${live}, finalizers: [kubernetes.io/pvc-protection], annotations: {pv.kubernetes.io/bind-completed: "yes", pv.kubernetes.io/bound-by-controller: "yes"}}
spec: {volumeName: pvc-1}`, "apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'x' }, spec: {}"],
    ['a claim keeps the volume that it asked for', `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: x, ${live}, annotations: {pv.kubernetes.io/bind-completed: "yes"}}\nspec: {volumeName: pv}`,
      "apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'x' }, spec: { volumeName: 'pv' }"],
    ['a Pod has no node, and no token', `apiVersion: v1\nkind: Pod\nmetadata: {name: x, ${live}}
spec: {nodeName: n, containers: [{name: c, volumeMounts: [{name: kube-api-access-gdc8m, mountPath: /t}]}], volumes: [{name: kube-api-access-gdc8m, projected: {sources: []}}]}`,
    "apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { containers: [{ name: 'c' }] }"],
    ['another kind of the same name keeps all', `apiVersion: batch.volcano.sh/v1alpha1\nkind: Job\nmetadata: {name: x, ${live}}\nspec: {selector: {a: b}}`,
      "apiVersion: 'batch.volcano.sh/v1alpha1', kind: 'Job', metadata: { name: 'x' }, spec: { selector: { a: 'b' } }"],
  ])('%s', (_, yaml, expected) => {
    const { text } = roundTrip(`${yaml}\n`).program;

    expect(statement(text, 'new ApiObject').replace(/,?\s+/g, ' ')).toContain(`${expected.replace(/,?\s+/g, ' ')} }`);
  });

  test.each<[string, string]>([
    ['apiVersion: v1\nkind: Event\nmetadata: {name: x, uid: u}', 'Event x: the cluster makes it'],
    ['apiVersion: coordination.k8s.io/v1\nkind: Lease\nmetadata: {name: x, uid: u}', 'Lease x: the cluster makes it'],
    ['apiVersion: v1\nkind: Endpoints\nmetadata: {name: x, uid: u, labels: {endpoints.kubernetes.io/managed-by: endpoint-controller}}', 'Endpoints x: Service x makes it'],
    ['apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, uid: u}', 'Namespace kube-system: the cluster makes it'],
    ['apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: view, uid: u, labels: {kubernetes.io/bootstrapping: rbac-defaults}}', 'ClusterRole view: the cluster makes it'],
    ['apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: x, uid: u, annotations: {pv.kubernetes.io/provisioned-by: ebs.csi.aws.com}}',
      'PersistentVolume x: the provisioner ebs.csi.aws.com makes it'],
  ])('what nobody applies is left out: %s', (yaml, leftOut) => {
    expect(roundTrip(`${yaml}\n`).program.leftOut).toMatchObject({ lines: [leftOut], isComplete: true });
  });
});

test.each<[string, string, string]>([
  ['without a name of its own', 'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: x-}', 'Job x-: it has no name of its own, and cdk8s gives every object one'],
  ['that is none', 'a text', 'a document: it is no object of Kubernetes with a name'],
  ['without metadata', 'apiVersion: a/v1\nkind: B', 'B: it is no object of Kubernetes with a name'],
])('an object %s is left out', (_, yaml, leftOut) => {
  expect(roundTrip(`${yaml}\n`).program.leftOut).toMatchObject({ lines: [leftOut], isComplete: false });
});

test('a program imports what it calls, and not what a text looks like', () => {
  const { program } = roundTrip('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: code}\ndata: {main.ts: "environment(new Secret(SecretBinding.env(1)))"}\n');

  expect(program.text).toContain("import { ApiObject, App, Chart } from 'cdk8s';\n\nconst app");
  expect(program.text).not.toContain('SecretRollout');
});

test('a namespace, and names, may be words of JavaScript', () => {
  const yaml = 'apiVersion: v1\nkind: Secret\nmetadata: {name: toString, namespace: constructor}\nstringData: {class: y}\n';
  const { program, before, after } = roundTrip(yaml);

  expect(program.leftOut.lines).toEqual([]);
  expect(after).toEqual(before);
});

test('no file of a value is the folder of another one', () => {
  const [one, other] = [secret('metadata: {name: a}\nstringData: {b: "x\\ny"}'), secret('metadata: {name: b, namespace: a}\nstringData: {c: "x\\ny"}')];
  expect([...roundTrip(`${one}---\n${other}`).program.values.files.keys()]).toEqual(['secrets/a/b', 'secrets/a/b-/c']);
  expect([...roundTrip(`${other}---\n${one}`).program.values.files.keys()]).toEqual(['secrets/a/b/c', 'secrets/a/b-']);
});

test('a value is not read from a variable that is set already', () => {
  expect(roundTrip(secret('metadata: {name: p}\nstringData: {path: x}')).program.values.list('x')).toContain('  P_PATH  path of the Secret p\n');
});

test('the same manifests make the same program', () => {
  const yaml = readFileSync(join(PROJECT, 'examples/platform-template/__snapshots__/checkout.k8s.yaml'), 'utf8');
  expect(roundTrip(yaml).program.text).toBe(roundTrip(yaml).program.text);
});

const EXAMPLES = readdirSync(join(PROJECT, 'examples'), { withFileTypes: true }).filter(entry => entry.isDirectory()).flatMap(({ name }) => {
  const folder = join(PROJECT, 'examples', name, '__snapshots__');
  return (readdirSync(folder, { recursive: true }) as string[]).filter(file => file.endsWith('.yaml')).sort().map(file => `${name}/__snapshots__/${file}`);
});

test.each(EXAMPLES)('what %s holds is imported, and made again', file => {
  const { program, before, after } = roundTrip(readFileSync(join(PROJECT, 'examples', file), 'utf8'));

  expect(program.leftOut.lines).toEqual([]);
  expect(after).toEqual(before);
});

test('the programs compile, strictly', () => {
  const programs = Object.fromEntries(EXAMPLES.map((file, index) => [`import-${index}.ts`, roundTrip(readFileSync(join(PROJECT, 'examples', file), 'utf8')).program.text]));
  const folder = tempFolder(programs);
  const compiled = createProgram(Object.keys(programs).map(name => join(folder, name)), {
    strict: true,
    noUnusedLocals: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    target: ScriptTarget.ES2022,
    module: ModuleKind.Node16,
    moduleResolution: ModuleResolutionKind.Node16,
    types: ['node'],
    typeRoots: [join(PROJECT, 'node_modules/@types')],
    paths: { 'cdk8s-secrets': [join(PROJECT, 'src')], 'cdk8s': [join(PROJECT, 'node_modules/cdk8s')] },
  });
  const found = Object.keys(programs).map(name => compiled.getSourceFile(join(folder, name)))
    .flatMap(file => [...compiled.getSyntacticDiagnostics(file), ...compiled.getSemanticDiagnostics(file)]).map(({ messageText }) => flattenDiagnosticMessageText(messageText, '\n'));

  expect(found).toEqual([]);
}, 120_000);
