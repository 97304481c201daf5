import { ChangeKind, type ChangedSecret } from './changed-secrets';
import { ExposedSecrets, type ExposedSecret } from '../exposure/exposed-secrets';
import { EVERYWHERE, NodeKind, type GraphEdge, type GraphNode } from '../exposure/graph';
import type { SecretReader } from '../exposure/reading-report';
import { ReadingWay } from '../exposure/reading-way';
import { ownReadersOf, readersOfAll, type Reading } from '../exposure/readings';
import type { Inspected } from '../inspect/inspect';

/** Somebody who can read what they could not read before, or in a way in which they could not. */
export interface GrownExposure {
  /**
   * The namespace of the secret.
   *
   * @default - it is not known, or every one is meant
   */
  readonly namespace?: string;

  /**
   * The name of the secret.
   *
   * @default - every secret is meant
   */
  readonly secret?: string;

  /**
   * The key.
   *
   * @default - every key is meant
   */
  readonly key?: string;

  /** Who reads. */
  readonly reader: SecretReader;

  /** How. */
  readonly way: ReadingWay;

  /** Why, as a clause about the reader or its role. */
  readonly why: string;
}

/** Who can read more of the secrets that there were, as `Exposure` tells it. What is new has no readers that it did not have. */
export function grownExposure(before: Inspected, after: Inspected, changed: readonly ChangedSecret[]): GrownExposure[] {
  const names = new SecretNames(changed);
  const [old, exposed] = [exposedIn(before), exposedIn(after)];
  // nobody reads more of what leads to nothing new
  const edges = newEdges(old, exposed, names);
  if (edges.length === 0) return [];
  const affected = leadingTo(edges);
  const known = new KnownReadings(old, names);
  const fresh = new Set(changed.filter(({ change }) => change === ChangeKind.ADDED).map(({ namespace, name }) => placeOf(namespace ?? '', name)));
  const found = new Map<string, GrownExposure>();
  const add = (reading: Reading) => {
    const grown = reportOf(reading);
    const { why: _, ...told } = grown;
    const id = JSON.stringify(told);
    if (!found.has(id)) found.set(id, grown);
  };
  const all = new ReadersOfAll(exposed);
  for (const { readings, node } of all.nodes) {
    if (affected.has(node)) for (const reading of readings) if (!known.hasAll(reading)) add(reading);
  }
  const gaining = readersAfter(edges);
  const from = new Set(edges.map(edge => edge.from));
  for (const secret of exposed.secrets) {
    const { namespace, name } = secret.node;
    // who reads all of the namespace is told once, and not for each secret in it
    if (!from.has(secret.node) && gaining.every(reader => all.has(namespace, reader))) continue;
    if (!affected.has(secret.node) || (fresh.has(placeOf(namespace, name)) && !known.knows(namespace, name))) continue;
    for (const reading of ownReadersOf(secret)) {
      if (!known.has(reading) && (DIRECT.has(reading.way) || !all.has(namespace, reading.reader))) add(reading);
    }
  }
  return [...found.values()];
}

/** The names that secrets had, where a hash in them is another one. */
class SecretNames {
  readonly #former = new Map<string, string>();

  constructor(changed: readonly ChangedSecret[]) {
    for (const { namespace = '', name, formerName } of changed) if (formerName !== undefined) this.#former.set(placeOf(namespace, name), formerName);
  }

  /** The name that a secret had. */
  public former({ namespace, name }: GraphNode): string {
    return this.#former.get(placeOf(namespace, name)) ?? name;
  }

  /** What a node was. */
  public formerId(node: GraphNode): string {
    return JSON.stringify([node.node, node.kind, node.namespace, node.node === NodeKind.SECRET ? this.former(node) : node.name]);
  }
}

/** Ways that are told of a secret also where somebody reads all of its namespace. */
const DIRECT: ReadonlySet<ReadingWay> = new Set([
  ReadingWay.VARIABLE, ReadingWay.FILE, ReadingWay.IMAGE_PULL, ReadingWay.VOLUME_DRIVER, ReadingWay.COPY, ReadingWay.SERVE, ReadingWay.RESOURCE,
]);

/** The ways that values did not go before. */
function newEdges(old: ExposedSecrets, exposed: ExposedSecrets, names: SecretNames): GraphEdge[] {
  const nodeId = ({ node, kind, namespace, name }: GraphNode) => JSON.stringify([node, kind, namespace, name]);
  const edgeId = ({ from, to, way, key, ends, asKey }: GraphEdge, idOfNode: (node: GraphNode) => string) =>
    JSON.stringify([idOfNode(from), idOfNode(to), way, key, ends === true, asKey]);
  const known = new Set<string>();
  for (const { outs } of old.graph.nodes) for (const edge of outs) known.add(edgeId(edge, nodeId));
  return [...exposed.graph.nodes].flatMap(({ outs }) => outs.filter(edge => !known.has(edgeId(edge, node => names.formerId(node)))));
}

/** The nodes whose values go these ways. */
function leadingTo(edges: readonly GraphEdge[]): ReadonlySet<GraphNode> {
  const nodes = new Set(edges.map(({ from }) => from));
  // what leads there is added while the set is gone through
  for (const { ins } of nodes) for (const { from } of ins) nodes.add(from);
  return nodes;
}

/** Whoever gets the values that go these ways. */
function readersAfter(edges: readonly GraphEdge[]): GraphNode[] {
  const nodes = new Set(edges.map(({ to }) => to));
  const ending = new Set(edges.filter(({ ends }) => ends === true).map(({ to }) => to));
  for (const node of nodes) if (!ending.has(node)) for (const { to } of node.outs) nodes.add(to);
  return [...nodes].filter(({ node }) => node === NodeKind.READER);
}

/** Who reads all secrets of a namespace. */
class ReadersOfAll {
  public readonly nodes: readonly { readonly node: GraphNode; readonly readings: readonly Reading[] }[];
  readonly #readers = new Set<string>();

  constructor(exposed: ExposedSecrets) {
    this.nodes = [...exposed.graph.nodes].filter(({ node }) => node === NodeKind.SECRETS).map(node => ({ node, readings: readersOfAll(node) }));
    for (const { node, readings } of this.nodes) for (const { reader } of readings) this.#readers.add(JSON.stringify([node.namespace, idOf(reader)]));
  }

  /** Whether somebody does, in whatever way. */
  public has(namespace: string, reader: GraphNode): boolean {
    return [namespace, EVERYWHERE].some(at => this.#readers.has(JSON.stringify([at, idOf(reader)])));
  }
}

function exposedIn({ cluster, options }: Inspected): ExposedSecrets {
  return new ExposedSecrets(cluster.manifests, options);
}

/** What could be read before; of a secret it is asked when it is needed. */
class KnownReadings {
  /** By secret, then by reader and way: the keys, or undefined where all are. */
  readonly #own = new Map<string, Map<string, Set<string | undefined>>>();
  readonly #all = new Set<string>();
  readonly #secrets: ReadonlyMap<string, ExposedSecret>;

  constructor(exposed: ExposedSecrets, private readonly names: SecretNames) {
    this.#secrets = new Map(exposed.secrets.map(secret => [placeOf(secret.node.namespace, secret.node.name), secret]));
    for (const { node, readings } of new ReadersOfAll(exposed).nodes) {
      for (const { reader, way } of readings) this.#all.add(JSON.stringify([node.namespace, idOf(reader), way]));
    }
  }

  #ownOf(place: string): ReadonlyMap<string, ReadonlySet<string | undefined>> {
    let own = this.#own.get(place);
    if (own !== undefined) return own;
    own = new Map();
    this.#own.set(place, own);
    const secret = this.#secrets.get(place);
    for (const { reader, way, key } of secret === undefined ? [] : ownReadersOf(secret)) {
      const id = JSON.stringify([idOf(reader), way]);
      const keys = own.get(id);
      if (keys === undefined) own.set(id, new Set([key]));
      else keys.add(key);
    }
    return own;
  }

  /** Whether a secret was there, or spoken of. */
  public knows(namespace: string, name: string): boolean {
    return this.#secrets.has(placeOf(namespace, name));
  }

  /** Whether a reading of every secret was there. */
  public hasAll({ secret, reader, way }: Reading): boolean {
    return [secret.namespace, EVERYWHERE].some(namespace => this.#all.has(JSON.stringify([namespace, idOf(reader), way])));
  }

  /** Whether a reading was there, or one of all that it is of. */
  public has(reading: Reading): boolean {
    const { secret, key, reader, way } = reading;
    const place = placeOf(secret.namespace, this.names.former(secret));
    const keys = this.#ownOf(place).get(JSON.stringify([idOf(reader), way]));
    if (keys === undefined) return this.hasAll(reading);
    return keys.has(undefined) || keys.has(key) || (key === undefined && this.#hadAllKeys(place, keys)) || this.hasAll(reading);
  }

  /** Whether these are all that the secret had: where its keys are not known any more, all of them are no more than before. */
  #hadAllKeys(place: string, keys: ReadonlySet<string | undefined>): boolean {
    const had = this.#secrets.get(place)?.keys;
    return had !== undefined && [...had].every(key => keys.has(key));
  }
}

function idOf({ kind, namespace, name }: GraphNode): string {
  return JSON.stringify([kind, namespace, name]);
}

function placeOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function reportOf({ secret, reader, way, key, why = '' }: Reading): GrownExposure {
  const isNamed = secret.node === NodeKind.SECRET;
  return {
    ...secret.namespace === '' || (!isNamed && secret.namespace === EVERYWHERE) ? {} : { namespace: secret.namespace },
    ...isNamed ? { secret: secret.name } : {},
    ...key === undefined ? {} : { key },
    reader: { kind: reader.kind, ...reader.namespace === '' ? {} : { namespace: reader.namespace }, name: reader.name },
    way,
    why,
  };
}
