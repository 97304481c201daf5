import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from './agreement';
import { readCases } from './api-server-cases';

const CASES = readCases();
/** The ids of the cases that are not agreed upon yet, by their first topic. `npx tsx tools/conformance.ts --prune` takes out those that are by now. */
const KNOWN_DIFFERENCES: Record<string, string[]> = JSON.parse(readFileSync(join(__dirname, 'known-differences.json'), 'utf8'));
const KNOWN = new Set(Object.values(KNOWN_DIFFERENCES).flat());

test('every case has an id of its own', () => {
  expect(new Set(CASES.map(({ id }) => id)).size).toBe(CASES.length);
});

test('the known differences are those of cases, under their topics', () => {
  const topics = new Map(CASES.map(({ id, topics: [topic] }) => [id, topic]));
  expect(Object.entries(KNOWN_DIFFERENCES).flatMap(([topic, ids]) => ids.filter(id => topics.get(id) !== topic))).toEqual([]);
});

test.each(CASES.map(one => [one.id, one] as const))('the API server and the inspection agree on %s, or it is a known difference', (id, one) => {
  const found = differences(one).map(({ version, server, inspection }) => ({ version, server, inspection }));
  expect([found.length > 0, KNOWN.has(id) ? [] : found]).toEqual([KNOWN.has(id), []]);
});
