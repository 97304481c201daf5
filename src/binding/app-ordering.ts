import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { AppBindings } from './app-bindings';
import { orderRoleOf } from './order-graph';
import { OrderPlan } from './order-plan';
import type { OrderingVariant } from './ordering-variants';
import { annotate } from './pod-template';
import { unusedOrdering } from './unused-ordering';
import { AppInspector } from '../app/app-inspector';
import { AppEntry } from '../app/app-record';
import { type ConstructProblem, type ManifestChanger, objectOf, RenderHook } from '../app/render-hook';
import { record } from '../inspect/model/untyped';
import { DeclaredSecret } from '../secret/declared-secret';

type Manifest = Record<string, unknown>;

/** The orderings of an app, by scope. The nearest one holds for an object. */
export class AppOrdering implements ManifestChanger {
  /** The orderings of the app that holds a construct. */
  public static of(construct: IConstruct): AppOrdering {
    return ORDERING.of(construct);
  }

  readonly #chosen = new Map<IConstruct, OrderingVariant>();
  /** The plan of each scope, while objects are rendered together. */
  #plans?: Map<IConstruct, OrderPlan>;
  #isPlanning = false;

  constructor(private readonly root: IConstruct) {
    RenderHook.of(root).add(this);
  }

  /** Orders what is below a scope. */
  public choose(variant: OrderingVariant, scope: IConstruct): void {
    AppInspector.of(scope);
    this.#chosen.set(scope, variant);
  }

  public concerns(object: ApiObject): boolean {
    return orderRoleOf(object) !== undefined && this.scopeOf(object) !== undefined;
  }

  public change(object: ApiObject, manifest: Manifest): ConstructProblem[] {
    const scope = this.scopeOf(object);
    if (scope === undefined || this.#isPlanning || orderRoleOf(object) === undefined) return [];
    const annotations = record(record(manifest.metadata).annotations);
    for (const [name, value] of Object.entries(this.planOf(scope).annotations(object))) {
      if (annotations[name] === undefined) annotate(manifest, name, value);
    }
    return [];
  }

  public missing(): ConstructProblem[] {
    return [];
  }

  public begin(): void {
    this.#plans = new Map();
  }

  public end(): ConstructProblem[] {
    const scopes = [...this.#chosen.keys()].filter(scope => this.planOf(scope).isEmpty);
    this.#plans = undefined;
    return scopes.flatMap(unusedOrdering);
  }

  private planOf(scope: IConstruct): OrderPlan {
    const known = this.#plans?.get(scope);
    if (known !== undefined) return known;
    const input = { objects: this.objectsOf(scope), bound: boundObjects(this.root), render };
    const plan = this.planned(() => new OrderPlan(this.#chosen.get(scope)!, input));
    this.#plans?.set(scope, plan);
    return plan;
  }

  private planned<T>(plan: () => T): T {
    this.#isPlanning = true;
    try {
      return plan();
    } finally {
      this.#isPlanning = false;
    }
  }

  private objectsOf(scope: IConstruct): ApiObject[] {
    return scope.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && this.scopeOf(construct) === scope);
  }

  private scopeOf(construct: IConstruct): IConstruct | undefined {
    for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope) {
      if (this.#chosen.has(at)) return at;
    }
    return undefined;
  }
}

const ORDERING = new AppEntry<AppOrdering>('ordering', root => new AppOrdering(root));

/** The object of every secret of an app that is bound, and of every ConfigMap beside one, with each workload that it is bound to. */
export function* boundObjects(root: IConstruct): Iterable<readonly [ApiObject, ApiObject]> {
  const bindings = AppBindings.of(root);
  for (const { configMap, workload } of bindings.configMapUses()) {
    const { namespace } = workload.metadata;
    if (configMap._isIn(namespace)) yield [configMap._object(namespace), workload];
  }
  for (const { secret, workload } of bindings.uses()) {
    if (orderRoleOf(workload) !== undefined) continue;
    const maker = DeclaredSecret._is(secret) ? secret._in(workload.metadata.namespace) : undefined;
    const object = maker === undefined ? undefined : objectOf(maker);
    if (object !== undefined) yield [object, workload];
  }
}

/** What cannot be rendered has no references; why, is said where it is inspected. */
function render(object: ApiObject): unknown {
  try {
    return object.toJson();
  } catch {
    return undefined;
  }
}
