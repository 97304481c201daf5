import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { CHARTS, END, writingApp } from './writing-app';

/** What was found after processes were killed that were writing. */
export interface Killed {
  readonly kills: number;
  /** Files that were missing or not whole. */
  readonly broken: number;
  /** Outputs of whole files of two versions: the process was killed between two renames. */
  readonly mixed: number;
  /** Folders that were left behind after the next synth. */
  readonly left: number;
}

const TSX = pathToFileURL(require.resolve('tsx')).href;

/** Kills a process that writes again and again, each time at another moment, and looks at what there is. */
export async function killWriters(outdir: string, times: number, bytes: number): Promise<Killed> {
  let [broken, mixed, left] = [0, 0, 0];
  for (let kill = 0; kill < times; kill++) {
    // not by the command tsx, which would run it in a process of its own
    const child = spawn(process.execPath, ['--import', TSX, join(__dirname, 'writing-app.ts'), outdir, String(bytes)], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await setTimeout(20 + (kill * 37) % 211);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    const versions = new Set<string>();
    for (let index = 0; index < CHARTS; index++) {
      const version = versionOf(join(outdir, `chart-${index}.k8s.yaml`));
      if (version === undefined) broken++;
      else versions.add(version);
    }
    if (versions.size > 1) mixed++;
    writingApp(outdir, 0, 10).synth();
    left += readdirSync(outdir).filter(name => name.startsWith('.cdk8s-secrets-')).length;
  }
  return { kills: times, broken, mixed, left };
}

/** The version that a whole file is of. */
function versionOf(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  return new RegExp(`^  version: "(\\d+)"\\n  ${END}: "\\1"\\n$`, 'm').exec(text)?.[1];
}
