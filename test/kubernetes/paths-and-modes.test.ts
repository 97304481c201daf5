import { posix } from 'node:path';
import * as fc from 'fast-check';
import { directoryModeWithFsGroup, fileMode, fileModeWithFsGroup, formatMode, hasBits, parseMode, withBits } from '../../src/kubernetes/modes';
import { cleanPath, foldersAbove, itemPath, kubeletItemPath, kubeletPathFailure, localDescendingPath, mountPath, noBacksteps } from '../../src/kubernetes/paths';

const valid = (problems: string[]) => problems.length === 0;

test.each<[number, boolean]>([[0, true], [256, true], [511, true], [512, false], [-1, false], [777, false], [1.5, false], [NaN, false]])('%p as a mode: %p', (mode, expected) => {
  expect(valid(fileMode(mode))).toBe(expected);
});

test.each<[string, string[]]>([
  ['a', []], ['/a', []], ['', []], ['/', []], ['a/b', ['a']], ['/a/b/c', ['/a/b', '/a']], ['a/b/', ['a/b', 'a']],
])('above %j are %j', (path, folders) => {
  expect(foldersAbove(path)).toEqual(folders);
});

test.each<[string, number | undefined]>([
  ['0400', 0o400], ['400', 0o400], ['0o400', 0o400], ['00644', 0o644], ['0', 0], ['7', 7], ['777', 0o777],
  ['1777', undefined], ['800', undefined], ['', undefined], ['400 ', undefined], ['0x1ff', undefined], ['-1', undefined], ['0400\n', undefined],
])('%j in octal is %p', (text, mode) => {
  expect(parseMode(text)).toBe(mode);
});

test('a mode is what its text stands for', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 0o777 }), mode => expect(parseMode(formatMode(mode))).toBe(mode)));
});

test.each<[number, number, number]>([
  [0o400, 0o440, 0o2550], [0o600, 0o640, 0o2750], [0, 0o440, 0o2550], [0o644, 0o644, 0o2754], [0o777, 0o777, 0o2777], [0o1777, 0o1777, 0o3777],
])(
  'a fsGroup makes of %o a file of %o and a directory of %o', (mode, file, directory) => {
    expect([fileModeWithFsGroup(mode), directoryModeWithFsGroup(mode)]).toEqual([file, directory]);
  });

test('bits are set once', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 0o7777 }), fc.integer({ min: 0, max: 0o7777 }), (mode, bits) => {
    expect(hasBits(withBits(mode, bits), bits)).toBe(true);
    expect(hasBits(withBits(mode, bits), mode)).toBe(true);
    expect(withBits(withBits(mode, bits), bits)).toBe(withBits(mode, bits));
  }));
});

test.each<[string, string[]]>([
  ['a/b', []],
  ['a/..b', []],
  ['a..b', []],
  ['./a', []],
  ['a/', []],
  ['a//b', []],
  ['.', []],
  ['/p', ['must be a relative path']],
  ['a/../b', ["must not contain '..'"]],
  ['../a', ["must not contain '..'"]],
  ['/../b', ['must be a relative path', "must not contain '..'"]],
  ['..a', ["must not start with '..'"]],
  ['..', ["must not contain '..'", "must not start with '..'"]],
])('%j as a path of an item', (path, problems) => {
  expect(itemPath(path)).toEqual(problems);
});

test.each<[string, boolean]>([['k', true], ['a/k', true], ['..data/k', true], ['/k', false], ['a/../k', false], ['..', false]])('%j as a subPath: %p', (path, expected) => {
  expect(valid(localDescendingPath(path))).toBe(expected);
});

test.each<[string, boolean]>([['/a/b', true], ['/a/..b', true], ['/a/../b', false], ['..', false]])('%j goes never up: %p', (path, expected) => {
  expect(valid(noBacksteps(path))).toBe(expected);
});

test.each<[string, string | undefined]>([
  ['a/b', undefined],
  ['a/', undefined],
  ['a\\b', undefined],
  ['x'.repeat(255), undefined],
  ['é'.repeat(128), 'invalid path: filenames must be less than or equal to 255 characters'],
  ['x'.repeat(256), 'invalid path: filenames must be less than or equal to 255 characters'],
  [`${'x'.repeat(127)}/`.repeat(32), undefined],
  [`${'x'.repeat(127)}/`.repeat(32) + 'x', 'invalid path: must be less than or equal to 4096 characters'],
  ['.', 'the path is the volume itself, which is a directory'],
  ['./', 'the path is the volume itself, which is a directory'],
])('what the kubelet says of an item at %j', (path, failure) => {
  expect(kubeletPathFailure(path)).toBe(failure);
});

test.each<[string, string]>([['a', 'a'], ['/a/', '/a'], ['//a', '/a'], ['a//./b/', 'a/b'], ['/a/../b', '/b'], ['/..', '/'], ['.', ''], ['/', '/']])('%j is, in short, %j', (path, clean) => {
  expect(cleanPath(path)).toBe(clean);
});

test('a clean path is clean', () => {
  const path = fc.array(fc.constantFrom('a', 'b', '.', '..', ''), { maxLength: 8 }).map(elements => elements.join('/'));
  fc.assert(fc.property(path, text => expect(cleanPath(cleanPath(text))).toBe(cleanPath(text))));
});

test('a clean path is the one that Node.js resolves', () => {
  const path = fc.array(fc.constantFrom('a', 'bc', '.', '..', '...', '.a', ''), { maxLength: 6 }).map(elements => elements.join('/'));
  fc.assert(fc.property(path, text => {
    expect(cleanPath(`/${text}`)).toBe(posix.resolve(`/${text}`));
    expect(`/${cleanPath(text).replace(/^\//, '')}`).toBe(posix.resolve('/', text));
  }), { numRuns: 1000 });
});

test.each<[string, boolean]>([['/etc/foo', true], ['etc/foo', false], ['/etc/foo/', false], ['/p:ro', false], ['/', false], ['/a\n', false], ['/a/../b', false]])(
  '%j as a mount path that means what it says: %p', (path, expected) => {
    expect(valid(mountPath(path))).toBe(expected);
  });

test.each<[string, boolean]>([['a/b', true], ['./a', false], ['a//b', false], ['x'.repeat(256), false], ['x/'.repeat(2049), false]])(
  '%j as a path that the kubelet leaves as it is: %p', (path, expected) => {
    expect(valid(kubeletItemPath(path))).toBe(expected);
  });

test('the longest names and paths are still left as they are', () => {
  expect(kubeletItemPath(`a/${'x'.repeat(255)}`)).toEqual([]);
  expect(kubeletItemPath(`a/${'x'.repeat(256)}`)).toEqual(['each element must be no more than 255 bytes']);
  expect(kubeletItemPath(`${'x'.repeat(15)}/`.repeat(255) + 'x'.repeat(16))).toEqual([]);
  expect(kubeletItemPath(`${'x'.repeat(15)}/`.repeat(255) + 'x'.repeat(17))).toEqual(['must be no more than 4096 bytes']);
  expect(kubeletItemPath('a/./b')).toEqual(["must not have empty or '.' elements"]);
  expect(kubeletPathFailure(`a/${'x'.repeat(256)}/b`)).toBe('invalid path: filenames must be less than or equal to 255 characters');
});

test('a mount path says what is wrong with it', () => {
  expect(mountPath('a')).toEqual(['must be an absolute path']);
  expect(mountPath('/')).toEqual(['must not be the root of the file system']);
  expect(mountPath('/a/:b\0')).toEqual(["must not contain ':' (it is no separator here; a mount's options are fields)", 'must not contain control characters']);
  expect(mountPath('/a//b')).toEqual(["must be a clean path, here '/a/b'"]);
});
