import * as fc from 'fast-check';
import { byteLength, dns1035Label, dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../../src/kubernetes/names';

const a = (length: number) => 'a'.repeat(length);
const valid = (problems: string[]) => problems.length === 0;

test('lengths are bytes of UTF-8', () => {
  expect(byteLength('é')).toBe(2);
  expect(labelValue(a(63))).toEqual([]);
  expect(labelValue(a(62) + 'é')).toContain('must be no more than 63 characters');
});

test.each<[string, boolean, boolean, boolean]>([
  // name, subdomain, label, service
  ['a', true, true, true],
  ['a-b', true, true, true],
  ['1a', true, true, false],
  ['a.b', true, false, false],
  ['a.b-c.d', true, false, false],
  [a(63), true, true, true],
  [a(64), true, false, false],
  [a(253), true, false, false],
  [a(254), false, false, false],
  ['', false, false, false],
  ['-a', false, false, false],
  ['a-', false, false, false],
  ['.a', false, false, false],
  ['a.', false, false, false],
  ['a..b', false, false, false],
  ['a_b', false, false, false],
  ['A', false, false, false],
  ['é', false, false, false],
  ['a\n', false, false, false],
  ['a b', false, false, false],
])('%j is a subdomain: %p, a label: %p, a name of a Service: %p', (name, subdomain, label, service) => {
  expect([dns1123Subdomain(name), dns1123Label(name), dns1035Label(name)].map(valid)).toEqual([subdomain, label, service]);
});

test('dots in a label have a text of their own', () => {
  expect(dns1123Label('a.b')).toEqual(['must not contain dots']);
  expect(dns1123Label('a_b')).toEqual([expect.stringMatching(/^a lowercase RFC 1123 label must consist of /)]);
});

test.each<[string, string[]]>([
  ['a', []],
  ['a.io/b', []],
  ['A_b.c-D', []],
  [`${a(253)}/${a(63)}`, []],
  ['a b', ['name part must consist of']],
  ['a/b/c', ['a qualified name must consist of']],
  ['/a', ['prefix part must be non-empty']],
  ['A.com/b', ['prefix part a lowercase RFC 1123 subdomain']],
  ['a.io/', ['name part must be non-empty', 'name part must consist of']],
  [a(64), ['name part must be no more than 63 characters']],
  [`${a(254)}/b`, ['prefix part must be no more than 253 characters']],
  ['', ['name part must be non-empty', 'name part must consist of']],
  ['-a', ['name part must consist of']],
])('%j as a key of a label', (key, starts) => {
  const problems = qualifiedName(key);
  expect(problems.map((problem, index) => problem.slice(0, starts[index]?.length))).toEqual(starts);
});

test('a key of a label is a name, or one behind a subdomain', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'Z', '0', '.', '-', '_', '/'), maxLength: 7 }), key => {
    const [name, prefix, ...more] = key.split('/').reverse();
    const isName = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(name);
    expect(valid(qualifiedName(key))).toBe(isName && more.length === 0 && (prefix === undefined || valid(dns1123Subdomain(prefix))));
  }), { numRuns: 2000 });
});

test.each<[string, boolean]>([['', true], ['a', true], ['A.b_c-1', true], [a(63), true], [a(64), false], ['-x', false], ['x-', false], ['x y', false], ['x\n', false]])(
  '%j as a value of a label: %p', (value, expected) => {
    expect(valid(labelValue(value))).toBe(expected);
  });

test('a sha256 digest in hexadecimal is one too long for a label', () => {
  expect(labelValue('0'.repeat(64))).toEqual(['must be no more than 63 characters']);
});

test('labels joined by dots are a subdomain, as long as they are short enough', () => {
  const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/);
  fc.assert(fc.property(fc.array(label, { minLength: 1, maxLength: 11 }), labels => {
    expect(labels.map(dns1123Label)).toEqual(labels.map(() => []));
    expect(valid(dns1123Subdomain(labels.join('.')))).toBe(labels.join('.').length <= 253);
  }));
});

test('a text with any other character is no name', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }).filter(text => /[^-a-z0-9.]/u.test(text)), text => {
    expect(valid(dns1123Subdomain(text))).toBe(false);
  }));
});

test('long texts are judged quickly', () => {
  const long = a(5_000_000);
  expect([dns1123Subdomain(`${long}!`), dns1123Label(`${long}!`), qualifiedName(`${long}/${long}!`), labelValue(`${long}!`)].map(valid)).toEqual([false, false, false, false]);
});
