import { statSync, watch as watchPath } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ExitCode, UsageError } from './command';

/** How long after a change others may follow that belong to it: an editor writes a file in several steps. */
const SETTLES_IN = 100;

/** Folders in which nothing is read, and much changes. */
const QUIET = /(?:^|[\\/])(?:\.git|node_modules)(?:[\\/]|$)/;

/** What is watched. */
export interface Watched {
  /** Files and folders. */
  readonly paths: readonly string[];
  /** A file that the run itself writes. */
  readonly written?: string;
}

/**
 * Runs something, and again after every change, until it is told to stop.
 *
 * @returns how the last run ended
 * @throws UsageError where a path cannot be watched
 */
export async function watch({ paths, written }: Watched, run: () => Promise<ExitCode>, stopped: AbortSignal): Promise<ExitCode> {
  const changes = new Changes(stopped);
  for (const path of paths) watchOne(path, written === undefined ? undefined : resolve(written), changes, stopped);
  for (;;) {
    changes.forget();
    const code = await run();
    if (!await changes.next()) return code;
    await pause(SETTLES_IN);
  }
}

function watchOne(path: string, written: string | undefined, changes: Changes, signal: AbortSignal): void {
  try {
    const recursive = statSync(path).isDirectory();
    const watcher = watchPath(path, { recursive, signal }, (_, name) => {
      const changed = name === null || !recursive ? path : join(path, name);
      if (!QUIET.test(changed) && resolve(changed) !== written) changes.note();
    });
    // a folder that goes away while it is watched
    watcher.on('error', () => changes.note());
  } catch (error) {
    throw new UsageError(`${JSON.stringify(path)} cannot be watched (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

/** Whether something has changed, and who waits for that. */
class Changes {
  #changed = false;
  #wake?: () => void;

  constructor(private readonly stopped: AbortSignal) {
    stopped.addEventListener('abort', () => this.#wake?.());
  }

  public note(): void {
    this.#changed = true;
    this.#wake?.();
  }

  public forget(): void {
    this.#changed = false;
  }

  /** Waits for the next change; false where it was told to stop. */
  public async next(): Promise<boolean> {
    if (!this.#changed && !this.stopped.aborted) await new Promise<void>(wake => { this.#wake = wake; });
    return !this.stopped.aborted;
  }
}
