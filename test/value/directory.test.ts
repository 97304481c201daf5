import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directory } from '../../src/value/directory';
import { refusal } from '../support/refusal';
import { tempFolder } from '../support/temp-folder';

const read = (path: string, exclude?: string[]) => Object.fromEntries(
  [...directory(path, exclude).open()].map(([key, value]) => [key, value().toString('latin1')]));

test('every file is a key with its bytes, dot files too', () => {
  expect(read(tempFolder({ 'user': 'a\n', '.hidden': '', 'tls.crt': Buffer.from('00ff80', 'hex') }))).toEqual({
    '.hidden': '', 'tls.crt': '\x00\xff\x80', 'user': 'a\n',
  });
});

test('an empty folder has no keys', () => {
  expect(read(tempFolder())).toEqual({});
});

test('a folder is read when it is opened, its files when their values are', () => {
  const path = tempFolder({ a: 'x' });
  const values = directory(path).open();
  writeFileSync(join(path, 'a'), 'y');
  expect(values.get('a')!().toString()).toBe('y');
});

test.each<[string, (path: string) => void]>([
  ['a folder', path => mkdirSync(path)],
  ['a symbolic link', path => symlinkSync('/dev/null', path)],
])('fails for %s in it, which kubectl would skip in silence, unless it is excluded', (kind, make) => {
  const path = tempFolder({ a: 'x' });
  make(join(path, 'old'));
  expect(refusal(() => read(path))).toEqual({
    code: 'InvalidDirectory',
    problem: `directory "${path}" holds "old", which is ${kind}; kubectl would skip it in silence`,
    next: 'remove it, name it in `exclude`, or declare its keys one by one with SensitiveValue.fromFile',
  });
  expect(read(path, ['old'])).toEqual({ a: 'x' });
});

test('fails for a file whose name is no key, unless it is excluded', () => {
  const path = tempFolder({ 'a': 'x', 'a b': 'y' });
  expect(refusal(() => read(path))).toEqual({
    code: 'InvalidDirectory',
    problem: `directory "${path}" holds "a b", which can be no key of a secret: a valid config key must consist of alphanumeric characters, '-', '_' or '.'`,
    next: 'rename the file, name it in `exclude`, or declare its key with SensitiveValue.fromFile',
  });
  expect(read(path, ['a b'])).toEqual({ a: 'x' });
});

test('fails where the folder is missing, or a file', () => {
  const path = tempFolder({ a: 'x' });
  expect(refusal(() => read(join(path, 'no')))).toMatchObject({ code: 'FileUnreadable', problem: `directory "${path}/no" cannot be read (ENOENT)` });
  expect(refusal(() => read(join(path, 'a')))).toMatchObject({ code: 'FileUnreadable', problem: `directory "${path}/a" cannot be read (ENOTDIR)` });
});

const asRoot = process.getuid?.() === 0;
(asRoot ? test.skip : test)(`fails for a file that may not be read${asRoot ? ' (skipped: root may read every file)' : ''}`, () => {
  const path = tempFolder({ a: 'x' });
  chmodSync(join(path, 'a'), 0);
  expect(refusal(() => read(path))).toMatchObject({ code: 'FileUnreadable', problem: `file "${path}/a" may not be read by this user` });
});
