import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { appProgram } from './app-program';
import { run } from './run';
import { StandIns } from './scripts/stand-in';
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
  expect(one.stdout.split('\n').slice(-3)).toEqual(['# shop/api-key', 'apolo secret rm api-key', '']);
  const none = await runIn(['commands', 'delete', '--for', 'apolo', '--secret', 'api-kye', '--app', APP]);
  expect(none).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('"api-kye"; did you mean "api-key"?') });
}, 60_000);

test('create is the short form for what is expected to exist, and asks before it does anything', async () => {
  const { stdout } = await runIn(['create', '--app', APP]);
  expect(stdout).not.toContain('api-key');
  const standIns = new StandIns(tempFolder(), { kubectl: '' });
  expect(standIns.run(stdout, { DB_PASSWORD: 'x' })).toMatchObject({ status: 1, stderr: expect.stringContaining('value of shop/db, key username') });
  standIns.runOnTerminal(stdout, 'me\n', { DB_PASSWORD: 'x' });
  expect(JSON.parse(standIns.calls()[0].stdin.toString()).data).toEqual({ username: 'bWU=', password: 'eA==' });
}, 60_000);

test('grants are given, taken back and listed', async () => {
  const lines = async (...args: string[]) => (await runIn(['commands', ...args, '--secret', 'api-key', '--app', APP])).stdout.split('# shop/api-key\n')[1];
  expect(await lines('share', '--for', 'apolo', '--to', 'bob')).toBe('apolo acl grant secret:api-key bob read\n');
  expect(await lines('revoke', '--for', 'apolo', '--to', 'bob')).toBe('apolo acl revoke secret:api-key bob\n');
  expect(await lines('grants', '--for', 'apolo')).toBe('apolo acl list --shared secret:api-key\n');
  expect(await lines('grant', '--for', 'kubectl', '--to', 'serviceaccount:shop:api', '--level', 'write')).toBe(
    'kubectl create role api-key:write --namespace shop --verb=get --verb=patch --verb=update --resource=secrets --resource-name=api-key --dry-run=client -o yaml | kubectl apply -f -\n'
    + 'kubectl create rolebinding api-key:write:serviceaccount:shop:api --namespace shop --role=api-key:write --serviceaccount=shop:api --dry-run=client -o yaml | kubectl apply -f -\n');
  expect(await lines('revoke', '--for', 'kubectl', '--to', 'bob')).toBe(
    'kubectl delete rolebinding api-key:read:bob api-key:write:bob api-key:manage:bob --namespace shop --ignore-not-found\n');
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
  ['an unknown level', ['commands', 'grant', '--for', 'apolo', '--to', 'bob', '--level', 'all'], /there is no level "all"/],
  ['more than a verb', ['commands', 'create', 'db', '--for', 'kubectl'], /name secrets with --secret/],
])('exits with 2 for %s', async (_, args, message) => {
  expect(await run(args, { environment })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
});
