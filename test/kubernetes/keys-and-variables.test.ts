import * as fc from 'fast-check';
import { envName, relaxedEnvName } from '../../src/kubernetes/env-names';
import { dataKey } from '../../src/kubernetes/keys';

const valid = (problems: string[]) => problems.length === 0;

test.each<[string, boolean]>([
  ['tls.crt', true], ['.dockerconfigjson', true], ['-', true], ['_', true], ['a..b', true], ['a..', true], ['1KEY', true], ['.x', true],
  ['k'.repeat(253), true], ['k'.repeat(254), false], ['', false], ['.', false], ['..', false], ['..x', false], ['a b', false], ['a/b', false], ['é', false], ['a\n', false],
])('%j as a key of data: %p', (key, expected) => {
  expect(valid(dataKey(key))).toBe(expected);
});

test('a key of data says what it would do to a directory', () => {
  expect(dataKey('.')).toEqual(["must not be '.'"]);
  expect(dataKey('..')).toEqual(["must not be '..'"]);
  expect(dataKey('..a')).toEqual(["must not start with '..'"]);
  expect(dataKey(`${'a'.repeat(253)}b`)).toEqual(['must be no more than 253 characters']);
});

test('a key of data has 253 of its characters at most, and is no way to another directory', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'Z', '0', '.', '-', '_', '/', ' ', 'é'), maxLength: 6 }), key => {
    expect(valid(dataKey(key))).toBe(/^[-._a-zA-Z0-9]+$/.test(key) && key !== '.' && !key.startsWith('..'));
  }));
});

test.each<[string, boolean, boolean]>([
  // name, until 1.31, since 1.32
  ['A', true, true],
  ['_', true, true],
  ['a-b.c', true, true],
  ['-A', true, true],
  ['.A', true, true],
  ['A'.repeat(5000), true, true],
  ['1A', false, true],
  ['A B', false, true],
  ['A/B', false, true],
  ['$(X)', false, true],
  ['.', false, true],
  ['..', false, true],
  ['..A', false, true],
  ['~', false, true],
  [' ', false, true],
  ['A=B', false, false],
  ['=', false, false],
  ['A\t', false, false],
  ['A\n', false, false],
  ['A\x7f', false, false],
  ['é', false, false],
  ['', false, false],
])('%j as a name of a variable, until 1.31: %p, since 1.32: %p', (name, strict, relaxed) => {
  expect([envName(name), relaxedEnvName(name)].map(valid)).toEqual([strict, relaxed]);
});

test('what older versions take, newer ones take too', () => {
  fc.assert(fc.property(fc.string({ maxLength: 5 }), name => {
    if (valid(envName(name))) expect(relaxedEnvName(name)).toEqual([]);
  }));
});

test('a key of data is a name of a variable, but for digits at its start', () => {
  fc.assert(fc.property(fc.stringMatching(/^[-._a-zA-Z0-9]{1,10}$/), key => {
    expect(valid(envName(key))).toBe(valid(dataKey(key)) && !/^\d/.test(key));
  }));
});
