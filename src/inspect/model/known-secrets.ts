import { areAppliedTogether, type Manifest } from './manifest';
import type { SecretContents } from './secret-contents';
import { closest, MAX_CANDIDATES } from '../../errors/suggest';
import { quote } from '../quote';
import { matchesName } from '../read/glob';

/** A Secret that will exist: a manifest makes it, has it made by an operator, or it was declared as existing. */
export interface KnownSecret {
  readonly name: string;
  /** Its namespace; empty where it is not known, undefined where it exists in every one. */
  readonly namespace?: string;
  /** Its type, where it is known. */
  readonly type?: string;
  /** Its keys, where they are known. */
  readonly keys?: ReadonlySet<string>;
  /** Its values, where a manifest holds them. */
  readonly contents?: SecretContents;
  readonly immutable?: boolean;
  /** Whether something replaces its values from time to time: an operator that reads them elsewhere. */
  readonly rotates?: boolean;
  /** Whether it is only named, and taken to exist: nothing makes it, and nobody said that it is there. */
  readonly isAssumed?: boolean;
  /** Whether whoever fills it does not make it: it must be there. */
  readonly adopted?: boolean;
  /** The manifest that makes it, or has it made. */
  readonly manifest?: Manifest;
  /** Where it was made in several ways, all that make it: its keys are then those of any. */
  readonly makers?: readonly Manifest[];
}

/** How near to a reference a Secret was found. */
export enum Nearness {
  /** In the namespace of the pod. */
  SAME,
  /** The namespace of one of the two is not known. */
  UNSURE,
  /** In another namespace, which the pod cannot see. */
  ELSEWHERE,
}

/** A Secret, and how near it is. */
interface FoundSecret {
  readonly secret: KnownSecret;
  readonly nearness: Nearness;
}

/**
 * All Secrets that will exist, by name. Of two with one name and namespace the later one counts, as when they are applied; where the two
 * are never applied together, either may.
 */
export class KnownSecrets {
  readonly #byName = new Map<string, Map<string | undefined, KnownSecret>>();
  readonly #suggested = new Map<string, string[]>();
  readonly #patterns: KnownSecret[] = [];
  readonly #placed = new Map<KnownSecret, KnownSecret>();
  /** Those that are only taken to exist, by namespace and name; any other one counts before them. */
  readonly #assumed = new Map<string, KnownSecret>();

  public add(secret: KnownSecret): void {
    this.#placed.clear();
    if (secret.isAssumed) {
      this.#assumed.set(placeKey(secret.namespace, secret.name), secret);
      return;
    }
    if (secret.manifest === undefined && secret.name.includes('*')) {
      this.#patterns.push(secret);
      return;
    }
    const namespaces = this.#byName.get(secret.name) ?? new Map<string | undefined, KnownSecret>();
    const before = namespaces.get(secret.namespace);
    const both = before === undefined ? secret : together(before, secret);
    this.#byName.set(secret.name, namespaces.set(secret.namespace, both));
  }

  /** The Secret of this name that is nearest to a namespace. */
  public find(namespace: string, name: string): FoundSecret | undefined {
    const found = this.#find(namespace, name);
    if (this.#assumed.size === 0 || (found !== undefined && found.nearness !== Nearness.ELSEWHERE)) return found;
    const assumed = this.#assumed.get(placeKey(namespace, name));
    return assumed === undefined ? found : { secret: assumed, nearness: Nearness.SAME };
  }

  #find(namespace: string, name: string): FoundSecret | undefined {
    const namespaces = this.#byName.get(name);
    if (namespaces === undefined || this.#patterns.length > 0) {
      const matching = this.#patterns.find(pattern => matchesName(pattern.name, name) && (pattern.namespace ?? namespace) === namespace);
      if (matching !== undefined) return { secret: matching, nearness: Nearness.SAME };
    }
    if (namespaces === undefined) return undefined;
    const same = namespaces.get(namespace) ?? namespaces.get(undefined);
    if (same !== undefined) return { secret: this.#withUnplaced(same, namespaces.get('')), nearness: Nearness.SAME };
    const unsure = namespace === '' ? namespaces.values().next().value : namespaces.get('');
    if (unsure !== undefined) return { secret: unsure, nearness: Nearness.UNSURE };
    return { secret: namespaces.values().next().value!, nearness: Nearness.ELSEWHERE };
  }

  /** A Secret, together with one of its name that stands elsewhere in a repository and names no namespace: that may be applied into the same. */
  #withUnplaced(secret: KnownSecret, unplaced: KnownSecret | undefined): KnownSecret {
    if (unplaced === undefined || unplaced === secret) return secret;
    let both = this.#placed.get(secret);
    if (both === undefined) {
      const [one] = makersOf(unplaced);
      const isElsewhere = one?.source.units !== undefined && areAlternatives(secret, { ...unplaced, manifest: one });
      this.#placed.set(secret, both = isElsewhere ? either(secret, unplaced) : secret);
    }
    return both;
  }

  /** The Secret that a pod of this namespace gets, as far as can be known. */
  public get(namespace: string, name: string): KnownSecret | undefined {
    const found = this.find(namespace, name);
    return found === undefined || found.nearness === Nearness.ELSEWHERE ? undefined : found.secret;
  }

  /** What to do about a name that there is not. */
  public suggest(namespace: string, name: string, otherwise = 'add its manifest, or declare it as existing'): string {
    const near = closest(name, this.#candidates(namespace));
    return near === undefined ? otherwise : `did you mean ${quote(near)}? Or ${otherwise}`;
  }

  /** Some names of the Secrets that a pod of this namespace could use: enough to find most slips, few enough to stay quick. */
  #candidates(namespace: string): string[] {
    let names = this.#suggested.get(namespace);
    if (names === undefined) {
      names = [];
      for (const name of this.#byName.keys()) {
        if (names.length === MAX_CANDIDATES) break;
        if (this.get(namespace, name) !== undefined) names.push(name);
      }
      this.#suggested.set(namespace, names);
    }
    return names;
  }
}

function placeKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/** What there is of a Secret that two describe: made in either of two ways, filled by somebody else than who makes it, or replaced. */
function together(before: KnownSecret, secret: KnownSecret): KnownSecret {
  if (areAlternatives(before, secret)) return either(before, secret);
  if (before.adopted === secret.adopted) return secret;
  const made = before.adopted === true ? secret : before;
  return { ...made, keys: undefined, contents: undefined, rotates: true };
}

/** Whether both come from files of a repository that are not applied together. */
function areAlternatives(a: KnownSecret, b: KnownSecret): boolean {
  if (b.manifest === undefined || b.manifest.source.units === undefined) return false;
  return makersOf(a).every(manifest => !areAppliedTogether(manifest, b.manifest!));
}

/** All that make a Secret. */
export function makersOf({ makers, manifest }: KnownSecret): readonly Manifest[] {
  return makers ?? (manifest === undefined ? [] : [manifest]);
}

/** What is known of a Secret that is made in either of two ways. */
function either(a: KnownSecret, b: KnownSecret): KnownSecret {
  return {
    name: a.name,
    namespace: a.namespace,
    type: a.type === b.type ? a.type : undefined,
    keys: a.keys === undefined || b.keys === undefined ? undefined : new Set([...a.keys, ...b.keys]),
    rotates: a.rotates && b.rotates,
    makers: [...makersOf(a), ...makersOf(b)],
  };
}
