import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The Go program in this folder reads texts with the code that kubectl reads them with. */
const FOLDER = join(__dirname, 'yaml-reader');

/** What kubectl makes of a text: its documents, or null where it refuses it, and why. */
export interface Answer {
  readonly documents: readonly unknown[] | null;
  readonly refused?: string;
}

/** What the Go program answers; a text instead where it cannot be run, and why. */
export function askKubectlsReader(texts: readonly string[]): Answer[] | string {
  const { status, error, stdout } = spawnSync('go', ['run', '.'], {
    cwd: FOLDER, input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 2 ** 30, env: { ...process.env, GOFLAGS: '-mod=mod' },
  });
  if (error !== undefined) return 'there is no Go on this machine';
  return status === 0 ? JSON.parse(stdout) : 'its Go modules cannot be had here';
}

/** Without the difference of a bigint and a number, and of 0 and -0: JSON has one kind of number. Half of a pair of surrogates is what Go makes of it in a text. */
export function comparable(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd');
  if (typeof value === 'bigint' || value === 0) return Number(value) + 0;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [comparable(key), comparable(child)]));
}
