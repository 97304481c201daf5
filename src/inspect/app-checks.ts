import type { IConstruct } from 'constructs';
import type { Cluster } from './cluster';

/** A check of an app that needs more than its manifests: what constructs declare, or what a platform demands. */
export type AppCheck = (cluster: Cluster) => void;

const CHECKS = new WeakMap<IConstruct, AppCheck[]>();

/** Has a check made in every inspection of the app that holds a construct. */
export function addAppCheck(construct: IConstruct, check: AppCheck): void {
  const { root } = construct.node;
  CHECKS.set(root, [...appChecksOf(root), check]);
}

/** The checks of an app, in the order in which they were added. */
export function appChecksOf(construct: IConstruct): readonly AppCheck[] {
  return CHECKS.get(construct.node.root) ?? [];
}
