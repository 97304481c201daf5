import { UsageError } from '../../src/cli/command';
import { errorText } from '../../src/cli/error-text';

const missing = (name: string) => Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- /a.js`), { code: 'MODULE_NOT_FOUND' });

test('an error that nobody expected is told by its name and place', () => {
  expect(errorText(new RangeError('a value'))).toMatch(/^cdk8s-secrets: unexpected RangeError; please report it\n {4}at /);
  expect(errorText(new RangeError('a value'))).not.toContain('a value');
});

test.each(['cdk8s', 'constructs'])('a peer that is not installed is named: %s', name => {
  expect(errorText(missing(name), 'import')).toBe(`cdk8s-secrets: the command import needs ${name}, which is not installed; install it beside cdk8s-secrets: npm install cdk8s constructs\n`);
});

test('another module that is not there is an error that nobody expected', () => {
  expect(errorText(missing('other'))).toContain('unexpected Error');
});

test('a wrong call says where help is', () => {
  expect(errorText(new UsageError('no'), 'check')).toBe('cdk8s-secrets: no\nTry cdk8s-secrets check --help\n');
});
