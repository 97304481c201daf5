import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { pathWithProgram } from './program';
import { run } from './run';
import { ExitCode } from '../../src/cli/command';
import * as inspection from '../../src/inspect/read/manifest-stream';
import { tempFolder } from '../support/temp-folder';

test('without arguments prints how it is used, as a mistake', async () => {
  const { code, stdout, stderr } = await run([]);

  expect({ code, stdout }).toEqual({ code: ExitCode.UNUSABLE, stdout: '' });
  expect(stderr).toMatch(/^Usage: cdk8s-secrets COMMAND .*\n  check  /s);
});

test.each([['--help'], ['-h'], ['help']])('%s prints how it is used', async argument => {
  const { code, stdout, stderr } = await run([argument]);

  expect({ code, stderr }).toEqual({ code: ExitCode.CLEAN, stderr: '' });
  expect(stdout).toMatch(/^Usage: /);
});

test('--version prints the version of the package', async () => {
  expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+.*\n$/);
});

test('a command that there is not is a mistake, with what was probably meant', async () => {
  const { code, stderr } = await run(['chekc']);

  expect(code).toBe(ExitCode.UNUSABLE);
  expect(stderr).toMatch(/^cdk8s-secrets: there is no command "chekc"; did you mean "check"\?/);
});

test('of an error that nobody expected only the place is printed', async () => {
  const canary = 'S3cretC4nary';
  const spy = jest.spyOn(inspection, 'readManifestStream').mockImplementation(() => { throw new TypeError(`no such thing: ${canary}\n${canary}`); });
  const { code, stderr } = await run(['check', '-'], { input: 'a: 1' });
  spy.mockRestore();

  expect(code).toBe(ExitCode.UNUSABLE);
  expect(stderr).toMatch(/^cdk8s-secrets: unexpected TypeError; please report it\n\s+at /);
  expect(stderr).not.toContain(canary);
});

test('output that cannot be written is unusable, and told in one line', () => {
  const file = join(tempFolder({ 'read-only.txt': '' }), 'read-only.txt');
  const descriptor = openSync(file, 'r');
  const { status, stderr } = spawnSync('cdk8s-secrets', ['explain'], { env: { ...process.env, PATH: pathWithProgram() }, stdio: ['ignore', descriptor, 'pipe'], encoding: 'utf8' });
  closeSync(descriptor);

  expect(stderr).toBe('cdk8s-secrets: standard output cannot be written (EBADF)\n');
  expect(status).toBe(2);
}, 60_000);
