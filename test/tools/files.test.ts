import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFiles, replaceFiles } from '../../tools/files';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'files-test-'));
});
afterEach(() => rmSync(root, { recursive: true }));

test('reads back what it wrote, folders included, sorted by path', () => {
  replaceFiles(join(root, 'x'), new Map([['b/c.yaml', 'c'], ['a.yaml', 'a\n']]));
  expect([...readFiles(join(root, 'x'))]).toEqual([['a.yaml', 'a\n'], ['b/c.yaml', 'c']]);
});

test('removes the files that are no longer wanted', () => {
  replaceFiles(root, new Map([['old.yaml', ''], ['kept.yaml', '1']]));
  replaceFiles(root, new Map([['kept.yaml', '2']]));
  expect([...readFiles(root)]).toEqual([['kept.yaml', '2']]);
});

test('a folder that does not exist has no files', () => {
  expect(readFiles(join(root, 'nowhere')).size).toBe(0);
});
