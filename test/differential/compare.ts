import { isDeepStrictEqual } from 'node:util';
import { isAlike, type Differential, type Verdict } from './differential';
import { Random } from './random';

/** How many inputs the real program is asked about at once. */
const BATCH = 20_000;
/** How many differences that nobody knows are shown. */
const SHOWN = 10;

/** What came of trying. */
export interface Comparison {
  readonly tried: number;
  /** How many of them both took. */
  readonly taken: number;
  readonly known: ReadonlyMap<string, number>;
  readonly unknown: number;
  /** The first differences that have no name. */
  readonly examples: readonly { readonly input: unknown; readonly ours: Verdict; readonly theirs: Verdict }[];
}

/** Tries inputs; a text instead where the real program cannot be asked, and why. */
export function compare<I>(differential: Differential<I>, seed: number, count: number): Comparison | string {
  const random = new Random(seed);
  const known = new Map(differential.known.map(({ name }) => [name, 0]));
  const examples: { input: unknown; ours: Verdict; theirs: Verdict }[] = [];
  let taken = 0;
  let unknown = 0;
  for (let tried = 0; tried < count; tried += BATCH) {
    const inputs = Array.from({ length: Math.min(BATCH, count - tried) }, () => differential.input(random));
    const answers = differential.theirs(inputs);
    if (typeof answers === 'string') return answers;
    if (answers.length !== inputs.length) throw new Error(`${differential.title}: ${inputs.length} inputs have ${answers.length} answers`);
    for (const [index, input] of inputs.entries()) {
      const ours = differential.ours(input);
      const theirs = answers[index];
      if (isAlike(ours, theirs, isDeepStrictEqual)) {
        if ('value' in ours) taken++;
        continue;
      }
      const difference = differential.known.find(({ covers }) => covers(input, ours, theirs));
      if (difference !== undefined) {
        known.set(difference.name, known.get(difference.name)! + 1);
      } else {
        unknown++;
        if (examples.length < SHOWN) examples.push({ input, ours, theirs });
      }
    }
  }
  return { tried: count, taken, known, unknown, examples };
}
