import { compare, type ExposedSecret, type ExposedSecrets } from './exposed-secrets';
import { EVERYWHERE, NodeKind, type EdgeDetails, type GraphEdge, type GraphNode } from './graph';
import { groupsOf } from './places';
import { ReadingWay } from './reading-way';

/** One way in which somebody can read a Secret. */
export interface Reading extends EdgeDetails {
  readonly secret: GraphNode;
  readonly reader: GraphNode;
  readonly way: ReadingWay;
  /** Whom the values come through, from the Secret on. */
  readonly through: readonly GraphNode[];
}

/** What was met on the way to a node. */
interface Visit {
  readonly node: GraphNode;
  /** The key that the values have in that node, where it is a Secret. */
  readonly key?: string;
  /** The last edge that says something. */
  readonly told?: GraphEdge;
  /** Readers and Secrets from the one end to this node, with it. */
  readonly through: readonly GraphNode[];
}

/** How many of those that values come through are told: of a longer way both ends. */
const MAX_THROUGH = 8;

/** A way with one more node at its end; without the middle where it is long. */
function longer(through: readonly GraphNode[], node: GraphNode): readonly GraphNode[] {
  if (node.node !== NodeKind.READER && node.node !== NodeKind.SECRET) return through;
  const kept = through.length < MAX_THROUGH ? through : [...through.slice(0, MAX_THROUGH / 2), ...through.slice(MAX_THROUGH / 2 + 1)];
  return [...kept, node];
}

/** A text that no key of a Secret can be. */
const ANY_OTHER = '\0';

/** Who can read a Secret. Of a key, those who can read it or all keys; without one every reading, with its key unless it is of all. */
export function readersOf(secret: ExposedSecret, key?: string): Reading[] {
  return key === undefined ? readersOfEachKey(secret, node => node.outs) : sorted(forward(secret.node, key));
}

/** Who can read a Secret otherwise than by reading all of its namespace, or of the cluster. */
export function ownReadersOf(secret: ExposedSecret): Reading[] {
  const { namespace } = secret.node;
  const isAll = ({ node, namespace: of }: GraphNode) => node === NodeKind.SECRETS && (of === namespace || of === EVERYWHERE);
  return readersOfEachKey(secret, node => node.outs.filter(({ to }) => !isAll(to)));
}

/** Who can read every Secret of a namespace, or of the cluster: `secret` is then the node of all. */
export function readersOfAll(all: GraphNode): Reading[] {
  return sorted(forward(all, undefined, node => node.outs.filter(({ to }) => to.node !== NodeKind.SECRETS)));
}

/** The edges that are followed from a node. */
type Follow = (node: GraphNode) => readonly GraphEdge[];

function readersOfEachKey(secret: ExposedSecret, follow: Follow): Reading[] {
  const named = namedKeys(secret.node);
  const known = secret.keys === undefined ? [] : [...secret.keys];
  const others = secret.keys === undefined || named.length === 0 || known.some(each => !named.includes(each));
  const keys = others ? [...named, ANY_OTHER] : named;
  const all = new Map<string, { reading: Reading; keys: string[] }>();
  for (const each of keys) {
    for (const reading of forward(secret.node, each, follow)) {
      const id = idOf(reading);
      const before = all.get(id);
      if (before === undefined) all.set(id, { reading, keys: [each] });
      else before.keys.push(each);
    }
  }
  return sorted([...all.values()].flatMap(({ reading, keys: of }) => of.length === keys.length && reading.key === undefined
    ? [reading] : of.map(each => each === ANY_OTHER ? reading : { ...reading, key: each })));
}

/** The keys that uses of a Secret, and of its copies, name. */
function namedKeys(secret: GraphNode): string[] {
  const named = new Set<string>();
  const copies = new Set([secret]);
  for (const copy of copies) {
    for (const { key, to } of copy.outs) {
      if (key !== undefined) named.add(key);
      if (to.node === NodeKind.SECRET) copies.add(to);
    }
  }
  return [...named].sort();
}

/** What somebody can read: a Secret, or keys of it. */
export function readableBy(exposed: ExposedSecrets, reader: { readonly kind: string; readonly namespace: string; readonly name: string }): Reading[] {
  const node = exposed.graph.find(NodeKind.READER, reader.kind, reader.namespace, reader.name);
  const stranger = { id: '', node: NodeKind.READER, ...reader, ins: [], outs: [] };
  if (node !== undefined) return sorted(backward(node, node));
  // an account that nothing names has what its groups have
  const groups = groupsOf(reader).map(name => exposed.graph.find(NodeKind.READER, 'Group', '', name)).filter(group => group !== undefined);
  const found = new Map(groups.flatMap(group => backward(group, stranger)).map(reading => [idOf(reading), reading]));
  return sorted([...found.values()]);
}

/** All that the values of one key come to. */
function forward(secret: GraphNode, key: string | undefined, follow: Follow = node => node.outs): Reading[] {
  const found = new Map<string, Reading>();
  const seen = new Set<string>([`${secret.id}\0${key ?? ''}`]);
  const queue: Visit[] = [{ node: secret, ...key === undefined ? {} : { key }, through: [] }];
  for (let at = 0; at < queue.length; at++) {
    const visit = queue[at];
    for (const edge of follow(visit.node)) {
      if (edge.key !== undefined && visit.key !== undefined && edge.key !== visit.key) continue;
      // each way into a role is one to whom it is given
      const onwards = edge.to.node === NodeKind.ROLE ? edge.to.outs : [edge];
      for (const onward of onwards) {
        const { to, asKey, ends } = onward;
        const told = [onward, edge].find(({ way }) => way !== undefined) ?? visit.told;
        const next: Visit = { node: to, ...to.node === NodeKind.SECRET ? { key: asKey ?? visit.key } : {}, told, through: longer(visit.through, to) };
        if (to.node === NodeKind.READER) {
          const reading = readingOf(secret, next, visit.through, visit.node === secret ? edge.key : undefined);
          if (reading !== undefined && !found.has(idOf(reading))) found.set(idOf(reading), reading);
        }
        const id = `${to.id}\0${next.key ?? ''}`;
        if (ends === true || seen.has(id)) continue;
        seen.add(id);
        queue.push(next);
      }
    }
  }
  return [...found.values()];
}

function readingOf(secret: GraphNode, visit: Visit, through: readonly GraphNode[], key: string | undefined): Reading | undefined {
  if (visit.told?.way === undefined) return undefined;
  const { way, why, manifest, field, container, variable, path, mode, user, group } = visit.told;
  const own = visit.told.to === visit.node ? { container, variable, path, mode, user, group } : {};
  return { secret, reader: visit.node, way, ...key === undefined ? {} : { key }, ...own, why, manifest, field, through };
}

/** All Secrets whose values come to a node. */
function backward(start: GraphNode, reader: GraphNode): Reading[] {
  const found = new Map<string, Reading>();
  const seen = new Set<string>([start.id]);
  const queue: Visit[] = [{ node: start, through: start === reader ? [] : [start] }];
  for (let at = 0; at < queue.length; at++) {
    const visit = queue[at];
    for (const edge of visit.node.ins) {
      if (edge.ends === true && visit.node !== start) continue;
      const told = visit.told ?? (edge.way === undefined ? undefined : edge);
      const { from } = edge;
      if (from.node === NodeKind.SECRET && told?.way !== undefined) {
        const { way, why, manifest, field, container, variable, path, mode, user, group } = told;
        const own = told.to === start ? { container, variable, path, mode, user, group } : {};
        const key = edge.key === undefined ? {} : { key: edge.key };
        const reading = { secret: from, reader, way, ...key, ...own, why, manifest, field, through: [...visit.through].reverse() };
        if (!found.has(idOf(reading))) found.set(idOf(reading), reading);
      }
      if (seen.has(from.id)) continue;
      seen.add(from.id);
      queue.push({ node: from, told, through: longer(visit.through, from) });
    }
  }
  return [...found.values()];
}

/** What makes two readings one. */
function idOf({ secret, reader, way, key, container, variable, path, why }: Reading): string {
  return JSON.stringify([secret.id, reader.id, way, key, container, variable, path, why]);
}

const ORDER: readonly string[] = Object.values(ReadingWay);

function sorted(readings: readonly Reading[]): Reading[] {
  return [...readings].sort((a, b) => {
    const byNodes = compareNodes(a.secret, b.secret) || compareNodes(a.reader, b.reader);
    return byNodes || ORDER.indexOf(a.way) - ORDER.indexOf(b.way) || compare(idOf(a), idOf(b));
  });
}

function compareNodes(a: GraphNode, b: GraphNode): number {
  return a === b ? 0 : compare(a.kind, b.kind) || compare(a.namespace, b.namespace) || compare(a.name, b.name);
}
