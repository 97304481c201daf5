import * as fc from 'fast-check';
import { collapsesDollars, expand, mangles, referencesIn } from '../../src/kubernetes/expansion';

test.each<[string, string[]]>([
  ['$(A)', ['A']], ['x$(A)$(B)y', ['A', 'B']], ['$$(A)', []], ['$$$(A)', ['A']], ['$(A', []], ['$A', []], ['$()', ['']], ['$(A$(B))', ['A$(B']], ['', []],
])('%j refers to %j', (text, names) => {
  expect(referencesIn(text)).toEqual(names);
});

test('a text without dollars stays as it is', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }).filter(text => !text.includes('$')), text => expect(expand(text, () => 'x')).toBe(text)));
});

test('a text with every dollar doubled stays as it was', () => {
  fc.assert(fc.property(fc.string(), text => expect(expand(text.replace(/\$/g, '$$$$'), () => 'x')).toBe(text)));
});

test('references to names that there are not stay as they are', () => {
  fc.assert(fc.property(fc.stringMatching(/^[A-Za-z ]*$/), name => expect(expand(`a$(${name})b`, () => undefined)).toBe(`a$(${name})b`)));
});

test.each<[string, boolean, boolean]>([
  ['a$$b', true, false], ['a$b', false, false], ['$£', false, true], ['$$£', true, false], ['$$$£', true, true], ['£$', false, false],
])('%j loses a dollar: %p, a character: %p', (text, collapses, breaks) => {
  expect([collapsesDollars(text), mangles(text)]).toEqual([collapses, breaks]);
});
