import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleLayers } from '../tools/bundle-layers';
import { STARTS } from '../tools/starts';

const PROJECT = resolve(__dirname, '..');

/** A program of bench/programs with its arguments. It prints figures as one JSON object of numbers; it may write in its working directory. */
export interface Program {
  readonly name: string;
  readonly args?: readonly string[];
}

/** What a program printed. */
export type Figures = Readonly<Record<string, number>>;

/**
 * Where programs are measured: the library and the programs compiled to plain JavaScript in a temporary folder,
 * where `cdk8s-secrets` is found as in an app that has installed it.
 */
export class Lab {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-bench-'));

  constructor() {
    const tsc = createRequire(__filename).resolve('typescript/bin/tsc');
    execFileSync(process.execPath, [tsc, '-p', 'bench', '--noEmit', 'false', '--noCheck', '--outDir', this.folder], { cwd: PROJECT, stdio: 'inherit' });

    const { peerDependencies, dependencies } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
    const modules = join(this.folder, 'node_modules');
    mkdirSync(modules);
    for (const name of Object.keys({ ...peerDependencies, ...dependencies })) symlinkSync(join(PROJECT, 'node_modules', name), join(modules, name));
    symlinkSync(join(this.folder, 'src'), join(modules, 'cdk8s-secrets'));

    bundleLayers(join(this.folder, 'src'), STARTS);
    this.findModules();
  }

  /** The file of the command `cdk8s-secrets`. */
  public get command(): string {
    return join(this.folder, 'bench/programs/command.js');
  }

  /** Removes the temporary folder. */
  public close(): void {
    rmSync(this.folder, { recursive: true });
  }

  /**
   * The medians of what each program printed in `runs` runs, each in a process of its own.
   *
   * The programs take turns, so that what slows the machine for a while slows all of them; a first turn, which fills the file cache,
   * does not count.
   */
  public medians(programs: readonly Program[], runs: number): Figures[] {
    const turns = Array.from({ length: runs + 1 }, () => programs.map(program => this.run(program))).slice(1);
    return programs.map((_, index) => {
      const results = turns.map(turn => turn[index]);
      return Object.fromEntries(Object.keys(results[0]).map(figure => [figure, median(results.map(result => result[figure]))]));
    });
  }

  /** Some programs measure modules that the library does not export. */
  private findModules(): void {
    const programs = join(this.folder, 'bench/programs');
    for (const name of readdirSync(programs).filter(file => file.endsWith('.js'))) {
      const file = join(programs, name);
      const found = readFileSync(file, 'utf8').replace(/require\("(\.\.\/\.\.\/src)\/(\w+\/[^"]+)"\)/g, 'require("$1/modules.js").load("$2")');
      writeFileSync(file, found);
    }
  }

  private run({ name, args = [] }: Program): Figures {
    const cwd = mkdtempSync(join(this.folder, 'run-'));
    const child = spawnSync(process.execPath, [join(this.folder, 'bench/programs', `${name}.js`), ...args], { cwd, encoding: 'utf8' });
    rmSync(cwd, { recursive: true });
    if (child.status !== 0) throw new Error(`the program ${name} ${args.join(' ')} failed\n${child.stderr}`);
    return JSON.parse(child.stdout);
  }
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
