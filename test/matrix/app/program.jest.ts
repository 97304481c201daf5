import { check, NAMES } from './program';

// The program is loaded; with `resetModules` what it loads from here on is looked for anew before every test.
test.each(NAMES)('%s', name => {
  const { found, expected } = check(name);
  expect(found).toEqual(expected);
});
