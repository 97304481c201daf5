import { CODES } from '../../src/errors/codes';

test.each(Object.entries(CODES))('%s has a cause, an example and a fix', (code, { cause, example, fix }) => {
  expect(code).toMatch(/^[A-Z][A-Za-z0-9]+$/);
  expect(cause).toMatch(/\.$/);
  expect(example).not.toBe('');
  expect(fix).not.toBe('');
});
