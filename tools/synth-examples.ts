import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Example } from './example';
import { replaceFiles } from './files';
import { ManifestSummary } from './manifest-summary';
import { mapPool } from './pool';
import { renderTable, type Column } from './table';
import { didYouMean } from '../src/errors/suggest';

const HELP = `Usage: npm run synth [-- [example ...] [--update]]

Synthesizes the examples, each alone in a process of its own as its cdk8s.yaml says, into examples/<name>/dist,
and prints what was made. Without names: all of them.

  --update  make the result the expected one (examples/<name>/__snapshots__)
  --help    this text`;

const COLUMNS: Column[] = [
  { title: 'example' },
  { title: 'files', align: 'right' },
  { title: 'objects by kind' },
  { title: 'secrets', align: 'right' },
  { title: 'workloads', align: 'right' },
];

function row(title: string, summary: ManifestSummary): string[] {
  return [title, String(summary.files), summary.objects, String(summary.secrets), String(summary.workloads)];
}

/** The examples of these names, or all of them. */
function select(names: readonly string[]): Example[] {
  const all = Example.all();
  const known = all.map(example => example.name);
  const unknown = names.find(name => !known.includes(name));
  if (unknown !== undefined) throw new Error(`no example "${unknown}"; ${didYouMean(unknown, known, 'examples')}`);
  return names.length === 0 ? all : all.filter(example => names.includes(example.name));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { update: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }

  const failures: string[] = [];
  const summaries = await mapPool(select(positionals), Math.max(2, availableParallelism()), async example => {
    const start = performance.now();
    try {
      const files = await example.synth();
      replaceFiles(example.outputFolder, files);
      if (values.update) replaceFiles(example.snapshotFolder, files);
      console.error(`${example.name}: synthesized in ${((performance.now() - start) / 1000).toFixed(1)} s`);
      return { name: example.name, summary: ManifestSummary.of(files) };
    } catch (error) {
      console.error(`${example.name}: failed`);
      failures.push((error as Error).message);
      return undefined;
    }
  });

  const made = summaries.filter(entry => entry !== undefined);
  console.log(renderTable(
    COLUMNS,
    made.map(({ name, summary }) => row(name, summary)),
    row('total', ManifestSummary.total(made.map(({ summary }) => summary))),
  ));
  if (failures.length > 0) throw new Error(failures.join('\n\n'));
}

main().catch((error: Error) => {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
});
