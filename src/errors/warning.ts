import type { IConstruct } from 'constructs';
import type { Problem } from './problem';

/** The kind of a construct's metadata under which its warnings are: `node.metadata`. */
export const WARNING = 'cdk8s-secrets:warning';

/** Says on a construct what works, but not as it reads; it fails nothing. */
export function addWarning(construct: IConstruct, { code, message, next }: Problem): void {
  construct.node.addMetadata(WARNING, { code, message, next });
}
