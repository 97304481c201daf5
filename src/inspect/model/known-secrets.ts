import type { Manifest } from './manifest';
import type { SecretContents } from './secret-contents';
import { didYouMean } from '../../errors/suggest';

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
  /** The manifest that makes it, or has it made. */
  readonly manifest?: Manifest;
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

const MAX_CANDIDATES = 50;

/** All Secrets that will exist, by name. Of two with one name and namespace the later one counts, as when they are applied. */
export class KnownSecrets {
  readonly #byName = new Map<string, Map<string | undefined, KnownSecret>>();
  readonly #suggested = new Map<string, string[]>();

  public add(secret: KnownSecret): void {
    const namespaces = this.#byName.get(secret.name) ?? new Map<string | undefined, KnownSecret>();
    this.#byName.set(secret.name, namespaces.set(secret.namespace, secret));
  }

  /** The Secret of this name that is nearest to a namespace. */
  public find(namespace: string, name: string): { readonly secret: KnownSecret; readonly nearness: Nearness } | undefined {
    const namespaces = this.#byName.get(name);
    if (namespaces === undefined) return undefined;
    const same = namespaces.get(namespace) ?? namespaces.get(undefined);
    if (same !== undefined) return { secret: same, nearness: Nearness.SAME };
    const unsure = namespace === '' ? namespaces.values().next().value : namespaces.get('');
    if (unsure !== undefined) return { secret: unsure, nearness: Nearness.UNSURE };
    return { secret: namespaces.values().next().value!, nearness: Nearness.ELSEWHERE };
  }

  /** The Secret that a pod of this namespace gets, as far as can be known. */
  public get(namespace: string, name: string): KnownSecret | undefined {
    const found = this.find(namespace, name);
    return found === undefined || found.nearness === Nearness.ELSEWHERE ? undefined : found.secret;
  }

  /** What to do about a name that there is not. */
  public suggest(namespace: string, name: string): string {
    const otherwise = 'add its manifest, or declare it as existing';
    const names = this.#candidates(namespace);
    return names.length === 0 ? otherwise : `${didYouMean(name, names, 'Secrets')}; or ${otherwise}`;
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
