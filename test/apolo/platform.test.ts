import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { platformNamespace, platformSecretName } from '../../src/apolo/platform-names';
import { platformKey, platformMountPath, platformMountPaths, platformName, platformPath, platformUri } from '../../src/apolo/platform-rules';

const recorded = readFileSync(join(__dirname, 'fixtures/apolo-platform-validators.txt'), 'utf8').split('\n');
const section = (title: string, end: RegExp) => {
  const start = recorded.indexOf(title) + 1;
  return recorded.slice(start, start + recorded.slice(start).findIndex(row => end.test(row)));
};

describe('the recorded run of the validators', () => {
  test.each(section('## secret uri (API)', /^##/).map(row => row.split(' => ')))('the URI %s: %s', (uri, output) => {
    const refusal = /^DataError: (.*)$/.exec(output)?.[1];
    expect(platformUri(uri, 'default')).toEqual(refusal === undefined ? [] : [refusal]);
  });

  test.each(section('## mount path (API)', /^DataError/).map(row => row.split(' => ')))('the path %s: %s', (path, output) => {
    const refusal = /^DataError: (.*)$/.exec(output)?.[1];
    const text = path.slice(1, -1);
    expect(platformMountPath(text)).toEqual(refusal === undefined ? [] : [refusal]);
    if (refusal === undefined) expect(platformPath(text)).toBe(output.slice(1, -1));
  });

  test('one path twice', () => {
    expect(platformMountPaths(['/p', '/p', '/q'])).toEqual(["destination path '/p' was encountered multiple times"]);
  });

  const keys = recorded.filter(row => / (True|False)$/.test(row)).map(row => /^'(.*)' (True|False)$/.exec(row)!.slice(1));

  test.each(keys)('the key %s: %s', (key, valid) => {
    const long = /^aaa\.\.x(\d+)$/.exec(key);
    expect(platformKey(long === null ? key.replace('\\n', '\n') : 'a'.repeat(Number(long[1]))).length === 0).toBe(valid === 'True');
  });

  const names = recorded.filter(row => row.includes('roundtrip')).map(row => /^secret:\/\/default\/(.*)\/[^/]* => (\S+) key=/.exec(row)!.slice(1));

  test.each(names)('the project %s keeps its secrets in %s', (path, name) => {
    expect(platformSecretName(path)).toBe(name);
  });
});

test.each([
  ['a'], ['.-'], ['-'], ['_'], ['0'], ['A'], ['a'.repeat(253)],
])('row 29: the key %s is valid', key => {
  expect(platformKey(key)).toEqual([]);
});

test.each([
  [''], ['?'], ['\n'], ['\t'], [' '], ['.'], ['..'], ['...'], ['..-'], ['/'], ['\\'], ['---neuro---'], ['a'.repeat(254)],
])('row 29: the key %j is not', key => {
  expect(platformKey(key)).toHaveLength(1);
});

test.each([
  ['secret://other/o/p/k', "Invalid URI cluster: 'other' != 'default'"],
  ['storage://default/o/p/k', "Invalid URI scheme: 'storage' != 'secret'"],
])('row 25: the URI %s: %s', (uri, expected) => {
  expect(platformUri(uri, 'default')).toEqual([expected]);
});

test.each([
  ['relative', "Mount path must be absolute: 'relative'"],
  ['', "Mount path must be absolute: '.'"],
  ['/mnt/../etc/x', "Invalid path: '/mnt/../etc/x'"],
])('row 25: the path %j: %s', (path, expected) => {
  expect(platformMountPath(path)).toEqual([expected]);
});

test.each([
  ['myorg', 'myproj', 'platform--myorg--myproj--8103e967f202096cbd5b4f41'],
  ['My_Org', 'a b', 'platform--my-org--a-b--6300d3390af40c139650092e'],
  ['a'.repeat(12), 'b'.repeat(12), 'platform--aaaaaaaaaaaa--bbbbbbbbbbbb--4d83a887cf87548a9a06065a'],
  ['a'.repeat(13), 'b'.repeat(13), 'platform--aaaaaaaaaaaaa--bbbbbbbbbbbb--1608f63b930a3b753e9f002b'],
  ['a'.repeat(30), 'bbb', 'platform--aaaaaaaaaaaaaaaaaaaaaaa--bb--58be4e02d2d8edaf3832701d'],
  ['aaa', 'b'.repeat(60), 'platform--a--bbbbbbbbbbbbbbbbbbbbbbbb--287fe7d4aa74d8ff273dfb14'],
  ['a'.repeat(40), 'b'.repeat(41), 'platform--aaaaaaaaaaaa--bbbbbbbbbbbbb--2e09d35e45216a8ff75e7737'],
  ['abc', 'z'.repeat(22), 'platform--abc--zzzzzzzzzzzzzzzzzzzzzz--d9715178f40d87442638ead0'],
])('the namespace of %s and %s is %s', (org, project, namespace) => {
  expect(platformNamespace(org, project)).toBe(namespace);
});

test('a namespace is a DNS label of at most 63 characters, and two projects never share one', () => {
  const name = fc.stringMatching(/^[a-z0-9](-?[a-z0-9]){2,60}$/);
  fc.assert(fc.property(name, name, name, (org, project, other) => {
    const namespace = platformNamespace(org, project);
    expect(namespace).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
    expect(namespace.length).toBeLessThanOrEqual(63);
    if (other !== project) expect(platformNamespace(org, other)).not.toBe(namespace);
    expect(platformName(org)).toEqual([]);
  }));
});

test.each([['ab'], ['a--b'], ['a.b'], ['A12'], ['-ab'], ['a'.repeat(256)], ['']])('the name %s is refused', name => {
  expect(platformName(name)).toHaveLength(1);
});
