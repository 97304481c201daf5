import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from '../../support/temp-folder';

/** One call of a program, as its stand-in recorded it. */
export interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly stdin: Buffer;
}

/** A folder in which a script is run, with programs on the PATH that record how they are called. */
export class StandIns {
  readonly #calls = tempFolder();
  readonly #programs = tempFolder();

  /**
   * @param folder where scripts are run
   * @param programs what each prints, as a script for sh; `$stdin` is the file with what it got
   */
  constructor(public readonly folder: string, programs: Readonly<Record<string, string>>) {
    for (const [name, prints] of Object.entries(programs)) {
      const path = join(this.#programs, name);
      writeFileSync(path, `#!/bin/sh
set -eu
call='${this.#calls}'/"$(date +%s%N)-$$"
stdin="$call.stdin"
printf '%s\\0' ${name} "$@" > "$call.args"
if [ -t 0 ]; then : > "$stdin"; else cat > "$stdin"; fi
${prints}
`);
      chmodSync(path, 0o755);
    }
  }

  /** Runs a script with no terminal at all, and nothing on its standard input. */
  public run(script: string, env: Readonly<Record<string, string>> = {}, shell: readonly string[] = ['sh']): SpawnSyncReturns<string> {
    return spawnSync('setsid', ['-w', ...shell, this.file(script)], { cwd: this.folder, encoding: 'utf8', env: this.environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Runs a script while this process goes on, as a server may have to. */
  public async runBeside(script: string, env: Readonly<Record<string, string>>): Promise<{ status: number | null; stdout: string; stderr: string }> {
    const child = spawn('setsid', ['-w', 'sh', this.file(script)], { cwd: this.folder, env: this.environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) child[name].on('data', chunk => texts[name] += chunk);
    const status = await new Promise<number | null>(resolve => child.on('close', resolve));
    return { status, ...texts };
  }

  /** A file that a script made; empty where it made none. */
  public readIfThere(name: string): string {
    const file = join(this.folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** Writes a script down. */
  public file(script: string): string {
    const file = join(this.#programs, 'script');
    writeFileSync(file, script);
    return file;
  }

  /** An environment in which the stand-ins are found first. */
  public environment(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
    return { ...env, PATH: `${this.#programs}:${process.env.PATH}` };
  }

  /** What was called, in its order. */
  public calls(): Call[] {
    const names = readdirSync(this.#calls).filter(name => name.endsWith('.args')).sort();
    return names.map(name => {
      const [program, ...args] = readFileSync(join(this.#calls, name), 'utf8').split('\0').slice(0, -1);
      const stdin = join(this.#calls, name.replace('.args', '.stdin'));
      return { program, args, stdin: existsSync(stdin) ? readFileSync(stdin) : Buffer.alloc(0) };
    });
  }
}
