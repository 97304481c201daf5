import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KUSTOMIZATION_NAMES } from './kustomization';
import { entriesOf, inputsOf, remotesOf, type KustomizationFields } from './kustomization-fields';
import { readManifestText } from './manifest-files';
import { wholeText } from '../../document/parsed-document';
import { Unreadable, UnreadableManifest } from '../../document/unreadable';
import { parseYaml } from '../../document/yaml-document';
import { record } from '../model/untyped';

/** A kustomization as it lies in its folder. */
interface KustomizationFile {
  readonly path: string;
  readonly fields: KustomizationFields;
}

/** All that one kustomization is built of, with those that it takes in. */
export interface KustomizationTree {
  /** The folders of all its kustomizations. */
  readonly folders: ReadonlySet<string>;
  /** Every file that is here, the kustomizations themselves included. */
  readonly files: ReadonlySet<string>;
  /** What would have to be fetched. */
  readonly remotes: readonly string[];
}

/** Reads the trees of kustomizations, wherever their parts lie; each file once. */
export class KustomizationTrees {
  readonly #read = new Map<string, KustomizationFile | undefined>();

  public of(root: string): KustomizationTree {
    const folders = new Set<string>();
    const files = new Set<string>();
    const remotes = new Set<string>();
    const open = [resolve(root)];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      const kustomization = folders.has(folder) ? undefined : this.#kustomizationIn(folder);
      if (kustomization === undefined) continue;
      const { path, fields } = kustomization;
      folders.add(folder);
      files.add(path);
      for (const remote of remotesOf(fields)) remotes.add(remote);
      for (const entry of [...entriesOf(fields), ...inputsOf(fields)]) {
        const part = resolve(folder, entry);
        if (this.#kustomizationIn(part) === undefined) files.add(part);
        else open.push(part);
      }
    }
    return { folders, files, remotes: [...remotes] };
  }

  #kustomizationIn(folder: string): KustomizationFile | undefined {
    if (!this.#read.has(folder)) this.#read.set(folder, readKustomization(folder));
    return this.#read.get(folder);
  }
}

/** What cannot be read has no parts; whoever builds it says why. */
function readKustomization(folder: string): KustomizationFile | undefined {
  const path = KUSTOMIZATION_NAMES.map(name => join(folder, name)).find(file => existsSync(file));
  if (path === undefined) return undefined;
  try {
    return { path, fields: record(parseYaml(wholeText(readManifestText(path))).value) };
  } catch (error) {
    if (!(error instanceof Unreadable || error instanceof UnreadableManifest)) throw error;
    return { path, fields: {} };
  }
}
