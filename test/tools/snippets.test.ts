import { failures } from '../../tools/snippets';

const UNION = 'cdk8s-secrets.Secret-example.ts:21:9 - error TS0: Type unions are not supported in examples, got: SensitiveValue | string';
const WRONG = 'cdk8s-secrets-README-L6.ts:2:24 - error TS2307: Cannot find module \'cdk8s-plus-99\' or its corresponding type declarations.';

test('a snippet that does not compile fails', () => {
  expect(failures(`${UNION}\n\n21   data: {}\n${WRONG}\n`)).toEqual([WRONG]);
});

test('one that only cannot be translated does not', () => {
  expect(failures(`${UNION}\n[jsii-rosetta] [WARN] something\n`)).toEqual([]);
});
