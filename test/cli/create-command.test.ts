import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { run } from './run';
import { createCommands } from '../../src/cli/create-commands';
import { tempFolder } from '../support/temp-folder';

const app = (program: string) => {
  const folder = tempFolder({ 'main.ts': program });
  return `${join(resolve(__dirname, '../..'), 'node_modules/.bin/tsx')} ${join(folder, 'main.ts')}`;
};
const LIBRARY = JSON.stringify(resolve(__dirname, '../../src'));
const CDK8S = JSON.stringify(require.resolve('cdk8s'));
const START = `const { App, Chart } = require(${CDK8S}); const { BasicAuthSecret, Secret, SecretDelivery, SensitiveValue } = require(${LIBRARY});
const app = new App(); const chart = new Chart(app, 'c', { namespace: 'shop' });`;

test('prints the commands for the secrets without an object, and no values', async () => {
  const result = await run(['create', '--app', app(`${START}
    SecretDelivery.existing().useFor(app);
    new BasicAuthSecret(chart, 'Db', {
      metadata: { name: 'db' }, username: SensitiveValue.fromLiteral('canary'), password: SensitiveValue.fromEnvironment('DB_PASSWORD'),
    });
    new Secret(chart, 'Key', { metadata: { name: 'api-key' }, data: { 'api-key': SensitiveValue.fromFile('my key.txt', { trimNewline: true }) } });
    new Secret(chart, 'Plain', { data: { a: SensitiveValue.fromLiteral('canary') }, delivery: SecretDelivery.manifest() });
    app.synth();`)]);
  expect(result).toEqual({
    code: 0,
    stderr: '',
    stdout: `# shop/db
# first write the values, each without a newline at its end, into: username.txt
kubectl create secret generic db \\
  --namespace shop \\
  --type kubernetes.io/basic-auth \\
  --from-file=password=<(printf %s "$DB_PASSWORD") \\
  --from-file=username=username.txt

# shop/api-key
kubectl create secret generic api-key \\
  --namespace shop \\
  --from-file=api-key=<(printf %s "$(cat 'my key.txt')")
# or, for OpenFaaS:
printf %s "$(cat 'my key.txt')" | faas-cli secret create api-key --namespace shop
`,
  });
}, 60_000);

test('says so where the app expects no secret', async () => {
  expect(await run(['create', '--app', app(`${START} app.synth();`)])).toMatchObject({ code: 0, stdout: '# the app expects no Secret to exist\n' });
}, 60_000);

test.each<[string, string[]]>([
  ['an app that fails', ['--app', 'exit 3']],
  ['an unknown option', ['--ap', 'x']],
])('exits with 2 for %s', async (_, args) => {
  expect(await run(['create', ...args])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^cdk8s-secrets: /) });
});

const hasKubectl = (() => {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
})();
(hasKubectl ? test : test.skip)(`kubectl makes the secret that was declared${hasKubectl ? '' : ' (skipped: there is no kubectl here)'}`, () => {
  const folder = tempFolder({ 'c.txt': 'three', 'two.txt': 'two\n', 'f,o=u.txt': 'four' });
  const command = createCommands({
    name: 's',
    namespace: 'shop',
    type: 'example.com/a',
    keys: [{ key: 'a', origin: { variable: 'ONE' } }, { key: 'b', origin: { file: 'two.txt', trimsNewline: true } }, { key: 'c' }, { key: 'd', origin: { file: 'f,o=u.txt' } }],
  });
  const env = { ...process.env, ONE: 'one' };
  const output = execFileSync('bash', ['-c', `${command.trimEnd()} --dry-run=client -o json`], { cwd: folder, env, encoding: 'utf8' });
  const { data, type, metadata } = JSON.parse(output);
  const decoded = Object.fromEntries(Object.entries(data as Record<string, string>).map(([key, text]) => [key, Buffer.from(text, 'base64').toString()]));
  expect([decoded, type, metadata.namespace]).toEqual([{ a: 'one', b: 'two', c: 'three', d: 'four' }, 'example.com/a', 'shop']);
});
