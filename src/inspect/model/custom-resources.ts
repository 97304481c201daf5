import type { Manifest } from './manifest';
import { MAX_CANDIDATES } from '../../errors/suggest';

/** The custom resources of an input that others name: stores, generators, classes. */
export class CustomResources {
  readonly #byKind = new Map<string, Map<string, Manifest[]>>();

  constructor(manifests: readonly Manifest[]) {
    for (const manifest of manifests) {
      if (manifest.decoded !== undefined || !manifest.apiVersion.includes('/')) continue;
      const id = `${groupOf(manifest)}/${manifest.kind}`;
      const names = this.#byKind.get(id) ?? new Map<string, Manifest[]>();
      const others = names.get(manifest.name);
      if (others === undefined) names.set(manifest.name, [manifest]);
      else others.push(manifest);
      this.#byKind.set(id, names);
    }
  }

  /** Whether there are any of a group and kind. */
  public has(group: string, kind: string): boolean {
    return this.#byKind.has(`${group}/${kind}`);
  }

  /** Some names of a group and kind: enough to find most slips, few enough to stay quick. */
  public names(group: string, kind: string): string[] {
    const names: string[] = [];
    for (const name of this.#byKind.get(`${group}/${kind}`)?.keys() ?? []) {
      if (names.length === MAX_CANDIDATES) break;
      names.push(name);
    }
    return names;
  }

  /** All of a group, kind and name, in any namespace. */
  public named(group: string, kind: string, name: string): readonly Manifest[] {
    return this.#byKind.get(`${group}/${kind}`)?.get(name) ?? [];
  }

  /**
   * One of a name, for somebody in a namespace; where a namespace is not known, it may be the same.
   *
   * @param namespace undefined for what is in no namespace
   */
  public find(group: string, kind: string, name: string, namespace: string | undefined): Manifest | undefined {
    const named = this.named(group, kind, name);
    if (namespace === undefined) return named[0];
    return named.find(manifest => manifest.namespace === namespace)
      ?? named.find(manifest => manifest.namespace === '' || namespace === '' || manifest.source.moved === true);
  }
}

/** The API group of an object. */
export function groupOf({ apiVersion }: Manifest): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
