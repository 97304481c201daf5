import type { ManifestSource } from './manifest-source';
import type { Origins } from './origins';
import type { Segments } from '../../document/segments';
import type { SourceLocation } from '../finding';
import { isRecord, list, record, text, valueAt } from '../model/untyped';

/** What of an item of a list stays the same when patches move it and prefixes rename what it refers to. */
const IDENTITY = ['mountPath', 'name', 'containerPort', 'key', 'path'];

/**
 * An object that was built, with the places of the one in a file that it was made of.
 *
 * @param file the file that it was made of
 * @param origins the objects of the file
 */
export function builtSource(manifest: unknown, file: string, origins: Origins, unit: string): ManifestSource {
  const built = record(manifest);
  const origin = origins.of(built);
  const nowhere = () => ({ file, line: 1, column: 1 });
  return {
    manifest,
    file,
    units: [unit],
    isBuilt: true,
    locate: origin === undefined ? nowhere : path => origin.source.locate?.([...origin.segments, ...pathBefore(path, built, origin.object)]),
  };
}

/**
 * A Secret or ConfigMap that a generator made, with the place of the generator.
 *
 * @param kustomization what its file holds
 */
export function generatedSource(manifest: unknown, file: string, kustomization: ManifestSource | undefined, unit: string): ManifestSource {
  const { kind, metadata } = record(manifest);
  const field = kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator';
  const name = text(record(metadata).name);
  const generators = list(record(kustomization?.manifest)[field]).map(generator => text(record(generator).name));
  const index = indexOfName(generators, name);
  const path = index === undefined ? [field] : [field, index];
  const place = (): SourceLocation => kustomization?.locate?.(path) ?? { file, line: 1, column: 1 };
  return { manifest, file, units: [unit], isBuilt: true, locate: place };
}

/** Which of some names a name was made of, by a prefix, a suffix or a hash. */
function indexOfName(names: readonly string[], made: string): number | undefined {
  let best: number | undefined;
  names.forEach((name, index) => {
    if (name !== '' && made.includes(name) && (best === undefined || name.length > names[best].length)) best = index;
  });
  return best;
}

/** The same place in the object before it was built: items of lists are found again, and what was not there is cut off. */
function pathBefore(path: Segments, built: unknown, before: unknown): Segments {
  const found: (string | number)[] = [];
  let here = built;
  let there = before;
  for (const segment of path) {
    const step = typeof segment === 'number' ? indexBefore(segment, list(here), list(there)) : segment;
    if (step === undefined) break;
    found.push(step);
    here = valueAt(here, [segment]);
    there = valueAt(there, [step]);
  }
  return found;
}

function indexBefore(index: number, here: readonly unknown[], there: readonly unknown[]): number | undefined {
  const item = here[index];
  if (isRecord(item)) {
    const field = IDENTITY.find(name => item[name] !== undefined);
    const at = field === undefined ? -1 : there.findIndex(other => record(other)[field] === item[field]);
    if (at >= 0) return at;
  }
  const written = JSON.stringify(item);
  const same = there.findIndex(other => JSON.stringify(other) === written);
  if (same >= 0) return same;
  return here.length === there.length ? index : undefined;
}
