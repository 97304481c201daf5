import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { hasNoPods, isWorkload } from './known-workloads';
import { isInNamespace, NamedObjects, type OrderedObject } from './named-objects';
import { OrderRole, orderRoleOf } from './order-graph';
import { fetchedEntries, pushedEntries } from './pushed-entries';
import { configMapReferences } from '../inspect/model/config-map-references';
import { secretReferences, SecretUse } from '../inspect/model/secret-references';
import { templatePlaces } from '../inspect/model/template-places';
import { isRecord, record, text } from '../inspect/model/untyped';
import { placeOf } from '../kubernetes/place';

/** Why one chart needs another one: the constructs of both. */
export interface Need {
  readonly by: IConstruct;
  readonly needed: IConstruct;
}

type Finder = (namespace: string | undefined, name: string) => ApiObject | undefined;

/** What is known of an app, and how its objects are rendered. */
export interface ChartOrderInput {
  readonly root: IConstruct;
  /** The objects of secrets, with the workloads that they are bound to. */
  readonly bound: Iterable<readonly [maker: ApiObject, workload: ApiObject]>;
  /** The object that brings a declared secret, or the ConfigMap beside one, into a namespace. */
  readonly declared: { readonly secret: Finder; readonly configMap: Finder };
  readonly render: (object: ApiObject) => unknown;
}

/** Which charts of an app need what others bring: secrets, what those are made of, and namespaces. */
export class ChartOrder {
  readonly #needs = new Map<Chart, Map<Chart, Need>>();
  readonly #needed = new Set<Chart>();
  readonly #byChart = new Map<Chart, ApiObject[]>();
  readonly #objects: readonly ApiObject[];
  readonly #ordered: readonly OrderedObject[];

  constructor(private readonly input: ChartOrderInput) {
    const constructs = input.root.node.findAll();
    this.#objects = constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
    for (const object of this.#objects) {
      listIn(this.#byChart, Chart.of(object)).push(object);
    }
    this.#ordered = this.#objects.flatMap(object => {
      const role = orderRoleOf(object);
      return role === undefined ? [] : [{ object, role }];
    });
    for (const [maker, workload] of input.bound) this.need(workload, maker);
    const named = new NamedObjects(this.#ordered);
    this.addReferences(named);
    this.addPods();
    this.addNamespaces(named);
    this.addDependencies(constructs);
  }

  /** The objects of a chart. */
  public objectsOf(chart: Chart): readonly ApiObject[] {
    return this.#byChart.get(chart) ?? [];
  }

  /** Whether another chart needs what a chart brings. */
  public isNeeded(chart: Chart): boolean {
    return this.#needed.has(chart);
  }

  /** Whether a chart, or one that is in it, brings a secret. */
  public bringsSecrets(scope: IConstruct): boolean {
    return this.#ordered.some(({ object, role }) => role === OrderRole.MAKER && object.node.scopes.includes(scope));
  }

  /** The charts that a chart needs, each with why. */
  public neededBy(chart: Chart): ReadonlyMap<Chart, Need> {
    return this.#needs.get(chart) ?? new Map();
  }

  /** Why each of some charts waits for the next one of them, and the last for the first; none where they can all be applied. */
  public cycle(charts: ReadonlySet<Chart>): Need[] {
    const remaining = new Set(charts);
    const open = (chart: Chart) => [...this.neededBy(chart)].find(([needed]) => remaining.has(needed));
    const dependents = new Map<Chart, Chart[]>();
    const waits = new Map<Chart, number>();
    for (const chart of charts) {
      const needed = [...this.neededBy(chart).keys()].filter(other => charts.has(other));
      waits.set(chart, needed.length);
      for (const other of needed) listIn(dependents, other).push(chart);
    }
    const ready = [...charts].filter(chart => waits.get(chart) === 0);
    for (let chart = ready.pop(); chart !== undefined; chart = ready.pop()) {
      remaining.delete(chart);
      for (const dependent of dependents.get(chart) ?? []) {
        const left = waits.get(dependent)! - 1;
        waits.set(dependent, left);
        if (left === 0) ready.push(dependent);
      }
    }
    const [first] = remaining;
    if (first === undefined) return [];
    // whatever remains waits for something that remains, so this comes back to where it was
    const way = new Map<Chart, Need>();
    let at = first;
    while (!way.has(at)) {
      const [next, need] = open(at)!;
      way.set(at, need);
      at = next;
    }
    const passed = [...way.keys()];
    return passed.slice(passed.indexOf(at)).map(chart => way.get(chart)!);
  }

  /** Stores, issuers, generators and what those need; and what pushes an entry before whatever fetches it. */
  private addReferences(named: NamedObjects<OrderedObject>): void {
    const { render } = this.input;
    /** Of each store, who reads which entry. */
    const readers = new Map<OrderedObject, Map<string, ApiObject[]>>();
    const pushes: { readonly push: ApiObject; readonly stores: readonly OrderedObject[] }[] = [];
    for (const one of this.#ordered) {
      const needed = preferringOwn(one.object, named.neededBy(one, render));
      for (const other of needed) this.need(one.object, other.object);
      if (one.role === OrderRole.PUSH && needed.length > 0) pushes.push({ push: one.object, stores: needed });
      if (one.role !== OrderRole.MAKER || needed.length === 0) continue;
      const entries = fetchedEntries(render(one.object));
      for (const other of needed) for (const entry of entries) listIn(mapIn(readers, other), entry).push(one.object);
    }
    for (const { push, stores } of pushes) {
      const entries = [...pushedEntries(render(push))];
      const reading = stores.flatMap(store => entries.flatMap(entry => readers.get(store)?.get(entry) ?? []));
      for (const reader of reading) this.need(reader, push);
    }
  }

  /** What pods name and cannot start without: also those to which nothing was bound. */
  private addPods(): void {
    const { declared, render } = this.input;
    const plain = this.plainSecrets();
    for (const workload of this.#objects) {
      if (hasNoPods(workload) || orderRoleOf(workload) !== undefined) continue;
      const manifest = render(workload);
      if (!isRecord(manifest)) continue;
      const { namespace } = workload.metadata;
      for (const { spec } of templatePlaces(manifest)) {
        for (const { secretName, optional, how } of secretReferences(spec)) {
          if (optional && how !== SecretUse.IMAGE_PULL) continue;
          const maker = declared.secret(namespace, secretName) ?? plain.get(placeOf(namespace, secretName));
          if (maker !== undefined) this.need(workload, maker);
        }
        for (const { name, optional } of configMapReferences(spec)) {
          const configMap = optional ? undefined : declared.configMap(namespace, name);
          if (configMap !== undefined) this.need(workload, configMap);
        }
      }
    }
  }

  /** The objects that make a Secret and say its name, by the place of that. */
  private plainSecrets(): ReadonlyMap<string, ApiObject> {
    return new Map(this.#ordered.flatMap(({ object }) => {
      const { kind, name, metadata: { namespace } } = object;
      if (kind === 'Secret' || kind === 'SealedSecret') return [[placeOf(namespace, name), object]];
      if (kind !== 'ExternalSecret') return [];
      const target = text(record(record(record(this.input.render(object)).spec).target).name);
      return [[placeOf(namespace, target === '' ? name : target), object]];
    }));
  }

  private addNamespaces(named: NamedObjects<OrderedObject>): void {
    const inNamespaces = [...this.#objects.filter(isWorkload), ...this.#ordered.filter(isInNamespace).map(({ object }) => object)];
    for (const object of inNamespaces) {
      const { namespace } = object.metadata;
      if (namespace === undefined) continue;
      for (const home of named.find({ role: OrderRole.NAMESPACE, name: namespace }, object)) this.need(object, home.object);
    }
  }

  /** What the program says itself. That a chart depends on those in it is how cdk8s writes them, and nobody's wish. */
  private addDependencies(constructs: readonly IConstruct[]): void {
    for (const construct of constructs) {
      for (const dependency of construct.node.dependencies) {
        const [from, to] = [construct, dependency].map(chartOf);
        if (from !== undefined && to !== undefined && !to.node.scopes.includes(from)) this.need(construct, dependency);
      }
    }
  }

  private need(by: IConstruct, needed: IConstruct): void {
    const [from, to] = [Chart.of(by), Chart.of(needed)];
    if (from === to) return;
    this.#needed.add(to);
    const needs = mapIn(this.#needs, from);
    if (!needs.has(to)) needs.set(to, { by, needed });
  }
}

/** Where it is not known in which namespace something is, several of a name may be meant; one of the same chart is. */
function preferringOwn(object: ApiObject, needed: readonly OrderedObject[]): readonly OrderedObject[] {
  const chart = Chart.of(object);
  const nameOf = ({ object: { name }, role }: OrderedObject) => `${role} ${name}`;
  const own = new Set(needed.filter(other => Chart.of(other.object) === chart).map(nameOf));
  return own.size === 0 ? needed : needed.filter(other => Chart.of(other.object) === chart || !own.has(nameOf(other)));
}

/** The chart that holds a construct, where one does. */
function chartOf(construct: IConstruct): Chart | undefined {
  return construct.node.scopes.reverse().find((scope): scope is Chart => Chart.isChart(scope));
}

function listIn<K, V>(map: Map<K, V[]>, key: K): V[] {
  let values = map.get(key);
  if (values === undefined) map.set(key, values = []);
  return values;
}

function mapIn<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let values = map.get(key);
  if (values === undefined) map.set(key, values = new Map());
  return values;
}
