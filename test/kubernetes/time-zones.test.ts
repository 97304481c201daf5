import { timeZone } from '../../src/kubernetes/time-zones';

// What the compiled API servers of 1.35.4 and 1.37.2 said.
test.each([
  'UTC', 'Europe/Berlin', 'Etc/GMT+1', 'America/Argentina/Buenos_Aires', 'US/Pacific', 'EST', 'Asia/Calcutta', 'GB-Eire', 'America/Indiana/Indianapolis', 'Africa/Abidjan',
  'Etc/UTC', 'GMT0', 'NZ-CHAT', 'CST6CDT', 'W-SU', 'Zulu', 'Antarctica/DumontDUrville',
])('%j is a time zone', name => {
  expect(timeZone(name)).toEqual([]);
});

test.each([
  '', 'europe/berlin', 'EUROPE/BERLIN', 'utc', 'Local', 'local', 'X/Y', '../x', 'GMT+01:00', '+0100', 'Europe/Berlin ', 'Etc/Unknown', 'Z', 'Europe//Berlin', '/Europe/Berlin',
  '-UTC', 'Mars', 'Etc/GMT+99',
])('%j is none', name => {
  expect(timeZone(name)).not.toEqual([]);
});
