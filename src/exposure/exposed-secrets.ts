import { connectConsumer } from './consumers';
import { connectCopies } from './copies';
import { connectFetched } from './fetched-copies';
import { Grants, type UnknownRole } from './grants';
import { EVERYWHERE, ExposureGraph, NodeKind, type GraphNode } from './graph';
import { makerOf, type Maker } from './makers';
import { Places } from './places';
import { PodReadings } from './pods';
import { ReadingWay } from './reading-way';
import type { RepositoryOptions } from '../inspect/inspection-options';
import { Cluster } from '../inspect/model/cluster';
import { Nearness, type KnownSecret } from '../inspect/model/known-secrets';
import type { Manifest } from '../inspect/model/manifest';
import { Roles } from '../inspect/model/rbac/roles';
import { secretsOf } from '../inspect/model/secrets-of-manifest';
import { entryOf } from '../inspect/model/string-map';
import { quote } from '../inspect/quote';
import { versionsOf } from '../inspect/versions';
import { SERVICE_ACCOUNT_TOKEN } from '../kubernetes/secret-types';
import { minorOf } from '../kubernetes/versions';

const ACCOUNT = 'kubernetes.io/service-account.name';

/** A Secret that manifests make or use, and what is known of it. */
export interface ExposedSecret {
  readonly node: GraphNode;
  readonly type?: string;
  /** Undefined where they are not known. */
  readonly keys?: ReadonlySet<string>;
  readonly immutable: boolean;
  /** Whether it is told to be in the cluster by other means. */
  readonly makers: readonly Maker[];
}

/** All Secrets of manifests, and where their values go. */
export class ExposedSecrets {
  public readonly graph = new ExposureGraph();
  public readonly secrets: readonly ExposedSecret[];
  public readonly unknownRoles: readonly UnknownRole[];
  readonly #cluster: Cluster;
  readonly #places = new Places(this.graph);
  readonly #byNode: ReadonlyMap<GraphNode, ExposedSecret>;

  /**
   * @param manifests what was read
   * @param options what they are inspected against: the Secrets that exist
   */
  constructor(manifests: readonly Manifest[], options: RepositoryOptions) {
    // what nothing makes is taken to exist: it is used
    const cluster = this.#cluster = new Cluster(manifests, { ...options, missingSecrets: false });
    const found = new Map<GraphNode, { known: KnownSecret; makers: Maker[] }>();
    const made = manifests.map(manifest => secretsOf(manifest, () => cluster.resources).filter(({ name }) => name !== ''));
    made.forEach((secrets, index) => {
      for (const known of secrets) this.#add(known, manifests[index], found);
    });
    const lookup = (namespace: string, name: string) => this.#find(namespace, name);
    new PodReadings(this.graph, this.#places, lookup, cluster);
    manifests.forEach((manifest, index) => {
      if (manifest.readable) connectConsumer(manifest, new Set(made[index].map(({ name }) => name)), this.graph, this.#places, lookup);
    });
    const oldest = Math.min(...versionsOf(options).map(minorOf));
    this.unknownRoles = new Grants(this.graph, this.#places, new Roles(manifests), manifests, oldest).unknown;
    this.secrets = this.#sorted(found);
    this.#byNode = new Map(this.secrets.map(secret => [secret.node, secret]));
  }

  /** What is known of the Secret of a node. */
  public of(node: GraphNode): ExposedSecret | undefined {
    return this.#byNode.get(node);
  }

  /** The Secret of a name that somebody in a namespace gets; one that no manifest speaks of is read as any other there. */
  public find(namespace: string, name: string): ExposedSecret {
    const { secret, nearness } = this.#cluster.secrets.find(namespace, name) ?? {};
    const near = nearness === Nearness.UNSURE ? secret!.namespace! : secret?.namespace ?? namespace;
    for (const place of [namespace, near, EVERYWHERE]) {
      const node = this.graph.find(NodeKind.SECRET, 'Secret', place, name);
      if (node !== undefined) return this.#byNode.get(node) ?? { node, immutable: false, makers: [] };
    }
    return { node: this.#places.secret(namespace, name), immutable: false, makers: [] };
  }

  #add(known: KnownSecret, manifest: Manifest, found: Map<GraphNode, { known: KnownSecret; makers: Maker[] }>): void {
    const node = this.#places.secret(known.namespace ?? EVERYWHERE, known.name);
    const before = found.get(node);
    if (before !== undefined) {
      before.makers.push(makerOf(manifest));
      return;
    }
    found.set(node, { known, makers: [makerOf(manifest)] });
    connectCopies(node, manifest, this.graph, this.#places);
    connectFetched(node, manifest, this.#cluster.resources, this.graph, this.#places);
    const account = known.type === SERVICE_ACCOUNT_TOKEN ? entryOf(manifest.metadata.annotations, ACCOUNT) : undefined;
    if (account === undefined) return;
    const subject = this.#places.subject({ kind: 'ServiceAccount', namespace: node.namespace, name: account });
    const why = `the Secret ${quote(node.name)} holds a token of the ServiceAccount ${quote(account)}`;
    this.graph.connect(subject, node, ReadingWay.TOKEN, { why, manifest, asKey: 'token' });
  }

  /** The Secret that somebody in a namespace gets by a name; it may be one that nothing makes. */
  #find(namespace: string, name: string): GraphNode {
    const { secret, nearness } = this.#cluster.secrets.find(namespace, name) ?? {};
    if (secret === undefined || nearness === Nearness.ELSEWHERE) return this.#places.secret(namespace, name);
    if (nearness === Nearness.UNSURE && secret.manifest !== undefined) return this.#places.secret(secret.namespace ?? namespace, name);
    const isEverywhere = secret.namespace === undefined && secret.manifest !== undefined;
    return this.#places.secret(isEverywhere ? EVERYWHERE : namespace, name);
  }

  #sorted(found: ReadonlyMap<GraphNode, { known: KnownSecret; makers: Maker[] }>): ExposedSecret[] {
    const secrets = [...this.graph.nodes].filter(({ node }) => node === NodeKind.SECRET).map((node): ExposedSecret => {
      const { namespace, name } = node;
      const made = found.get(node);
      const known = this.#cluster.secrets.get(namespace === EVERYWHERE ? '' : namespace, name) ?? made?.known;
      const keys = known?.keys ?? keysAskedFor(node);
      return {
        node,
        ...known?.type === undefined ? {} : { type: known.type },
        ...keys === undefined ? {} : { keys },
        immutable: known?.immutable === true,
        makers: made?.makers ?? [],
      };
    });
    return secrets.sort((a, b) => compare(a.node.namespace, b.node.namespace) || compare(a.node.name, b.node.name));
  }
}

/** The keys of a Secret that is made elsewhere, where every use names them. */
function keysAskedFor({ outs }: GraphNode): ReadonlySet<string> | undefined {
  const keys = outs.map(({ key }) => key).filter(key => key !== undefined);
  return keys.length === 0 ? undefined : new Set(keys);
}

/** The order of code units, which no locale changes. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
