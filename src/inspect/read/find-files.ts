import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { gitIgnore, type GitIgnore } from './git-ignore';
import { glob, type PathMatcher } from './glob';
import { SkipReason, type Skipped, type UnreadableFile } from './skipped';

/** What ends so is a manifest, but for the file that says how a repository is checked. */
const MANIFEST = /(?<!^\.cdk8s-secrets)\.(?:ya?ml|json)$|^Kustomization$/;
const DEPENDENCIES: ReadonlySet<string> = new Set(['node_modules', 'vendor']);
/** What makes a folder the chart of Helm. */
export const CHART = 'Chart.yaml';

/** Whether a file is looked at where it stands in a folder, by its name. */
export function isManifestName(name: string): boolean {
  return MANIFEST.test(name) && !name.startsWith('.') && name !== CHART;
}

/** Whether a folder is looked into, by its name. */
export function isLookedInto(name: string): boolean {
  return !name.startsWith('.') && !DEPENDENCIES.has(name);
}

/** Which files of a folder are looked at. */
export interface FileFilter {
  /** Patterns of files; without any every `*.yaml`, `*.yml` and `*.json`. What they name is looked at wherever it stands. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** A file that is to be read. */
export interface FoundFile {
  readonly path: string;
  /** Whether it was named, and not found in a folder. */
  readonly named: boolean;
}

/** What was found below some paths. */
export interface FoundFiles {
  readonly files: readonly FoundFile[];
  readonly skipped: readonly Skipped[];
  readonly unreadable: readonly UnreadableFile[];
}

/** Files, and the files of manifests below folders, each once and in the order of their names. Links to folders are not followed. */
export function findFiles(paths: readonly string[], filter: FileFilter = {}): FoundFiles {
  const search = new Search(filter);
  for (const path of paths) search.start(path);
  search.end(paths);
  return search.found;
}

/** The `.gitignore` of one folder, and how deep below it the search is. */
interface Ignore {
  readonly says: GitIgnore;
  readonly above: readonly string[];
}

class Search {
  private readonly files = new Map<string, FoundFile>();
  private readonly skipped: Skipped[] = [];
  private readonly unreadable: UnreadableFile[] = [];
  private readonly include: readonly PathMatcher[];
  private readonly exclude: readonly PathMatcher[];

  constructor({ include = [], exclude = [] }: FileFilter) {
    this.include = include.map(glob);
    this.exclude = exclude.map(glob);
  }

  public get found(): FoundFiles {
    return { files: [...this.files.values()], skipped: this.skipped, unreadable: this.unreadable };
  }

  public start(path: string): void {
    try {
      if (statSync(path).isDirectory()) this.startFolder(path);
      else this.add(path, true);
    } catch (error) {
      this.cannotRead(path, error, true);
    }
  }

  /** A pattern that matches nothing is a slip: a pipeline must not be content with it. */
  public end(paths: readonly string[]): void {
    if (this.include.length === 0 || this.files.size + this.unreadable.length > 0) return;
    for (const file of paths) {
      this.unreadable.push({ file, message: 'the folder has no file that is included', next: 'correct --include, or include in .cdk8s-secrets.yaml', template: false, named: true });
    }
  }

  private startFolder(folder: string): void {
    const count = () => this.files.size + this.skipped.length + this.unreadable.length;
    const before = count();
    this.walk(folder, [], ignoresAbove(folder));
    if (count() > before || this.files.size > 0 || this.include.length > 0) return;
    this.unreadable.push({ file: folder, message: 'the folder has no file *.yaml, *.yml or *.json', next: 'name the folder that has', template: false, named: true });
  }

  private add(path: string, named: boolean): void {
    const absolute = resolve(path);
    if (named || !this.files.has(absolute)) this.files.set(absolute, { path: this.files.get(absolute)?.path ?? path, named });
  }

  private walk(folder: string, below: readonly string[], ignores: readonly Ignore[]): void {
    let names: string[];
    try {
      names = readdirSync(folder).sort();
    } catch (error) {
      this.cannotRead(folder, error, false);
      return;
    }
    const inside = names.includes('.gitignore') ? [...ignores, ...ignoresOf(folder)] : ignores;
    for (const name of names) {
      const here = inside.map(({ says, above }) => ({ says, above: [...above, name] }));
      this.visit(join(folder, name), name, [...below, name], here);
    }
  }

  private visit(path: string, name: string, below: readonly string[], ignores: readonly Ignore[]): void {
    let isFolder: boolean;
    let linked: boolean;
    try {
      const entry = lstatSync(path);
      linked = entry.isSymbolicLink();
      isFolder = entry.isDirectory();
      const relevant = this.include.length === 0 ? MANIFEST.test(name) : this.included(path, below);
      if (linked && !relevant) return;
      if (linked && statSync(path).isDirectory()) return;
      if (!isFolder && !relevant) return;
    } catch (error) {
      if (MANIFEST.test(name)) this.cannotRead(path, error, false);
      return;
    }
    const reason = this.reasonToSkip(path, name, below, isFolder, ignores);
    if (reason !== undefined) {
      if (reason === SkipReason.CHART || reason === SkipReason.EXCLUDED || MANIFEST.test(name) || isFolder) this.skipped.push({ path, reason });
    } else if (isFolder) {
      this.walk(path, below, ignores);
    } else {
      this.add(path, false);
    }
  }

  private reasonToSkip(path: string, name: string, below: readonly string[], isFolder: boolean, ignores: readonly Ignore[]): SkipReason | undefined {
    if (isAny(this.exclude, path, below)) return SkipReason.EXCLUDED;
    if (isFolder) {
      if (name === '.git') return SkipReason.HIDDEN;
      if (this.include.length > 0 && name !== 'node_modules') return undefined;
      if (name.startsWith('.')) return SkipReason.HIDDEN;
      if (DEPENDENCIES.has(name)) return SkipReason.DEPENDENCIES;
      if (isIgnored(ignores, true)) return SkipReason.IGNORED;
      return existsSync(join(path, CHART)) ? SkipReason.CHART : undefined;
    }
    if (this.include.length > 0) return undefined;
    if (name.startsWith('.')) return SkipReason.HIDDEN;
    if (name === CHART) return SkipReason.NO_MANIFEST;
    return isIgnored(ignores, false) ? SkipReason.IGNORED : undefined;
  }

  private included(path: string, below: readonly string[]): boolean {
    return isAny(this.include, path, below);
  }

  private cannotRead(file: string, error: unknown, named: boolean): void {
    this.unreadable.push({ file, ...whyUnreadable(error, file), template: false, named });
  }
}

/** Whether a pattern matches the path below the folder that was named, or the whole path. */
function isAny(patterns: readonly PathMatcher[], path: string, below: readonly string[]): boolean {
  if (patterns.length === 0) return false;
  const relative = below.join('/');
  const absolute = resolve(path).split(sep).join('/');
  return patterns.some(matches => matches(relative) || matches(absolute));
}

function isIgnored(ignores: readonly Ignore[], isFolder: boolean): boolean {
  for (let index = ignores.length - 1; index >= 0; index--) {
    const says = ignores[index].says(ignores[index].above, isFolder);
    if (says !== undefined) return says;
  }
  return false;
}

function ignoresOf(folder: string): Ignore[] {
  try {
    return [{ says: gitIgnore(readFileSync(join(folder, '.gitignore'), 'utf8')), above: [] }];
  } catch {
    return [];
  }
}

/** The `.gitignore`s of the repository above a folder that was named, unless they say that it is ignored as a whole. */
function ignoresAbove(path: string): Ignore[] {
  const ignores: Ignore[] = [];
  const below: string[] = [];
  for (let folder = resolve(path); !existsSync(join(folder, '.git')); folder = dirname(folder)) {
    const parent = dirname(folder);
    if (parent === folder) return [];
    below.unshift(folder.slice(parent.length).replace(/^[\\/]/, ''));
    for (const { says } of ignoresOf(parent)) ignores.unshift({ says, above: [...below] });
  }
  const ignored = ignores.some(({ says, above }) => above.some((_, index) => says(above.slice(0, index + 1), true) === true));
  return ignored ? [] : ignores;
}

/** Why a file or folder cannot be read, from the error of the file system. */
export function whyUnreadable(error: unknown, file: string): { readonly message: string; readonly next: string } {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  if (code === 'ELOOP') return { message: 'it is a link that leads to itself', next: 'mend the link, or take it away' };
  if (code === 'ENOENT') {
    return isLink(file)
      ? { message: 'it is a link to nothing', next: 'mend the link, or take it away' }
      : { message: 'there is no such file or folder', next: 'check the path' };
  }
  return { message: `it cannot be read (${code})`, next: 'check the path' };
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}
