import { spawnSync } from 'node:child_process';

/** Shells that a script may be run by; dash and that of busybox know least beyond POSIX. */
const SHELLS: readonly (readonly string[])[] = [['sh'], ['dash'], ['busybox', 'sh'], ['bash']];

/** The file of a program, where it is here. */
function fileOf(program: string): string | undefined {
  return spawnSync('sh', ['-c', 'readlink -f "$(command -v "$1")"', 'sh', program], { encoding: 'utf8' }).stdout.trim() || undefined;
}

const FILES = SHELLS.map(([program, ...args]) => {
  const file = fileOf(program);
  return file === undefined ? undefined : [file, ...args].join(' ');
});

/** Those that are here, each once: `sh` is mostly another name of one of them. */
export const SHELLS_HERE = SHELLS.filter((_, index) => FILES[index] !== undefined && FILES.indexOf(FILES[index]) === index);

/** Those that are not here. */
export const SHELLS_MISSING = SHELLS.filter((_, index) => FILES[index] === undefined).map(shell => shell.join(' '));
