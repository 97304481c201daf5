import type { Manifest } from './manifest';
import { list, record, text } from './untyped';

/** Groups in which every ServiceAccount is. */
const EVERYBODY: ReadonlySet<string> = new Set(['system:serviceaccounts', 'system:authenticated']);
const NAMESPACE_GROUP = 'system:serviceaccounts:';

/** The ServiceAccounts that some binding of the input allows something. */
export class BoundAccounts {
  readonly #accounts = new Set<string>();
  readonly #namespaces = new Set<string>();
  #everybody = false;

  constructor(manifests: readonly Manifest[]) {
    for (const { kind, namespace, raw } of manifests) {
      if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') for (const subject of list(raw.subjects)) this.#add(record(subject), namespace);
    }
  }

  /** Whether one is bound; where the namespace is not known, whether one of its name is. */
  public has(namespace: string, name: string): boolean {
    return this.#everybody || this.#namespaces.has(namespace) || (namespace === '' && this.#namespaces.size > 0)
      || [`${namespace}/${name}`, `/${name}`, ...namespace === '' ? [name] : []].some(account => this.#accounts.has(account));
  }

  #add({ kind, name, namespace }: Record<string, unknown>, ofBinding: string): void {
    if (kind === 'ServiceAccount') {
      this.#accounts.add(`${text(namespace) || ofBinding}/${text(name)}`);
      this.#accounts.add(text(name));
    }
    if (kind === 'User') this.#addUser(text(name));
    if (kind !== 'Group') return;
    if (EVERYBODY.has(text(name))) this.#everybody = true;
    if (text(name).startsWith(NAMESPACE_GROUP)) this.#namespaces.add(text(name).slice(NAMESPACE_GROUP.length));
  }

  /** `system:serviceaccount:NAMESPACE:NAME` is one, too. */
  #addUser(user: string): void {
    const [system, group, namespace, name] = user.split(':');
    if (system === 'system' && group === 'serviceaccount') this.#add({ kind: 'ServiceAccount', namespace, name }, '');
  }
}
