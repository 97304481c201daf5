import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tryCommands } from './commands';
import { tryInputs } from './fuzz';
import { tryLeaks, type Tried } from './leaks';
import { renderTable } from '../../tools/table';
import { killWriters } from '../faults/killed';

const SHOWN = 10;

/** Attacks the library, and prints the figures of docs/security.md: `npm run attack -- [--seed N] [--inputs N] [--kills N]`. */
async function main(): Promise<void> {
  const { values: { seed, inputs, kills } } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, inputs: { type: 'string', default: '200000' }, kills: { type: 'string', default: '20' } },
  });
  const rows: [string, Tried][] = [
    ['a value looked for in output, messages, findings and names of files', tryLeaks()],
    ['runs of commands over files that hold a value', await tryCommands()],
    [`inputs to readers (seed ${seed})`, tryInputs(Number(seed), Number(inputs))],
    ['processes killed while they write', await killed(Number(kills))],
  ];
  console.log(renderTable([{ title: 'tried' }, { title: 'count', align: 'right' }, { title: 'failed', align: 'right' }],
    rows.map(([title, { tried, failed }]) => [title, String(tried), String(failed.length)])));
  console.log('Full disks and other faults: npx jest test/faults. Differences from real programs: npm run test:differential');
  for (const [, { failed }] of rows) failed.slice(0, SHOWN).forEach(what => console.log(what));
  if (rows.some(([, { failed }]) => failed.length > 0)) process.exitCode = 1;
}

async function killed(times: number): Promise<Tried> {
  const folder = mkdtempSync(join(tmpdir(), 'attack-'));
  try {
    const { kills, broken, left } = await killWriters(join(folder, 'dist'), times, 100_000);
    return { tried: kills, failed: [...broken > 0 ? [`${broken} broken files`] : [], ...left > 0 ? [`${left} folders left`] : []] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
