import { differences } from './agreement';
import { readCases } from './api-server-cases';

const CASES = readCases();

test('every case has an id of its own', () => {
  expect(new Set(CASES.map(({ id }) => id)).size).toBe(CASES.length);
});

test.each(CASES.map(one => [one.id, one] as const))('the API server and the inspection agree on %s', (_, one) => {
  expect(differences(one).map(({ version, server, inspection }) => ({ version, server, inspection }))).toEqual([]);
});
