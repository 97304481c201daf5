import { dirname, resolve } from 'node:path';
import { glob, type PathMatcher } from './glob';
import { isRecord, list, record, text } from '../model/untyped';

/** How deep in a test its operations are looked for. */
const MAX_DEPTH = 12;

/** What compares the cluster with a file; whatever else names one applies it. */
const COMPARES: ReadonlySet<string> = new Set(['assert', 'error']);

/** Whether a document is one of a tool that tests clusters, of which others may be the expectations. */
export function isTestSuite(document: unknown): boolean {
  const apiVersion = text(record(document).apiVersion);
  return TOOLS.some(group => apiVersion.startsWith(group));
}

const TOOLS = ['chainsaw.kyverno.io/', 'kuttl.dev/', 'cli.kyverno.io/'];

/** What the command line of Kyverno holds against policies, in a test and in each of its results. */
const FIXTURES = ['resources', 'targetResources'];
const FIXTURES_OF_RESULTS = ['patchedResource', 'patchedResources', 'generatedResource', 'cloneSourceResource'];

/**
 * The files that tests of chainsaw and kuttl compare a cluster with, and that Kyverno holds against policies, by what the tests say: such a file is
 * a part of an object, or wrong on purpose, and applied by nobody.
 */
export class TestSuites {
  readonly #compared = new Set<string>();
  readonly #applied = new Set<string>();
  /** Patterns of names, by the folder that they are for. */
  readonly #patterns = new Map<string, PathMatcher[]>();

  /** Reads a test that stands in a file. */
  public add(file: string, document: unknown): void {
    const folder = dirname(resolve(file));
    const name = (path: unknown, operation: string) => {
      const [, parent = '.', last] = /^(?:(.*)\/)?([^/]+)$/.exec(text(path)) ?? [];
      if (last === undefined) return;
      const at = resolve(folder, parent === '' ? '/' : parent);
      if (!COMPARES.has(operation)) this.#applied.add(resolve(at, last));
      else if (/[*?{[]/.test(last)) this.#addPattern(at, last);
      else this.#compared.add(resolve(at, last));
    };
    const test = record(document);
    for (const operation of ['apply', ...COMPARES]) list(test[operation]).forEach(path => name(path, operation));
    for (const field of FIXTURES) list(test[field]).forEach(path => name(path, 'assert'));
    for (const result of list(test.results)) for (const field of FIXTURES_OF_RESULTS) name(record(result)[field], 'assert');
    const look = (value: unknown, depth: number): void => {
      if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
      if (Array.isArray(value)) return value.forEach(entry => look(entry, depth + 1));
      for (const [field, child] of Object.entries(value)) {
        if (isRecord(child) && typeof child.file === 'string') name(child.file, field);
        else look(child, depth + 1);
      }
    };
    look(test.spec, 0);
  }

  #addPattern(folder: string, pattern: string): void {
    const known = this.#patterns.get(folder);
    if (known === undefined) this.#patterns.set(folder, [glob(pattern)]);
    else known.push(glob(pattern));
  }

  /** Whether a cluster is only compared with a file. */
  public isCompared(file: string): boolean {
    if (this.#compared.size === 0 && this.#patterns.size === 0) return false;
    const path = resolve(file);
    if (this.#applied.has(path)) return false;
    return this.#compared.has(path) || (this.#patterns.get(dirname(path)) ?? []).some(matches => matches(path.slice(dirname(path).length + 1)));
  }
}
