import fc from 'fast-check';
import { parse } from 'yaml';
import { yamlText } from '../../src/document/yaml-text';

const text = fc.string({ unit: fc.constantFrom(...' \n\t\\/a:#\'"é-0o1$.{[]}&*!|>%@`,?\r\x7f\x85\u2028\ufeff\x01'.split('')), maxLength: 12 });

test.each(['1.1', '1.2'] as const)('any text comes back as it was, read as YAML %s', version => {
  fc.assert(fc.property(fc.dictionary(text, text), fc.array(text), (map, list) => {
    const value = { map: { ...map }, list };
    expect(parse(yamlText(value), { version, schema: version === '1.1' ? 'yaml-1.1' : 'core' })).toEqual(value);
  }), { numRuns: 300 });
});

test('what some version of YAML would read as something else is quoted', () => {
  expect(yamlText({ y: 'no', list: ['0o17', '010', '1:30', '<<', '2020-01-01', 'true', '~', '1_000', 'plain', ''] })).toBe(`"y": "no"
list:
  - "0o17"
  - "010"
  - "1:30"
  - "<<"
  - "2020-01-01"
  - "true"
  - "~"
  - "1_000"
  - plain
  - ""
`);
});
