import { basename, dirname, resolve } from 'node:path';
import { entriesOf, inputsOf, keysOfGenerator, type KustomizationFields } from './kustomization-fields';
import type { ExistingSecret } from '../inspection-options';
import { list, record, text } from '../model/untyped';

/** The names that kustomize takes for its file. */
export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

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
  return KUSTOMIZATION_NAMES.includes(basename(file));
}

/** What the kustomizations of a repository say of its files: what belongs together, and what is no manifest of its own. */
export class Kustomizations {
  /** By folder. */
  readonly #kustomizations = new Map<string, KustomizationFields>();
  /** The folders of those that nothing else takes in. */
  readonly #roots: readonly string[];
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
    this.#roots = [...this.#kustomizations.keys()].filter(folder => !nested.has(folder));
    for (const root of this.#roots) this.#collect(root, root, AS_IT_IS, new Set());
  }

  /** Whether a kustomization takes the file as a patch, a generator's input or the like. */
  public isInput(file: string): boolean {
    return this.#inputs.has(resolve(file));
  }

  /**
   * What is applied together with the file, a text for each way in which it is; empty where no kustomization has it.
   *
   * @param without folders of roots that do not count
   */
  public unitsOf(file: string, without?: { has(root: string): boolean }): readonly string[] {
    const units = [...this.#units.get(resolve(file)) ?? []];
    return without === undefined ? units : units.filter(unit => !without.has(JSON.parse(unit)[0]));
  }

  /** Whether a kustomization gives the objects of the file another namespace. */
  public isMoved(file: string): boolean {
    return this.#renamed.has(resolve(file));
  }

  /** The folders of kustomizations that are applied as a whole: none that another one takes in, no component, and nothing of that name that is none. */
  public get roots(): readonly string[] {
    return this.#roots.filter(folder => {
      const { apiVersion, kind } = this.#kustomizations.get(folder)!;
      return kind !== 'Component' && (apiVersion === undefined || text(apiVersion).startsWith('kustomize.config.k8s.io/'));
    });
  }

  /**
   * The Secrets that `secretGenerator` makes.
   *
   * @param without folders of kustomizations whose Secrets are not asked for
   */
  public secrets(without?: ReadonlySet<string>): ExistingSecret[] {
    const kustomizations = [...this.#kustomizations].filter(([folder]) => without?.has(folder) !== true);
    return kustomizations.flatMap(([folder, value]) => list(value.secretGenerator).map(record).flatMap(generator => {
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
