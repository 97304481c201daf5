import { buildRepository, type BuiltRepository } from './built-repository';
import type { INPUTS } from './common-options';
import { expandGlobs } from './expand-globs';
import type { Io } from './io';
import { kustomize } from './kustomize';
import type { Progress } from './progress';
import { asUsage, renderCharts } from './render';
import { UnreadableManifest } from '../document/unreadable';
import { SecretsError } from '../errors/secrets-error';
import type { FileFilter } from '../inspect/read/find-files';
import { Kustomizations } from '../inspect/read/kustomization';
import { decodeManifestText } from '../inspect/read/manifest-files';
import { readManifestStream } from '../inspect/read/manifest-stream';
import { asUnreadableFile, readRepository, type Repository } from '../inspect/read/repository';
import type { UnreadableFile } from '../inspect/read/skipped';
import { SourceFiles } from '../inspect/read/source-files';
import { printable } from '../report/printable';
import { TOOL } from '../report/tool';

/** How standard input is named. */
export const STANDARD_INPUT = '-';

/** What a command was asked to read. */
export interface Inputs {
  /** Files, folders, patterns of files, and `-` for standard input. */
  readonly inputs: readonly string[];
  readonly filter?: FileFilter;
  /** Whether kustomize builds what it can of the folders. */
  readonly buildKustomizations?: boolean;
  /** Folders that kustomize builds. */
  readonly kustomize?: readonly string[];
  /** Charts that Helm renders, and files of values for them. */
  readonly helm?: readonly string[];
  readonly values?: readonly string[];
  /** How reports name standard input. */
  readonly stdinFilename?: string;
}

/** What the options of inputs say. */
type InputValues = { readonly [name in keyof typeof INPUTS]?: typeof INPUTS[name]['type'] extends 'boolean' ? boolean : readonly string[] };

/** What the options of inputs and the arguments ask for; nothing, where they name nothing. */
export function inputsOf(values: InputValues, inputs: readonly string[]): Inputs | undefined {
  const { include = [], exclude = [], kustomize: folders = [], helm = [] } = values;
  if (inputs.length + folders.length + helm.length === 0) return undefined;
  return {
    inputs, kustomize: folders, helm, values: values.values ?? [], filter: { include, exclude }, buildKustomizations: values['build-kustomizations'] === true,
  };
}

/**
 * Reads manifests, wherever they come from. What cannot be read does not hide what can.
 *
 * @throws UsageError where kustomize or Helm fails
 */
export async function readInputs(asked: Inputs, io: Io, progress?: Progress): Promise<BuiltRepository> {
  const { inputs, filter, kustomize: folders = [], helm = [], values = [], stdinFilename = STANDARD_INPUT } = asked;
  const paths = inputs.filter(input => input !== STANDARD_INPUT);
  const parts: Repository[] = [];
  if (paths.length < inputs.length) parts.push(readStream(await io.readInput(), stdinFilename));
  parts.push(...folders.map(readKustomized), ...renderCharts({ helm, values }).map(({ text, name }) => readStream(Buffer.from(text), name)));
  const lying = readRepository(expandGlobs(paths), filter, (index, count, share) => {
    progress?.update(() => `reading file ${index + 1} of ${count}: ${Math.floor(share * 100)} %`);
  });
  const repository = asked.buildKustomizations === true
    ? buildRepository(lying, (index, count) => progress?.update(() => `building kustomization ${index + 1} of ${count}`))
    : { ...lying, built: 0 };
  parts.push(repository);
  return {
    files: parts.flatMap(part => part.files),
    sources: parts.flatMap(part => part.sources),
    skipped: parts.flatMap(part => part.skipped),
    unreadable: parts.flatMap(part => part.unreadable),
    generated: parts.flatMap(part => part.generated),
    kustomizations: repository.kustomizations,
    built: repository.built,
  };
}

/** Says which files cannot be read, and why. */
export function sayUnreadable(unreadable: readonly UnreadableFile[], { stderr }: Io): void {
  for (const { file, line, message, next } of unreadable) {
    stderr.write(printable(`${TOOL.name}: UnreadableManifest: ${JSON.stringify(file)}${line === undefined ? '' : `, line ${line}`}: ${message}; ${next}`) + '\n');
  }
}

/** Whether what was read does not do: an input that was named cannot be read, or nothing can. Other files that cannot be read are told of. */
export function isUnusable({ sources, unreadable }: Pick<Repository, 'sources' | 'unreadable'>): boolean {
  return unreadable.some(({ named }) => named) || (sources.length === 0 && unreadable.length > 0);
}

/**
 * Refuses what holds no object where nothing was passed over either: whatever should have made it has failed, as a rule.
 *
 * @param count how many objects it holds; if it is not given, what holds no document is refused
 * @throws UnreadableManifest
 */
export function refuseNothing({ sources, unreadable, skipped }: Pick<Repository, 'sources' | 'unreadable' | 'skipped'>, count = sources.length): void {
  if (count > 0 || unreadable.length > 0 || skipped.length > 0) return;
  throw new SecretsError({ code: 'UnreadableManifest', message: 'there is no object in the input', next: 'check what it was made by' });
}

function nothing(): Repository {
  return { files: [], sources: [], skipped: [], unreadable: [], generated: [], kustomizations: new Kustomizations(new Map()) };
}

/** Of a folder that was named for it: what cannot be built is an error, and what lies elsewhere is fetched. */
function readKustomized(folder: string): Repository {
  const sources = asUsage(folder, () => kustomize(folder, new SourceFiles([])));
  return { ...nothing(), files: [...new Set(sources.map(({ file }) => file!))], sources };
}

function readStream(bytes: Buffer, file: string): Repository {
  try {
    const sources = readManifestStream(decodeManifestText(bytes, file), { file }).map(source => ({ ...source, file }));
    return { ...nothing(), files: [file], sources };
  } catch (error) {
    if (!(error instanceof UnreadableManifest)) throw error;
    return { ...nothing(), unreadable: [asUnreadableFile(error, file, true)] };
  }
}
