import type { IConstruct } from 'constructs';
import type { AppCheck, Redaction } from '../inspect/inspect';

const CHECKS = new WeakMap<IConstruct, AppCheck[]>();
const REDACTIONS = new WeakMap<IConstruct, Redaction>();

/** Has a check made in every inspection of the app that holds a construct. */
export function addAppCheck(construct: IConstruct, check: AppCheck): void {
  const { root } = construct.node;
  CHECKS.set(root, [...appChecksOf(root), check]);
}

/** The checks of an app, in the order in which they were added. */
export function appChecksOf(construct: IConstruct): readonly AppCheck[] {
  return CHECKS.get(construct.node.root) ?? [];
}

/** Has the texts of every finding in the app that holds a construct redacted: a field's name, which they quote, may be a value. */
export function redactFindings(construct: IConstruct, redaction: Redaction): void {
  REDACTIONS.set(construct.node.root, redaction);
}

/** What the texts of findings in an app go through. */
export function redactionOf(construct: IConstruct): Redaction {
  return REDACTIONS.get(construct.node.root) ?? (text => text);
}
