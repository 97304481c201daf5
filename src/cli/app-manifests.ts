import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from './command';
import type { Io } from './io';
import { OTHER_OUTPUT } from '../app/app-answer';

/**
 * Synthesizes an app into a folder that only its user can read, and that is removed again.
 *
 * @param app the command that runs it
 * @param read reads what it wrote
 * @throws UsageError where the app fails
 */
export function withManifestsOf<T>(app: string, { environment, stderr }: Io, read: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-'));
  try {
    const output = join(folder, 'output');
    mkdirSync(output);
    const run = spawnSync(app, {
      shell: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      maxBuffer: Infinity,
      encoding: 'utf8',
      env: { ...environment, CDK8S_OUTDIR: output, [OTHER_OUTPUT]: output },
    });
    stderr.write(run.stderr);
    if (run.status !== 0) throw new UsageError('the app failed');
    return read(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
