import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Inspection } from './inspection';
import type { NewFile } from './replaced-files';
import { SecretsError } from '../errors/secrets-error';
import type { Acknowledgement, ExistingSecret, InspectionOptions, RepositoryOptions } from '../inspect/inspection-options';
import { list, record, text } from '../inspect/model/untyped';
import { isCode } from '../report/all-codes';

/** The file in an app's output that says what its manifests do not. Its name is none that kubectl applies. */
export const APP_NOTES = '.cdk8s-secrets.app';

const VERSION = 1;

/** What an app knows of its manifests that others must know to judge them alike. */
export interface AppNotes {
  readonly existingSecrets: readonly ExistingSecret[];
  readonly assumedSecrets: readonly ExistingSecret[];
  readonly acknowledgements: readonly Acknowledgement[];
}

/** The file that says which secrets an app takes to exist, and which findings it acknowledges; none where there is nothing to say. */
export function appNotesFile(outdir: string, { existingSecrets = [], assumedSecrets = [] }: RepositoryOptions, inspection: Inspection): NewFile {
  const path = join(outdir, APP_NOTES);
  const acknowledgements = inspection.acknowledged.map(({ finding: { code, object }, reason }) =>
    ({ code, reason, kind: object.kind, namespace: object.namespace, name: object.name }));
  if (existingSecrets.length === 0 && assumedSecrets.length === 0 && acknowledgements.length === 0) return { path, isPrivate: false };
  const notes = {
    version: VERSION,
    existingSecrets: unique(existingSecrets),
    ...assumedSecrets.length === 0 ? {} : { assumedSecrets: unique(assumedSecrets) },
    acknowledgements: unique(acknowledgements),
  };
  return { path, write: to => writeFileSync(to, `${JSON.stringify(notes, undefined, 2)}\n`), isPrivate: false };
}

/**
 * What the apps say that wrote files, or the files of folders.
 *
 * @param paths files and folders
 * @throws UnreadableManifest
 */
export function readAppNotes(paths: readonly string[]): AppNotes {
  const folders = new Set(paths.filter(path => existsSync(path)).map(path => statSync(path).isDirectory() ? path : dirname(path)));
  return together([...folders].map(folder => join(folder, APP_NOTES)).filter(path => existsSync(path)).map(path => parseAppNotes(readFileSync(path, 'utf8'), path)));
}

function together(notes: readonly AppNotes[]): AppNotes {
  return {
    existingSecrets: notes.flatMap(note => note.existingSecrets),
    assumedSecrets: notes.flatMap(note => note.assumedSecrets),
    acknowledgements: notes.flatMap(note => note.acknowledgements),
  };
}

/** Options, with what the apps say. */
export function withAppNotes<T extends InspectionOptions>(
  options: T, { existingSecrets, assumedSecrets, acknowledgements }: AppNotes,
): T & RepositoryOptions {
  return {
    ...options,
    existingSecrets: [...options.existingSecrets ?? [], ...existingSecrets],
    assumedSecrets,
    acknowledgements: [...options.acknowledgements ?? [], ...acknowledgements],
  };
}

/**
 * What an app says in the text of such a file.
 *
 * @param path how messages name the file
 * @throws UnreadableManifest
 */
export function parseAppNotes(content: string, path: string): AppNotes {
  const refuse = (why: string) => new SecretsError({
    code: 'UnreadableManifest', message: `${JSON.stringify(path)} ${why}`, next: 'synthesize the app again, or delete the file',
  });
  let notes: Record<string, unknown>;
  try {
    notes = record(JSON.parse(content));
  } catch {
    throw refuse('is no JSON');
  }
  if (notes.version !== VERSION) throw refuse('was written by another version of cdk8s-secrets');
  const acknowledgements = list(notes.acknowledgements).map(record);
  if (acknowledgements.some(({ code, reason }) => !isCode(text(code)) || text(reason) === '')) throw refuse('acknowledges what is no code, or without a reason');
  return {
    existingSecrets: secretsIn(notes.existingSecrets),
    assumedSecrets: secretsIn(notes.assumedSecrets),
    acknowledgements: acknowledgements.map(({ code, reason, kind, namespace, name }) => ({
      code: text(code), reason: text(reason), kind: optional(kind), namespace: optional(namespace), name: optional(name),
    })),
  };
}

function secretsIn(noted: unknown): ExistingSecret[] {
  return list(noted).map(record).map(({ name, namespace, type, keys }) => ({
    name: text(name),
    namespace: optional(namespace),
    type: optional(type),
    keys: Array.isArray(keys) ? keys.map(text) : undefined,
  }));
}

function optional(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map(item => [JSON.stringify(item), item])).values()];
}
