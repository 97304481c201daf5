import { spawnSync } from 'node:child_process';
import type { CheckOptions } from './check-options';
import { UsageError } from './command';

/** What another program made of a folder. */
export interface Rendered {
  readonly text: string;
  /** How reports name it. */
  readonly name: string;
}

const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Has kustomize build folders and Helm render charts, where they are installed.
 *
 * @throws UsageError
 */
export function renderInputs({ kustomize, helm, values }: Pick<CheckOptions, 'kustomize' | 'helm' | 'values'>): Rendered[] {
  return [
    ...kustomize.map(folder => ({
      name: `${folder} (kustomize)`,
      text: firstInstalled([['kustomize', 'build', argument(folder)], ['kubectl', 'kustomize', argument(folder)]], folder, 'kustomize or kubectl'),
    })),
    ...helm.map(chart => ({
      name: `${chart} (helm)`,
      text: firstInstalled([['helm', 'template', 'release', argument(chart), ...values.flatMap(file => ['--values', argument(file)])]], chart, 'helm'),
    })),
  ];
}

/** A path that no program takes for an option. */
function argument(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

function firstInstalled(commands: readonly (readonly string[])[], input: string, needed: string): string {
  for (const [program, ...args] of commands) {
    const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: MAX_BYTES, env: process.env });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') continue;
    if (error === undefined && status === 0) return stdout;
    const [said = ''] = stderr.trim().split('\n').slice(-1);
    throw new UsageError(`${program} cannot render ${JSON.stringify(input)}: ${said.slice(0, 300)}`);
  }
  throw new UsageError(`${JSON.stringify(input)} cannot be rendered: ${needed} is not installed`);
}
