import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { ExistingSecret } from '../inspection-options';
import { list, record, text } from '../model/untyped';

/** The names that kustomize takes for its file. */
const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** How many files the trees of all kustomizations may have together: beyond it what belongs together is no longer asked. */
const MAX_MEMBERS = 200_000;

/** What a kustomization does to names on their way to the cluster. */
interface Renaming {
  readonly prefix: string;
  readonly suffix: string;
  readonly namespace: string;
}

const AS_IT_IS: Renaming = { prefix: '', suffix: '', namespace: '' };

/** Whether a file is a kustomization. */
export function isKustomization(file: string): boolean {
  return NAMES.includes(basename(file));
}

/** What the kustomizations of a repository say of its files: what belongs together, and what is no manifest of its own. */
export class Kustomizations {
  /** By folder. */
  readonly #kustomizations = new Map<string, Record<string, unknown>>();
  readonly #inputs = new Set<string>();
  readonly #units = new Map<string, Set<string>>();
  readonly #renamed = new Set<string>();
  #members = 0;

  /** @param files every kustomization, with what was parsed */
  constructor(files: ReadonlyMap<string, unknown>) {
    for (const [file, value] of files) this.#kustomizations.set(dirname(resolve(file)), record(value));
    const nested = new Set<string>();
    for (const [folder, value] of this.#kustomizations) {
      for (const file of inputsOf(value)) this.#inputs.add(resolve(folder, file));
      for (const entry of entriesOf(value)) nested.add(resolve(folder, entry));
    }
    const roots = [...this.#kustomizations.keys()].filter(folder => !nested.has(folder));
    for (const root of roots) this.#collect(root, root, AS_IT_IS, new Set());
  }

  /** Whether a kustomization takes the file as a patch, a generator's input or the like. */
  public isInput(file: string): boolean {
    return this.#inputs.has(resolve(file));
  }

  /** What is applied together with the file, a text for each way in which it is; empty where no kustomization has it. */
  public unitsOf(file: string): readonly string[] {
    return [...this.#units.get(resolve(file)) ?? []];
  }

  /** Whether a kustomization gives the objects of the file another namespace. */
  public isMoved(file: string): boolean {
    return this.#renamed.has(resolve(file));
  }

  /** The Secrets that `secretGenerator` makes. */
  public get secrets(): ExistingSecret[] {
    return [...this.#kustomizations].flatMap(([folder, value]) => list(value.secretGenerator).map(record).flatMap(generator => {
      const name = text(generator.name);
      if (name === '') return [];
      const keys = generator.behavior === undefined || generator.behavior === 'create' ? keysOfGenerator(generator, folder) : undefined;
      return [{ name, ...text(generator.type) === '' ? {} : { type: text(generator.type) }, ...keys === undefined ? {} : { keys } }];
    }));
  }

  #collect(root: string, folder: string, outer: Renaming, open: Set<string>): void {
    const value = this.#kustomizations.get(folder);
    if (value === undefined || open.has(folder)) return;
    open.add(folder);
    const renaming: Renaming = {
      prefix: outer.prefix + text(value.namePrefix),
      suffix: text(value.nameSuffix) + outer.suffix,
      namespace: outer.namespace || text(value.namespace),
    };
    const unit = JSON.stringify([root, renaming.prefix, renaming.suffix, renaming.namespace]);
    for (const entry of entriesOf(value)) {
      const path = resolve(folder, entry);
      if (this.#kustomizations.has(path)) {
        this.#collect(root, path, renaming, open);
      } else if (this.#members++ < MAX_MEMBERS) {
        const units = this.#units.get(path);
        if (units === undefined) this.#units.set(path, new Set([unit]));
        else units.add(unit);
        if (renaming.namespace !== '') this.#renamed.add(path);
      }
    }
    open.delete(folder);
  }
}

/** Files and folders that a kustomization applies. */
function entriesOf(value: Record<string, unknown>): string[] {
  return [...list(value.resources), ...list(value.bases), ...list(value.components)].map(text).filter(isLocal);
}

/** Files that it takes as something else. */
function inputsOf(value: Record<string, unknown>): string[] {
  const paths = (field: string) => list(value[field]).map(entry => text(record(entry).path));
  const texts = (field: string) => list(value[field]).map(text);
  const generators = [...list(value.configMapGenerator), ...list(value.secretGenerator)].map(record);
  const charts = list(value.helmCharts).map(record);
  return [
    ...paths('patches'), ...paths('patchesJson6902'), ...paths('replacements'), text(record(value.openapi).path),
    ...['patchesStrategicMerge', 'generators', 'transformers', 'validators', 'configurations', 'crds'].flatMap(texts),
    ...generators.flatMap(({ files, envs, env }) => [...list(files).map(text).map(fileOf), ...list(envs).map(text), text(env)]),
    ...charts.flatMap(({ valuesFile, additionalValuesFiles }) => [text(valuesFile), ...list(additionalValuesFiles).map(text)]),
  ].filter(isLocal);
}

function isLocal(entry: string): boolean {
  return entry !== '' && !entry.includes('\n') && !entry.includes('://') && !entry.startsWith('git@');
}

function fileOf(entry: string): string {
  return entry.slice(entry.indexOf('=') + 1);
}

/** The keys that a generator makes; undefined where a file of variables is not there to be read. */
function keysOfGenerator(generator: Record<string, unknown>, folder: string): string[] | undefined {
  const keys = list(generator.literals).map(text).map(literal => literal.split('=')[0]);
  for (const entry of list(generator.files).map(text)) keys.push(entry.includes('=') ? entry.split('=')[0] : basename(entry));
  for (const env of [...list(generator.envs).map(text), text(generator.env)]) {
    if (env === '') continue;
    const file = join(folder, env);
    try {
      if (!existsSync(file)) return undefined;
      for (const line of readFileSync(file, 'utf8').split('\n')) {
        const name = line.split('=')[0].trim();
        if (name !== '' && !name.startsWith('#')) keys.push(name);
      }
    } catch {
      return undefined;
    }
  }
  return keys;
}
