import { Inspection } from '../../../src/app/inspection';

const KEY = 'scheduler.alpha.kubernetes.io/tolerations';
const refused = (text: string) => Inspection.fromManifests([{
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', annotations: { [KEY]: text } }, spec: { containers: [{ name: 'c', image: 'x' }] },
}]).refusals.map(({ code, path }) => `${code} ${path}`);

// What the compiled API servers of 1.28.15 and 1.37.2 said.
test.each<[text: string, refused: string[]]>([
  ['', []],
  ['null', []],
  ['[]', []],
  ['[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":5}]', []],
  ['[{"Key":"a","OPERATOR":"Exists","more":1}]', []],
  ['[{"key":null,"operator":"Exists"}]', []],
  ['[{}]', [`UnsupportedValue metadata.annotations.${KEY}[0].operator`]],
  ['[null]', [`UnsupportedValue metadata.annotations.${KEY}[0].operator`]],
  ['[{"key":"a"},{"key":"a b"}]', [`InvalidLabel metadata.annotations.${KEY}[1].key`]],
  ['{', ['UnsupportedValue metadata.annotations']],
  ['{}', ['UnsupportedValue metadata.annotations']],
  ['true', ['UnsupportedValue metadata.annotations']],
  ['["a"]', ['UnsupportedValue metadata.annotations']],
  ['[{"key":1}]', ['UnsupportedValue metadata.annotations']],
  ['[{"key":"a","tolerationSeconds":"5"}]', ['UnsupportedValue metadata.annotations']],
])('tolerations in an annotation are read: %j', (text, expected) => {
  expect(refused(text)).toEqual(expected);
});
