import type { ApiObject } from 'cdk8s';
import { makesValue, type OrderReference, OrderRole, orderReferences } from './order-graph';

/** An object that has a part in the order. */
export interface OrderedObject {
  readonly object: ApiObject;
  readonly role: OrderRole;
}

const REFERRING: ReadonlySet<OrderRole> = new Set([OrderRole.MAKER, OrderRole.SOURCE, OrderRole.PUSH]);

/** Objects by what they are called. */
export class NamedObjects<T extends OrderedObject> {
  /** By role and name, and then by namespace; those without one by an empty text. */
  readonly #objects = new Map<string, Map<string, T[]>>();

  constructor(objects: Iterable<T>) {
    for (const one of objects) {
      const { name, metadata: { namespace } } = one.object;
      const key = `${one.role} ${name}`;
      const here = this.#objects.get(key) ?? new Map<string, T[]>();
      this.#objects.set(key, here);
      const home = isInNamespace(one) ? namespace ?? '' : '';
      here.set(home, [...here.get(home) ?? [], one]);
    }
  }

  /** What an object refers to. What has no namespace is everywhere, and where it is not known, all of that name may be meant. */
  public find({ role, name, namespace }: OrderReference, from: ApiObject): T[] {
    const here = this.#objects.get(`${role} ${name}`);
    if (here === undefined) return [];
    const wanted = namespace ?? from.metadata.namespace;
    return wanted === undefined ? [...here.values()].flat() : [...here.get(wanted) ?? [], ...here.get('') ?? []];
  }

  /** What an object names and needs. */
  public neededBy(one: T, render: (object: ApiObject) => unknown): T[] {
    if (!REFERRING.has(one.role) || !holdsReferences(one.object)) return [];
    const manifest = render(one.object);
    if (one.role === OrderRole.PUSH && !makesValue(manifest)) return [];
    return orderReferences(manifest, one.role).flatMap(reference => this.find(reference, one.object)).filter(other => other !== one);
  }
}

/** Whether an object is in a namespace. cdk8s gives that of its chart to any object. */
export function isInNamespace({ object: { kind }, role }: OrderedObject): boolean {
  return role !== OrderRole.NAMESPACE && !kind.startsWith('Cluster');
}

/** What holds values refers to nothing, and rendering it may read them. */
function holdsReferences({ kind }: ApiObject): boolean {
  return kind !== 'Secret' && kind !== 'SealedSecret' && kind !== 'ConfigMap';
}
