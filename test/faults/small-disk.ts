import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from '../support/temp-folder';

/** Whether a file system can be mounted here. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();

/** Runs something with a folder that is a file system of its own, with room for a few bytes only. */
export function withSmallDisk(kibibytes: number, use: (folder: string) => void): void {
  const folder = join(tempFolder(), 'disk');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder], { stdio: 'ignore' });
  try {
    use(folder);
  } finally {
    execFileSync('umount', [folder]);
  }
}

function tryMount(): boolean {
  try {
    withSmallDisk(64, () => undefined);
    return true;
  } catch {
    return false;
  }
}
