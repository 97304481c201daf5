import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { appProgram } from './app-program';
import { run } from './run';
import { StandIns } from './scripts/stand-in';
import { NO_TERMINAL, runOnTerminal } from './scripts/terminal';
import { tempFolder } from '../support/temp-folder';

const environment = { PATH: process.env.PATH!, HOME: tmpdir() };
const APP = appProgram(`
  new BasicAuthSecret(chart, 'Db', {
    metadata: { name: 'db' }, username: SensitiveValue.fromLiteral('canary'), password: SensitiveValue.fromEnvironment('DB_PASSWORD'),
    delivery: SecretDelivery.existing(),
  });
  const key = new Secret(chart, 'Key', { metadata: { name: 'api-key' }, data: { 'api-key': SensitiveValue.fromFile('not there.txt') } });
  key.grants.read(kplus.User.fromName(chart, 'Bob', 'bob'));
  require('node:fs').mkdirSync(process.env.TMPDIR + '/ran');
  app.synth();
  if (require('node:fs').existsSync(app.outdir)) throw new Error('something was written');`);

/** Runs a command in an empty folder for temporary files, which is given back as it is then. */
async function runIn(args: readonly string[], env: Record<string, string> = {}) {
  const folder = tempFolder();
  const result = await run(args, { environment: { ...environment, TMPDIR: folder, ...env } });
  return { ...result, left: readdirSync(folder).filter(name => !name.startsWith('tsx-')) };
}

test('commands prints a script for every declared secret; the app needs no value for it, and writes no manifest that could stay behind', async () => {
  const result = await runIn(['commands', 'create', '--for', 'kubectl', '--app', APP]);
  expect(result).toMatchObject({ code: 0, stderr: '', left: ['ran'] });
  expect(result.stdout).toMatch(/^#!\/bin\/sh\n/);
  expect(result.stdout).not.toContain('canary');
  expect(result.stdout).toContain('# shop/db, delivery existing\n');
  expect(result.stdout).toContain('# shop/api-key, delivery manifest\n');
}, 60_000);

test('commands takes the secrets that are named, and refuses one that is not declared', async () => {
  const one = await runIn(['commands', 'delete', '--for', 'apolo', '--secret', 'shop/api-key', '--app', APP]);
  expect(one.stdout.split('\n').slice(-4)).toEqual(['tries apolo secret rm api-key', '', 'exit "$failed"', '']);
  const none = await runIn(['commands', 'delete', '--for', 'apolo', '--secret', 'api-kye', '--app', APP]);
  expect(none).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('"api-kye"; did you mean "api-key"?') });
}, 60_000);

test('create is the short form for what is expected to exist, and asks before it does anything', async () => {
  const { stdout } = await runIn(['create', '--app', APP]);
  expect(stdout).not.toContain('api-key');
  const standIns = new StandIns(tempFolder(), { kubectl: '' });
  expect(standIns.run(stdout, { DB_PASSWORD: 'x' })).toMatchObject({ status: 1, stderr: expect.stringContaining('value of shop/db, key username') });
  expect(standIns.calls()).toEqual([]);
  const other = await runIn(['create', '--secret', 'api-key', '--app', APP]);
  expect(other).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('the app expects no secret "api-key" to exist; secrets: "db"') });
}, 60_000);

(NO_TERMINAL === undefined ? test : test.skip)(`create asks on the terminal${NO_TERMINAL === undefined ? '' : ` (skipped: ${NO_TERMINAL})`}`, async () => {
  const { stdout } = await runIn(['create', '--app', APP]);
  const standIns = new StandIns(tempFolder(), { kubectl: '' });
  await runOnTerminal(standIns, stdout, ['me\n'], { DB_PASSWORD: 'x' });
  expect(JSON.parse(standIns.calls()[0].stdin.toString()).data).toEqual({ username: 'bWU=', password: 'eA==' });
}, 60_000);

test('of secrets with one name in several namespaces, a name takes all and a namespace one; a slip is told once', async () => {
  const app = appProgram(`
    const other = new Chart(app, 'other', { namespace: 'other' });
    for (const scope of [chart, other]) new Secret(scope, 'S', { metadata: { name: 'db' }, data: { db: SensitiveValue.fromLiteral('canary') } });
    app.synth();`);
  const deleted = async (name: string) => {
    const { stdout, stderr } = await runIn(['commands', 'delete', '--for', 'kubectl', '--secret', name, '--app', app]);
    return stderr.split('\n')[0] || stdout.split('\n').filter(line => line.startsWith('kubectl '));
  };
  expect(await deleted('db')).toEqual(['shop', 'other'].map(namespace => `kubectl delete secret db --namespace ${namespace} --ignore-not-found`));
  expect(await deleted('other/db')).toEqual(['kubectl delete secret db --namespace other --ignore-not-found']);
  expect(await deleted('bd')).toBe('cdk8s-secrets: the app declares no secret "bd"; did you mean "db"? secrets: "db"');
  expect(await deleted('othr/db')).toBe('cdk8s-secrets: the app declares no secret "othr/db"; did you mean "other/db"? secrets: "shop/db", "other/db"');
}, 120_000);

test('grants are given, taken back and listed', async () => {
  const lines = async (...args: string[]) => (await runIn(['commands', ...args, '--secret', 'api-key', '--app', APP])).stdout.split('# shop/api-key\n')[1];
  expect(await lines('share', '--for', 'apolo', '--to', 'bob')).toBe('apolo acl grant secret:api-key bob read\n');
  expect(await lines('revoke', '--for', 'apolo', '--to', 'bob')).toBe('tries apolo acl revoke secret:api-key bob\n\nexit "$failed"\n');
  expect(await lines('grants', '--for', 'apolo')).toBe('apolo acl list --shared secret:api-key\n');
  expect(await lines('grant', '--for', 'kubectl', '--to', 'serviceaccount:shop:api', '--level', 'write')).toBe(
    'kubectl create role api-key:write --namespace shop --verb=get --verb=patch --verb=update --resource=secrets --resource-name=api-key --dry-run=client -o yaml | kubectl apply -f -\n'
    + 'kubectl create rolebinding api-key:write:serviceaccount:shop:api --namespace shop --role=api-key:write --serviceaccount=shop:api --dry-run=client -o yaml | kubectl apply -f -\n');
  expect(await lines('revoke', '--for', 'kubectl', '--to', 'bob')).toBe(
    'kubectl delete rolebinding api-key:read:bob api-key:write:bob api-key:manage:bob --namespace shop --ignore-not-found\n'
    + "note 'the app grants shop/api-key to bob by the Role c-key-reader-role-c87424b1: to take that back, change the program'\n");
  expect(await lines('grants', '--for', 'kubectl')).toMatch(/roleRef\.name=="api-key:read"[^]*roleRef\.name=="c-key-reader-role-/);
}, 120_000);

test('an app without a construct of this library writes nothing, and declares nothing', async () => {
  const plain = appProgram(`
    new ApiObject(chart, 'S', { apiVersion: 'v1', kind: 'Secret', stringData: { a: 'canary' } });
    app.synth();`);
  expect(await runIn(['create', '--app', plain])).toEqual({ code: 0, stdout: '# the app expects no Secret to exist\n', stderr: '', left: [] });
}, 60_000);

test.each<[string, string[], RegExp]>([
  ['an app that fails', ['create', '--app', 'exit 3'], /the app failed/],
  ['an unknown option', ['create', '--ap', 'x'], /there is no option "--ap"; did you mean "--app"/],
  ['no verb', ['commands'], /no verb is named; verbs: create, update, delete, grant, revoke, grants/],
  ['an unknown verb', ['commands', 'remove', '--for', 'kubectl'], /there is no verb "remove"/],
  ['no system', ['commands', 'create'], /no system is named; systems: kubectl, faas-cli, docker, apolo/],
  ['an unknown system', ['commands', 'create', '--for', 'podman'], /there is no system "podman"/],
  ['a grant to nobody', ['commands', 'grant', '--for', 'apolo'], /nobody is named/],
  ['a grant to an empty name', ['commands', 'grant', '--for', 'kubectl', '--to', ''], /nobody is named/],
  ['a grant that is taken back from nobody', ['commands', 'revoke', '--for', 'kubectl'], /nobody is named; say --to USER, from whom it is taken back/],
  ['a grant by a program that has none', ['commands', 'grant', '--for', 'docker', '--to', 'bob'], /there is no system "docker"; systems: "kubectl", "apolo"/],
  ['somebody whom nothing is granted', ['commands', 'create', '--for', 'kubectl', '--to', 'bob'], /--to is for grant and revoke, not for create/],
  ['a level that is taken back', ['commands', 'revoke', '--for', 'kubectl', '--to', 'bob', '--level', 'write'], /--level is for grant, not for revoke/],
  ['an option without its value', ['commands', 'create', '--for', 'kubectl', '--secret'], /argument missing/],
  ['no app', ['commands', 'create', '--for', 'kubectl'], /there is no cdk8s\.yaml in this directory, and no --app\nTry cdk8s-secrets commands --help\n$/],
  ['an unknown level', ['commands', 'grant', '--for', 'apolo', '--to', 'bob', '--level', 'all'], /there is no level "all"/],
  ['more than a verb', ['commands', 'create', 'db', '--for', 'kubectl'], /name secrets with --secret/],
])('exits with 2 for %s', async (_, args, message) => {
  expect(await run(args, { environment })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
});
