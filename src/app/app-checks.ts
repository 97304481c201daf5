import type { IConstruct } from 'constructs';
import { AppEntry } from './app-record';
import type { ConstructProblem } from './render-hook';
import type { AppCheck, Redaction } from '../inspect/inspect';

const CHECKS = new AppEntry<AppCheck[]>('checks', () => []);
const PROBLEMS = new AppEntry<ConstructProblem[]>('problems', () => []);
const REDACTIONS = new AppEntry<Redaction[]>('redactions', () => []);

/** Has a check made in every inspection of the app that holds a construct. */
export function addAppCheck(construct: IConstruct, check: AppCheck): void {
  CHECKS.of(construct).push(check);
}

/** The checks of an app, in the order in which they were added. */
export function appChecksOf(construct: IConstruct): readonly AppCheck[] {
  return [...CHECKS.of(construct)];
}

/** Has every inspection of the app that holds a construct report what is known to be wrong with it. */
export function addAppProblem(problem: ConstructProblem): void {
  PROBLEMS.of(problem.construct).push(problem);
}

/** What is known to be wrong with the constructs of an app. */
export function appProblemsOf(construct: IConstruct): readonly ConstructProblem[] {
  return PROBLEMS.of(construct);
}

/** Has the texts of every finding in the app that holds a construct redacted: a field's name, which they quote, may be a value. */
export function redactFindings(construct: IConstruct, redaction: Redaction): void {
  REDACTIONS.of(construct).push(redaction);
}

/** What the texts of findings in an app go through. */
export function redactionOf(construct: IConstruct): Redaction {
  const redactions = REDACTIONS.of(construct);
  return text => redactions.reduce((shown, redact) => redact(shown), text);
}
