import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IConstruct } from 'constructs';
import { AppEntry } from './app-record';
import type { Inspection } from './inspection';
import type { NewFile } from './replaced-files';
import type { Redaction } from '../inspect/inspect';

/** A file that an app writes beside its manifests. */
export interface AppFile {
  /** Its name in the output. */
  readonly name: string;
  /** What is in it, by what was inspected. */
  readonly text: (inspection: Inspection, redact: Redaction) => string;
}

const FILES = new AppEntry<Map<string, AppFile>>('files', () => new Map());

/** Has the app of a construct write a file with every synth; of two with one name the later one. */
export function addAppFile(construct: IConstruct, file: AppFile): void {
  FILES.of(construct).set(file.name, file);
}

/** The files that an app writes beside its manifests. */
export function appFilesOf(root: IConstruct, outdir: string, inspection: Inspection, redact: Redaction): NewFile[] {
  return [...FILES.of(root).values()].map(({ name, text }) => ({
    path: join(outdir, name),
    write: (to: string) => writeFileSync(to, text(inspection, redact)),
    isPrivate: false,
  }));
}
