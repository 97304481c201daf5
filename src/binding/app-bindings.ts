import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { SelectorVariant } from './container-selector';
import { hasNoPods, isWorkload } from './known-workloads';
import { configMapProblem, namespaceProblem } from './namespace-rule';
import { type PodContainer, PodTemplate } from './pod-template';
import { Asked, checksumRollout, noRollout, type RolloutVariant } from './rollout-variants';
import { unused } from './unused';
import { AppInspector } from '../app/app-inspector';
import { AppEntry } from '../app/app-record';
import { type ConstructProblem, type ManifestChanger, objectOf, ownerOf, RenderHook } from '../app/render-hook';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { DeclaredSecret } from '../secret/declared-secret';
import type { SecretConfigMap } from '../secret/secret-config-map';
import type { ISecret } from '../secret/secret-reference';

/** How one binding changes a pod. */
export interface BindingVariant {
  readonly secrets: readonly ISecret[];
  /** The ConfigMaps beside secrets that a pod sees by it. */
  readonly configMaps?: readonly SecretConfigMap[];
  /** Which containers it changes, or undefined where it changes the pod as a whole. */
  readonly containers?: SelectorVariant;
  /**
   * What is known when it is applied to a scope, and must be done then.
   *
   * @returns how it changes each pod below the scope
   */
  applyTo(scope: IConstruct): (pod: PodTemplate, containers: readonly PodContainer[]) => void;
}

/** A binding on the scope that it was applied to. */
interface Applied {
  readonly variant: BindingVariant;
  readonly scope: IConstruct;
  readonly change: (pod: PodTemplate, containers: readonly PodContainer[]) => void;
  readonly order: number;
  /** Whether there was a pod that it could change. */
  met: boolean;
}

/** A rollout, and the scope that it was chosen for. */
interface ChosenRollout {
  readonly variant: RolloutVariant;
  readonly scope: IConstruct;
  /** Whether there was a pod that it could restart. */
  met: boolean;
}

type Manifest = Record<string, unknown>;

/**
 * The bindings and rollouts of an app: recorded on the constructs that they were applied to, and made when the objects
 * below those are rendered, whoever made them and whenever they were added.
 */
export class AppBindings implements ManifestChanger {
  /** The bindings of the app that holds a construct. */
  public static of(construct: IConstruct): AppBindings {
    return BINDINGS.of(construct);
  }

  /** By scope, in the order in which they were applied. */
  readonly #applied = new Map<IConstruct, Applied[]>();
  /** All of them. */
  readonly #all: Applied[] = [];
  /** The rollout that was chosen last for each scope. */
  readonly #rollouts = new Map<IConstruct, ChosenRollout>();
  /** The names of the containers that each changed. */
  readonly #found = new Map<BindingVariant, Set<string>>();

  /** The objects that could not be changed as asked. */
  readonly #troubled = new Set<ApiObject>();

  constructor(root: IConstruct) {
    RenderHook.of(root).add(this);
  }

  /**
   * Applies a binding to a construct and all that is below it, now or later.
   *
   * @throws UnsupportedWorkload, NamespaceMismatch
   */
  public apply(variant: BindingVariant, scope: IConstruct): void {
    AppInspector.of(scope);
    const object = objectOf(scope);
    if (object !== undefined && isWorkload(object)) checkNamespace(variant, object, scope);
    if (this.holdsFor(variant, scope)) return;
    if (object !== undefined && hasNoPods(object)) throw unsupported(object, scope);
    const applied = { variant, scope, change: variant.applyTo(scope), order: this.#all.length, met: false };
    const here = this.#applied.get(scope);
    if (here === undefined) this.#applied.set(scope, [applied]);
    else here.push(applied);
    this.#all.push(applied);
    if (variant.containers === undefined) return;
    for (const secret of variant.secrets) {
      if (DeclaredSecret._is(secret)) secret._restarted?.add(() => this.restartedBelow(scope));
    }
  }

  /** Which secrets are bound to which objects, as far as they were applied. */
  public* uses(): Iterable<{ readonly secret: ISecret; readonly workload: ApiObject }> {
    for (const { variant, scope } of this.#all) {
      for (const workload of boundBelow(scope)) for (const secret of variant.secrets) yield { secret, workload };
    }
  }

  /** Which ConfigMaps beside secrets are bound to which objects, as far as they were applied. */
  public* configMapUses(): Iterable<{ readonly configMap: SecretConfigMap; readonly workload: ApiObject }> {
    for (const { variant: { configMaps = [] }, scope } of this.#all) {
      if (configMaps.length === 0) continue;
      for (const workload of boundBelow(scope)) for (const configMap of configMaps) yield { configMap, workload };
    }
  }

  /** Chooses what restarts the pods below a scope. */
  public rollOut(variant: RolloutVariant, scope: IConstruct): void {
    AppInspector.of(scope);
    // with(…) applies to a scope and then to all that is below it, which has it already
    if (this.rolloutsFor(scope)[0]?.variant === variant) return;
    const object = objectOf(scope);
    const problem = object && variant.refuses?.(object.kind);
    if (problem !== undefined) throw new SecretsError(problem, scope.node.path);
    const chosen = { variant, scope, met: variant === noRollout };
    this.#rollouts.set(scope, chosen);
  }

  /** Whether a rollout was chosen for an object, or for a scope that holds it. */
  public isRolloutChosen(object: ApiObject): boolean {
    return this.rolloutsFor(object).length > 0;
  }

  public concerns(object: ApiObject): boolean {
    for (let at: IConstruct | undefined = object; at !== undefined; at = at.node.scope) {
      if (this.#applied.has(at) || this.#rollouts.has(at)) return true;
    }
    return false;
  }

  public change(object: ApiObject, manifest: Manifest): ConstructProblem[] {
    const holding = this.holdingFor(object);
    const applied = this.eachOnce(holding);
    const problems: ConstructProblem[] = [];
    for (const pod of PodTemplate.of(manifest)) {
      for (const one of holding) one.met = true;
      for (const one of applied) pod.by(`the binding applied to ${nameOf(one.scope)}`, () => this.bind(one, pod, object));
      for (const problem of pod.problems) problems.push({ construct: ownerOf(object), problem });
      if (pod.problems.length > 0) this.#troubled.add(object);
      problems.push(...this.roll(pod, object, manifest, applied.length > 0));
    }
    return problems;
  }

  public missing(object: ApiObject, manifest: Manifest): ConstructProblem[] {
    if (rendersAsUsual(object) || isPatched(object) || this.#troubled.has(object)) return [];
    const applied = this.eachOnce(this.holdingFor(object));
    for (const pod of PodTemplate.of(manifest)) {
      for (const one of applied) this.bind(one, pod, object);
      if (pod.changes > 0 || pod.problems.length > 0) {
        return [{
          construct: ownerOf(object),
          problem: {
            code: 'BindingDropped',
            message: `the ${object.kind} was rendered without what was bound to it: its class writes the manifest in its own way`,
            next: 'make it with another class, for example one of cdk8s import for a newer version, or as an ApiObject',
          },
        }];
      }
    }
    return [];
  }

  public begin(): void {
    this.#found.clear();
    this.#troubled.clear();
    for (const applied of this.#all) applied.met = false;
    for (const chosen of this.#rollouts.values()) chosen.met = chosen.variant === noRollout;
  }

  public end(): ConstructProblem[] {
    const problems = this.#all.flatMap(({ variant, scope, met }) => {
      const problem = met ? this.unmet(variant) : unused('binding', scope);
      return problem === undefined ? [] : [{ construct: scope, problem }];
    });
    const unusedRollouts = [...this.#rollouts.values()].filter(({ met }) => !met).map(({ scope }) => ({ construct: scope, problem: unused('rollout', scope) }));
    return [...problems, ...unusedRollouts];
  }

  private roll(pod: PodTemplate, object: ApiObject, manifest: Manifest, isBound: boolean): ConstructProblem[] {
    const construct = ownerOf(object);
    const [chosen, ...overruled] = this.rolloutsFor(object);
    if (chosen === undefined && !isBound) return [];
    for (const one of [chosen, ...overruled]) if (one !== undefined) one.met = true;
    const { variant, scope } = chosen ?? { variant: checksumRollout, scope: undefined };
    const isOwn = scope !== undefined && objectOf(scope) === object;
    const asked = scope === undefined ? Asked.BY_DEFAULT : isOwn ? Asked.OF_WORKLOAD : Asked.OF_SCOPE;
    return variant.roll({ pod, construct: object, namespace: object.metadata.namespace, manifest, asked }).map(found => ({ construct, ...found }));
  }

  /** The rollouts that were chosen for a construct and for the scopes above it, the nearest first: that one holds. */
  private rolloutsFor(construct: IConstruct): ChosenRollout[] {
    if (this.#rollouts.size === 0) return [];
    return construct.node.scopes.reverse().flatMap(scope => this.#rollouts.get(scope) ?? []);
  }

  /** The objects below a scope whose pods whoever makes a secret may restart: nobody chose that nothing does, or somebody else. */
  private restartedBelow(scope: IConstruct): ApiObject[] {
    return scope.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct)).filter(object => {
      const chosen = this.rolloutsFor(object)[0]?.variant;
      return chosen === undefined || chosen === checksumRollout;
    });
  }

  private bind(applied: Applied, pod: PodTemplate, object: ApiObject): void {
    const { variant, change } = applied;
    const problem = elsewhere(variant, object);
    if (problem !== undefined) return pod.refuse(problem.code, problem.message, problem.next);
    if (variant.containers === undefined) return change(pod, []);
    const selected = pod.select(variant.containers);
    if (selected.length > 0) change(pod, selected);
    else if (!variant.containers.mayMiss) pod.refuse(...noContainer(variant.containers.unmet(new Set())!));
    let found = this.#found.get(variant);
    if (found === undefined) this.#found.set(variant, found = new Set());
    for (const { name } of selected) found.add(name);
  }

  /** Those that hold for an object, in the order in which they were applied. */
  private holdingFor(object: ApiObject): Applied[] {
    const holding: Applied[] = [];
    for (let at: IConstruct | undefined = object; at !== undefined; at = at.node.scope) {
      const here = this.#applied.get(at);
      if (here !== undefined) holding.push(...here);
    }
    return holding.sort((a, b) => a.order - b.order);
  }

  private eachOnce(holding: readonly Applied[]): readonly Applied[] {
    if (holding.length < 2) return holding;
    const seen = new Set<BindingVariant>();
    return holding.filter(({ variant }) => !seen.has(variant) && seen.add(variant));
  }

  private holdsFor(variant: BindingVariant, scope: IConstruct): boolean {
    for (let at: IConstruct | undefined = scope; at !== undefined; at = at.node.scope) {
      if (this.#applied.get(at)?.some(applied => applied.variant === variant)) return true;
    }
    return false;
  }

  private unmet(variant: BindingVariant): Problem | undefined {
    const unmet = variant.containers?.unmet(this.#found.get(variant) ?? new Set());
    return unmet === undefined ? undefined : asProblem(noContainer(unmet));
  }
}

const BINDINGS = new AppEntry<AppBindings>('bindings', root => new AppBindings(root));

function checkNamespace(variant: BindingVariant, object: ApiObject, at: IConstruct): void {
  const problem = elsewhere(variant, object);
  if (problem !== undefined) throw new SecretsError(problem, at.node.path);
}

/** What keeps the pods of an object from seeing what a binding brings, as that is in another namespace. */
function elsewhere({ secrets, configMaps = [] }: BindingVariant, { kind, metadata: { namespace } }: ApiObject): Problem | undefined {
  for (const secret of secrets) {
    const problem = namespaceProblem(secret, kind, namespace);
    if (problem !== undefined) return problem;
  }
  return configMaps.map(configMap => configMapProblem(configMap, kind, namespace)).find(problem => problem !== undefined);
}

/** The objects below a scope that may have pods. */
function boundBelow(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct)).filter(object => !hasNoPods(object));
}

function unsupported(object: ApiObject, at: IConstruct): SecretsError {
  return new SecretsError({
    code: 'UnsupportedWorkload',
    message: `it is a ${object.kind}, which has no pods`,
    next: 'apply the binding to a workload (Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, a custom resource with a pod template), or to a chart',
  }, at.node.path);
}

function noContainer(unmet: string): [Problem['code'], string, string] {
  return ['UnknownContainer', `there is no ${unmet} that the binding could be applied to`, 'check the name of the container'];
}

function asProblem([code, message, next]: readonly [Problem['code'], string, string]): Problem {
  return { code, message, next };
}

function nameOf(scope: IConstruct): string {
  return scope.node.path === '' ? 'the app' : JSON.stringify(scope.node.path);
}

/** Whether an object writes its manifest as every ApiObject does. */
function rendersAsUsual(object: ApiObject): boolean {
  return Object.getPrototypeOf(object).toJson === ApiObject.prototype.toJson;
}

/** Whether the user changed the manifest afterwards. */
function isPatched(object: ApiObject): boolean {
  const { patches } = object as unknown as { patches?: unknown[] };
  return (patches?.length ?? 0) > 0;
}
