import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compare } from './compare';
import type { Differential } from './differential';
import { renderTable } from '../../tools/table';

const SUITES = join(__dirname, 'suites');

/** Compares us with the real programs: `npm run test:differential -- [--seed N] [--count N] [SUITE…]`. */
const { values: { seed, count }, positionals } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string' } }, allowPositionals: true,
});
const all = readdirSync(SUITES).filter(name => name.endsWith('.ts')).map(name => name.slice(0, -'.ts'.length)).sort();
const unknown = positionals.filter(name => !all.includes(name));
if (unknown.length > 0) throw new Error(`there is no suite ${unknown.join(', ')}; there are ${all.join(', ')}`);

for (const name of positionals.length > 0 ? positionals : all) {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { differential } = require(join(SUITES, name)) as { differential: Differential };
  const comparison = compare(differential, Number(seed), Number(count ?? differential.count));
  console.log(`${name}: ${differential.title}`);
  if (typeof comparison === 'string') {
    console.log(`SKIPPED: ${comparison}\n`);
    continue;
  }
  const rows = [['inputs', comparison.tried], ['taken by both, with the same value', comparison.taken], ...comparison.known, ['unknown differences', comparison.unknown]];
  console.log(renderTable([{ title: `seed ${seed}` }, { title: 'count', align: 'right' }], rows.map(([what, number]) => [String(what), String(number)])));
  for (const { input, ours, theirs } of comparison.examples) console.log(JSON.stringify({ input, ours, theirs }));
  console.log();
  if (comparison.unknown > 0) process.exitCode = 1;
}
