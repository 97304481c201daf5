import { renderSchemas } from '../../tools/crds';

const definition = (properties: any, more: any = {}) => ({
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Thing' },
    versions: [
      { name: 'v1', served: true, schema: { openAPIV3Schema: { type: 'object', properties: { metadata: { type: 'object' }, status: { type: 'object' }, spec: { type: 'object', properties, ...more } } } } },
      { name: 'v1beta1', served: false, schema: { openAPIV3Schema: { type: 'object' } } },
    ],
  },
});
const rendered = (properties: any, more: any = {}) => renderSchemas([{ title: 'the project 1.0', definitions: [definition(properties, more)] }]);

test('the schemas of a definition, each once, without what says nothing', () => {
  expect(rendered({ a: { type: 'string', description: 'one' }, b: { type: 'string', description: 'other' }, c: { type: 'array', items: { type: 'string' } } }).split('\n').slice(5)).toEqual([
    "  'example.com/Thing': { of: 'the project 1.0', namespaced: true, versions: { v1: 4, v1beta1: undefined } },",
    '};',
    '',
    '/** The schemas, as JSON: each is read when it is first met. */',
    'export const NODES: readonly string[] = [',
    '  \'{"type":"object","open":true}\',',
    '  \'{"type":"string"}\',',
    '  \'{"type":"array","items":1}\',',
    '  \'{"type":"object","fields":{"a":1,"b":1,"c":2}}\',',
    '  \'{"type":"object","fields":{"metadata":0,"spec":3}}\',',
    '];',
    '',
  ]);
});

test('a field that the server fills in is not required', () => {
  expect(rendered({ a: { type: 'string', default: 'x' }, b: { type: 'string' } }, { required: ['a', 'b'] })).toContain('"required":["b"]');
});

test('a rule in CEL stands in one line, with its message', () => {
  expect(rendered({}, { 'x-kubernetes-validations': [{ rule: 'has(self.a)\n  || has(self.b)', message: 'one of a and b' }] })).toContain('"rules":[["has(self.a) || has(self.b)","one of a and b"]]');
});

test('a keyword that is not known is refused', () => {
  expect(() => rendered({ a: { type: 'string', not: {} } })).toThrow('.spec.a: the keyword not is not known');
});
