import type { Code } from './codes';

/**
 * What is wrong, as data: thrown as a `SecretsError`, or collected by a validation or an inspection.
 *
 * No field ever holds text of a secret's value.
 */
export interface Problem {
  /** Stable code, see docs/errors.md. */
  readonly code: Code;
  /** One sentence: lower case, no full stop, the bad thing quoted. */
  readonly message: string;
  /** What to do about it, in the same form. */
  readonly next: string;
}

/** `Code: sentence; next step`. */
export function formatProblem(problem: Problem): string {
  return `${problem.code}: ${problem.message}; ${problem.next}`;
}
