import { ChangeKind, type ChangedSecret } from './changed-secrets';
import { ExposedSecrets } from '../exposure/exposed-secrets';
import { EVERYWHERE, NodeKind, type GraphNode } from '../exposure/graph';
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
  const known = new KnownReadings(exposedIn(before), changed);
  const fresh = new Set(changed.filter(({ change }) => change === ChangeKind.ADDED).map(({ namespace, name }) => placeOf(namespace ?? '', name)));
  const exposed = exposedIn(after);
  const found = new Map<string, GrownExposure>();
  const add = (reading: Reading) => {
    const grown = reportOf(reading);
    const { why: _, ...told } = grown;
    const id = JSON.stringify(told);
    if (!found.has(id)) found.set(id, grown);
  };
  for (const all of exposed.graph.nodes) {
    if (all.node !== NodeKind.SECRETS) continue;
    for (const reading of readersOfAll(all)) if (!known.hasAll(reading)) add(reading);
  }
  for (const secret of exposed.secrets) {
    const { namespace, name } = secret.node;
    if (fresh.has(placeOf(namespace, name)) && !known.knows(namespace, name)) continue;
    for (const reading of ownReadersOf(secret)) if (!known.has(reading)) add(reading);
  }
  return [...found.values()];
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
  readonly #formerNames = new Map<string, string>();

  constructor(exposed: ExposedSecrets, changed: readonly ChangedSecret[]) {
    for (const { namespace = '', name, formerName } of changed) if (formerName !== undefined) this.#formerNames.set(placeOf(namespace, name), formerName);
    for (const all of exposed.graph.nodes) {
      if (all.node !== NodeKind.SECRETS) continue;
      for (const { reader, way } of readersOfAll(all)) this.#all.add(JSON.stringify([all.namespace, idOf(reader), way]));
    }
    for (const secret of exposed.secrets) {
      this.#secrets.add(placeOf(secret.node.namespace, secret.node.name));
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
    const keys = this.#own.get(this.#idOf(reading, this.#formerNames.get(placeOf(secret.namespace, secret.name)) ?? secret.name));
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
