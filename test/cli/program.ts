import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { tempFolder } from '../support/temp-folder';

const PROJECT = resolve(__dirname, '../..');

/** A `PATH` on which the program of these sources is found as `cdk8s-secrets`. */
export function pathWithProgram(): string {
  const folder = tempFolder();
  const file = join(folder, 'cdk8s-secrets');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${join(PROJECT, 'node_modules/tsx/dist/cli.mjs')}' '${join(PROJECT, 'src/cli/main.ts')}' "$@"\n`);
  chmodSync(file, 0o755);
  return [folder, process.env.PATH].join(delimiter);
}
