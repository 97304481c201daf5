import type { Lab } from './lab';

/** One file of bench/suites. */
export interface Benchmark {
  /** What is measured, as the title of what is printed. */
  readonly title: string;

  /** Measures and gives the text of the tables. */
  measure(lab: Lab): string;
}
