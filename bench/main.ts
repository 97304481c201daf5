import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark';
import { Lab } from './lab';
import { didYouMean } from '../src/errors/suggest';

const SUITES = join(__dirname, 'suites');

const HELP = `Usage: npm run bench [-- benchmark ...]

Prints the tables of these benchmarks (bench/suites/<benchmark>.ts), or of all of them. Every figure is a median of several runs, each in a
process of its own, of the library compiled to JavaScript; what is compared takes turns. Times depend on the machine, ratios hardly do.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(HELP);
    return;
  }

  const known = readdirSync(SUITES).filter(file => file.endsWith('.ts')).map(file => basename(file, '.ts'));
  const unknown = positionals.find(name => !known.includes(name));
  if (unknown !== undefined) throw new Error(`no benchmark "${unknown}"; ${didYouMean(unknown, known, 'benchmarks')}`);

  console.log(`Node.js ${process.version}, ${cpus()[0].model}, ${cpus().length} cores`);
  const lab = new Lab();
  try {
    for (const name of positionals.length === 0 ? known : positionals) {
      const { benchmark } = await import(join(SUITES, `${name}.ts`)) as { benchmark: Benchmark };
      console.log(`\n${name}: ${benchmark.title}\n\n${benchmark.measure(lab)}`);
    }
  } finally {
    lab.close();
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
