import { ChangeKind, type ChangedSecret } from './changed-secrets';
import { ExposedSecrets } from '../exposure/exposed-secrets';
import { EVERYWHERE, NodeKind, type GraphEdge, type GraphNode } from '../exposure/graph';
import type { SecretReader } from '../exposure/reading-report';
import type { ReadingWay } from '../exposure/reading-way';
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
  const affected = leadingToNewEdges(old, exposed, names);
  if (affected.size === 0) return [];
  const known = new KnownReadings(old, names, affected);
  const fresh = new Set(changed.filter(({ change }) => change === ChangeKind.ADDED).map(({ namespace, name }) => placeOf(namespace ?? '', name)));
  const found = new Map<string, GrownExposure>();
  const add = (reading: Reading) => {
    const grown = reportOf(reading);
    const { why: _, ...told } = grown;
    const id = JSON.stringify(told);
    if (!found.has(id)) found.set(id, grown);
  };
  for (const all of affected) {
    if (all.node !== NodeKind.SECRETS) continue;
    for (const reading of readersOfAll(all)) if (!known.hasAll(reading)) add(reading);
  }
  for (const secret of exposed.secrets) {
    const { namespace, name } = secret.node;
    if (!affected.has(secret.node) || (fresh.has(placeOf(namespace, name)) && !known.knows(namespace, name))) continue;
    for (const reading of ownReadersOf(secret)) if (!known.has(reading)) add(reading);
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

/** The nodes from which values go a way that they did not go before. */
function leadingToNewEdges(old: ExposedSecrets, exposed: ExposedSecrets, names: SecretNames): ReadonlySet<GraphNode> {
  const nodeId = ({ node, kind, namespace, name }: GraphNode) => JSON.stringify([node, kind, namespace, name]);
  const edgeId = ({ from, to, way, key, ends, asKey }: GraphEdge, idOfNode: (node: GraphNode) => string) =>
    JSON.stringify([idOfNode(from), idOfNode(to), way, key, ends === true, asKey]);
  const known = new Set<string>();
  for (const { outs } of old.graph.nodes) for (const edge of outs) known.add(edgeId(edge, nodeId));
  const affected = new Set<GraphNode>();
  for (const node of exposed.graph.nodes) {
    if (node.outs.some(edge => !known.has(edgeId(edge, each => names.formerId(each))))) affected.add(node);
  }
  // what leads there is added while the set is gone through
  for (const { ins } of affected) for (const { from } of ins) affected.add(from);
  return affected;
}

function exposedIn({ cluster, options }: Inspected): ExposedSecrets {
  return new ExposedSecrets(cluster.manifests, options);
}

/** What could be read before. */
class KnownReadings {
  /** By secret, reader and way: the keys, or undefined where all are. */
  readonly #own = new Map<string, Set<string | undefined>>();
  readonly #all = new Set<string>();
  readonly #secrets = new Set<string>();

  /** @param asked the nodes that will be asked for: of others nothing is kept */
  constructor(exposed: ExposedSecrets, private readonly names: SecretNames, asked: ReadonlySet<GraphNode>) {
    const places = new Set([...asked].filter(({ node }) => node === NodeKind.SECRET).map(node => placeOf(node.namespace, names.former(node))));
    for (const all of exposed.graph.nodes) {
      if (all.node !== NodeKind.SECRETS) continue;
      for (const { reader, way } of readersOfAll(all)) this.#all.add(JSON.stringify([all.namespace, idOf(reader), way]));
    }
    for (const secret of exposed.secrets) {
      const place = placeOf(secret.node.namespace, secret.node.name);
      this.#secrets.add(place);
      if (!places.has(place)) continue;
      for (const reading of ownReadersOf(secret)) {
        const id = this.#idOf(reading, secret.node.name);
        const keys = this.#own.get(id) ?? new Set();
        this.#own.set(id, keys.add(reading.key));
      }
    }
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
    const { secret, key } = reading;
    const keys = this.#own.get(this.#idOf(reading, this.names.former(secret)));
    return keys?.has(undefined) === true || keys?.has(key) === true || this.hasAll(reading);
  }

  #idOf({ secret, reader, way }: Reading, name: string): string {
    return JSON.stringify([secret.namespace, name, idOf(reader), way]);
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
