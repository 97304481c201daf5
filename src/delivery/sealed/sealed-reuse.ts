import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SealedPlace } from './sealed-secret-scope';
import { type Sealable, sealRandomly } from './sealed-value';
import { SealingJournal } from './sealing-journal';
import { readRegularFile } from '../../document/regular-file';
import { record } from '../../inspect/model/untyped';
import { decodeManifestText } from '../../inspect/read/manifest-files';
import { readManifestStream } from '../../inspect/read/manifest-stream';

const MANIFEST_FILE = /\.(ya?ml|json)$/;

/** Where journals are kept, in the working directory of the process. */
export const JOURNALS = '.cdk8s-secrets';

/**
 * Keeps the ciphertexts of an earlier synth for the values that have not changed since, so that sealing again changes
 * no line in the repository.
 *
 * A ciphertext is kept where it was made here for the same value, certificate, label and key, which a local journal
 * tells. The earlier manifests say which one is in use; where they are gone (`cdk8s synth` empties its output folder
 * first), it is the last one that was made. All others are sealed anew.
 */
export class SealedReuse {
  readonly #path: string;
  readonly #journals: string;
  #earlier?: ReadonlyMap<string, string>;
  #journal?: SealingJournal;

  /**
   * @param path the manifests of an earlier synth: a file, or a folder of them; it may not exist yet
   * @param journals the folder of the journals
   */
  constructor(path: string, journals = JOURNALS) {
    this.#path = path;
    this.#journals = journals;
  }

  /** The ciphertext of the earlier synth, or a new one. */
  public seal(place: SealedPlace, value: Sealable): string {
    this.#earlier ??= sealedValuesIn(this.#path);
    this.#journal ??= SealingJournal.open(this.#journals, this.#path);
    const slot = slotOf(place, value.dataKey);
    const earlier = this.#earlier.get(slot) ?? this.#journal.latest(slot);
    if (earlier !== undefined && this.#journal.knows(earlier, value)) return earlier;
    const fresh = sealRandomly(value);
    this.#journal.record(slot, fresh, value);
    return fresh;
  }
}

function slotOf(place: SealedPlace, dataKey: string): string {
  return JSON.stringify([place.namespace ?? null, place.name, dataKey]);
}

/** The ciphertexts of every SealedSecret in a file or folder, by namespace, name and key. */
function sealedValuesIn(path: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const file of manifestFiles(path)) {
    for (const manifest of manifestsIn(file)) {
      if (manifest?.kind !== 'SealedSecret') continue;
      for (const [key, sealed] of Object.entries(record(record(manifest.spec).encryptedData))) {
        if (typeof sealed === 'string') values.set(slotOf(record(manifest.metadata) as any, key), sealed);
      }
    }
  }
  return values;
}

/** The manifests of a file; none where it cannot be read: its values are then sealed anew. */
function manifestsIn(file: string): any[] {
  try {
    return readManifestStream(decodeManifestText(readRegularFile(file), file)).map(({ manifest }) => manifest);
  } catch {
    return [];
  }
}

/** The files that may hold manifests; none where the system does not say. */
function manifestFiles(path: string): string[] {
  try {
    return statSync(path).isDirectory() ? manifestsBelow(path) : [path];
  } catch {
    return [];
  }
}

function manifestsBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(name => MANIFEST_FILE.test(name)).sort().map(name => join(path, name));
}
