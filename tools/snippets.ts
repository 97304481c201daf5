import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ERROR = /(?:^|\s)(\S+) - error TS\d+: (.*)$/;

/** What jsii-rosetta says of a union that a snippet gives a value of: it compiles, and is not translated into other languages. */
const UNTRANSLATED = 'Type unions are not supported in examples';

/** What keeps snippets from compiling, in the output of jsii-rosetta. */
export function failures(output: string): string[] {
  return output.split('\n').filter(line => ERROR.test(line) && !line.includes(UNTRANSLATED));
}

/** Compiles the snippets of README and docstrings. */
function main(): void {
  const { stdout, stderr, status } = spawnSync(join('node_modules', '.bin', 'jsii-rosetta'), ['extract', '--compile', '.jsii'], { encoding: 'utf8' });
  const output = `${stdout}${stderr}`;
  const found = failures(output);
  if (status === 0 && found.length === 0) return;
  process.stderr.write(output);
  process.exitCode = 1;
}

if (require.main === module) main();
