import { readFileSync } from 'node:fs';

/** A small change of the code, such as another operator. */
export interface Mutant {
  readonly id: string;
  readonly fileName: string;
  readonly mutatorName: string;
  readonly replacement: string;
  /** Lines and columns are counted from 0. */
  readonly location: { readonly start: Place; readonly end: Place };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** Code with all mutants in it, of which a number in `globalThis.__stryker__` turns one on. */
export interface Instrumented {
  readonly sources: Readonly<Record<string, string>>;
  readonly mutants: readonly Mutant[];
}

/** What Stryker's package has, as far as it is used. */
interface Package {
  readonly Instrumenter: new (logger: object) => {
    instrument(files: readonly object[], options: object): Promise<{
      readonly files: readonly { readonly name: string; readonly content: string }[];
      readonly mutants: readonly (Mutant & { readonly status?: string })[];
    }>;
  };
}

const PACKAGE = '@stryker-mutator/instrumenter';
const SILENT = Object.fromEntries(['isDebugEnabled', 'debug', 'info', 'warn', 'error', 'trace', 'fatal'].map(name => [name, () => false]));

/** Texts are for people: to change one says nothing about a rule. */
const LEFT_OUT = ['StringLiteral'];

/** Files with every change that Stryker knows, or undefined where it is not installed. */
export async function instrumented(paths: readonly string[]): Promise<Instrumented | undefined> {
  const stryker = await import(PACKAGE).catch(() => undefined) as Package | undefined;
  if (stryker === undefined) return undefined;
  const given = paths.map(name => ({ name, content: readFileSync(name, 'utf8'), mutate: true }));
  const { files, mutants } = await new stryker.Instrumenter(SILENT).instrument(given, { plugins: null, excludedMutations: LEFT_OUT, ignorers: [] });
  return { sources: Object.fromEntries(files.map(({ name, content }) => [name, content])), mutants: mutants.filter(({ status }) => status !== 'Ignored') };
}
