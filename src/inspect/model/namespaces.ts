import type { Manifest } from './manifest';
import { readsAllSecrets } from './rbac/role-rule';
import { list, record } from './untyped';

/** What there is in each namespace that could use its Secrets. An object without a namespace may be in any. */
export class Namespaces {
  readonly #withPods = new Set<string>();
  readonly #withReaders = new Set<string>();

  constructor(manifests: readonly Manifest[]) {
    for (const { kind, namespace, pods, raw } of manifests) {
      if (pods.length > 0) this.#withPods.add(namespace);
      if (kind === 'Role' && list(raw.rules).some(rule => readsAllSecrets(record(rule)).length > 0)) this.#withReaders.add(namespace);
    }
  }

  /** Whether something runs there. */
  public hasPods(namespace: string): boolean {
    return has(this.#withPods, namespace);
  }

  /** Whether a Role lets somebody read all Secrets there, by whatever name. */
  public hasReaders(namespace: string): boolean {
    return has(this.#withReaders, namespace);
  }
}

function has(namespaces: ReadonlySet<string>, namespace: string): boolean {
  return namespace === '' ? namespaces.size > 0 : namespaces.has(namespace) || namespaces.has('');
}
