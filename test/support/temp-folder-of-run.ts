import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Node.js and other programs are told the folder for temporary files by. */
const VARIABLES = ['TMPDIR', 'TMP', 'TEMP'];

/**
 * Gives a run of jest a temporary folder of its own, also its workers and the programs that tests start. It is removed when the run ends,
 * with all that is left in it: `Testing.app()` of cdk8s makes a folder for each app, and removes none.
 */
export default function temporaryFolderOfRun(): void {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-tests-'));
  for (const name of VARIABLES) process.env[name] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
}
