import { relative, resolve } from 'node:path';
import { kustomize } from './kustomize';
import { ProgramFailed } from './programs';
import { UnreadableManifest } from '../document/unreadable';
import type { Kustomizations } from '../inspect/read/kustomization';
import { KustomizationTrees, type KustomizationTree } from '../inspect/read/kustomization-tree';
import type { ManifestSource } from '../inspect/read/manifest-source';
import { asUnreadableFile, type Repository } from '../inspect/read/repository';
import { SkipReason, type UnreadableFile } from '../inspect/read/skipped';
import { SourceFiles } from '../inspect/read/source-files';

/** A repository, with what its kustomizations build in place of the files that they are built of. */
export interface BuiltRepository extends Repository {
  /** How many kustomizations were built. */
  readonly built: number;
}

/**
 * Builds every kustomization of a repository that nothing else takes in. What cannot be built is told, and its files are looked at as they lie
 * there; what would have to be fetched is not built.
 *
 * @param onBuilding called before each one
 * @throws UsageError where neither kustomize nor kubectl is installed
 */
export function buildRepository(repository: Repository, onBuilding: (index: number, count: number) => void): BuiltRepository {
  const { kustomizations, skipped } = repository;
  const { roots } = kustomizations;
  const trees = new KustomizationTrees();
  const files = new SourceFiles([...repository.files, ...skipped.map(({ path }) => path)]);
  const built = new Map<string, KustomizationTree>();
  const sources: ManifestSource[] = [];
  const unreadable: UnreadableFile[] = [];
  roots.forEach((folder, index) => {
    onBuilding(index, roots.length);
    const tree = trees.of(folder);
    const name = relative('', folder) || '.';
    const [path] = tree.files;
    const cannot = (message: string, next: string) => {
      unreadable.push({ file: files.find(path) ?? path, message, next, template: false, named: false });
    };
    if (tree.remotes.length > 0) {
      const parts = tree.remotes.length === 1 ? 'a part of it' : `${tree.remotes.length} parts of it`;
      cannot(`it is not built: ${parts} would have to be fetched`, `fetch and check it with --kustomize ${name}`);
      return;
    }
    try {
      sources.push(...kustomize(name, files));
      built.set(folder, tree);
    } catch (error) {
      if (error instanceof ProgramFailed) cannot(`${error.program} cannot build it: ${error.said}`, `see what kubectl kustomize ${name} says`);
      else if (error instanceof UnreadableManifest) unreadable.push(asUnreadableFile(error, `${name} (kustomize)`, false));
      else throw error;
    }
  });
  const inBuilt = new Set([...built.values()].flatMap(({ files: parts }) => [...parts]));
  const kept = repository.sources.flatMap(source => keepOf(source, kustomizations, built));
  const all = [...kept, ...sources];
  return {
    files: [...new Set(all.map(({ file }) => file!))],
    sources: all,
    skipped: skipped.filter(({ path, reason }) => reason !== SkipReason.KUSTOMIZE || !inBuilt.has(resolve(path))),
    unreadable: [...repository.unreadable, ...unreadable],
    generated: kustomizations.secrets(new Set([...built.values()].flatMap(({ folders }) => [...folders]))),
    kustomizations,
    built: built.size,
  };
}

/** What is still looked at as it lies there: what was named, what no kustomization has, and what one has that was not built. */
function keepOf(source: ManifestSource, kustomizations: Kustomizations, built: ReadonlyMap<string, unknown>): ManifestSource[] {
  if (source.units === undefined || source.file === undefined || kustomizations.unitsOf(source.file).length === 0) return [source];
  const units = kustomizations.unitsOf(source.file, built);
  return units.length === 0 ? [] : [{ ...source, units }];
}
