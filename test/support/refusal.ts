import { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { SecretsError } from '../../src';

/** What this library has against an action; fails where it has nothing, or where something else is thrown. */
export function refusal(action: () => unknown): { code: string; path?: string; problem: string; next: string } {
  try {
    action();
  } catch (error) {
    if (!(error instanceof SecretsError)) throw error;
    return { code: error.code, path: error.constructPath, problem: error.problem.message, next: error.problem.next };
  }
  throw new Error('nothing was refused');
}

/** The lines that keep the app of a construct from being written, in their order. */
export function findings(construct: IConstruct): string[] {
  try {
    App.of(construct).synthYaml();
  } catch (error) {
    const [title, ...lines] = (error as Error).message.split('\n');
    if (title !== 'Validation failed with the following errors:') throw error;
    return lines.map(line => line.trim());
  }
  return [];
}

/** `[path] Code` of every finding. */
export function codes(construct: IConstruct): string[] {
  return findings(construct).map(line => line.slice(0, line.indexOf(':')));
}
