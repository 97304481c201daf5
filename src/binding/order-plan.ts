import type { ApiObject } from 'cdk8s';
import { OrderRole, orderReferences, orderRoleOf } from './order-graph';
import type { OrderingVariant, Turn } from './ordering-variants';

/** An object that is ordered, and what must come after it. */
interface Entry {
  readonly object: ApiObject;
  readonly role: OrderRole;
  readonly dependents: Set<Entry>;
  /** The turns of workloads that need it. */
  readonly workloads: Turn[];
  /** Undefined while it is not known; it may come out that there is none. */
  turn?: { readonly is: Turn | undefined };
}

/** Objects, and how one of them is rendered to see what it refers to. */
export interface OrderInput {
  readonly objects: Iterable<ApiObject>;
  /** The objects of secrets, with the workloads that they are bound to. */
  readonly bound: Iterable<readonly [maker: ApiObject, workload: ApiObject]>;
  readonly render: (object: ApiObject) => unknown;
}

/** When each of the objects that bring secrets is applied: before whatever needs it. */
export class OrderPlan {
  readonly #entries = new Map<ApiObject, Entry>();

  constructor(private readonly variant: OrderingVariant, { objects, bound, render }: OrderInput) {
    for (const object of objects) {
      const role = orderRoleOf(object);
      if (role !== undefined) this.#entries.set(object, { object, role, dependents: new Set(), workloads: [] });
    }
    for (const [maker, workload] of bound) {
      const turn = variant.turnOf(annotationsOf(workload));
      if (turn !== undefined) this.#entries.get(maker)?.workloads.push(turn);
    }
    this.connect(render);
  }

  /** What an object is annotated with to come in time. */
  public annotations(object: ApiObject): Readonly<Record<string, string>> {
    const entry = this.#entries.get(object);
    if (entry === undefined || !this.isOrdered(entry) || this.variant.isTold(annotationsOf(object))) return {};
    const turn = this.turnOf(entry);
    return turn === undefined ? {} : this.variant.annotations(turn);
  }

  /** Whether there is something to order. */
  public get isEmpty(): boolean {
    return ![...this.#entries.values()].some(({ role }) => role === OrderRole.MAKER || role === OrderRole.SOURCE);
  }

  /** An account or a namespace is only ordered where something else needs it. */
  private isOrdered({ role, dependents }: Entry): boolean {
    if (!this.variant.roles.has(role)) return false;
    return role === OrderRole.MAKER || role === OrderRole.SOURCE || dependents.size > 0;
  }

  private connect(render: (object: ApiObject) => unknown): void {
    const byName = new Map<string, Entry[]>();
    const keyOf = (role: OrderRole, name: string) => `${role} ${name}`;
    for (const entry of this.#entries.values()) {
      const key = keyOf(entry.role, entry.object.name);
      const others = byName.get(key);
      if (others === undefined) byName.set(key, [entry]);
      else others.push(entry);
    }
    for (const entry of this.#entries.values()) {
      if (entry.role !== OrderRole.MAKER && entry.role !== OrderRole.SOURCE) continue;
      const { namespace } = entry.object.metadata;
      for (const reference of holdsReferences(entry.object) ? orderReferences(render(entry.object), entry.role) : []) {
        const wanted = reference.namespace ?? namespace;
        for (const other of byName.get(keyOf(reference.role, reference.name)) ?? []) {
          const its = other.object.metadata.namespace;
          if (other !== entry && (wanted === undefined || its === undefined || its === wanted)) other.dependents.add(entry);
        }
      }
    }
    // namespaces last, as they need to come before accounts that something else needs
    for (const entry of this.#entries.values()) {
      if (entry.role === OrderRole.NAMESPACE || !this.isOrdered(entry)) continue;
      const { namespace } = entry.object.metadata;
      for (const home of namespace === undefined ? [] : byName.get(keyOf(OrderRole.NAMESPACE, namespace)) ?? []) home.dependents.add(entry);
    }
  }

  private turnOf(entry: Entry): Turn | undefined {
    if (entry.turn !== undefined) return entry.turn.is;
    const annotations = annotationsOf(entry.object);
    if (this.variant.isTold(annotations)) {
      entry.turn = { is: this.variant.turnOf(annotations) };
      return entry.turn.is;
    }
    // whoever refers to one another in a circle has no order
    entry.turn = { is: undefined };
    const turns = [...entry.dependents].map(dependent => this.turnOf(dependent)).filter(turn => turn !== undefined);
    entry.turn = { is: this.variant.before([...turns, ...entry.workloads]) };
    return entry.turn.is;
  }
}

/** A Secret refers to nothing, and rendering one may read its values. */
function holdsReferences({ kind }: ApiObject): boolean {
  return kind !== 'Secret' && kind !== 'SealedSecret';
}

function annotationsOf(object: ApiObject): Readonly<Record<string, unknown>> {
  return object.metadata.toJson()?.annotations ?? {};
}
