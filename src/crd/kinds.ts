import type { CustomKind, SchemaNode } from './custom-kind';
import { KINDS, NODES } from './schemas';

const parsed = new Map<number, SchemaNode>();

/** The kind of custom resource of a group, or undefined where it is not known. */
export function customKind(group: string, kind: string): CustomKind | undefined {
  const id = `${group}/${kind}`;
  return Object.hasOwn(KINDS, id) ? KINDS[id] : undefined;
}

/** The schema with a number. */
export function schemaNode(number: number): SchemaNode {
  let node = parsed.get(number);
  if (node === undefined) {
    node = JSON.parse(NODES[number]) as SchemaNode;
    parsed.set(number, node);
  }
  return node;
}
