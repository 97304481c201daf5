import { ApiObject, App, Chart } from 'cdk8s';
import { noRollout, type ChartPlace } from './charts';
import type { Code } from './code';
import { Evaluation, type Inputs } from './evaluate';
import { canonical } from './same-object';
import { SecretsError } from '../../errors/secrets-error';

/** How code calls the chart of a trial. */
export const TRIAL: ChartPlace = { variable: 'chart' };

/** Why code does not make the object that it should: empty where it makes another one, nothing where it makes it. */
export type Refusal = string | undefined;

/** What code is tried against. */
export interface TrialOptions {
  /** The object that it should make. */
  readonly expected: Readonly<Record<string, unknown>>;
  /** The namespace of its chart. */
  readonly namespace?: string;
  /** What it reads. */
  readonly inputs: Inputs;
  /** What it refers to, by name. */
  readonly known?: ReadonlyMap<string, Code>;
}

/** Runs code, alone in an app, and compares the object that it makes with the one that it should make. */
export function tryCode(code: Code, { expected, namespace, inputs, known = new Map() }: TrialOptions): Refusal {
  try {
    const evaluation = new Evaluation(inputs);
    evaluation.declare(TRIAL.variable, new Chart(new App(), 'trial', { namespace, disableResourceNameHashes: true }));
    evaluation.run(noRollout(TRIAL.variable));
    for (const [name, standIn] of known) evaluation.declare(name, evaluation.run(standIn));
    const construct = evaluation.run(code);
    const [problem] = construct.node.findAll().flatMap((child: any) => child.node.validate());
    if (problem !== undefined) return problem;
    return canonical(ApiObject.of(construct).toJson()) === canonical(expected) ? undefined : '';
  } catch (error) {
    return error instanceof SecretsError ? `${error.problem.code}: ${error.problem.message}` : '';
  }
}
