import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { ExitCode } from '../../src/cli/command';
import { tempFolder } from '../support/temp-folder';

const secret = (key: string) => `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\ndata: { ${key}: YQ== }\n`;
jest.setTimeout(60_000);

const SUMMARY = /\d+ files?, \d.*$/gm;

/** Runs `check --watch`; each step is taken when one more summary was printed, and after the last one it is stopped. */
async function watch(args: readonly string[], steps: readonly (() => void)[], columns?: number) {
  const stop = new AbortController();
  let taken = 0;
  const { code, stdout, stderr } = await run(['check', '--watch', '--no-config', ...args], {
    columns,
    environment: { NO_COLOR: '1' },
    stopped: stop.signal,
    onOutput(printed) {
      if ((printed.match(SUMMARY) ?? []).length <= taken) return;
      const step = steps[taken++];
      // a watcher of a folder is told of what happens after this
      setImmediate(step ?? (() => stop.abort()));
    },
  });
  return { code, stdout, stderr, summaries: stdout.match(SUMMARY) };
}

test('a folder is checked again after each change, and the last outcome is that of all', async () => {
  const folder = tempFolder({ 'a.yaml': secret('"a b"') });
  const { code, summaries } = await watch([folder], [
    () => writeFileSync(join(folder, 'a.yaml'), secret('a')),
    () => writeFileSync(join(folder, 'b.yaml'), secret('b/c')),
  ]);

  expect({ code, summaries }).toEqual({ code: ExitCode.FINDINGS, summaries: ['1 file, 1 object: 1 error', '1 file, 1 object: no errors', '2 files, 2 objects: 1 error'] });
});

test('a file is, too', async () => {
  const file = join(tempFolder({ 'a.yaml': secret('"a b"') }), 'a.yaml');

  expect(await watch([file], [() => writeFileSync(file, secret('a'))])).toMatchObject({ code: ExitCode.CLEAN, summaries: ['1 file, 1 object: 1 error', '1 file, 1 object: no errors'] });
});

test('what cannot be read for a while is told, and it goes on', async () => {
  const folder = tempFolder({ 'a.yaml': secret('a'), 'sub/b.yaml': 'a: [' });
  const { code, summaries } = await watch([folder], [() => rmSync(join(folder, 'a.yaml')), () => writeFileSync(join(folder, 'sub/b.yaml'), secret('b'))]);

  expect({ code, summaries }).toEqual({ code: ExitCode.CLEAN, summaries: ['1 file, 1 object, 1 not read: no errors', '0 files, 0 objects, 1 not read: no errors', '1 file, 1 object: no errors'] });
});

test('a terminal is cleared before each check', async () => {
  const folder = tempFolder({ 'a.yaml': secret('a') });
  const { stdout } = await watch([folder], [() => writeFileSync(join(folder, 'a.yaml'), secret('b'))], 200);

  expect(stdout.split('\x1b[2J\x1b[3J\x1b[H').map(text => text.split('\n')[0])).toEqual(['', '1 file, 1 object: no errors', '1 file, 1 object: no errors']);
});

test.each([
  [['--app', 'true'], '--watch needs files or folders to watch'],
  [['-'], "'-' cannot be watched"],
  [['nothing.yaml'], '"nothing.yaml" cannot be watched (ENOENT)'],
])('%j is refused', async (args, message) => {
  expect(await run(['check', '--watch', ...args])).toMatchObject({ code: ExitCode.UNUSABLE, stderr: expect.stringContaining(message) });
});
