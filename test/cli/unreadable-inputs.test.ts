import { join } from 'node:path';
import { run } from './run';
import { ExitCode } from '../../src/cli/command';
import { tempFolder } from '../support/temp-folder';

const GOOD = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\ndata: {password: dmFsdWU=}\n';
const BAD = 'a: [canary';

/** Every command that reads files, for a path; a file that is left out of an import counts. */
const COMMANDS: [string, (path: string) => string[], ExitCode][] = [
  ['check', path => ['check', path], ExitCode.CLEAN],
  ['list', path => ['list', path], ExitCode.CLEAN],
  ['report', path => ['report', '-f', 'json', path], ExitCode.CLEAN],
  ['diff', path => ['diff', path, path], ExitCode.CLEAN],
  ['import', path => ['import', path], ExitCode.FINDINGS],
];

describe.each(COMMANDS)('%s', (_, argsOf, code) => {
  test('tells of a file in a folder that cannot be read, and reads the rest', async () => {
    const result = await run(argsOf(tempFolder({ 'good.yaml': GOOD, 'bad.yaml': BAD })));
    expect(result.code).toBe(code);
    expect(result.stdout + result.stderr).toContain('bad.yaml');
    expect(result.stdout + result.stderr).not.toContain('canary');
  });

  test('exits with 2 where nothing can be read', async () => {
    expect((await run(argsOf(tempFolder({ 'bad.yaml': BAD })))).code).toBe(ExitCode.UNUSABLE);
  });

  test('exits with 2 where a file that was named cannot be read', async () => {
    const folder = tempFolder({ 'good.yaml': GOOD, 'bad.yaml': BAD });
    expect((await run(argsOf(join(folder, 'bad.yaml')))).code).toBe(ExitCode.UNUSABLE);
  });
});

test.each([['check', '-'], ['list', '-'], ['report', '-f', 'json', '-'], ['verify', '-'], ['import', '-']])('%s exits with 2 where a program that writes to it has written nothing', async (...args) => {
  for (const input of ['', '\n---\n# nothing\n']) {
    const { code, stdout, stderr } = await run(args, { input });
    expect([code, stdout]).toEqual([ExitCode.UNUSABLE, '']);
    expect(stderr).toContain('there is no object in the input');
  }
});
