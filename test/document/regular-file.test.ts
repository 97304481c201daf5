import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRegularFile } from '../../src/document/regular-file';
import { readManifestText } from '../../src/inspect/read/manifest-files';
import { Errors } from '../../src/report/errors';
import { readFileBytes } from '../../src/value/value-source';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'files-')); });
afterEach(() => rmSync(folder, { recursive: true }));

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    return Errors.codeOf(error) ?? (error as NodeJS.ErrnoException).code;
  }
};

test.each([0, 1, 4095, 4096, 4097, 100_000])('a file of %d bytes is read as it is', size => {
  const file = join(folder, 'a');
  writeFileSync(file, Buffer.alloc(size, 'a'));
  expect(readRegularFile(file).equals(Buffer.alloc(size, 'a'))).toBe(true);
});

test('a file that is larger than the limit is refused', () => {
  const file = join(folder, 'a');
  writeFileSync(file, 'abcd');
  expect(codeOf(() => readRegularFile(file, 3))).toBe('TOO_LARGE');
  expect(readRegularFile(file, 4).toString()).toBe('abcd');
});

const isUnix = process.platform !== 'win32';
(isUnix ? test : test.skip)('a device without an end, and a pipe that nobody writes to, are refused at once', () => {
  const pipe = join(folder, 'pipe');
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  for (const file of ['/dev/zero', pipe]) {
    expect(codeOf(() => readRegularFile(file))).toBe('NOT_REGULAR');
    expect(codeOf(() => readManifestText(file))).toBe('UnreadableManifest');
    expect(codeOf(() => readFileBytes(file))).toBe('FileUnreadable');
  }
});
