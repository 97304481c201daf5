import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The Go program in this folder reads texts with the code that kubectl reads them with. */
const FOLDER = join(__dirname, 'yaml-reader');

/** What kubectl makes of a text: its documents, or null where it refuses it. */
export type Answer = unknown[] | null;

/** What the Go program answers; a text instead where it cannot be run, and why. */
export function askKubectlsReader(texts: readonly string[]): Answer[] | string {
  const { status, error, stdout } = spawnSync('go', ['run', '.'], {
    cwd: FOLDER, input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, GOFLAGS: '-mod=mod' },
  });
  if (error !== undefined) return 'there is no Go on this machine';
  return status === 0 ? JSON.parse(stdout) : 'its Go modules cannot be had here';
}
