import { Errors, SecretsError } from '../../src';
import { formatProblem, type Problem } from '../../src/errors/problem';

const PROBLEM: Problem = { code: 'UnknownKey', message: 'secret "db" has no key "passwrd"', next: 'did you mean "password"?' };

test('the message is the path, the code, the sentence and the next step', () => {
  const error = new SecretsError(PROBLEM, 'web/Db');
  expect(error.message).toBe('[web/Db] UnknownKey: secret "db" has no key "passwrd"; did you mean "password"?');
  expect({ ...error }).toEqual({
    name: 'SecretsError', code: 'UnknownKey', problem: PROBLEM, constructPath: 'web/Db',
  });
});

test('without a construct the message starts with the code', () => {
  expect(new SecretsError(PROBLEM).message).toBe(formatProblem(PROBLEM));
  expect(formatProblem(PROBLEM)).toBe('UnknownKey: secret "db" has no key "passwrd"; did you mean "password"?');
});

test('it is an Error with a stack', () => {
  const error = new SecretsError(PROBLEM);
  expect(error).toBeInstanceOf(Error);
  expect(error.stack).toContain('SecretsError: UnknownKey');
});

test('the same problem can be said of a construct', () => {
  const error = new SecretsError(PROBLEM).at('web/Db');
  expect(error.constructPath).toBe('web/Db');
  expect(error.problem).toEqual(PROBLEM);
});

test('the same problem can be said with what it is about', () => {
  expect(new SecretsError(PROBLEM).about('file "a"')).toEqual({ ...PROBLEM, message: `file "a": ${PROBLEM.message}` });
});

test('an error of this library is recognized, also one of another copy of it', () => {
  const ofAnotherCopy = Object.defineProperty(new Error('x'), Symbol.for('cdk8s-secrets.SecretsError'), { value: true });
  expect(Errors.isSecretsError(new SecretsError(PROBLEM))).toBe(true);
  expect(Errors.isSecretsError(ofAnotherCopy)).toBe(true);
  expect(Errors.codeOf(new SecretsError(PROBLEM))).toBe('UnknownKey');
});

test.each([
  ['SecretsError: [c/S] UnknownKey: secret "db" has no key "nope"; keys: "password"', 'UnknownKey'],
  ['@jsii/kernel.RuntimeError: Error: [web/A b] InvalidName: "X" can be no name; use lower-case letters', 'InvalidName'],
  ['Error: Validation failed with the following errors:\n  [c/B] MissingKey: …; …\n  [c/C] LeakedValue: …; …', 'MissingKey'],
  ['InvalidValue: a literal value must be a text', 'InvalidValue'],
  ['Error: Nothing: of ours', undefined],
  ['NotUnknownKey: x, hasOwnProperty: y', undefined],
  ['UnknownKey', undefined],
])('the code in the message %p, which is all that travels to other languages, is %p', (message, code) => {
  expect(Errors.codeOf(message)).toBe(code);
});

test.each([[new Error('x')], [undefined], [null], ['text'], [{ code: 'UnknownKey' }]])('%p is no error of this library', thing => {
  expect(Errors.isSecretsError(thing)).toBe(false);
  expect(Errors.codeOf(thing)).toBeUndefined();
});
