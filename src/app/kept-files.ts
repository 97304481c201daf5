import { writeFileSync } from 'node:fs';
import type { IConstruct } from 'constructs';
import { OTHER_OUTPUT } from './app-answer';
import { AppEntry } from './app-record';
import type { NewFile } from './replaced-files';

/** A file, anywhere, in which an app writes down what its next synth is to know. */
export interface KeptFile {
  readonly path: string;
  /** What is to be in it, where that is not in it. */
  change(): KeptChange | undefined;
}

/** What a synth changes in such a file. */
export interface KeptChange {
  readonly text: string;
  /** One line about it, for people. */
  readonly said: string;
  /** Throws where the file is not as it was read. */
  check(): void;
}

const FILES = new AppEntry<Map<string, KeptFile>>('kept-files', () => new Map());

/** Has every synth of an app keep a file. */
export function keepFile(construct: IConstruct, file: KeptFile): void {
  FILES.of(construct).set(file.path, file);
}

/** A file that a synth changes, and what it says of that. */
export interface ChangedFile {
  readonly file: NewFile;
  readonly said: string;
}

/** The files that a synth changes; none where a command only looks at what the app makes. */
export function changedFiles(root: IConstruct): ChangedFile[] {
  if ((process.env[OTHER_OUTPUT] ?? '') !== '') return [];
  return [...FILES.of(root).values()].flatMap(({ path, change }) => {
    const changed = change();
    if (changed === undefined) return [];
    const { text, said, check } = changed;
    const write = (to: string) => {
      check();
      writeFileSync(to, text);
    };
    return [{ file: { path, write, isPrivate: false }, said }];
  });
}
