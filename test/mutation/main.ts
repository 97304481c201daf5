import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { instrumented, type Mutant } from './instrumented';
import type { Everything, Job, Question } from './worker';
import { renderTable } from '../../tools/table';

const HELP = `Usage: npm run test:mutation -- [--tests FOLDER ...] [file or folder ...]

Changes the rules in one small way after another (an operator, a condition, a list), and prints the changes that no test sees. Some of them change nothing that anybody
could see. Without files, all rules of src/inspect/checks and src/kubernetes are changed; the tests are those of both, and of the conformance with the kubelet.`;

const FILES = ['src/inspect/checks', 'src/kubernetes'];
const TESTS = ['test/inspect', 'test/kubernetes', 'test/secret', ...['node-cases', 'kubelet-files', 'kubelet-env', 'pull-secrets'].map(name => `test/conformance/${name}.test.ts`)];

/** Tests that take longer are asked where no other passes a mutant. */
const QUICK = 250;
/** The most tests that are asked about one mutant, the quickest first. */
const MOST_TESTS = 1000;
/** How many times as often as ever a mutant may be passed in one test, before it counts as a loop without end. */
const LOOPS = { factor: 20, least: 20_000 };
const TIMEOUT = 20_000;

function filesOf(path: string, ending: string): string[] {
  if (!statSync(path).isDirectory()) return [resolve(path)];
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith(ending)).map(name => resolve(path, name)).sort();
}

/** A process that has the tests loaded; one that hangs is replaced. */
class Runner {
  #process?: ChildProcess;

  constructor(private readonly job: string) {}

  /** The answer, or undefined where there is none in time. */
  public async ask(question: Question, timeout: number): Promise<unknown> {
    const child = this.#process ??= fork(join(__dirname, 'worker.ts'), [this.job], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const answer = await new Promise<unknown>(done => {
      const timer = setTimeout(done, timeout, undefined);
      child.once('message', message => { clearTimeout(timer); done(message); }).once('exit', () => { clearTimeout(timer); done(undefined); });
      child.send(question);
    });
    child.removeAllListeners();
    if (answer === undefined) this.stop();
    return answer;
  }

  public stop(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }
}

/** Which tests are asked about a mutant: those that pass it; of one that is only passed while a module is loaded, those that pass another of its file. */
class Passing {
  readonly #tests = new Map<string, string[]>();
  readonly #hits = new Map<string, number>();
  readonly #milliseconds: ReadonlyMap<string, number>;
  readonly #whileLoading: ReadonlySet<string>;

  constructor({ outcomes, passed, whileLoading }: Everything, private readonly mutants: readonly Mutant[]) {
    this.#milliseconds = new Map(outcomes.filter(({ failed }) => !failed).map(({ id, milliseconds }) => [id, milliseconds]));
    for (const [test, counts] of Object.entries(passed)) {
      if (this.#milliseconds.has(test)) for (const [id, count] of Object.entries(counts)) this.#add(id, test, count);
    }
    this.#whileLoading = new Set(whileLoading);
  }

  #add(id: string, test: string, count: number): void {
    this.#tests.set(id, [...this.#tests.get(id) ?? [], test]);
    this.#hits.set(id, Math.max(this.#hits.get(id) ?? 0, count));
  }

  #testsOf(file: string): string[] {
    return [...new Set(this.mutants.filter(({ fileName }) => fileName === file).flatMap(({ id }) => this.#tests.get(id) ?? []))];
  }

  /** What to ask about a mutant, or undefined where no test passes it. */
  public question({ id, fileName }: Mutant): Question & { kind: 'mutant' } | undefined {
    const own = this.#tests.get(id) ?? [];
    const reload = own.length === 0 && this.#whileLoading.has(id);
    const tests = reload ? this.#testsOf(fileName) : own;
    const time = (test: string) => this.#milliseconds.get(test)!;
    const quick = tests.filter(test => time(test) < QUICK);
    const asked = (quick.length > 0 ? quick : tests).sort((a, b) => time(a) - time(b)).slice(0, MOST_TESTS);
    return asked.length === 0 ? undefined : { kind: 'mutant', id, tests: asked, hits: (this.#hits.get(id) ?? 0) * LOOPS.factor + LOOPS.least, reload };
  }
}

function describe({ fileName, mutatorName, location: { start, end }, replacement }: Mutant): string {
  const lines = readFileSync(fileName, 'utf8').split('\n').slice(start.line, end.line + 1);
  const original = lines.length === 1 ? lines[0].slice(start.column, end.column) : `${lines[0].slice(start.column)} …`;
  return `${relative('.', fileName)}:${start.line + 1}:${start.column + 1} ${mutatorName}: ${original} → ${replacement.replace(/\s+/g, ' ')}`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { tests: { type: 'string', multiple: true, default: TESTS }, help: { type: 'boolean', default: false } } });
  if (values.help) return console.log(HELP);
  const files = (positionals.length === 0 ? FILES : positionals).flatMap(path => filesOf(path, '.ts'));
  const code = await instrumented(files);
  if (code === undefined) return console.log('skipped: npm install --no-save @stryker-mutator/instrumenter, then run it again');
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'));
  const job: Job = { sources: code.sources, tests: values.tests.flatMap(path => filesOf(path, '.test.ts')) };
  writeFileSync(join(folder, 'job.json'), JSON.stringify(job));
  const runner = new Runner(join(folder, 'job.json'));
  try {
    await tryAll(code.mutants, runner);
  } finally {
    runner.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tryAll(mutants: readonly Mutant[], runner: Runner): Promise<void> {
  const everything = await runner.ask({ kind: 'everything' }, 60 * TIMEOUT) as Everything | undefined;
  if (everything === undefined) throw new Error('the tests do not run');
  const failing = [...everything.unloadable, ...everything.outcomes.filter(({ failed }) => failed).map(({ id }) => id)];
  for (const test of failing) console.log(`left out, as it fails here: ${relative('.', test)}`);
  const passing = new Passing(everything, mutants);
  const scores = new Map<string, { seen: number; all: number }>();
  for (const mutant of mutants) {
    const question = passing.question(mutant);
    // a process that hangs or ends has seen it
    const seen = question !== undefined && await runner.ask(question, TIMEOUT) !== false;
    const score = scores.get(mutant.fileName) ?? { seen: 0, all: 0 };
    scores.set(mutant.fileName, { seen: score.seen + Number(seen), all: score.all + 1 });
    if (!seen) console.log(describe(mutant));
  }
  const row = (name: string, { seen, all }: { seen: number; all: number }) => [name, String(all), String(seen), `${Math.round(100 * seen / Math.max(all, 1))} %`];
  const total = [...scores.values()].reduce((sum, { seen, all }) => ({ seen: sum.seen + seen, all: sum.all + all }), { seen: 0, all: 0 });
  console.log(renderTable([{ title: 'file' }, { title: 'changes', align: 'right' }, { title: 'seen', align: 'right' }, { title: 'score', align: 'right' }],
    [...scores].map(([file, score]) => row(relative('.', file), score)), row('total', total)));
}

void main();
