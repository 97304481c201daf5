import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { LastPlaces } from './last-places';
import { readManifestText } from './manifest-files';
import type { ManifestSource } from './manifest-source';
import { readManifestStream } from './manifest-stream';
import { Origins } from './origins';
import { UnreadableManifest } from '../../document/unreadable';

/** The files that something was built of, by their absolute paths, and what they hold. */
export class SourceFiles {
  readonly #names = new Map<string, string>();
  readonly #documents = new Map<string, readonly ManifestSource[]>();
  readonly #origins = new Map<string, Origins>();
  readonly #places = new LastPlaces();

  /** @param names the files as they were named, or found below what was named */
  constructor(names: readonly string[]) {
    for (const name of names) this.#names.set(resolve(name), name);
  }

  /** How a file is named; undefined where there is none. */
  public find(path: string): string | undefined {
    return this.#names.get(path) ?? (existsSync(path) ? relative('', path) : undefined);
  }

  /** What the file holds; nothing where it cannot be read. */
  public documentsOf(file: string): readonly ManifestSource[] {
    let documents = this.#documents.get(file);
    if (documents === undefined) this.#documents.set(file, documents = this.#read(file));
    return documents;
  }

  /** The objects of the file, to be found again. */
  public originsOf(file: string): Origins {
    let origins = this.#origins.get(file);
    if (origins === undefined) this.#origins.set(file, origins = new Origins(this.documentsOf(file)));
    return origins;
  }

  #read(file: string): readonly ManifestSource[] {
    try {
      return readManifestStream(readManifestText(file), { file, places: this.#places });
    } catch (error) {
      if (!(error instanceof UnreadableManifest)) throw error;
      return [];
    }
  }
}
