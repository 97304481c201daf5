import type { Folder, Workshop } from './workshop';

/** What became of one check of a cell. */
export interface Result {
  readonly name: string;
  /** What is wrong. */
  readonly problem?: string;
  /** Why it cannot be made here. */
  readonly skipped?: string;
}

/** One place in which the library is used. */
export interface Cell {
  readonly name: string;
  /** What an app there has installed, beside the library: ranges of versions, as npm takes them. Without it, the cell installs by itself. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Those whose versions the table shows. */
  readonly shown: readonly string[];
  /** How many checks it makes. */
  readonly checks: number;
  /** Runs its checks, in a folder where its dependencies are installed. */
  run(folder: Folder, workshop: Workshop): Result[];
}
