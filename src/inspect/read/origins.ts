import type { ManifestSource } from './manifest-source';
import type { Segments } from '../../document/segments';
import { isRecord, record, text } from '../model/untyped';

/** An object of a file that something was built of. */
export interface Origin {
  readonly source: ManifestSource;
  /** The way from the document to the object: not empty for items of a `List`. */
  readonly segments: Segments;
  readonly object: Record<string, unknown>;
}

/** How long the names of Kubernetes may be. */
const MAX_NAME = 253;

/** The objects of a file, to be found again by what was built of them. */
export class Origins {
  /** By kind, group and name. */
  readonly #origins = new Map<string, Origin[]>();

  /** @param documents what the file holds */
  constructor(documents: readonly ManifestSource[]) {
    for (const origin of documents.flatMap(objectsOf)) {
      const key = keyOf(origin.object, nameOf(origin.object));
      const same = this.#origins.get(key);
      if (same === undefined) this.#origins.set(key, [origin]);
      else same.push(origin);
    }
  }

  /** The object that has the kind, and the name before anything was added to it: the longest of all in it. Of several that of the namespace. */
  public of(built: Record<string, unknown>): Origin | undefined {
    const name = nameOf(built).slice(0, MAX_NAME);
    for (let length = name.length; length > 0; length--) {
      for (let start = 0; start + length <= name.length; start++) {
        const origins = this.#origins.get(keyOf(built, name.slice(start, start + length)));
        if (origins !== undefined) return origins.find(({ object }) => namespaceOf(object) === namespaceOf(built)) ?? origins[0];
      }
    }
    return undefined;
  }
}

function objectsOf(source: ManifestSource): Origin[] {
  const { manifest } = source;
  if (!isRecord(manifest)) return [];
  if (!Array.isArray(manifest.items) || !text(manifest.kind).endsWith('List')) return [{ source, segments: [], object: manifest }];
  return manifest.items.flatMap((object, index) => isRecord(object) ? [{ source, segments: ['items', index], object }] : []);
}

function keyOf({ apiVersion, kind }: Record<string, unknown>, name: string): string {
  const group = text(apiVersion).includes('/') ? text(apiVersion).split('/')[0] : '';
  return `${group}\0${text(kind)}\0${name}`;
}

function nameOf({ metadata }: Record<string, unknown>): string {
  return text(record(metadata).name);
}

function namespaceOf({ metadata }: Record<string, unknown>): string {
  return text(record(metadata).namespace);
}
