import { chmodSync, existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type NewFile, replaceFiles } from '../../src/app/replaced-files';
import { caught } from '../caught';
import { tempFolder } from '../support/temp-folder';

const asRoot = process.getuid?.() === 0;

function file(path: string, text: string, isPrivate = false): NewFile {
  return { path, isPrivate, write: to => writeFileSync(to, text) };
}

function modeOf(path: string): string {
  // eslint-disable-next-line no-bitwise
  return (statSync(path).mode & 0o777).toString(8);
}

test('files are replaced, made in new folders and removed, and nothing else is left', () => {
  const folder = tempFolder({ 'a.yaml': 'old', 'gone.yaml': 'old', 'other.yaml': 'kept' });
  replaceFiles(folder, [file(join(folder, 'a.yaml'), 'new'), file(join(folder, 'b', 'c.yaml'), 'made'), { path: join(folder, 'gone.yaml'), isPrivate: false },
    { path: join(folder, 'never-there.yaml'), isPrivate: false }]);
  expect(readdirSync(folder).sort()).toEqual(['a.yaml', 'b', 'other.yaml']);
  expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe('new');
  expect(readFileSync(join(folder, 'b', 'c.yaml'), 'utf8')).toBe('made');
  expect(readFileSync(join(folder, 'other.yaml'), 'utf8')).toBe('kept');
});

test.each<[string, (folder: string) => NewFile]>([
  ['cannot be written', folder => ({ path: join(folder, 'z.yaml'), isPrivate: false, write: to => writeFileSync(join(to, 'no-folder'), '') })],
  ['is a directory', folder => file(join(folder, 'directory'), 'new')],
  ['is in what is no directory', folder => file(join(folder, 'a.yaml', 'z.yaml'), 'new')],
])('where one of them %s, all of them are as they were', (_, bad) => {
  const folder = tempFolder({ 'a.yaml': 'old', 'directory/x': '' });
  const error = caught(() => replaceFiles(folder, [file(join(folder, 'a.yaml'), 'new'), file(join(folder, 'new', 'b.yaml'), 'new'), bad(folder)]));
  expect(error.code).toBe('UnwritableOutput');
  expect(error.message).toContain(`${JSON.stringify(folder)} cannot be written (E`);
  expect(readdirSync(folder).sort()).toEqual(['a.yaml', 'directory']);
  expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe('old');
});

test.each<[string, string]>([['is a directory', 'directory'], ['is in what is no directory', 'a.yaml/journal']])('a file elsewhere that %s is named', (_, path) => {
  const [folder, beside] = [tempFolder({}), tempFolder({ 'a.yaml': 'old', 'directory/x': '' })];
  const error = caught(() => replaceFiles(folder, [file(join(folder, 'a.yaml'), 'new'), file(join(beside, path), 'new')]));
  expect(error.code).toBe('UnwritableOutput');
  expect(error.message).toContain(`"${beside}/`);
  expect(readdirSync(folder)).toEqual([]);
});

test('where a rename fails in the midst of them, those before it are taken back', () => {
  const folder = tempFolder({ 'a.yaml': 'old' });
  // the directory c.yaml appears after it was seen that there is none
  const last: NewFile = {
    path: join(folder, 'd.yaml'),
    isPrivate: false,
    write: to => {
      writeFileSync(to, 'new');
      mkdirSync(join(folder, 'c.yaml', 'x'), { recursive: true });
    },
  };
  expect(caught(() => replaceFiles(folder, [file(join(folder, 'a.yaml'), 'new'), file(join(folder, 'b.yaml'), 'new'), file(join(folder, 'c.yaml'), 'new'), last])).code).toBe('UnwritableOutput');
  expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe('old');
  expect(readdirSync(folder).sort()).toEqual(['a.yaml', 'c.yaml']);
});

test('an error that is none of the system is given on, with nothing changed', () => {
  const folder = tempFolder({ 'a.yaml': 'old' });
  const own = new Error('of the program');
  expect(caught(() => replaceFiles(folder, [file(join(folder, 'a.yaml'), 'new'), { path: join(folder, 'b'), isPrivate: false, write: () => { throw own; } }]))).toBe(own);
  expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe('old');
});

test('private files are for their owner, others keep the mode of what they replace', () => {
  const folder = tempFolder({ 'private.yaml': '', 'shared.yaml': '' });
  chmodSync(join(folder, 'private.yaml'), 0o664);
  chmodSync(join(folder, 'shared.yaml'), 0o640);
  replaceFiles(folder, [file(join(folder, 'private.yaml'), 'x', true), file(join(folder, 'shared.yaml'), 'x'), file(join(folder, 'new.yaml'), 'x', true),
    file(join(folder, 'open.yaml'), 'x')]);
  writeFileSync(join(folder, 'usual'), '');
  expect(['private.yaml', 'shared.yaml', 'new.yaml', 'open.yaml'].map(name => modeOf(join(folder, name)))).toEqual(['600', '640', '600', modeOf(join(folder, 'usual'))]);
});

test('a link is followed, to a folder and to a file, also one that is not there yet', () => {
  const elsewhere = join(tempFolder({ 'deep/a.yaml': 'old' }), 'deep');
  const folder = tempFolder();
  symlinkSync(elsewhere, join(folder, 'dist'));
  symlinkSync('a.yaml', join(elsewhere, 'link.yaml'));
  symlinkSync(join('..', 'c.yaml'), join(elsewhere, 'dangling.yaml'));
  const dist = join(folder, 'dist');
  replaceFiles(dist, [file(join(dist, 'link.yaml'), 'new')]);
  expect(readFileSync(join(elsewhere, 'a.yaml'), 'utf8')).toBe('new');
  expect(lstatSync(join(elsewhere, 'link.yaml')).isSymbolicLink()).toBe(true);
  replaceFiles(dist, [file(join(dist, 'dangling.yaml'), 'new')]);
  expect(readFileSync(join(elsewhere, '..', 'c.yaml'), 'utf8')).toBe('new');
});

test('a second name of a file keeps what it had', () => {
  const folder = tempFolder({ 'a.yaml': 'old' });
  linkSync(join(folder, 'a.yaml'), join(folder, 'second.yaml'));
  replaceFiles(folder, [file(join(folder, 'a.yaml'), 'new')]);
  expect(readFileSync(join(folder, 'second.yaml'), 'utf8')).toBe('old');
});

(asRoot ? test.skip : test)(`a file that may not be written is an error${asRoot ? ' (skipped: root may write every file)' : ''}`, () => {
  const folder = tempFolder({ 'a.yaml': 'old' });
  chmodSync(join(folder, 'a.yaml'), 0o400);
  expect(caught(() => replaceFiles(folder, [file(join(folder, 'a.yaml'), 'new')])).code).toBe('UnwritableOutput');
});

test('what a killed process left is removed, and what a running one or another machine has is not', () => {
  const machine = Buffer.from(hostname()).toString('hex').slice(-16);
  const [dead, alive, elsewhere] = [`.cdk8s-secrets-${machine}-999999999-x`, `.cdk8s-secrets-${machine}-1-x`, '.cdk8s-secrets-00-999999999-x'];
  const folder = tempFolder({ [`${dead}/0`]: 'x', [`${alive}/0`]: 'x', [`${elsewhere}/0`]: 'x' });
  replaceFiles(folder, [file(join(folder, 'a.yaml'), 'new')]);
  expect([dead, alive, elsewhere].map(name => existsSync(join(folder, name)))).toEqual([false, true, true]);
});
