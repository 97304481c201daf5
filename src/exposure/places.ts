import { EVERYWHERE, NodeKind, type ExposureGraph, type GraphNode } from './graph';
import type { Subject } from '../inspect/model/rbac/roles';

/** The nodes of an exposure that belong together: what is in a namespace is in the cluster, and groups have members. */
export class Places {
  constructor(private readonly graph: ExposureGraph) {}

  /** One Secret. */
  public secret(namespace: string, name: string): GraphNode {
    const known = this.graph.find(NodeKind.SECRET, 'Secret', namespace, name);
    if (known !== undefined) return known;
    const secret = this.graph.node(NodeKind.SECRET, 'Secret', namespace, name);
    this.graph.connect(secret, this.all(NodeKind.SECRETS, namespace), undefined);
    return secret;
  }

  /** Whoever pods belong to. */
  public workload(kind: string, namespace: string, name: string): GraphNode {
    const known = this.graph.find(NodeKind.READER, kind, namespace, name);
    if (known !== undefined) return known;
    const workload = this.graph.node(NodeKind.READER, kind, namespace, name);
    this.graph.connect(workload, this.all(NodeKind.PODS, namespace), undefined);
    return workload;
  }

  /** A subject of RBAC. What its groups have, it has. */
  public subject({ kind, namespace, name }: Subject): GraphNode {
    const known = this.graph.find(NodeKind.READER, kind, namespace, name);
    if (known !== undefined) return known;
    const subject = this.graph.node(NodeKind.READER, kind, namespace, name);
    if (kind === 'ServiceAccount') this.graph.connect(subject, this.all(NodeKind.ACCOUNTS, namespace), undefined);
    for (const group of groupsOf({ kind, namespace, name })) this.graph.connect(this.graph.node(NodeKind.READER, 'Group', '', group), subject, undefined);
    return subject;
  }

  /** Another object that reads. */
  public object(kind: string, namespace: string, name: string): GraphNode {
    return this.graph.node(NodeKind.READER, kind, namespace, name);
  }

  /** All of a kind in a namespace, or in the cluster. */
  public all(kind: NodeKind.SECRETS | NodeKind.PODS | NodeKind.ACCOUNTS, namespace: string): GraphNode {
    const known = this.graph.find(kind, '', namespace, '');
    if (known !== undefined) return known;
    const all = this.graph.node(kind, '', namespace, '');
    if (namespace !== EVERYWHERE) this.graph.connect(all, this.all(kind, EVERYWHERE), undefined);
    return all;
  }
}

/** The groups that somebody is surely in. */
export function groupsOf({ kind, namespace, name }: Subject): string[] {
  if (kind === 'ServiceAccount') return [`system:serviceaccounts:${namespace}`, 'system:serviceaccounts', 'system:authenticated'];
  return kind === 'User' && name !== 'system:anonymous' ? ['system:authenticated'] : [];
}
