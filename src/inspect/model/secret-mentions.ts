import type { Manifest } from './manifest';
import { list, record } from './untyped';

/** How the objects of the input speak of a Secret. */
export interface SecretMention {
  /** Whether somewhere all of it is meant, or it cannot be told which keys are. */
  whole: boolean;
  /** The keys that are named where it is used. */
  readonly keys: Set<string>;
}

/** Deeper than any object of Kubernetes is. */
const MAX_DEPTH = 100;

/** A name of an object, in whatever text around it. */
const NAME = /[a-z0-9][a-z0-9.-]*/g;

/** Fields that name other things than Secrets. */
const OTHERS: ReadonlySet<string> = new Set([
  'labels', 'matchLabels', 'selector', 'configMapKeyRef', 'configMapRef', 'configMap', 'namespace', 'serviceAccountName', 'apiVersion', 'kind', 'image', 'mountPath', 'subPath',
]);

/** Lists of what has a name of its own. */
const NAMED: ReadonlySet<string> = new Set(['containers', 'initContainers', 'ephemeralContainers', 'volumes', 'volumeMounts', 'volumeDevices', 'env', 'ports']);

/**
 * Whatever names a Secret, in any field of any object: a custom resource, an annotation or an argument may be what uses it. Namespaces are not
 * looked at, nor is what an object says of itself.
 */
export class SecretMentions {
  readonly #mentions = new Map<string, SecretMention>();

  /**
   * @param manifests all objects
   * @param namesOf the names of the Secrets that an object makes
   */
  constructor(manifests: readonly Manifest[], namesOf: (manifest: Manifest) => readonly string[]) {
    const made = manifests.map(namesOf);
    const names = new Set(made.flat());
    manifests.forEach(({ raw }, index) => {
      const own = made[index];
      this.#read(raw, '', name => names.has(name) && !own.includes(name), 0);
    });
  }

  /** How a Secret is spoken of; undefined where it is not. */
  public of(name: string): SecretMention | undefined {
    return this.#mentions.get(name);
  }

  #at(name: string): SecretMention {
    const mention = this.#mentions.get(name) ?? { whole: false, keys: new Set<string>() };
    this.#mentions.set(name, mention);
    return mention;
  }

  #read(value: unknown, field: string, isName: (name: string) => boolean, depth: number): void {
    if (typeof value === 'string') {
      for (const [found] of value.matchAll(NAME)) {
        const name = found.replace(/[.-]$/, '');
        if (isName(name)) this.#at(name).whole = true;
      }
    }
    if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return;
    if (Array.isArray(value)) {
      for (const item of value) this.#read(item, NAMED.has(field) ? 'named' : field, isName, depth + 1);
      return;
    }
    const read = this.#readReference(record(value), isName) ?? (field === 'named' || field === 'metadata' ? 'name' : undefined);
    for (const [name, child] of Object.entries(value)) {
      if (name !== read && !OTHERS.has(name)) this.#read(child, name, isName, depth + 1);
    }
  }

  /** A reference that says which keys it means: the field that holds the name, or undefined where it is none. */
  #readReference(value: Record<string, unknown>, isName: (name: string) => boolean): string | undefined {
    const field = typeof value.secretName === 'string' ? 'secretName' : 'name';
    const name = value[field];
    if (typeof name !== 'string' || !isName(name)) return undefined;
    const keys = typeof value.key === 'string' ? [value.key] : list(value.items).map(item => record(item).key);
    if (keys.length === 0) return undefined;
    for (const key of keys) if (typeof key === 'string') this.#at(name).keys.add(key);
    return field;
  }
}
