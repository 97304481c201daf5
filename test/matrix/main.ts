import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Cell, Result } from './cell';
import { PROGRAM_CELLS } from './program-cells';
import { README_CELL } from './readme-cell';
import { Workshop } from './workshop';
import { didYouMean } from '../../src/errors/suggest';
import { renderTable } from '../../tools/table';

const PROJECT = resolve(__dirname, '../..');
const CELLS: readonly Cell[] = [...PROGRAM_CELLS, README_CELL];

/** How many failures of a cell are told. */
const SHOWN = 4;

const HELP = `Usage: npm run test:matrix [-- options] [cell ...]

Runs one program, which makes the same manifests everywhere, where users have the packed library: with every cdk8s-plus, several versions of
TypeScript, as CommonJS and ES module, in jest, vitest, esbuild and pnpm; and README's first program after \`cdk8s init\`. Apps are made in a
temporary folder, from the registry. Cells: ${CELLS.map(({ name }) => name).join(' ')}.

  --no-build  takes the tarball in dist/js as it is`;

interface Row {
  readonly cell: Cell;
  readonly versions: string;
  readonly results: readonly Result[];
  readonly seconds: number;
}

function main(): number {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'help': { type: 'boolean' }, 'no-build': { type: 'boolean' } } });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const names = CELLS.map(({ name }) => name);
  const unknown = positionals.find(name => !names.includes(name));
  if (unknown !== undefined) throw new Error(`no cell "${unknown}"; ${didYouMean(unknown, names, 'cells')}`);
  const cells = positionals.length === 0 ? CELLS : CELLS.filter(({ name }) => positionals.includes(name));

  if (values['no-build'] !== true) build();
  const workshop = new Workshop(tarball());
  try {
    const rows = cells.map(cell => {
      const row = runCell(cell, workshop);
      console.log(`${cell.name}: ${outcomeOf(row)}, ${row.seconds} s`);
      return row;
    });
    return report(rows);
  } finally {
    workshop.close();
  }
}

function build(): void {
  for (const task of ['pre-compile', 'compile', 'post-compile', 'package']) {
    execFileSync('npx', ['projen', task], { cwd: PROJECT, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

function tarball(): string {
  const folder = join(PROJECT, 'dist/js');
  const files = readdirSync(folder).filter(file => file.endsWith('.tgz'));
  if (files.length !== 1) throw new Error(`there should be one tarball in dist/js; there are ${files.length}`);
  return join(folder, files[0]);
}

/** Runs a cell. What stops it is a failure of every check that it did not come to. */
function runCell(cell: Cell, workshop: Workshop): Row {
  const start = performance.now();
  let results: Result[];
  let versions = '';
  try {
    const folder = cell.dependencies === undefined ? workshop.fresh(cell.name) : workshop.folder(cell.name, cell.dependencies);
    try {
      results = cell.run(folder, workshop);
    } finally {
      versions = cell.shown.map(name => `${name} ${Workshop.versionOf(name, folder)}`).join(', ');
    }
  } catch (error) {
    results = [{ name: 'it runs', problem: (error as Error).message }];
  }
  const lost = Array.from({ length: cell.checks - results.length }, () => ({ name: 'a check that was not made', problem: NOT_MADE }));
  return { cell, versions, results: [...results, ...lost], seconds: Math.round((performance.now() - start) / 1000) };
}

const NOT_MADE = 'not made';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

function countsOf(rows: readonly Row[]): Counts {
  const results = rows.flatMap(row => row.results);
  const failed = results.filter(({ problem }) => problem !== undefined).length;
  const skipped = results.filter(result => result.skipped !== undefined).length;
  return { passed: results.length - failed - skipped, failed, skipped };
}

function outcomeOf(row: Row): string {
  const { passed, failed } = countsOf([row]);
  const reasons = new Set(row.results.flatMap(({ skipped }) => skipped ?? []));
  const outcome = failed > 0 ? 'failed' : passed > 0 ? 'passed' : 'skipped';
  return reasons.size === 0 ? outcome : `${outcome}; skipped: ${[...reasons].join('; ')}`;
}

/** Prints what became of the cells, and gives the exit code. */
function report(rows: readonly Row[]): number {
  for (const { cell, results } of rows) {
    const said = results.filter(({ problem }) => problem !== undefined && problem !== NOT_MADE);
    if (said.length === 0) continue;
    console.log(`\n${cell.name}\n${said.slice(0, SHOWN).map(({ name, problem }) => `- ${name}: ${problem!.trim().slice(0, 1500)}`).join('\n')}`);
    if (said.length > SHOWN) console.log(`- and ${said.length - SHOWN} more`);
  }
  const texts = ({ passed, failed, skipped }: Counts) => [passed, failed, skipped].map(String);
  const { passed, failed, skipped } = countsOf(rows);
  const number = { align: 'right' } as const;
  console.log(`\n${renderTable(
    [{ title: 'cell' }, { title: 'versions' }, { title: 'passed', ...number }, { title: 'failed', ...number }, { title: 'skipped', ...number }, { title: 'outcome' }],
    rows.map(row => [row.cell.name, row.versions, ...texts(countsOf([row])), outcomeOf(row)]),
    [`${rows.length} cells`, `Node.js ${process.version}`, ...texts({ passed, failed, skipped }), failed === 0 ? 'passed' : 'failed'],
  )}`);
  console.log(`\n${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
