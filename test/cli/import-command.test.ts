import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { ExitCode } from '../../src/cli/command';
import { tempFolder } from '../support/temp-folder';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\nstringData: {password: canary, cert: "canary\\n"}\n';

test('prints a program, and says on standard error what to set', async () => {
  const { code, stdout, stderr } = await run(['import', '-'], { input: SECRET });

  expect(code).toBe(ExitCode.CLEAN);
  expect(stdout).toMatch(/^\/\/ Made by cdk8s-secrets import.*\nimport \{ App, Chart \} from 'cdk8s';\nimport \{ Secret, SensitiveValue \} from 'cdk8s-secrets';\n/);
  expect(stdout).toMatch(/\n\napp\.synth\(\);\n$/);
  expect(stderr).toBe(`Set these environment variables before the program runs:
  DB_PASSWORD  password of the Secret shop/db
Write these files, below the folder where the program runs, and keep them out of git:
  secrets/shop/db/cert  cert of the Secret shop/db
`);
  expect(stdout + stderr).not.toContain('canary');
});

test.each(['-o', '--output', '--file'])('%s writes it to a file', async option => {
  const folder = tempFolder({ 'all.yaml': SECRET });
  const file = join(folder, 'secrets.ts');
  const { code, stdout, stderr } = await run(['import', join(folder, 'all.yaml'), option, file]);

  expect([code, stdout]).toEqual([ExitCode.CLEAN, '']);
  expect(stderr).toContain(`before ${file} runs`);
  expect(readFileSync(file, 'utf8')).toContain("new Secret(shop, 'Db', {");
});

test('says what is left out, and ends with 1', async () => {
  const { code, stderr } = await run(['import', '-'], { input: 'apiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}\n' });
  expect([code, stderr]).toEqual([ExitCode.FINDINGS, 'left out: Pod x-: it has no name of its own, and cdk8s gives every object one\n']);
});

test('what cannot be read does not hide what can', async () => {
  const folder = tempFolder({ 'good.yaml': SECRET, 'bad.yaml': 'a: [canary' });
  const { code, stdout, stderr } = await run(['import', folder]);

  expect(code).toBe(ExitCode.FINDINGS);
  expect(stdout).toContain("new Secret(shop, 'Db', {");
  expect(stderr).toContain('UnreadableManifest: ');
  expect(stderr).not.toContain('canary');
});

test.each<[string[], string, RegExp]>([
  [['import'], '', /nothing to import/],
  [['import', '-'], '', /there is no object in the input/],
  [['import', '-'], 'apiVersion: v1\nkind: List\nitems: []\n', /there is no object in the input/],
  [['import', '-', '--language', 'python'], SECRET, /there is no language "python"; languages: "typescript"/],
  [['import', '-', '-o', 'a', '--file', 'b'], SECRET, /--file and --output are the same/],
])('refuses %j', async (args, input, message) => {
  expect(await run(args, { input })).toMatchObject({ code: ExitCode.UNUSABLE, stdout: '', stderr: expect.stringMatching(message) });
});
