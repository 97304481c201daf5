import { basename, join } from 'node:path';
import { readRegularFile } from '../../document/regular-file';
import { list, record, text } from '../model/untyped';

/** How large a file of variables may be. */
const MAX_BYTES = 8 * 1024 * 1024;

/** What is parsed of a kustomization. */
export type KustomizationFields = Readonly<Record<string, unknown>>;

/** Files and folders here that a kustomization applies. */
export function entriesOf(value: KustomizationFields): string[] {
  return appliedBy(value).filter(isLocal);
}

/** Files here that it takes as something else. */
export function inputsOf(value: KustomizationFields): string[] {
  return takenBy(value).filter(isLocal);
}

/** What it would have kustomize fetch: repositories and addresses, wherever kustomize takes them. */
export function remotesOf(value: KustomizationFields): string[] {
  return [...appliedBy(value), ...takenBy(value)].filter(entry => !entry.includes('\n') && isRemote(entry));
}

function appliedBy(value: KustomizationFields): string[] {
  return [...list(value.resources), ...list(value.bases), ...list(value.components)].map(text);
}

function takenBy(value: KustomizationFields): string[] {
  const paths = (field: string) => list(value[field]).map(entry => text(record(entry).path));
  const texts = (field: string) => list(value[field]).map(text);
  const generators = [...list(value.configMapGenerator), ...list(value.secretGenerator)].map(record);
  const charts = list(value.helmCharts).map(record);
  return [
    ...paths('patches'), ...paths('patchesJson6902'), ...paths('replacements'), text(record(value.openapi).path),
    ...['patchesStrategicMerge', 'generators', 'transformers', 'validators', 'configurations', 'crds'].flatMap(texts),
    ...generators.flatMap(({ files, envs, env }) => [...list(files).map(text).map(fileOf), ...list(envs).map(text), text(env)]),
    ...charts.flatMap(({ valuesFile, additionalValuesFiles }) => [text(valuesFile), ...list(additionalValuesFiles).map(text)]),
  ];
}

function isLocal(entry: string): boolean {
  return entry !== '' && !entry.includes('\n') && !isRemote(entry);
}

/** What kustomize takes for a repository or an address: `NewRepoSpecFromURL` of its `api/internal/git`, in v0.20. */
function isRemote(entry: string): boolean {
  return entry.includes('://') || /^(?:git::)?(?:[a-z][a-z0-9-]{0,63}@[^/]|github\.com[/:])/i.test(entry);
}

function fileOf(entry: string): string {
  return entry.slice(entry.indexOf('=') + 1);
}

/** The keys that a generator makes; undefined where they cannot be told: a text without `=` may be a value. */
export function keysOfGenerator(generator: KustomizationFields, folder: string): string[] | undefined {
  const assignments = list(generator.literals).map(text);
  for (const env of [...list(generator.envs).map(text), text(generator.env)]) {
    if (env === '') continue;
    const lines = linesOf(join(folder, env));
    if (lines === undefined) return undefined;
    assignments.push(...lines.filter(line => line.trim() !== '' && !line.trimStart().startsWith('#')));
  }
  if (assignments.some(assignment => !assignment.includes('='))) return undefined;
  const files = list(generator.files).map(text);
  return [...assignments.map(assignment => assignment.split('=')[0].trim()), ...files.map(entry => entry.includes('=') ? entry.split('=')[0] : basename(entry))];
}

function linesOf(file: string): string[] | undefined {
  try {
    return readRegularFile(file, MAX_BYTES).toString('utf8').split('\n');
  } catch {
    return undefined;
  }
}
