import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { collect, globals, run, type Outcome, type Suite } from './suite';

/** What a process is started for. */
export interface Job {
  /** The code with mutants in it, by its path. */
  readonly sources: Readonly<Record<string, string>>;
  /** The files of tests. */
  readonly tests: readonly string[];
}

/** What a process is asked: to run everything once, or whether a test sees a mutant. */
export type Question =
  | { readonly kind: 'everything' }
  | { readonly kind: 'mutant'; readonly id: string; readonly tests: readonly string[]; readonly hits: number; readonly reload: boolean };

/** What it answers: what each test came to and which mutants it passed, and those that were passed while modules were loaded. */
export interface Everything {
  readonly outcomes: readonly Outcome[];
  readonly passed: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly whileLoading: readonly string[];
  readonly unloadable: readonly string[];
}

/** What the code with mutants in it looks at, by the names that Stryker gives it. */
interface Switch {
  activeMutant?: string;
  currentTestId?: string;
  hitCount?: number;
  hitLimit?: number;
  readonly mutantCoverage: { readonly static: Record<string, number>; readonly perTest: Record<string, Record<string, number>> };
}

const ROOT = resolve(__dirname, '../..');
const { sources, tests }: Job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const ofMutants: Switch = { mutantCoverage: { static: {}, perTest: {} } };
const compiled = new Map<string, string>();
const OPTIONS = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
const requireHere = createRequire(__filename);

/** Modules of TypeScript are compiled once, with the mutants in them; `cdk8s-secrets` is this one. */
function takeOverModules(): void {
  const internals = Module as unknown as { _extensions: Record<string, unknown>; _resolveFilename: (request: string, ...rest: unknown[]) => string };
  internals._extensions['.ts'] = (module: { _compile(code: string, file: string): void }, file: string) => {
    const code = compiled.get(file) ?? transpileModule(sources[file] ?? readFileSync(file, 'utf8'), { compilerOptions: OPTIONS }).outputText;
    compiled.set(file, code);
    module._compile(code, file);
  };
  const original = internals._resolveFilename;
  internals._resolveFilename = function (request, ...rest) {
    return original.call(this, request === 'cdk8s-secrets' ? resolve(ROOT, 'src/index.ts') : request, ...rest);
  };
}

/** The parts of jest that the tests need. */
function takeOverJest(): void {
  const ofJest = createRequire(createRequire(resolve(ROOT, 'package.json')).resolve('jest-circus/package.json'));
  const { expect } = ofJest('expect');
  expect.setState({ testPath: ROOT, currentTestName: '' });
  Object.assign(globalThis, { __stryker__: ofMutants }, globals(expect, ofJest('jest-each').bind));
}

const suites = new Map<string, Suite>();

function load(file: string): Suite {
  const suite = collect(() => requireHere(file));
  suites.set(file, suite);
  return suite;
}

function forgetModules(): void {
  for (const file of Object.keys(requireHere.cache)) if (!file.includes('node_modules')) delete requireHere.cache[file];
}

async function everything(): Promise<Everything> {
  const outcomes: Outcome[] = [];
  const unloadable: string[] = [];
  for (const file of tests) {
    try {
      await run(load(file), file, {
        isWanted: () => true,
        onStart: id => { ofMutants.currentTestId = id; },
        onOutcome: outcome => outcomes.push(outcome) > 0,
      });
    } catch {
      unloadable.push(file);
    }
    ofMutants.currentTestId = undefined;
  }
  return { outcomes, unloadable, passed: ofMutants.mutantCoverage.perTest, whileLoading: Object.keys(ofMutants.mutantCoverage.static) };
}

/** Whether one of the tests fails with a mutant. One that is passed while a module is loaded needs the modules anew. */
async function isSeen({ id, tests: wanted, hits, reload }: Question & { kind: 'mutant' }): Promise<boolean> {
  const ids = new Set(wanted);
  const files = new Set(wanted.map(test => test.split(' › ', 1)[0]));
  Object.assign(ofMutants, { activeMutant: id, hitLimit: hits });
  if (reload) forgetModules();
  try {
    for (const file of files) {
      const suite = reload ? load(file) : suites.get(file) ?? load(file);
      const goesOn = await run(suite, file, {
        isWanted: test => ids.has(test),
        onStart: () => { ofMutants.hitCount = 0; },
        onOutcome: ({ failed }) => !failed,
      });
      if (!goesOn) return true;
    }
    return false;
  } catch {
    return true;
  } finally {
    Object.assign(ofMutants, { activeMutant: undefined, hitCount: undefined });
    if (reload) {
      forgetModules();
      suites.clear();
    }
  }
}

takeOverModules();
takeOverJest();
process.on('message', async (question: Question) => {
  process.send!(question.kind === 'everything' ? await everything() : await isSeen(question));
});
