import { resolve, sep } from 'node:path';
import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { baseNameOf } from './hashed-name';
import { AppEntry } from '../app/app-record';
import { type KeptChange, keepFile } from '../app/kept-files';
import { type Generation, journalText, parseJournal, placeOf, readJournal, unusable } from '../delivery/generation-journal';
import { groupBy } from '../errors/group-by';

const LOGS = new AppEntry<Map<string, GenerationLog>>('generation-logs', () => new Map());

/** What one secret has in the log after a synth. */
interface Declared {
  /** Its generations of before that stay, the oldest first. */
  readonly kept: readonly Generation[];
  /** The newest, known when everything is rendered. */
  readonly newest: () => Generation;
}

/** The generations of the secrets of one app: read once from its journal, and written with its manifests. */
export class GenerationLog {
  /**
   * The log of the app that holds a construct.
   *
   * @param path the journal
   * @throws UnusableGenerations
   */
  public static of(construct: IConstruct, path: string): GenerationLog {
    const logs = LOGS.of(construct);
    const absolute = resolve(path);
    let log = logs.get(absolute);
    if (log === undefined) {
      const { outdir } = construct.node.root as Partial<App>;
      if (outdir !== undefined && absolute.startsWith(resolve(outdir) + sep)) {
        throw unusable(path, 'is in the output of the app, which cdk8s empties before every synth', 'have it beside the program');
      }
      logs.set(absolute, log = new GenerationLog(path, readJournal(path)));
      const { change } = log;
      keepFile(construct, { path: absolute, change });
    }
    return log;
  }

  readonly #path: string;
  /** What may be in the file before it is written: what was read, and what was written since. */
  readonly #known: Set<string | undefined>;
  readonly #generations: readonly Generation[];
  readonly #byPath: ReadonlyMap<string, readonly Generation[]>;
  readonly #byName: ReadonlyMap<string, readonly Generation[]>;
  /** What no secret has taken yet. */
  readonly #free: Set<Generation>;
  readonly #declared: Declared[] = [];

  private constructor(path: string, text: string | undefined) {
    this.#path = path;
    this.#known = new Set([text]);
    this.#generations = text === undefined ? [] : parseJournal(text, path);
    this.#byPath = groupBy(this.#generations, ({ path: declaredAt }) => declaredAt);
    this.#byName = groupBy(this.#generations, familyOf);
    this.#free = new Set(this.#generations);
  }

  /**
   * Takes the generations of a secret, the oldest first: those of its construct, whatever it was called; of a construct that is new those of its name, as it
   * was moved.
   *
   * @param newest what it makes now
   */
  public take(newest: Generation): Generation[] {
    const isFree = (generation: Generation) => this.#free.has(generation);
    const own = (this.#byPath.get(newest.path) ?? []).filter(isFree);
    const taken = own.length > 0 ? own : (this.#byName.get(familyOf(newest)) ?? []).filter(isFree);
    for (const generation of taken) this.#free.delete(generation);
    return taken;
  }

  /** Says what a secret has in the log from now on. */
  public declare(declared: Declared): void {
    this.#declared.push(declared);
  }

  /** What becomes of the journal. */
  private readonly change = (): KeptChange | undefined => {
    const newest = this.#declared.map(declared => declared.newest());
    const text = journalText(this.#ordered(newest));
    if (isSame(readJournal(this.#path), text)) return undefined;
    const known = new Set(this.#generations.map(placeOf));
    const made = newest.map(placeOf).filter(place => !known.has(place));
    return {
      text,
      said: saidOf(this.#path, made, [...this.#free].map(placeOf)),
      check: () => {
        if (!this.#known.has(readJournal(this.#path))) {
          throw unusable(this.#path, 'was changed by somebody else while this synth ran', 'synthesize again; each app has a journal of its own');
        }
        this.#known.add(text);
      },
    };
  };

  /** The order of before: what was made since comes last, and so does what was made again. */
  #ordered(newest: readonly Generation[]): Generation[] {
    const position = new Map(this.#generations.map((generation, index) => [placeOf(generation), index]));
    const settled = this.#declared.flatMap(({ kept }, index) => {
      const current = newest[index];
      const at = position.get(placeOf(current));
      const isNewest = at !== undefined && kept.every(generation => position.get(placeOf(generation))! < at);
      return isNewest ? [...kept, current] : kept;
    });
    const places = new Set(settled.map(placeOf));
    return [
      ...settled.sort((a, b) => position.get(placeOf(a))! - position.get(placeOf(b))!),
      ...newest.filter(generation => !places.has(placeOf(generation))),
    ];
  }
}

/** Secrets that differ in the hashes of their names alone. */
function familyOf(generation: Generation): string {
  return placeOf({ ...generation, name: baseNameOf(generation.name) });
}

/** Whether a file has the lines of a text; git may have written their ends as Windows has them. */
function isSame(file: string | undefined, text: string): boolean {
  return file?.replaceAll('\r\n', '\n') === text;
}

/** What there is to do about it. */
function saidOf(path: string, made: readonly string[], gone: readonly string[]): string {
  const news = [
    ...made.length === 0 ? [] : [`has ${made.join(', ')} now`],
    ...gone.length === 0 ? [] : [`no longer has ${gone.join(', ')}, which nothing declares any more`],
  ];
  const what = news.length === 0 ? 'has changed' : news.join(' and ');
  return `${JSON.stringify(path)} ${what}; commit it with the program: a synth that does not find a Secret there cannot keep it in the manifests`;
}
