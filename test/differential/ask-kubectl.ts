import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from './differential';

/** What the environment of kubectl holds beside the path. */
export const ENVIRONMENT: Readonly<Record<string, string>> = { IN_ENVIRONMENT: 'from the environment', EMPTY: '' };

/**
 * What `kubectl create secret` makes of inputs; a text instead where there is no kubectl.
 *
 * @param argumentsOf the arguments for an input; files can be put into the folder
 * @param valueOf what is compared
 */
export function askKubectl<I>(
  inputs: readonly I[], argumentsOf: (input: I, folder: string) => readonly string[], valueOf: (manifest: any) => unknown,
): readonly Verdict[] | string {
  if (spawnSync('kubectl', ['version', '--client']).status !== 0) return 'there is no kubectl on this machine';
  return inputs.map(input => withFolder(folder => {
    const { status, stdout, stderr } = spawnSync('kubectl', ['create', 'secret', ...argumentsOf(input, folder), '--dry-run=client', '-o', 'json'], {
      encoding: 'utf8', env: { PATH: process.env.PATH, ...ENVIRONMENT }, maxBuffer: 2 ** 28,
    });
    return status === 0 ? { value: valueOf(JSON.parse(stdout)) } : { refused: stderr.slice(0, 300) };
  }));
}

/** Uses a new folder, which is gone then. */
export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'differential-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
