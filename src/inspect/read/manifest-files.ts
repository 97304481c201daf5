import { isUtf8 } from 'node:buffer';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LastPlaces } from './last-places';
import type { ManifestSource } from './manifest-source';
import { readManifestStream } from './manifest-stream';
import { unreadableManifest } from '../../document/unreadable';
import { SecretsError } from '../../errors/secrets-error';

const MANIFEST = /\.(?:ya?ml|json)$/;
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Reads the manifests of files, and of all files `*.yaml`, `*.yml` and `*.json` below folders, in the order of their names.
 *
 * @throws UnreadableManifest
 */
export function readManifestFiles(paths: readonly string[]): ManifestSource[] {
  const places = new LastPlaces();
  return manifestFiles(paths).flatMap(file => readManifestStream(readManifestText(file), { file, places }));
}

/**
 * The files that paths stand for, each once: a file for itself, a folder for every file of manifests below it, links to
 * folders not followed.
 *
 * @throws UnreadableManifest for a path that there is not, and for a folder without manifests
 */
export function manifestFiles(paths: readonly string[]): string[] {
  const files = new Map<string, string>();
  for (const path of paths) {
    const found = asUnreadable(path, () => statSync(path).isDirectory() ? filesBelow(path) : [path]);
    if (found.length === 0) throw unreadableManifest('the folder has no file *.yaml, *.yml or *.json', 'name the folder that has', path);
    for (const file of found) {
      const absolute = resolve(file);
      if (!files.has(absolute)) files.set(absolute, file);
    }
  }
  return [...files.values()];
}

/**
 * The text of a file.
 *
 * @throws UnreadableManifest
 */
export function readManifestText(file: string): string {
  return asUnreadable(file, () => {
    if (statSync(file).size > MAX_BYTES) throw unreadableManifest(`it has more than ${MAX_BYTES} bytes`, 'split it', file);
    return decodeManifestText(readFileSync(file), file);
  });
}

/**
 * The text that bytes are.
 *
 * @throws UnreadableManifest
 */
export function decodeManifestText(bytes: Buffer, file?: string): string {
  if (bytes.length > MAX_BYTES) throw unreadableManifest(`it has more than ${MAX_BYTES} bytes`, 'split it', file);
  if (bytes.includes(0) || !isUtf8(bytes)) throw unreadableManifest('it is no text in UTF-8', 'take it out of the input', file);
  return bytes.toString('utf8');
}

function filesBelow(folder: string): string[] {
  const files: string[] = [];
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const entry = lstatSync(path);
    if (entry.isDirectory()) files.push(...filesBelow(path));
    else if (MANIFEST.test(name) && (entry.isFile() || statSync(path).isFile())) files.push(path);
  }
  return files;
}

function asUnreadable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SecretsError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file or folder' : `it cannot be read (${code ?? 'unknown'})`;
    throw unreadableManifest(reason, 'check the path', file);
  }
}
