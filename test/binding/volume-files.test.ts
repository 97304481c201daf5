import { Secret } from '../../src';
import { collidingFiles, VolumeFiles } from '../../src/binding/volume-files';
import { newChart } from '../support/charts';

const files = (name: string, keys: string[] | undefined, items?: Record<string, string>) =>
  new VolumeFiles(Secret.fromSecretName(newChart(), 'S', name, { keys }), { items }, { path: 'c/V' });

test('the files are those of the items, else one for every key, else not known', () => {
  expect(files('db', ['a'], { a: 'x/y' }).paths()).toEqual(new Map([['a', 'x/y']]));
  expect(files('db', ['a', 'b']).paths()).toEqual(new Map([['a', 'a'], ['b', 'b']]));
  expect(files('db', undefined).paths()).toBeUndefined();
});

test.each<[string, VolumeFiles[]]>([
  ['other names', [files('a', ['x']), files('b', ['y'])]],
  ['one name in two folders', [files('a', ['x'], { x: 'a/x' }), files('b', ['x'], { x: 'b/x' })]],
  ['a name that another starts with', [files('a', ['x', 'y'], { x: 'ab', y: 'a/b' })]],
  ['keys that are not known', [files('a', undefined), files('b', undefined)]],
])('%s do not collide', (_, list) => {
  expect(collidingFiles(list)).toBeUndefined();
});

test.each<[string, VolumeFiles[], string]>([
  ['one path', [files('a', ['x']), files('b', ['x'])], 'key "x" of secret "a" and key "x" of secret "b" would both be the file "x"'],
  ['a file and a folder', [files('a', ['x']), files('b', ['y'], { y: 'x/y' })], 'key "y" of secret "b" would be below "x", where key "x" of secret "a" is a file'],
  ['a folder and a file', [files('b', ['y'], { y: 'x/y' }), files('a', ['x'])], 'key "y" of secret "b" would be below "x", where key "x" of secret "a" is a file'],
])('%s collide', (_, list, sentence) => {
  expect(collidingFiles(list)).toBe(sentence);
});
