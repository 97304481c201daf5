import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findFiles, type FileFilter } from '../../../src/inspect/read/find-files';
import { tempFolder } from '../../support/temp-folder';

function found(folder: string, filter?: FileFilter, below = '') {
  const { files, skipped, unreadable } = findFiles([join(folder, below)], filter);
  return {
    files: files.map(({ path }) => relative(folder, path)),
    skipped: skipped.map(({ path, reason }) => `${relative(folder, path)}: ${reason}`),
    unreadable: unreadable.map(({ file, message }) => `${relative(folder, file)}: ${message}`),
  };
}

test('finds every file of manifests below a folder, in the order of their names', () => {
  const folder = tempFolder({ 'b.yaml': 'b', 'a/2.yml': 'a', 'a/1.json': '{}', 'README.md': '#', 'c.yaml.bak': 'c', 'a.txt': 'a' });

  expect(found(folder)).toEqual({ files: ['a/1.json', 'a/2.yml', 'b.yaml'], skipped: [], unreadable: [] });
});

test('passes over what belongs to others, and tells it', () => {
  const folder = tempFolder({
    '.git/config.yaml': 'x',
    '.github/workflows/ci.yml': 'x',
    '.hidden.yaml': 'x',
    'node_modules/a/b.yaml': 'x',
    'go/vendor/b.yaml': 'x',
    'charts/api/Chart.yaml': 'x',
    'charts/api/templates/a.yaml': 'x',
    'out/a.yaml': 'x',
    'c/local.yaml': 'x',
    '.gitignore': '/out\nlocal.*\n',
    'app.yaml': 'x',
  });

  expect(found(folder)).toEqual({
    files: ['app.yaml'],
    skipped: [
      '.git: hidden', '.github: hidden', '.hidden.yaml: hidden', 'c/local.yaml: git-ignored', 'charts/api: helm-chart', 'go/vendor: dependencies',
      'node_modules: dependencies', 'out: git-ignored',
    ],
    unreadable: [],
  });
});

test('looks into a folder that is named, whatever it is', () => {
  const folder = tempFolder({ '.git/HEAD': 'x', '.gitignore': '/dist\n*.local.yaml\n', 'dist/a.yaml': 'x', 'vendor/b.yaml': 'x', 'sub/c.local.yaml': 'x', 'sub/d.yaml': 'x' });

  expect(found(folder, {}, 'dist').files).toEqual(['dist/a.yaml']);
  expect(found(folder, {}, 'vendor').files).toEqual(['vendor/b.yaml']);
  expect(found(folder, {}, 'sub')).toMatchObject({ files: ['sub/d.yaml'], skipped: ['sub/c.local.yaml: git-ignored'] });
});

test.each<[string, FileFilter, string[]]>([
  ['what is included', { include: ['deploy/**'] }, ['deploy/a.yaml', 'deploy/b.txt']],
  ['what is included, though it is hidden', { include: ['.hidden/*.yaml'] }, ['.hidden/x.yaml']],
  ['what is not excluded', { exclude: ['**/a.yaml'] }, ['test/c.yaml']],
  ['neither', { include: ['*.yaml'], exclude: ['test', '.hidden'] }, ['deploy/a.yaml']],
])('looks at %s', (_, filter, files) => {
  const folder = tempFolder({ 'deploy/a.yaml': 'x', 'deploy/b.txt': 'x', 'test/c.yaml': 'x', '.hidden/x.yaml': 'x' });

  expect(found(folder, filter).files).toEqual(files);
});

test('says so where no file is included, whatever else there is', () => {
  const folder = tempFolder({ '.git/HEAD': 'x', 'deploy/a.yaml': 'x', 'node_modules/a.yaml': 'x' });

  expect(found(folder, { include: ['deploys/**'] })).toMatchObject({ files: [], unreadable: [': the folder has no file that is included'] });
  expect(findFiles([join(folder, '.git'), join(folder, 'deploy')], { include: ['*.yaml'] }).unreadable).toEqual([]);
});

test('reads links to files, follows none to folders, and names broken and looping ones', () => {
  const folder = tempFolder({ 'real/a.yaml': 'a', 'sub/b.yaml': 'b' });
  symlinkSync(join(folder, 'real/a.yaml'), join(folder, 'sub/link.yaml'));
  symlinkSync(folder, join(folder, 'sub/loop'));
  symlinkSync(folder, join(folder, 'sub/folder.yaml'));
  symlinkSync('broken-target', join(folder, 'sub/broken.yaml'));
  symlinkSync('round.yaml', join(folder, 'sub/round.yaml'));
  symlinkSync('nothing', join(folder, 'sub/no-manifest'));

  expect(found(folder, {}, 'sub')).toEqual({
    files: ['sub/b.yaml', 'sub/link.yaml'],
    skipped: [],
    unreadable: ['sub/broken.yaml: it is a link to nothing', 'sub/round.yaml: it is a link that leads to itself'],
  });
});
