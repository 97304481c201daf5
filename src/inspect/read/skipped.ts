/** Why something in a folder is not inspected. */
export enum SkipReason {
  HIDDEN = 'hidden',
  DEPENDENCIES = 'dependencies',
  CHART = 'helm-chart',
  IGNORED = 'git-ignored',
  EXCLUDED = 'excluded',
  KUSTOMIZE = 'kustomize-input',
  ASSERTION = 'test-assertion',
  NO_MANIFEST = 'no-manifest',
}

/** A file or folder that was found in a folder, and not inspected. */
export interface Skipped {
  readonly path: string;
  readonly reason: SkipReason;
  /** Where only one document of the file was: which, counted from 1. */
  readonly line?: number;
}

/** A file that cannot be read, and why. */
export interface UnreadableFile {
  readonly file: string;
  /** The line that reading got to, where it got to one. */
  readonly line?: number;
  /** What is wrong, and the next step; nothing of the file is quoted. */
  readonly message: string;
  readonly next: string;
  /** Whether it is a template that something renders. */
  readonly template: boolean;
  /** Whether it was named, and not found in a folder. */
  readonly named: boolean;
}
