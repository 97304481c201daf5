import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ENVIRONMENT } from './ask-kubectl';
import type { Verdict } from './differential';
import { Errors } from '../../src/report/errors';

/** The manifest of a secret that is declared in an app of its own, as it is synthesized; or why it is refused. */
export function synthesized(declare: (chart: Construct) => unknown, valueOf: (manifest: any) => unknown): Verdict {
  const before = { ...process.env };
  Object.assign(process.env, ENVIRONMENT);
  try {
    const chart = new Chart(new App(), 'c');
    declare(chart);
    return { value: valueOf(chart.toJson()[0]) };
  } catch (error) {
    const { message } = error as Error;
    if (Errors.codeOf(message) !== undefined) return { refused: message };
    throw error;
  } finally {
    process.env = before;
  }
}
