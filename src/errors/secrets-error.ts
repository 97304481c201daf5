import type { Code } from './codes';
import { formatProblem, type Problem } from './problem';
import { withoutValues } from './shown-name';

const BRAND = Symbol.for('cdk8s-secrets.SecretsError');

/**
 * What every refusal of this library throws: a stable code, the construct's path, a sentence and the next step.
 *
 * Its message reads `[path] Code: sentence; next step`. It never holds the text of a value.
 * Test for one with `Errors.isSecretsError(e)`, which also holds across two copies of the library.
 *
 * @see docs/errors.md for every code, its cause and its fix
 *
 * @jsii ignore
 */
export class SecretsError extends Error {
  /** Holds for the errors of another copy of this library too. */
  public static [Symbol.hasInstance](error: unknown): boolean {
    return typeof error === 'object' && error !== null && BRAND in error;
  }

  public readonly code: Code;
  /** The code, the sentence alone and the next step, as findings have them. */
  public readonly problem: Problem;
  /** The path of the construct that it is about, or undefined where it is about none. */
  public readonly constructPath?: string;

  constructor(refused: Problem, constructPath?: string) {
    const problem = withoutValues(refused);
    super(constructPath === undefined ? formatProblem(problem) : `[${constructPath}] ${formatProblem(problem)}`);
    this.name = 'SecretsError';
    this.code = problem.code;
    this.problem = problem;
    this.constructPath = constructPath;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The same problem, with what it is about before its sentence. */
  public about(subject: string): Problem {
    return { ...this.problem, message: `${subject}: ${this.problem.message}` };
  }

  /** The same problem, said of a construct. */
  public at(constructPath: string): SecretsError {
    return new SecretsError(this.problem, constructPath);
  }
}
