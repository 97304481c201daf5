import type { IConstruct } from 'constructs';
import { unused } from './unused';
import type { ConstructProblem } from '../app/render-hook';
import { DeclaredSecret } from '../secret/declared-secret';

/** Why an ordering had nothing to order; nothing where a secret is declared that another delivery would bring, as in another environment. */
export function unusedOrdering(scope: IConstruct): ConstructProblem[] {
  if (scope.node.findAll().some(construct => DeclaredSecret._is(construct))) return [];
  return [{ construct: scope, problem: unused('ordering', scope, 'nothing that brings a secret') }];
}
