import { parseArgs } from 'node:util';
import { differences, type Difference } from '../test/conformance/agreement';
import { readCases, type Case } from '../test/conformance/api-server-cases';

const HELP = `Usage: npx tsx tools/conformance.ts [topic ... | case ...]

Prints where the inspection does not agree with the recorded verdicts of the API server: of all cases, or of those with a topic
that starts with one of the names, or with an id that is one of them.`;

const { values: { help }, positionals: names } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', default: false } } });

function isAsked({ id, topics }: Case): boolean {
  return names.length === 0 || names.some(name => name === id || topics.some(topic => topic.startsWith(name)));
}

/** The versions that differ in the same way, together. */
function print(one: Case, found: readonly Difference[]): void {
  console.log(`## ${one.id}  (${one.topics.join(', ')})\n${JSON.stringify(one.manifest)}`);
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
  let agreeing = 0;
  for (const one of cases) {
    const found = differences(one);
    if (found.length === 0) agreeing++;
    else print(one, found);
  }
  console.log(`${agreeing} of ${cases.length} cases agree`);
}

if (help) console.log(HELP);
else compare();
