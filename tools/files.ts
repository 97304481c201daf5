import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** The text of every file of a folder, by its path within the folder (with `/`), sorted by path. */
export type Files = ReadonlyMap<string, string>;

/** Reads a folder and the folders in it; a folder that does not exist has no files. */
export function readFiles(folder: string): Files {
  if (!existsSync(folder)) return new Map();
  return new Map(readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map((file): [string, string] => [relative(folder, file).split(sep).join('/'), readFileSync(file, 'utf8')])
    .sort(([a], [b]) => a < b ? -1 : 1));
}

/** Makes a folder hold these files and no others. */
export function replaceFiles(folder: string, files: Files): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
