import { randomBytes } from 'node:crypto';
import { closeSync, constants, fchmodSync, fstatSync, openSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';

/* eslint-disable no-bitwise */
/** Links are not followed, where the system can tell: another user could have put one there. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const READ = constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0);
const APPEND = constants.O_WRONLY | constants.O_APPEND | NO_FOLLOW | (constants.O_NONBLOCK ?? 0);
/* eslint-enable no-bitwise */
const PRIVATE = 0o600;

/** The text of a file, which only its owner may read from then on; undefined where there is none. */
export function readPrivately(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, READ);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return using(file, () => {
    fchmodSync(file, PRIVATE);
    return readFileSync(file, 'utf8');
  });
}

/** Adds a text to a file that there is. */
export function appendPrivately(path: string, text: string): void {
  const file = openSync(path, APPEND);
  using(file, () => writeFileSync(file, text));
}

/** Writes a file as a whole, beside the old one and then in its place: whoever reads meanwhile sees the one or the other. */
export function replacePrivately(path: string, text: string): void {
  const temporary = `${path}.${randomBytes(12).toString('hex')}`;
  try {
    writeFileSync(temporary, text, { mode: PRIVATE, flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    try {
      unlinkSync(temporary);
    } catch {
      // it was not made, or the folder cannot be written
    }
    throw error;
  }
}

/** Writes a file where there is nothing of that name, not even a link. */
export function createOnce(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function using<T>(file: number, use: () => T): T {
  try {
    if (!fstatSync(file).isFile()) throw Object.assign(new Error('no regular file'), { code: 'EISNOTFILE' });
    return use();
  } finally {
    closeSync(file);
  }
}
