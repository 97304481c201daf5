import fc from 'fast-check';
import { gitIgnore } from '../../../src/inspect/read/git-ignore';
import { glob, matchesName } from '../../../src/inspect/read/glob';

test.each([
  ['*.yaml', 'a/b.yaml', true], ['*.yaml', 'a/b.yml', false], ['a/*.yaml', 'a/b.yaml', true], ['a/*.yaml', 'a/b/c.yaml', false],
  ['a/**', 'a/b/c.yaml', true], ['**/test/**', 'a/test/b/c.yaml', true], ['**/test/**', 'test/c.yaml', true], ['a/**/c.yaml', 'a/c.yaml', true],
  ['a', 'a/b.yaml', true], ['a/', 'x/a/b.yaml', true], ['x/a/', 'x/a/b.yaml', true], ['b', 'a/bc.yaml', false], ['?.yaml', 'a.yaml', true], ['?.yaml', 'ab.yaml', false],
  ['*.{yaml,yml}', 'a/b.yml', true], ['{a,b}/**', 'c/x', false], ['./a/*', 'a/b', true], ['*', '.hidden', true], ['a.c', 'abc', false], ['a{b', 'a{b', true],
])('the pattern %j and the path %j: %j', (pattern, path, expected) => {
  expect(glob(pattern)(path)).toBe(expected);
});

test('a pattern of stars matches what a regular expression would', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  fc.assert(fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (pattern, name) => {
    expect(matchesName(pattern, name)).toBe(new RegExp(`^${pattern.replace(/\*+/g, '.*')}$`).test(name));
  }));
});

test.each([
  ['dist', 'dist', true, true], ['dist', 'a/dist', true, true], ['/dist', 'a/dist', true, undefined], ['dist/', 'dist', false, undefined], ['dist/', 'dist', true, true],
  ['*.json\n!keep.json', 'a/keep.json', false, false], ['*.json\n!keep.json', 'a/b.json', false, true], ['a/b', 'x/a/b', false, undefined],
  ['# a\n\n', 'a', false, undefined], ['**/x', 'a/b/x', false, true],
])('.gitignore %j of %j: a folder %j, ignored %j', (text, path, isFolder, expected) => {
  expect(gitIgnore(text)(path.split('/'), isFolder)).toBe(expected);
});
