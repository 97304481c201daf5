import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Problem } from '../errors/problem';

/** Why something that was applied to a scope changed nothing there. */
export function unused(noun: string, scope: IConstruct, reached = 'no pod'): Problem {
  const kinds = new Map<string, number>();
  for (const construct of scope.node.findAll()) {
    if (ApiObject.isApiObject(construct)) {
      const { kind } = construct as ApiObject;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  }
  const there = [...kinds].sort(([a], [b]) => a < b ? -1 : 1).map(([kind, count]) => `${count} ${kind}`).join(', ');
  return {
    code: 'BindingUnused',
    message: `the ${noun} reached ${reached}; what it was applied to ${there === '' ? 'makes no object' : `makes ${there}`}`,
    next: noun === 'ordering' ? 'apply it to an app or a chart with secrets' : 'apply it to a workload, or to a chart that holds one',
  };
}
