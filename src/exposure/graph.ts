import type { ReadingWay } from './reading-way';
import type { FieldPath } from '../inspect/field-path';
import type { Manifest } from '../inspect/model/manifest';

/** What a node stands for. Only readers are told; the others lead to them. */
export enum NodeKind {
  SECRET = 'secret',
  /** Every Secret of a namespace, or of the cluster. */
  SECRETS = 'secrets',
  /** Whoever can read: a workload, a subject of RBAC, an object whose controller reads. */
  READER = 'reader',
  /** What all pods of a namespace, or of the cluster, can read. */
  PODS = 'pods',
  /** What all ServiceAccounts of a namespace, or of the cluster, can read. */
  ACCOUNTS = 'accounts',
  /** What a role gives, where it is bound. */
  ROLE = 'role',
}

/** The namespace of what is in all of them. */
export const EVERYWHERE = '*';

/** One thing that values come through, or stay at. */
export interface GraphNode {
  readonly id: string;
  readonly node: NodeKind;
  /** Like `Deployment`; of a Secret `Secret`. */
  readonly kind: string;
  /** Empty where it has none, or it is not known. */
  readonly namespace: string;
  readonly name: string;
  /** What leads to it, and where it leads. */
  readonly ins: GraphEdge[];
  readonly outs: GraphEdge[];
}

/** What is told of a reading besides who and what. */
export interface EdgeDetails {
  /** The key; undefined where all are meant. */
  readonly key?: string;
  readonly container?: string;
  readonly variable?: string;
  readonly path?: string;
  readonly mode?: string;
  readonly user?: number;
  readonly group?: number;
  /** Why: a clause about who reads, like `its role "reader" allows get on secrets`. */
  readonly why?: string;
  readonly manifest?: Manifest;
  readonly field?: FieldPath;
}

/** Values go from one node to another. */
export interface GraphEdge extends EdgeDetails {
  readonly from: GraphNode;
  readonly to: GraphNode;
  /** Undefined where it is told by nothing but that the one belongs to the other. */
  readonly way?: ReadingWay;
  /** Whether they go no further: the containers of the pod do not see them. */
  readonly ends?: boolean;
  /** The key that they have there, where that is a Secret and it is known; without it they keep theirs. */
  readonly asKey?: string;
}

/** Where the values of Secrets go. */
export class ExposureGraph {
  readonly #nodes = new Map<string, GraphNode>();

  public get nodes(): Iterable<GraphNode> {
    return this.#nodes.values();
  }

  /** A node, which is made where there is none. */
  public node(node: NodeKind, kind: string, namespace: string, name: string): GraphNode {
    const id = idOf(node, kind, namespace, name);
    let found = this.#nodes.get(id);
    if (found === undefined) this.#nodes.set(id, found = { id, node, kind, namespace, name, ins: [], outs: [] });
    return found;
  }

  /** A node, if there is one. */
  public find(node: NodeKind, kind: string, namespace: string, name: string): GraphNode | undefined {
    return this.#nodes.get(idOf(node, kind, namespace, name));
  }

  /** Lets values go from one node to another. */
  public connect(from: GraphNode, to: GraphNode, way: ReadingWay | undefined, details: EdgeDetails & Pick<GraphEdge, 'ends' | 'asKey'> = {}): void {
    if (from === to) return;
    const edge = { from, to, way, ...details };
    from.outs.push(edge);
    to.ins.push(edge);
  }
}

function idOf(node: NodeKind, kind: string, namespace: string, name: string): string {
  return `${node}\0${kind}\0${namespace}\0${name}`;
}
