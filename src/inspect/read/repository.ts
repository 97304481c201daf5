import { findFiles, type FileFilter, type FoundFiles } from './find-files';
import { judgeDocument, judgeName } from './judge-document';
import { isKustomization, Kustomizations } from './kustomization';
import { LastPlaces } from './last-places';
import { readManifestText } from './manifest-files';
import type { ManifestSource } from './manifest-source';
import { readManifestStream } from './manifest-stream';
import { SkipReason, type Skipped, type UnreadableFile } from './skipped';
import { isTestSuite, TestSuites } from './test-suites';
import { unreadableManifest, UnreadableManifest } from '../../document/unreadable';
import type { ExistingSecret } from '../inspection-options';

/** How far reading is: which file of how many, and how much of it. */
export type OnReading = (index: number, count: number, share: number) => void;

/** What the files and folders that were named hold. */
export interface Repository {
  /** The files whose objects are inspected. */
  readonly files: readonly string[];
  readonly sources: readonly ManifestSource[];
  readonly skipped: readonly Skipped[];
  readonly unreadable: readonly UnreadableFile[];
  /** Secrets that kustomizations generate. */
  readonly generated: readonly ExistingSecret[];
  readonly kustomizations: Kustomizations;
}

/**
 * Reads files, and what folders hold. What cannot be read is told, and the rest is read; what is no manifest in a folder is told as
 * skipped. Files that were named are applied together, and so is what one kustomization has; any other file of a folder stands for itself.
 */
export function readRepository(paths: readonly string[], filter: FileFilter = {}, onReading?: OnReading): Repository {
  return readFoundFiles(findFiles(paths, filter), readManifestText, onReading);
}

/**
 * Reads files that were found, as above.
 *
 * @param textOf gives the text of a file, or throws that it is an UnreadableManifest
 */
export function readFoundFiles(found: FoundFiles, textOf: (path: string) => string, onReading?: OnReading): Repository {
  const skipped = [...found.skipped];
  const unreadable = [...found.unreadable];
  const places = new LastPlaces();
  const read: { readonly path: string; readonly named: boolean; readonly sources: readonly ManifestSource[] }[] = [];
  const kustomizations = new Map<string, unknown>();
  found.files.forEach(({ path, named }, index) => {
    try {
      const text = textOf(path);
      const onProgress = (characters: number) => onReading?.(index, found.files.length, text.length === 0 ? 1 : characters / text.length);
      const sources = readManifestStream(text, { file: path, places, onProgress });
      if (isKustomization(path)) {
        kustomizations.set(path, sources[0]?.manifest);
        skipped.push({ path, reason: SkipReason.KUSTOMIZE });
      } else {
        read.push({ path, named, sources });
      }
    } catch (error) {
      if (!(error instanceof UnreadableManifest)) throw error;
      unreadable.push(asUnreadableFile(error, path, named));
    }
  });
  const kustomized = new Kustomizations(kustomizations);
  const tests = new TestSuites();
  for (const { path, sources: documents } of read) {
    for (const { manifest } of documents) if (isTestSuite(manifest)) tests.add(path, manifest);
  }
  const files: string[] = [];
  const sources: ManifestSource[] = [];
  for (const { path, named, sources: documents } of read) {
    const manifests = named ? documents : judge(path, documents, kustomized, tests, skipped);
    if (manifests.length === 0) continue;
    files.push(path);
    const ownUnits = kustomized.unitsOf(path);
    const units = named ? undefined : ownUnits.length > 0 ? ownUnits : [path];
    const moved = kustomized.isMoved(path);
    for (const source of manifests) sources.push(placed(source, path, units, moved));
  }
  return { files, sources, skipped, unreadable, generated: kustomized.secrets(), kustomizations: kustomized };
}

/**
 * Reads files and folders as above, for programs: the first file that cannot be read is an error.
 *
 * @throws UnreadableManifest
 */
export function readManifestFiles(paths: readonly string[]): Pick<Repository, 'sources' | 'generated'> {
  const { sources, generated, unreadable } = readRepository(paths);
  if (unreadable.length > 0) {
    const [{ message, next, file, line }] = unreadable;
    throw unreadableManifest(message, next, file, line);
  }
  return { sources, generated };
}

/** The manifest of a file. Written out, all of them have one shape; spread, V8 gave each its own, 3 MB for 10,000. */
function placed(source: ManifestSource, file: string, units: readonly string[] | undefined, moved: boolean): ManifestSource {
  const { manifest, duplicateFields, furtherDuplicates, behindJson, locate } = source;
  return { manifest, duplicateFields, furtherDuplicates, behindJson, locate, file, units, moved };
}

/** Those documents of a file that are manifests. */
function judge(
  path: string, documents: readonly ManifestSource[], kustomized: Kustomizations, tests: TestSuites, skipped: Skipped[],
): readonly ManifestSource[] {
  const reason = kustomized.isInput(path) ? SkipReason.KUSTOMIZE : tests.isCompared(path) ? SkipReason.ASSERTION : judgeName(path.split(/[\\/]/).pop()!);
  if (reason !== undefined && kustomized.unitsOf(path).length === 0) {
    skipped.push({ path, reason });
    return [];
  }
  const judged = documents.map(source => ({ source, no: judgeDocument(source.manifest) }));
  const reasons = judged.map(({ no }) => no).filter(no => no !== undefined);
  if (reasons.length === documents.length && reasons.length > 0) skipped.push({ path, reason: reasons[0] });
  else judged.forEach(({ source, no }) => no !== undefined && skipped.push({ path, reason: no, line: source.locate?.([])?.line }));
  return judged.filter(({ no }) => no === undefined).map(({ source }) => source);
}

/** What a report says of a file that cannot be read. */
export function asUnreadableFile(error: UnreadableManifest, file: string, named: boolean): UnreadableFile {
  const { line, reason: message, problem: { next }, template } = error;
  return { file, ...line === undefined ? {} : { line }, message, next, template, named };
}
