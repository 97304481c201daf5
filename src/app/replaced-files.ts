import { randomBytes } from 'node:crypto';
import {
  accessSync, chmodSync, chownSync, constants, copyFileSync, linkSync, lstatSync, mkdirSync, readdirSync, readlinkSync, realpathSync, renameSync,
  rmSync, type Stats, statSync, unlinkSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { SecretsError } from '../errors/secrets-error';

/** One file of a set that is replaced together. */
export interface NewFile {
  readonly path: string;
  /** Writes the content to another path; undefined where the file shall be gone. */
  readonly write?: (path: string) => void;
  /** Whether it holds values of secrets: then only its owner may read it, where the file system can keep that. */
  readonly isPrivate: boolean;
}

/** What the folder is called in which files wait: nothing that kubectl applies, and hidden. */
const STAGING = '.cdk8s-secrets-';
const PRIVATE = 0o600;
const PERMISSIONS = 0o777;
/** Errors of a rename that a copy does not have: another file system, or a file that is a mount point. */
const NOT_RENAMED: ReadonlySet<string | undefined> = new Set(['EXDEV', 'EBUSY']);

/**
 * Replaces files, all of them or none. Everything is written beside them first, where a full disk or a killed process harms nothing; what
 * is left are renames, each of which is one step for whoever reads the file meanwhile. If one fails, those that were made are taken back.
 *
 * A link is followed: what it leads to is replaced. The owner and the mode of a file are kept, but for a private one's.
 *
 * @param folder the folder that the files are in or below; it is there
 * @throws UnwritableOutput with nothing changed
 */
export function replaceFiles(folder: string, files: readonly NewFile[]): void {
  if (files.length === 0) return;
  let root = folder;
  try {
    root = realpathSync(folder);
    removeAbandoned(root);
    const staging = join(root, `${STAGING}${machine()}-${process.pid}-${randomBytes(6).toString('hex')}`);
    mkdirSync(staging, { mode: 0o700 });
    try {
      new Replacement(staging).make(files);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  } catch (error) {
    throw isOfSystem(error) ? unwritable(elsewhere(error, [folder, root]) ?? folder, error.code) : error;
  }
}

/** A change that was made, and can be taken back. */
type Undo = () => void;

interface Step {
  readonly target: string;
  readonly staged?: string;
  /** What the target was before, where it was anything. */
  readonly saved?: string;
}

class Replacement {
  readonly #undo: Undo[] = [];

  constructor(private readonly staging: string) {}

  public make(files: readonly NewFile[]): void {
    try {
      const steps = files.map((file, index) => this.prepare(file, join(this.staging, String(index))));
      for (const step of steps) this.take(step);
    } catch (error) {
      for (const undo of this.#undo.reverse()) attempt(undo);
      throw error;
    }
  }

  /** Writes a file beside its place, and keeps what is there. */
  private prepare({ path, write, isPrivate }: NewFile, staged: string): Step {
    write?.(staged);
    this.makeFolder(dirname(path));
    const target = followed(path);
    const before = fileAt(target);
    if (before === undefined) {
      if (write !== undefined && isPrivate) chmod(staged, PRIVATE);
      return { target, staged: write && staged };
    }
    accessSync(target, constants.W_OK);
    if (write !== undefined) keepOwner(staged, before);
    // eslint-disable-next-line no-bitwise
    if (write !== undefined) chmod(staged, isPrivate ? PRIVATE : before.mode & PERMISSIONS);
    const saved = `${staged}.before`;
    keep(target, saved);
    return { target, staged: write && staged, saved };
  }

  private makeFolder(folder: string): void {
    const first = mkdirSync(folder, { recursive: true });
    if (first !== undefined) this.#undo.push(() => rmSync(first, { recursive: true, force: true }));
  }

  private take({ target, staged, saved }: Step): void {
    if (staged === undefined) {
      if (saved === undefined) return;
      unlinkSync(target);
    } else {
      // Before it is tried: a copy can fail half way.
      if (saved === undefined) this.#undo.push(() => rmSync(target, { force: true }));
      move(staged, target);
    }
    if (saved !== undefined) this.#undo.push(() => move(saved, target));
  }
}

/** Where a path leads, if the last of it is a link; a link to what is not there yet leads to that. */
function followed(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    return isLink ? followed(resolve(realpathSync(dirname(path)), readlinkSync(path))) : path;
  }
}

/** What a regular file is like, or undefined where there is nothing. */
function fileAt(path: string): Stats | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.isFile()) return stat;
  throw Object.assign(new Error(), { code: stat.isDirectory() ? 'EISDIR' : 'EEXIST', syscall: 'open', path });
}

/** A second name of a file, or a copy of it where the file system has none. */
function keep(path: string, saved: string): void {
  try {
    linkSync(path, saved);
  } catch {
    copyFileSync(path, saved);
  }
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!NOT_RENAMED.has(codeOf(error))) throw error;
    copyFileSync(from, to);
  }
}

/** Gives a file to whoever had the one that it replaces; only root can. */
function keepOwner(path: string, { uid, gid }: Stats): void {
  if (uid === process.getuid?.() && gid === process.getgid?.()) return;
  attempt(() => chownSync(path, uid, gid));
}

/** Not every file system has modes. */
function chmod(path: string, mode: number): void {
  attempt(() => chmodSync(path, mode));
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // then it stays as it is
  }
}

/** Removes what processes left behind that were killed. Their numbers say nothing on another machine, whose files are left alone. */
function removeAbandoned(folder: string): void {
  const prefix = `${STAGING}${machine()}-`;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (pid !== process.pid && !isRunning(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

function machine(): string {
  return Buffer.from(hostname()).toString('hex').slice(-16);
}

/** The file that could not be written, where it is in none of the folders. */
function elsewhere({ path, dest = path }: SystemError, folders: readonly string[]): string | undefined {
  return dest === undefined || folders.some(folder => `${resolve(dest)}${sep}`.startsWith(`${resolve(folder)}${sep}`)) ? undefined : dest;
}

function unwritable(place: string, code: string): SecretsError {
  return new SecretsError({
    code: 'UnwritableOutput',
    message: `${JSON.stringify(place)} cannot be written (${code}); what was there is unchanged`,
    next: code === 'ENOSPC' || code === 'EDQUOT' ? 'make room, and synthesize again' : 'see who may write there, and synthesize again',
  });
}

/** What an error of the file system says; what was renamed or copied has two paths. */
interface SystemError {
  readonly code: string;
  readonly path?: string;
  readonly dest?: string;
}

function isOfSystem(error: unknown): error is SystemError {
  return typeof error === 'object' && error !== null && 'syscall' in error && typeof codeOf(error) === 'string';
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
