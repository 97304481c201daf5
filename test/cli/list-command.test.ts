import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { appProgram } from './app-program';
import { run } from './run';
import { pathToCluster } from '../support/fake-kubectl';
import { tempFolder } from '../support/temp-folder';

const environment = { PATH: process.env.PATH!, HOME: tmpdir() };

const YAML = `
apiVersion: v1
kind: Secret
metadata: {name: db, namespace: shop}
stringData: {user: canary}
data: {password: Y2FuYXJ5}
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: sealed, namespace: shop}
spec: {encryptedData: {a: canary}, template: {type: example.com/x}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: ext, namespace: shop}
spec: {data: [{secretKey: token, remoteRef: {key: prod/ext, property: t}}]}
---
apiVersion: v1
kind: Secret
metadata: {name: repo, namespace: shop}
data: {token: 'ENC[AES256_GCM,data:canary,iv:x,tag:y,type:str]'}
sops: {mac: 'ENC[AES256_GCM,data:x,iv:x,tag:y,type:str]', lastmodified: '2026-01-01T00:00:00Z'}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  template:
    spec:
      containers:
      - name: c
        image: x
        env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: password}}}]
        envFrom: [{secretRef: {name: missing}}]
      imagePullSecrets: [{name: pull}]
---
apiVersion: openfaas.com/v1
kind: Function
metadata: {name: fn, namespace: shop}
spec: {name: fn, image: x, secrets: [sealed]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: db-reader, namespace: shop}
rules: [{apiGroups: [''], resources: [secrets], resourceNames: [db], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: db-reader, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: db-reader}
subjects: [{kind: User, name: bob}, {kind: ServiceAccount, namespace: shop, name: api}]
`;

const LISTED = [
  {
    namespace: 'shop',
    name: 'db',
    type: 'Opaque',
    keys: [{ key: 'password', size: 6 }, { key: 'user', size: 6 }],
    delivery: 'manifest',
    boundTo: ['Deployment/api: env password'],
    grantedTo: ['ServiceAccount/shop/api: get', 'User/bob: get'],
  },
  { namespace: 'shop', name: 'ext', type: 'Opaque', keys: [{ key: 'token', source: 'remote "prod/ext#t"' }], delivery: 'external', boundTo: [], grantedTo: [] },
  { namespace: 'shop', name: 'missing', delivery: 'existing', boundTo: ['Deployment/api: envFrom'], grantedTo: [] },
  { namespace: 'shop', name: 'pull', delivery: 'existing', boundTo: ['Deployment/api: imagePullSecret'], grantedTo: [] },
  { namespace: 'shop', name: 'repo', type: 'Opaque', keys: [{ key: 'token' }], delivery: 'sops', boundTo: [], grantedTo: [] },
  { namespace: 'shop', name: 'sealed', type: 'example.com/x', keys: [{ key: 'a' }], delivery: 'sealed', boundTo: ['Function/fn: function'], grantedTo: [] },
];

test('lists what manifests make, use and grant, as JSON', async () => {
  const { code, stdout, stderr } = await run(['list', '--format', 'json', '-'], { input: YAML });
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toEqual({ secrets: LISTED });
});

test('lists them as a table', async () => {
  expect((await run(['list', '-'], { input: YAML })).stdout).toBe(`\
NAMESPACE  NAME     TYPE           DELIVERY  KEYS                        BOUND TO                         GRANTED TO
shop       db       Opaque         manifest  password (6 bytes)          Deployment/api: env password     ServiceAccount/shop/api: get
                                             user (6 bytes)                                               User/bob: get
shop       ext      Opaque         external  token: remote "prod/ext#t"
shop       missing                 existing  not known                   Deployment/api: envFrom
shop       pull                    existing  not known                   Deployment/api: imagePullSecret
shop       repo     Opaque         sops      token
shop       sealed   example.com/x  sealed    a                           Function/fn: function
`);
});

test('lists them as CSV, a line for each key', async () => {
  expect((await run(['list', '-f', 'csv', '-'], { input: YAML })).stdout.split('\r\n').slice(0, 4)).toEqual([
    'namespace,name,type,delivery,key,size,source,boundTo,grantedTo',
    'shop,db,Opaque,manifest,password,6,,Deployment/api: env password,ServiceAccount/shop/api: get; User/bob: get',
    'shop,db,Opaque,manifest,user,6,,Deployment/api: env password,ServiceAccount/shop/api: get; User/bob: get',
    'shop,ext,Opaque,external,token,,"remote ""prod/ext#t""",,',
  ]);
});

test.each(['table', 'json', 'csv'])('no list holds a value: %s', async format => {
  expect((await run(['list', '-f', format, '-'], { input: YAML })).stdout).not.toMatch(/canary|Y2FuYXJ5/);
});

test('a name of a manifest neither moves the cursor nor makes a spreadsheet compute', async () => {
  const input = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x, envFrom: [{secretRef: {name: "=1+1\\e[2J"}}]}]}\n';
  expect((await run(['list', '-f', 'csv', '-'], { input })).stdout).toContain("'=1+1\\u{1b}[2J");
});

test('lists what an app declares: sizes where they are read, and where each value comes from', async () => {
  const app = appProgram(`
    const db = new BasicAuthSecret(chart, 'Db', {
      metadata: { name: 'db' }, username: SensitiveValue.fromLiteral('canary'), password: SensitiveValue.fromLiteral('canary2'),
    });
    const key = new Secret(chart, 'Key', {
      metadata: { name: 'api-key' }, data: { 'api-key': SensitiveValue.fromEnvironment('API_KEY') }, delivery: SecretDelivery.existing(),
    });
    new kplus.Deployment(chart, 'Api', { metadata: { name: 'api' }, containers: [{ image: 'x' }] }).with(SecretBinding.env('K', key.key('api-key')));
    db.grants.read(kplus.User.fromName(chart, 'Bob', 'bob'));
    app.synth();`);
  const { code, stdout, stderr } = await run(['list', '--app', app, '-f', 'json'], { environment });
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toEqual({
    secrets: [
      {
        namespace: 'shop',
        name: 'api-key',
        type: 'Opaque',
        keys: [{ key: 'api-key', source: 'environment variable "API_KEY"' }],
        delivery: 'existing',
        boundTo: ['Deployment/api: env api-key'],
        grantedTo: [],
      },
      {
        namespace: 'shop',
        name: 'db',
        type: 'kubernetes.io/basic-auth',
        keys: [{ key: 'password', size: 7, source: 'literal' }, { key: 'username', size: 6, source: 'literal' }],
        delivery: 'manifest',
        boundTo: [],
        grantedTo: ['User/bob: get'],
      },
    ],
  });
  expect(stdout).not.toContain('canary');
}, 60_000);

test.each<[string, string[], RegExp]>([
  ['an unknown format', ['list', '-f', 'xml', '-'], /there is no format "xml"/],
  ['an app and a file', ['list', '--app', 'x', '-'], /ask for one at a time/],
  ['a cluster that is not asked', ['list', '--context', 'x', '-'], /--context names a cluster/],
])('exits with 2 for %s', async (_, args, message) => {
  expect(await run(args, { environment })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
});

test('what cannot be read is said, and does not hide what can', async () => {
  const folder = tempFolder({ 'good.yaml': YAML, 'bad.yaml': 'a: [canary' });
  const { code, stdout, stderr } = await run(['list', '-f', 'json', folder, `${folder}/missing.yaml`]);
  expect(code).toBe(2);
  expect(JSON.parse(stdout).secrets).toEqual(LISTED);
  expect(stderr).toMatch(/missing\.yaml/);
  expect(stderr).toMatch(/bad\.yaml/);
  expect(stderr).not.toContain('canary');
});

test('one byte is no bytes', async () => {
  const { stdout } = await run(['list', '-'], { input: 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: "", b: x, c: xy}\n' });
  expect(stdout.split('\n').map(line => /\S+ \(.*\)/.exec(line)?.[0]).filter(text => text !== undefined)).toEqual(['a (0 bytes)', 'b (1 byte)', 'c (2 bytes)']);
});

test('a Secret in many namespaces is delivered by External Secrets like one in one', async () => {
  const input = `apiVersion: external-secrets.io/v1
kind: ClusterExternalSecret
metadata: {name: db}
spec:
  namespaceSelectors: [{matchLabels: {team: shop}}]
  externalSecretSpec: {secretStoreRef: {name: v, kind: ClusterSecretStore}, data: [{secretKey: a, remoteRef: {key: b}}]}
`;
  const { stdout } = await run(['list', '-f', 'json', '-'], { input });
  expect(JSON.parse(stdout).secrets).toMatchObject([{ name: 'db', delivery: 'external' }]);
});

describe('--cluster', () => {
  const live = (name: string, data: Record<string, string>, rest: any = {}) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'shop' }, data, ...rest });
  const OBJECTS = [
    live('db', { password: 'Y2FuYXJ5', other: 'Y2FuYXJ5' }, { type: 'example.com/x' }), live('sealed', { a: 'Y2FuYXJ5' }, { type: 'example.com/x' }),
    live('unknown', { z: 'Y2FuYXJ5' }, { immutable: true }), { ...live('elsewhere', {}), metadata: { name: 'elsewhere', namespace: 'other' } },
  ];
  const { path, calls } = pathToCluster({ objects: OBJECTS });
  const listed = (format: string) => run(['list', '--cluster', '-f', format, '-'], { input: YAML, environment: { ...environment, PATH: path } });

  test('says what the cluster has of them, and what it has beside them', async () => {
    const { code, stdout, stderr } = await listed('json');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout).secrets.map(({ name, delivery, cluster }: any) => [name, delivery, ...cluster])).toEqual([
      ['db', 'manifest', 'there', 'type example.com/x', 'lacks user', 'has also other'],
      ['ext', 'external', 'missing'],
      ['missing', 'existing', 'missing'],
      ['pull', 'existing', 'missing'],
      ['repo', 'sops', 'missing'],
      ['sealed', 'sealed', 'there'],
      ['unknown', 'not declared', 'there'],
    ]);
  });

  test('has a column of its own in the table and in CSV', async () => {
    expect((await listed('table')).stdout).toMatch(/GRANTED TO +CLUSTER\n/);
    expect((await listed('csv')).stdout).toMatch(/,grantedTo,cluster\r\n/);
  });

  test('asks kubectl for names only, by a template, and once for each namespace', async () => {
    rmSync(calls, { force: true });
    await listed('json');
    const asked = readFileSync(calls, 'utf8').trim().split('\n').map(line => JSON.parse(line));
    expect(asked).toEqual([['get', 'secrets', '--namespace=shop', '-o', expect.stringMatching(/^go-template=/)]]);
    expect(asked[0][4].replace(/\$value :=/, '')).not.toContain('$value');
  });

  test.each(['table', 'json', 'csv'])('shows no value: %s', async format => {
    const { stdout, stderr } = await listed(format);
    expect(stdout + stderr).not.toMatch(/canary|Y2FuYXJ5/);
  });
});
