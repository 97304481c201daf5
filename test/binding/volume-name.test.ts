import * as fc from 'fast-check';
import { volumeName } from '../../src/binding/volume-name';
import { dns1123Label } from '../../src/kubernetes/names';

const SECRET_NAME = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?){0,3}$/);

test.each([
  ['secret-db', '', 'secret-db'],
  ['secret-my.db', '', 'secret-my-db-4c282b15'],
  ['secret-my-db', '', 'secret-my-db'],
  ['secret-db', 'x', 'secret-db-33326640'],
  [`secret-${'a'.repeat(56)}`, '', `secret-${'a'.repeat(56)}`],
  [`secret-${'a'.repeat(57)}`, '', `secret-${'a'.repeat(47)}-9d1b91ba`],
])('%s with the distinction %j is %s, for ever', (wish, distinction, name) => {
  expect(volumeName(wish, distinction)).toBe(name);
});

test.each(['secret-' + 'a'.repeat(253), 'secret-' + 'a.'.repeat(126) + 'a', '...', 'ÄÖÜ', '-', 'secret-a-'])('%s gives a valid name', wish => {
  expect(dns1123Label(volumeName(wish))).toEqual([]);
});

test('a name is valid, the same every time, and never that of another wish', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.tuple(SECRET_NAME, fc.constantFrom('', 'a', 'b')), { selector: String, maxLength: 20 }), wishes => {
    const names = wishes.map(([wish, distinction]) => volumeName(`secret-${wish}`, distinction));
    expect(names.flatMap(dns1123Label)).toEqual([]);
    expect(wishes.map(([wish, distinction]) => volumeName(`secret-${wish}`, distinction))).toEqual(names);
    expect(new Set(names).size).toBe(wishes.length);
  }));
});

test('names that cleaning or cutting would make equal stay apart', () => {
  const long = 'a'.repeat(80);
  const wishes = ['secret-a.b', 'secret-a-b', 'secret-A-b', 'secret-a..b', `secret-${long}b`, `secret-${long}c`];
  expect(new Set(wishes.map(wish => volumeName(wish))).size).toBe(wishes.length);
});
