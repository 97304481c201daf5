import { join, relative } from 'node:path';
import { expandGlobs } from '../../src/cli/expand-globs';
import { tempFolder } from '../support/temp-folder';

const FILES = ['a.yaml', 'b.json', 'deploy/api.yaml', 'deploy/deep/db.yaml', 'deploy/deep/more/x.yaml', 'node_modules/m.yaml', '.hidden/h.yaml', 'odd[1].yaml', 'star*.yaml', 'star2.yaml'];

test.each<[string, string[]]>([
  ['*.yaml', ['a.yaml', 'odd[1].yaml', 'star*.yaml', 'star2.yaml']],
  ['deploy/**/*.yaml', ['deploy/api.yaml', 'deploy/deep/db.yaml', 'deploy/deep/more/x.yaml']],
  ['**/*.yaml', ['a.yaml', 'odd[1].yaml', 'star*.yaml', 'star2.yaml', 'deploy/api.yaml', 'deploy/deep/db.yaml', 'deploy/deep/more/x.yaml']],
  ['**/deep/**/**/*.yaml', ['deploy/deep/db.yaml', 'deploy/deep/more/x.yaml']],
  ['{a.yaml,b.json}', ['a.yaml', 'b.json']],
  ['?.*', ['a.yaml', 'b.json']],
  ['d*/d*', ['deploy/deep']],
  ['deploy/**', ['deploy']],
  ['*/m.yaml', ['node_modules/m.yaml']],
  ['.h*/*.yaml', ['.hidden/h.yaml']],
  ['none*.yaml', ['none*.yaml']],
  ['none/*.yaml', ['none/*.yaml']],
  ['star*.yaml', ['star*.yaml']],
  ['plain.yaml', ['plain.yaml']],
])('%s stands for %j', (pattern, expected) => {
  const folder = tempFolder(Object.fromEntries(FILES.map(file => [file, ''])));
  expect(expandGlobs([join(folder, pattern)]).map(path => relative(folder, path))).toEqual(expected);
});

test('patterns below the working directory give paths as they would be typed', () => {
  expect(expandGlobs(['src/cli/expand-*.ts'])).toEqual(['src/cli/expand-globs.ts']);
});

test('many stars end soon', () => {
  const folder = tempFolder(Object.fromEntries(Array.from({ length: 12 }, (_, depth) => [`${'d/'.repeat(depth)}x.yaml`, ''])));
  expect(expandGlobs([`${folder}/${'**/'.repeat(12)}*/${'**/'.repeat(12)}x.yaml`])).toHaveLength(11);
});
