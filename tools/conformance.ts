import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { differences, type Difference } from '../test/conformance/agreement';
import { readCases, type Case } from '../test/conformance/api-server-cases';

const HELP = `Usage: npx tsx tools/conformance.ts [topic ... | case ...] [--prune]

Prints where the inspection does not agree with the recorded verdicts of the API server: of all cases, or of those with a topic
that starts with one of the names, or with an id that is one of them.

  --prune  take out of the known differences (test/conformance/known-differences.json) what agrees by now`;

const KNOWN = join(__dirname, '../test/conformance/known-differences.json');
const { values: { prune, help }, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { prune: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});

function isAsked({ id, topics }: Case): boolean {
  return names.length === 0 || names.some(name => name === id || topics.some(topic => topic.startsWith(name)));
}

/** The versions that differ in the same way, together. */
function print(one: Case, found: readonly Difference[]): void {
  console.log(`\n## ${one.id}  (${one.topics.join(', ')})\n${JSON.stringify(one.manifest)}`);
  const byOutcome = new Map<string, Difference[]>();
  for (const difference of found) {
    const key = JSON.stringify([difference.server, difference.inspection]);
    byOutcome.set(key, [...byOutcome.get(key) ?? [], difference]);
  }
  for (const group of byOutcome.values()) {
    const { verdict, findings } = group[0];
    console.log(`${group.map(({ version }) => version).join(' ')}`);
    console.log([verdict.decode, verdict.strict, ...verdict.errors ?? []].filter(text => text !== undefined).map(text => `  server      ${text}`).join('\n')
      || '  server      accepts it');
    console.log(findings.map(({ code, path, message }) => `  inspection  ${path}: ${code}: ${message}`).join('\n') || '  inspection  accepts it');
  }
}

function compare(): void {
  const cases = readCases().filter(isAsked);
  const agreeing = new Set<string>();
  for (const one of cases) {
    const found = differences(one);
    if (found.length === 0) agreeing.add(one.id);
    else print(one, found);
  }
  const known = Object.entries<string[]>(JSON.parse(readFileSync(KNOWN, 'utf8')));
  const open = known.map(([topic, ids]) => [topic, ids.filter(id => !agreeing.has(id))] as const).filter(([, ids]) => ids.length > 0);
  if (prune) writeFileSync(KNOWN, `${JSON.stringify(Object.fromEntries(open), null, 2)}\n`);
  console.log(`\n${agreeing.size} of ${cases.length} cases agree; of all, ${open.flatMap(([, ids]) => ids).length} are known not to`);
}

if (help) console.log(HELP);
else compare();
