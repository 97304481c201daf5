import { TIME_ZONES } from '../../src/kubernetes/time-zone-names';
import { timeZone } from '../../src/kubernetes/time-zones';

// What the compiled API servers of 1.35.4 and 1.37.2 said.
test.each([
  'UTC', 'Europe/Berlin', 'Etc/GMT+1', 'America/Argentina/Buenos_Aires', 'US/Pacific', 'EST', 'Asia/Calcutta', 'GB-Eire', 'America/Indiana/Indianapolis', 'Africa/Abidjan',
  'Etc/UTC', 'GMT0', 'NZ-CHAT', 'CST6CDT', 'W-SU', 'Zulu', 'Antarctica/DumontDUrville',
  'Europe/Kyiv', 'Europe/Kiev', 'Asia/Kolkata', 'Factory', 'America/Coyhaique',
])('%j is a time zone', name => {
  expect(timeZone(name)).toEqual([]);
});

test.each([
  '', 'europe/berlin', 'EUROPE/BERLIN', 'utc', 'Local', 'local', 'X/Y', '../x', 'GMT+01:00', '+0100', 'Europe/Berlin ', 'Etc/Unknown', 'Z', 'Europe//Berlin', '/Europe/Berlin', '/UTC', 'UTC/', '/',
  '-UTC', 'Mars', 'Etc/GMT+99', 'Africa', 'PST', 'IST', 'BST', 'CST', 'cet', 'etc/utc', 'europe/kyiv', 'asia/kolkata', 'US/Pacific-New', 'SystemV/AST4', 'posixrules',
])('%j is none', name => {
  expect(timeZone(name)).not.toEqual([]);
});

test('what Node.js knows as the name of a zone of the IANA is one', () => {
  expect(Intl.supportedValuesOf('timeZone').filter(name => timeZone(name).length > 0)).toEqual([]);
});

test('what comes with Go is one', () => {
  const names = Object.entries(TIME_ZONES).flatMap(([region, rest]) => rest.split(' ').map(name => region === '' ? name : `${region}/${name}`));
  expect(names).toHaveLength(598);
  expect(names.filter(name => timeZone(name).length > 0)).toEqual([]);
});

test('what Node.js knows by exactly this name is one, also where our names are older', () => {
  const { DateTimeFormat } = Intl;
  const known = new Set(['Europe/Newtown']);
  const newer = function (_: string, { timeZone: name }: { timeZone: string }) {
    if (name === 'Europe/Unknown') throw new RangeError(name);
    return { resolvedOptions: () => ({ timeZone: known.has(name) ? name : 'Europe/Newtown' }) };
  };
  Intl.DateTimeFormat = newer as never;
  try {
    expect(timeZone('Europe/Newtown')).toEqual([]);
    expect(timeZone('europe/newtown')).not.toEqual([]);
    expect(timeZone('Europe/Oldtown')).not.toEqual([]);
    expect(timeZone('Europe/Unknown')).not.toEqual([]);
  } finally {
    Intl.DateTimeFormat = DateTimeFormat;
  }
});
