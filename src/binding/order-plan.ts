import type { ApiObject } from 'cdk8s';
import { NamedObjects, type OrderedObject } from './named-objects';
import { OrderRole, orderRoleOf } from './order-graph';
import type { OrderingVariant, Turn } from './ordering-variants';

/** An object that is ordered, and what must come after it. */
interface Entry extends OrderedObject {
  readonly dependents: Set<Entry>;
  /** The turns of workloads that need it. */
  readonly workloads: Turn[];
  /** The stores into which it pushes what it makes. */
  readonly pushesTo: Entry[];
  /** Of a store: the turn before whatever reads from it. */
  beforeReaders?: { readonly is: Turn | undefined };
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
      if (role !== undefined) this.#entries.set(object, { object, role, dependents: new Set(), workloads: [], pushesTo: [] });
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

  /** An account, a namespace and what pushes are only ordered where something else needs them. */
  private isOrdered({ role, dependents, pushesTo }: Entry): boolean {
    if (!this.variant.roles.has(role)) return false;
    if (role === OrderRole.PUSH) return pushesTo.length > 0;
    return role === OrderRole.MAKER || role === OrderRole.SOURCE || dependents.size > 0;
  }

  private connect(render: (object: ApiObject) => unknown): void {
    const named = new NamedObjects(this.#entries.values());
    for (const entry of this.#entries.values()) {
      const needed = named.neededBy(entry, render);
      for (const other of needed) other.dependents.add(entry);
      if (entry.role === OrderRole.PUSH) entry.pushesTo.push(...needed);
    }
    // namespaces last, as they need to come before accounts that something else needs
    for (const entry of this.#entries.values()) {
      const { namespace } = entry.object.metadata;
      if (namespace === undefined || entry.role === OrderRole.NAMESPACE || !this.isOrdered(entry)) continue;
      for (const home of named.find({ role: OrderRole.NAMESPACE, name: namespace }, entry.object)) home.dependents.add(entry);
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
    const later = () => [...this.turnsOf(entry.dependents), ...entry.workloads];
    const turn = entry.role === OrderRole.PUSH ? this.turnOfPush(entry) : this.variant.before(later());
    entry.turn = { is: turn };
    return turn;
  }

  /** Before whatever reads from one of the stores: that is found once for each store. */
  private turnOfPush({ pushesTo }: Entry): Turn | undefined {
    return pushesTo.map(store => {
      store.beforeReaders ??= { is: this.beforeReaders(store) };
      return store.beforeReaders.is;
    }).reduce((first, turn) => first === undefined || (turn !== undefined && turn.wave < first.wave) ? turn : first, undefined);
  }

  private beforeReaders({ dependents }: Entry): Turn | undefined {
    const readers = [...dependents].filter(({ role }) => role === OrderRole.MAKER);
    return readers.length === 0 ? undefined : this.variant.before(this.turnsOf(readers));
  }

  private turnsOf(entries: Iterable<Entry>): Turn[] {
    return [...entries].map(entry => this.turnOf(entry)).filter(turn => turn !== undefined);
  }
}

function annotationsOf(object: ApiObject): Readonly<Record<string, unknown>> {
  return object.metadata.toJson()?.annotations ?? {};
}
