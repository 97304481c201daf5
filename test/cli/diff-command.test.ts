import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appProgram } from './app-program';
import { run } from './run';
import { pathToCluster } from '../support/fake-kubectl';
import { tempFile, tempFolder } from '../support/temp-folder';

const environment = { PATH: process.env.PATH!, HOME: tmpdir(), GIT_CONFIG_NOSYSTEM: '1' };

const deployment = (image: string, rest = '') => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
      - name: api
        image: ${image}
        env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]
${rest}`;
const secret = (password: string, rest = '') => `---
apiVersion: v1
kind: Secret
metadata: {name: db, namespace: shop}
data: {password: ${Buffer.from(password).toString('base64')}, user: eA==}
${rest}`;
const BEFORE = secret('canary-old') + deployment('api:1');
const AFTER = secret('canary-new', 'type: example.com/x\n') + deployment('api:1', '        envFrom: [{secretRef: {name: db}}]\n');

function twoFiles(before = BEFORE, after = AFTER): [string, string] {
  return [tempFile(before, 'before.yaml'), tempFile(after, 'after.yaml')];
}

/** Runs in another working directory. */
async function runIn(folder: string, ...args: Parameters<typeof run>): ReturnType<typeof run> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await run(...args);
  } finally {
    process.chdir(before);
  }
}

function git(folder: string, ...args: string[]): void {
  const { status, stderr } = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder, encoding: 'utf8', env: environment });
  if (status !== 0) throw new Error(stderr);
}

/** A repository whose folder `dist` was one and is another now. */
function repository(files: Record<string, string> = {}): string {
  const folder = tempFolder({ 'dist/all.yaml': BEFORE, ...files });
  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'first');
  writeFileSync(join(folder, 'dist/all.yaml'), AFTER);
  return folder;
}

test('says what differs, what that does, what is refused and who can read more', async () => {
  const [before, after] = twoFiles();
  const { code, stdout, stderr } = await run(['diff', before, after]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe(`\
${before} → ${after}: 1 secret changed, 1 workload restarts, 1 change refused, 1 new way to read a secret

Secrets (+ added, - removed, ~ changed, ? encrypted or made anew, perhaps with another value)
  ~ shop/db  manifest, type Opaque → example.com/x, ~password

Workloads
  Deployment shop/api  restarts: envFrom of api

Refused by the API server
  Secret shop/db  type: the type cannot change from "Opaque" to "example.com/x"; give the new Secret another name, or delete the old one first

Exposure grew
  shop/db user  Deployment shop/api: its container "api" has it in the variable "user", by envFrom
`);
});

test('says the same in Markdown, for a comment on a pull request', async () => {
  const [before, after] = twoFiles(BEFORE, secret('canary-new') + deployment('api:2'));
  expect((await run(['diff', before, after, '-f', 'markdown'])).stdout.split('\n').slice(2)).toEqual([
    '|  | secret | what |', '|---|---|---|', '| \\~ | shop/db | manifest, \\~password |', '',
    '| workload | effect | why |', '|---|---|---|', '| Deployment shop/api | restarts | the image of api |', '',
  ]);
});

test('says the same as JSON, for programs', async () => {
  const [before, after] = twoFiles(BEFORE, secret('canary-new') + deployment('api:1'));
  expect(JSON.parse((await run(['diff', before, after, '-f', 'json'])).stdout)).toEqual({
    schemaVersion: 1,
    tool: { name: 'cdk8s-secrets', version: expect.any(String) },
    before,
    after,
    secrets: [{
      namespace: 'shop', name: 'db', change: 'changed', delivery: 'manifest', secretType: 'Opaque', keys: [{ key: 'password', change: 'changed' }], fields: [],
    }],
    workloads: [{ kind: 'Deployment', namespace: 'shop', name: 'api', effect: 'stale', reasons: ['variables of db/password'] }],
    refusals: [],
    exposure: [],
    newFindings: [],
    notes: [],
  });
});

test('says that a workload keeps an old value', async () => {
  const [before, after] = twoFiles(BEFORE, secret('canary-new') + deployment('api:1'));
  expect((await run(['diff', before, after])).stdout).toContain('Deployment shop/api  is not restarted: it keeps the old variables of db/password\n');
});

test('says that nothing changed', async () => {
  const [before, after] = twoFiles(BEFORE, BEFORE);
  expect((await run(['diff', before, after])).stdout).toBe(`${before} → ${after}: no change to secrets\n`);
});

test.each([
  ['change', BEFORE, AFTER, BEFORE],
  ['restart', BEFORE, secret('canary-old') + deployment('api:2'), secret('canary-new') + deployment('api:1')],
  ['stale', BEFORE, secret('canary-new') + deployment('api:1'), BEFORE],
  ['refusal', BEFORE, AFTER, secret('canary-new') + deployment('api:1')],
  ['exposure', BEFORE, AFTER, secret('canary-new') + deployment('api:2')],
  ['error', BEFORE, secret('x').replace('password:', 'pasword:') + deployment('api:1'), AFTER],
  ['warning', BEFORE, deployment('api:1'), AFTER],
])('--fail-on %s ends with 1 where that is, and with 0 where it is not', async (reason, before, bad, good) => {
  expect((await run(['diff', ...twoFiles(before, bad), '--fail-on', reason])).code).toBe(1);
  expect((await run(['diff', ...twoFiles(before, good), '--fail-on', reason])).code).toBe(0);
});

test('--fail-on takes several words', async () => {
  expect((await run(['diff', ...twoFiles(), '--fail-on', 'error,stale', '--fail-on', 'refusal'])).code).toBe(1);
  expect((await run(['diff', ...twoFiles(), '--fail-on', 'refusals'])).stderr).toContain('there is no reason to fail "refusals"; did you mean "refusal"?');
});

test('one of the two may be standard input', async () => {
  const [before] = twoFiles();
  expect((await run(['diff', before, '-'], { input: AFTER })).stdout).toMatch(/→ standard input: 1 secret changed/);
  expect((await run(['diff', '-', before], { input: BEFORE })).stdout).toMatch(/^standard input → .*: no change to secrets\n$/);
  expect((await run(['diff', '-', '-'])).code).toBe(2);
});

test('folders are compared file by file', async () => {
  const files = (prod: string) => ({ 'dev/db.yaml': secret('canary-old'), 'prod/db.yaml': secret(prod) });
  const [before, after] = [tempFolder(files('canary-old')), tempFolder(files('canary-new'))];
  expect(JSON.parse((await run(['diff', before, after, '-f', 'json'])).stdout).secrets).toMatchObject([{ name: 'db', file: join(after, 'prod/db.yaml') }]);
});

describe('a revision of git', () => {
  test.each([['HEAD:dist', 'dist'], ['git:HEAD:dist', 'dist'], ['HEAD:dist/all.yaml', 'dist/all.yaml'], ['HEAD', '.'], ['HEAD:', '.']])('%s is compared with what is there now', async (before, after) => {
    const { code, stdout, stderr } = await runIn(repository(), ['diff', before, after], { environment });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/: 1 secret changed, 1 workload restarts, 1 change refused, 1 new way to read a secret\n/);
  });

  test('is read from the working directory where its path begins with a dot', async () => {
    const folder = join(repository(), 'dist');
    expect((await runIn(folder, ['diff', 'HEAD:./all.yaml', 'all.yaml'], { environment })).stdout).toMatch(/1 secret changed/);
    expect((await runIn(folder, ['diff', 'HEAD:all.yaml', 'all.yaml'], { environment })).stderr).toContain('did you mean "HEAD:./all.yaml"?');
  });

  test('has what an app noted beside its manifests', async () => {
    const notes = JSON.stringify({ version: 1, existingSecrets: [{ name: 'db' }], acknowledgements: [] });
    const folder = repository({ 'dist/.cdk8s-secrets.app': notes });
    writeFileSync(join(folder, 'dist/all.yaml'), deployment('api:1'));
    expect(JSON.parse((await runIn(folder, ['diff', 'HEAD:dist', 'dist', '-f', 'json'], { environment })).stdout).newFindings).toEqual([]);
  });

  test('has what folders have that are looked into: no hidden ones, dependencies and charts', async () => {
    const hidden = { '.x/a.yaml': secret('1'), 'node_modules/a.yaml': secret('1'), 'chart/Chart.yaml': 'name: x\n', 'chart/templates/a.yaml': '{{ x }}' };
    const { code, stdout } = await runIn(repository(hidden), ['diff', 'HEAD', 'HEAD'], { environment });
    expect([code, stdout]).toEqual([0, 'HEAD → HEAD: no change to secrets\n']);
  });

  test('names a file as it is in it, where it cannot be read', async () => {
    const folder = repository({ 'dist/broken.yaml': 'a: "canary\n' });
    const { stdout, stderr } = await runIn(folder, ['diff', 'HEAD:dist', 'HEAD:dist'], { environment });
    expect(stderr).toMatch(/UnreadableManifest: "HEAD:dist\/broken\.yaml", line \d: /);
    expect(stdout + stderr).not.toContain('canary');
  });

  test.each([
    ['NO:dist', 'there is no revision "NO" in this git repository'],
    ['HEAD:no', 'there is nothing at "HEAD:no"'],
    ['no-such', 'there is no file, folder or revision "no-such"'],
    ['--upload-pack=x', 'there is no option'],
  ])('%s is refused', async (before, message) => {
    const { code, stderr } = await runIn(repository(), ['diff', before, 'dist'], { environment });
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test('is refused where there is no repository', async () => {
    const { code, stderr } = await runIn(tempFolder({ 'a.yaml': BEFORE }), ['diff', 'HEAD:a.yaml', 'a.yaml'], { environment });
    expect([code, stderr]).toEqual([2, expect.stringContaining('there is no git repository here')]);
  });
});

describe('an app', () => {
  const app = (value: string, props = '') => appProgram(`
    const other = new App(${props}); const otherChart = new Chart(other, 'c', { namespace: 'shop' });
    new Secret(otherChart, 'Db', { metadata: { name: 'db' }, data: { password: SensitiveValue.fromLiteral('${value}') } });
    other.synth();`);

  test('is compared with its output, and writes nothing', async () => {
    const folder = tempFolder({ 'dist/c.k8s.yaml': secret('canary-old', 'type: Opaque\n'), 'cdk8s.yaml': `app: ${app('canary-new')}\n` });
    const before = readFileSync(join(folder, 'dist/c.k8s.yaml'), 'utf8');
    const { code, stdout, stderr } = await runIn(folder, ['diff', 'dist'], { environment });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('dist → the app: 1 secret changed\n');
    expect(readFileSync(join(folder, 'dist/c.k8s.yaml'), 'utf8')).toBe(before);
  });

  test('that names its output writes nothing there either', async () => {
    const folder = tempFolder({ 'dist/c.k8s.yaml': secret('canary-old', 'type: Opaque\n') });
    const { stdout } = await runIn(folder, ['diff', 'dist', '--app', app('canary-new', '{ outdir: "made" }')], { environment });
    expect(stdout).toContain('~ shop/db  manifest, ~password, -user\n');
    expect(existsSync(join(folder, 'made'))).toBe(false);
  });

  test('that fails is said', async () => {
    const { code, stderr } = await run(['diff', tempFile(BEFORE, 'a.yaml'), '--app', 'exit 3'], { environment });
    expect([code, stderr]).toEqual([2, expect.stringContaining('the app failed')]);
  });
});

describe('the cluster', () => {
  const live = (manifests: any[]) => manifests.map(manifest => ({ ...manifest, metadata: { ...manifest.metadata, uid: 'u' }, status: { ready: true } }));
  const LIVE = live([
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' }, type: 'Opaque', data: { password: Buffer.from('canary-old').toString('base64'), user: 'eA==', other: 'eA==' } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'api', namespace: 'shop', annotations: { 'deployment.kubernetes.io/revision': '1' } },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'api' } },
        template: {
          metadata: { labels: { app: 'api' }, creationTimestamp: null },
          spec: {
            containers: [{
              name: 'api',
              image: 'api:1',
              imagePullPolicy: 'IfNotPresent',
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
              resources: {},
              env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
            }],
            dnsPolicy: 'ClusterFirst',
            restartPolicy: 'Always',
            schedulerName: 'default-scheduler',
            securityContext: {},
            terminationGracePeriodSeconds: 30,
          },
        },
      },
    },
  ]);
  const runWith = (cluster: Parameters<typeof pathToCluster>[0], args: string[]) => run(['diff', ...args], { environment: { ...environment, PATH: pathToCluster(cluster).path } });

  test('has what was applied: its defaults and what others have added are no change', async () => {
    const { code, stdout, stderr } = await runWith({ objects: LIVE }, ['cluster', tempFile(BEFORE, 'a.yaml')]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^the cluster → .*: no change to secrets\n$/);
  });

  test('is compared with what would be applied', async () => {
    expect((await runWith({ objects: LIVE }, ['cluster', tempFile(AFTER, 'a.yaml')])).stdout)
      .toMatch(/^the cluster → .*: 1 secret changed, 1 workload restarts, 1 change refused, 1 new way to read a secret\n/);
  });

  test('has keys that the manifests do not have', async () => {
    expect((await runWith({ objects: LIVE }, [tempFile(BEFORE, 'a.yaml'), 'cluster'])).stdout).toContain('~ shop/db  manifest, +other\n');
  });

  test('lacks what is new, and kinds that it does not serve are said', async () => {
    const sealed = 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: db, namespace: shop}\nspec: {encryptedData: {a: AgA}}\n';
    const { stdout } = await runWith({ objects: [] }, ['cluster', tempFile(sealed, 'a.yaml')]);
    expect(stdout).toContain('+ shop/db  sealed, keys a\n');
    expect(stdout).toContain('note: the cluster does not serve bitnami.com/v1alpha1 SealedSecret\n');
  });

  test('has a secret that is to be delivered in another way', async () => {
    const sealed = 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: db, namespace: shop}\nspec: {encryptedData: {password: AgA, user: AgA, other: AgA}}\n';
    expect((await runWith({ objects: LIVE }, ['cluster', tempFile(sealed, 'a.yaml')])).stdout).toContain('~ shop/db  manifest → sealed\n');
  });

  test('has the secret that a hash renames', async () => {
    const named = (name: string) => BEFORE.replaceAll(/name: db\b/g, `name: ${name}`);
    const objects = JSON.parse(JSON.stringify(LIVE).replaceAll('"name":"db"', '"name":"db-2456789bcd"'));
    const { stdout } = await runWith({ objects }, ['cluster', tempFile(named('db-fghkmt2456'), 'a.yaml')]);
    expect(stdout).toContain('shop/db-fghkmt2456  manifest, was db-2456789bcd');
    expect(stdout).toContain('restarts: the Secret db-2456789bcd is db-fghkmt2456 now');
  });

  test.each([
    ['The connection to the server localhost:8080 was refused', 'nothing answers at the address of the cluster'],
    ['Error from server (Forbidden): secrets is forbidden: User "canary"', 'the user may not read that'],
    ['error: something with canary', 'kubectl version says why'],
  ])('that cannot be read is told without what kubectl printed: %s', async (error, message) => {
    const { code, stdout, stderr } = await runWith({ error }, ['cluster', tempFile(BEFORE, 'a.yaml')]);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
    expect(stderr).not.toContain('canary');
  });

  test('cannot be asked without kubectl', async () => {
    const { code, stderr } = await run(['diff', 'cluster', tempFile(BEFORE, 'a.yaml')], { environment: { PATH: tempFolder() } });
    expect([code, stderr]).toEqual([2, expect.stringContaining('kubectl is not installed')]);
  });
});

test('what cannot be read is told, and the rest is compared', async () => {
  const [before, after] = [tempFolder({ 'a.yaml': BEFORE, 'broken.yaml': 'a: "canary\n' }), tempFolder({ 'a.yaml': AFTER })];
  const { code, stdout, stderr } = await run(['diff', before, after]);
  expect([code, stdout.includes('1 secret changed'), stderr.includes('broken.yaml')]).toEqual([0, true, true]);
  expect((await run(['diff', join(before, 'broken.yaml'), after])).code).toBe(2);
});

test.each([
  [[], 'nothing to compare'],
  [['a', 'b', 'c'], '"c" is too much'],
  [['C:\\dist', '.'], 'there is no file or folder "C:'],
  [['.', '.', '--context', 'x'], '--context names a cluster'],
])('%j are refused', async (args, message) => {
  expect(await run(['diff', ...args])).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});

test.each(['text', 'markdown', 'json'])('no report holds a value: %s', async format => {
  const { stdout, stderr } = await run(['diff', ...twoFiles(), '-f', format]);
  expect(stdout + stderr).not.toMatch(/canary|Y2FuYXJ5/);
});

test('a name of a manifest does not move the cursor', async () => {
  const weird = (name: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: "${name}"}\n`;
  const { stdout } = await run(['diff', ...twoFiles(weird('a'), weird('x\\e[2J'))]);
  expect(stdout).toContain('x\\u{1b}[2J');
});
