import type { Random } from './random';

/** What a program makes of an input: a value that JSON has, or why it refuses it. The reasons are shown, and not compared. */
export type Verdict = { readonly value: unknown } | { readonly refused: string };

/** A difference that is known, and why it is one. */
export interface KnownDifference<I> {
  /** What it is called in the table. */
  readonly name: string;
  readonly covers: (input: I, ours: Verdict, theirs: Verdict) => boolean;
}

/** Something that we read or make as a real program does, and how that is tried. One file in `suites/` has one. */
export interface Differential<I = any> {
  /** What is compared with what, with the version of the real program. */
  readonly title: string;
  /** How many inputs are tried where no number was given. */
  readonly count: number;
  /** One input. It depends on nothing but the random numbers. */
  readonly input: (random: Random) => I;
  readonly ours: (input: I) => Verdict;
  /** What the real program makes of them, in their order; a text where it cannot be asked, which says why. */
  readonly theirs: (inputs: readonly I[]) => readonly Verdict[] | string;
  readonly known: readonly KnownDifference<I>[];
}

/** Whether both refuse, or both have the same value. */
export function isAlike(ours: Verdict, theirs: Verdict, isSame: (a: unknown, b: unknown) => boolean): boolean {
  return 'value' in ours ? 'value' in theirs && isSame(ours.value, theirs.value) : !('value' in theirs);
}
