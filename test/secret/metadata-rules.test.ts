import { Lazy } from 'cdk8s';
import { Secret } from '../../src';
import { newChart } from '../support/charts';
import { refusal } from '../support/refusal';

const declare = (metadata: any) => () => new Secret(newChart(), 'Db', { metadata });

test.each(['a', 'a.b-c', '1', 'a'.repeat(253)])('the name %j is taken', name => {
  expect(declare({ name })().name).toBe(name);
});

test.each(['My_Secret', 'a b', '-a', 'a-', 'a..b', 'abc\n', 'a'.repeat(254), 'ä'])('fails for the name %j', name => {
  expect(refusal(declare({ name }))).toMatchObject({ code: 'InvalidName', path: 'c/Db' });
});

test('the refusal of a name quotes it and says the rule', () => {
  expect(refusal(declare({ name: 'My_Secret' }))).toEqual({
    code: 'InvalidName',
    path: 'c/Db',
    problem: '"My_Secret" can be no name of a secret: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '
      + "'-' or '.', and must start and end with an alphanumeric character",
    next: "use lower-case letters, digits, '-' and '.', with a letter or digit at both ends",
  });
});

test('fails for a name that is a token', () => {
  expect(refusal(declare({ name: Lazy.any({ produce: () => 'db' }) })).code).toBe('InvalidName');
});

test.each(['a.b', 'A', 'a'.repeat(64), ''])('fails for the namespace %j', namespace => {
  expect(refusal(declare({ namespace }))).toMatchObject({ code: 'InvalidNamespace', path: 'c/Db' });
});

test.each([
  [{ 'a b': 'c' }], [{ '/a': 'b' }], [{ 'a/b/c': 'd' }], [{ 'A.com/b': 'c' }], [{ a: 'b c' }], [{ a: 'b'.repeat(64) }], [{ a: 5 }], [{ a: undefined }],
])('fails for the labels %j', labels => {
  expect(refusal(declare({ labels }))).toMatchObject({ code: 'InvalidLabel', path: 'c/Db' });
});

test.each([[{ 'a.io/b': 'v1' }], [{ a: '' }], [{ a: 'b'.repeat(63) }]])('the labels %j are taken', labels => {
  expect(declare({ labels })).not.toThrow();
});

test.each([[{ 'x y': 'z' }], [{ a: 5 }], [{ a: undefined }]])('fails for the annotations %j', annotations => {
  expect(refusal(declare({ annotations }))).toMatchObject({ code: 'InvalidLabel', path: 'c/Db' });
});

test('an annotation may have upper case in its prefix and any text', () => {
  expect(declare({ annotations: { 'A.com/b': 'any text\n' } })).not.toThrow();
});
