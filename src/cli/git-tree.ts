import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { UsageError } from './command';
import { APP_NOTES } from '../app/app-notes';
import { unreadableManifest } from '../document/unreadable';
import { CHART, isLookedInto, isManifestName, type FoundFiles } from '../inspect/read/find-files';
import { decodeManifestText } from '../inspect/read/manifest-files';

/** A place in a revision: `HEAD~1:dist`. */
export interface Revision {
  readonly revision: string;
  /** From the root of the repository, or, where it begins with `./`, from the working directory. */
  readonly path: string;
}

const MAX_BYTES = 512 * 1024 * 1024;
const REGULAR = /^100/;

/** What a revision of a git repository has in one place; read by git, and kept in memory. */
export class GitTree {
  readonly #folder: string;
  readonly #contents: ReadonlyMap<string, Buffer>;
  readonly #isFile: boolean;

  /**
   * @throws UsageError where there is no git, no such revision, or nothing in that place
   */
  constructor({ revision, path }: Revision, environment: NodeJS.ProcessEnv) {
    const git = new Git(environment);
    const name = `${revision}:${path}`;
    const commit = git.ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])?.trim();
    if (commit === undefined) {
      if (git.ask(['rev-parse', '--git-dir']) === undefined) throw new UsageError(`there is no git repository here, and no file ${JSON.stringify(name)}`);
      throw new UsageError(`there is no revision ${JSON.stringify(revision)} in this git repository`);
    }
    const root = git.ask(['rev-parse', '--show-toplevel'])?.trim() ?? '.';
    const prefix = git.ask(['rev-parse', '--show-prefix'])?.trim() ?? '';
    const below = path.startsWith('./') || path === '.' ? join(prefix, path) : path;
    const place = withoutSlashes(below.replace(/^\.\/?/, ''));
    const object = `${commit}:${place}`;
    const type = git.ask(['cat-file', '-t', object])?.trim();
    if (type === undefined) {
      const here = prefix !== '' && git.ask(['cat-file', '-t', `${commit}:${prefix}${place}`]) !== undefined;
      throw new UsageError(`there is nothing at ${JSON.stringify(name)}${here ? `; did you mean ${JSON.stringify(`${revision}:./${path}`)}?` : ''}`);
    }
    this.#isFile = type === 'blob';
    this.#folder = join(root, place);
    const entries = this.#isFile ? [{ path: '', object }] : filesOf(git, object);
    const contents = git.contents(entries.map(entry => entry.object));
    this.#contents = new Map(entries.map((entry, index) => [join(this.#folder, entry.path), contents[index]]));
  }

  /** The files of manifests, by the places that they have in the working tree. */
  public get files(): FoundFiles {
    const paths = [...this.#contents.keys()].filter(path => !path.endsWith(APP_NOTES));
    return { files: paths.map(path => ({ path, named: this.#isFile })), skipped: [], unreadable: [] };
  }

  /**
   * The text of one of them.
   *
   * @throws UnreadableManifest
   */
  public textOf(path: string): string {
    const bytes = this.#contents.get(path);
    if (bytes === undefined) throw unreadableManifest('there is no such file', 'check the path', path);
    return decodeManifestText(bytes, path);
  }

  /** What an app of this library wrote beside its manifests. */
  public get notes(): { readonly path: string; readonly text: string } | undefined {
    const path = join(this.#folder, APP_NOTES);
    const bytes = this.#contents.get(path);
    return bytes === undefined ? undefined : { path, text: bytes.toString('utf8') };
  }

  /** What a file is called below the place. */
  public relative(path: string): string {
    return path.slice(this.#folder.length).replace(/^[\\/]/, '');
  }
}

/** Whether git knows a revision by this name. */
export function isRevision(text: string, environment: NodeJS.ProcessEnv): boolean {
  return new Git(environment).ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${text}^{commit}`]) !== undefined;
}

interface TreeEntry {
  readonly path: string;
  readonly object: string;
}

/** The files of manifests in a tree, as they are looked for in a folder, and what an app wrote beside them. */
function filesOf(git: Git, tree: string): TreeEntry[] {
  const entries = (git.ask(['ls-tree', '-r', '-z', '--full-tree', tree]) ?? '').split('\0').flatMap(line => {
    const [, mode, object, path] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return path !== undefined && REGULAR.test(mode) ? [{ path, object }] : [];
  });
  const charts = new Set(entries.filter(({ path }) => path.endsWith(`/${CHART}`)).map(({ path }) => path.slice(0, -CHART.length - 1)));
  return entries.filter(({ path }) => {
    const folders = path.split('/');
    const name = folders.pop()!;
    if (folders.some((folder, index) => !isLookedInto(folder) || charts.has(folders.slice(0, index + 1).join('/')))) return false;
    return isManifestName(name) || path === APP_NOTES;
  }).sort((a, b) => a.path < b.path ? -1 : 1);
}

/** The git that is installed. */
class Git {
  constructor(private readonly environment: NodeJS.ProcessEnv) {}

  /** What a command prints; undefined where it fails. */
  public ask(args: readonly string[]): string | undefined {
    const { status, stdout } = this.run(args);
    return status === 0 ? stdout.toString('utf8') : undefined;
  }

  /** The contents of objects, in their order. */
  public contents(objects: readonly string[]): Buffer[] {
    if (objects.length === 0) return [];
    const { stdout } = this.run(['cat-file', '--batch'], `${objects.join('\n')}\n`);
    const contents: Buffer[] = [];
    let at = 0;
    for (const object of objects) {
      const end = stdout.indexOf('\n', at);
      const size = Number(/ blob (\d+)$/.exec(stdout.toString('latin1', at, end))?.[1] ?? NaN);
      if (end < 0 || Number.isNaN(size)) throw new UsageError(`git cannot read ${JSON.stringify(object)}`);
      contents.push(stdout.subarray(end + 1, end + 1 + size));
      at = end + 1 + size + 1;
    }
    return contents;
  }

  private run(args: readonly string[], input?: string): { readonly status: number | null; readonly stdout: Buffer } {
    const { error, status, stdout } = spawnSync('git', args, { input, env: this.environment, maxBuffer: MAX_BYTES, stdio: ['pipe', 'pipe', 'ignore'] });
    const { code } = (error ?? {}) as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError('git is not installed');
    if (code === 'ENOBUFS') throw new UsageError(`the revision has more than ${MAX_BYTES} bytes of manifests`);
    return { status, stdout };
  }
}

/** A path without the slashes at its end. */
export function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}
