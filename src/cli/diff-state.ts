import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withManifestsOf } from './app-manifests';
import { UsageError } from './command';
import { GitTree, isRevision, type Revision, withoutSlashes } from './git-tree';
import { readInputs, STANDARD_INPUT } from './inputs';
import type { Io } from './io';
import type { Progress } from './progress';
import { parseAppNotes, readAppNotes, type AppNotes } from '../app/app-notes';
import type { SourceLocation } from '../inspect/finding';
import type { ExistingSecret } from '../inspect/inspection-options';
import type { ManifestSource } from '../inspect/read/manifest-source';
import { readFoundFiles, readRepository, type Repository } from '../inspect/read/repository';
import type { UnreadableFile } from '../inspect/read/skipped';

/** One of the two states that are compared. */
export interface State {
  /** How people name it. */
  readonly title: string;
  readonly sources: readonly ManifestSource[];
  /** Secrets that kustomizations generate. */
  readonly generated: readonly ExistingSecret[];
  readonly notes: AppNotes;
  readonly unreadable: readonly UnreadableFile[];
}

/** Where a state is read. */
export type StateInput =
  | { readonly kind: 'path' | 'stdin' | 'cluster'; readonly text: string }
  | { readonly kind: 'git'; readonly text: string; readonly at: Revision }
  | { readonly kind: 'app'; readonly text: string };

/** What names the cluster that kubectl reaches. */
export const CLUSTER = 'cluster';

/** Where a path of Windows begins: no path in a revision does. */
const DRIVE = /^[A-Za-z]:[\\/]/;

const NO_NOTES: AppNotes = { existingSecrets: [], assumedSecrets: [], acknowledgements: [] };

/** What an argument names: a file or folder, where there is one; else the cluster, or a place in a revision of git. */
export function parseStateInput(text: string, environment: Io['environment']): StateInput {
  if (text === STANDARD_INPUT) return { kind: 'stdin', text };
  if (text.startsWith('git:')) return { kind: 'git', text, at: revisionOf(text.slice('git:'.length)) };
  if (existsSync(text)) return { kind: 'path', text };
  if (text === CLUSTER) return { kind: 'cluster', text };
  if (DRIVE.test(text)) throw new UsageError(`there is no file or folder ${JSON.stringify(text)}`);
  if (text.includes(':')) return { kind: 'git', text, at: revisionOf(text) };
  if (/^[\w@^~.{}/-]+$/.test(text) && isRevision(text, environment)) return { kind: 'git', text, at: { revision: text, path: './' } };
  throw new UsageError(`there is no file, folder or revision ${JSON.stringify(text)}`);
}

/** `HEAD~1:dist`; without a path all that is below the working directory is meant. */
function revisionOf(text: string): Revision {
  const colon = text.indexOf(':');
  return colon < 0 ? { revision: text, path: './' } : { revision: text.slice(0, colon), path: text.slice(colon + 1) };
}

/**
 * Reads a state, but for that of a cluster.
 *
 * @throws UsageError where there is no such state
 */
export async function readState(input: StateInput, io: Io, progress: Progress): Promise<State> {
  switch (input.kind) {
    case 'app': return withManifestsOf(input.text, io, folder => {
      const repository = readRepository([folder]);
      const empty = repository.unreadable.some(({ file }) => file === folder);
      return withFiles('the app', empty ? { ...repository, unreadable: [] } : repository, file => file.slice(folder.length + 1), readAppNotes([folder]));
    });
    case 'git': return readRevision(input.at, io);
    case 'stdin': return { ...await readInputs({ inputs: [input.text] }, io, progress), title: 'standard input', notes: NO_NOTES };
    default: return { ...await readInputs({ inputs: [input.text] }, io, progress), title: input.text, notes: readAppNotes([input.text]) };
  }
}

function readRevision(at: Revision, { environment }: Io): State {
  const tree = new GitTree(at, environment);
  const place = withoutSlashes(at.path);
  const name = `${at.revision}:${place === '.' ? '' : place}`;
  const { notes } = tree;
  return withFiles(name.replace(/:$/, ''), readFoundFiles(tree.files, path => tree.textOf(path)), path => {
    const below = tree.relative(path);
    return below === '' ? name : name.endsWith(':') ? name + below : join(name, below);
  }, notes === undefined ? NO_NOTES : parseAppNotes(notes.text, `${name}/${notes.path}`));
}

/** A state whose files people call by other names than those by which they were read. */
function withFiles(title: string, { sources, generated, unreadable }: Repository, nameOf: (file: string) => string, notes: AppNotes): State {
  const named = (location: SourceLocation | undefined) => location?.file === undefined ? location : { ...location, file: nameOf(location.file) };
  return {
    title,
    sources: sources.map(source => {
      const { file, locate } = source;
      return {
        ...source,
        ...file === undefined ? {} : { file: nameOf(file) },
        ...locate === undefined ? {} : { locate: (path: Parameters<typeof locate>[0]) => named(locate(path)) },
      };
    }),
    generated,
    notes,
    unreadable: unreadable.map(each => ({ ...each, file: nameOf(each.file) })),
  };
}
