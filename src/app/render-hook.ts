import { ApiObject, type App, type ResolutionContext } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { AppEntry } from './app-record';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import type { Code } from '../inspect/findings-of-object';
import { isRecord } from '../inspect/model/untyped';

type Manifest = Record<string, unknown>;

/** What is wrong, and with which construct. */
export interface ConstructProblem {
  readonly construct: IConstruct;
  readonly problem: Problem;
  /** Whether it works all the same, but not as it reads. */
  readonly isWarning?: boolean;
  /** The code under which the manifest of the construct shows the same: it is then not said twice. */
  readonly insteadOf?: Code;
}

/** What changes manifests when they are rendered: before the JSON patches of the user, and whoever made their objects. */
export interface ManifestChanger {
  /** Whether it may have something to change in an object. */
  concerns(object: ApiObject): boolean;
  /** Changes the manifest of an object, and says what stands in the way. */
  change(object: ApiObject, manifest: Manifest): ConstructProblem[];
  /** What of its changes is not in a manifest that was rendered with them. */
  missing(object: ApiObject, manifest: Manifest): ConstructProblem[];
  /** Forgets which objects it has seen. */
  begin(): void;
  /** What has changed nothing in all the objects since `begin`. */
  end(): ConstructProblem[];
}

/**
 * Has the manifests of an app changed when they are rendered.
 *
 * It is a resolver of the app, which cdk8s asks first about every value of an object: the whole manifest is the first of them.
 */
export class RenderHook {
  /** The hook of the app that holds a construct. */
  public static of(construct: IConstruct): RenderHook {
    return HOOK.of(construct);
  }

  readonly #changers: ManifestChanger[] = [];
  readonly #changed = new WeakSet<object>();
  #problems?: ConstructProblem[];

  constructor(private readonly root: IConstruct) {}

  /** Has manifests changed from now on. A resolver is asked about every value of an app, so there is none before. */
  public add(changer: ManifestChanger): void {
    const { resolvers } = this.root as Partial<App>;
    if (this.#changers.length === 0 && Array.isArray(resolvers)) resolvers.unshift(this);
    this.#changers.push(changer);
  }

  /**
   * What cdk8s calls for each value.
   *
   * @throws the first problem, unless an inspection collects them all
   */
  public resolve(context: ResolutionContext): void {
    if (context.key.length > 0 || this.#changed.has(context.value)) return;
    const { obj, value } = context;
    if (!isManifestOf(obj, value) || !this.#changers.some(changer => changer.concerns(obj))) return;
    const manifest = opened(value) as Manifest;
    const problems = this.#changers.flatMap(changer => changer.change(obj, manifest));
    if (this.#problems !== undefined) this.#problems.push(...problems);
    else throwFirst(problems);
    this.#changed.add(manifest);
    context.replaceValue(manifest);
  }

  /** Does something that renders objects, and forgets what stands in the way of changing them: whoever renders them in earnest says it. */
  public aside<T>(action: () => T): T {
    const before = this.#problems;
    this.#problems = [];
    try {
      return action();
    } finally {
      this.#problems = before;
    }
  }

  /** Renders objects, and collects what stands in the way of changing them and what was not changed. */
  public collect(render: (rendered: (object: ApiObject, manifest: unknown) => void) => void): ConstructProblem[] {
    const problems: ConstructProblem[] = this.#problems = [];
    this.#changers.forEach(changer => changer.begin());
    try {
      render((object, manifest) => {
        if (this.#changers.length === 0 || !isRecord(manifest)) return;
        for (const changer of this.#changers) if (changer.concerns(object)) problems.push(...changer.missing(object, manifest));
      });
    } finally {
      this.#problems = undefined;
    }
    return [...problems, ...this.#changers.flatMap(changer => changer.end())];
  }
}

const HOOK = new AppEntry<RenderHook>('rendering', root => new RenderHook(root));

/** The construct that a user knows an object by: the one whose `Resource` it is. */
export function ownerOf(object: IConstruct): IConstruct {
  return object.node.id === 'Resource' ? object.node.scope ?? object : object;
}

/** The object that a construct is, or was made for it. */
export function objectOf(construct: IConstruct): ApiObject | undefined {
  for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.defaultChild) {
    if (ApiObject.isApiObject(at)) return at as ApiObject;
  }
  return undefined;
}

/** The metadata of an object are resolved by themselves too. */
function isManifestOf(object: ApiObject, value: unknown): value is Manifest {
  return isRecord(value) && value.kind === object.kind && value.apiVersion === object.apiVersion && 'metadata' in value;
}

function throwFirst(problems: readonly ConstructProblem[]): void {
  const first = problems.find(({ isWarning }) => isWarning !== true);
  if (first !== undefined) throw new SecretsError(first.problem, first.construct.node.path);
}

/** A copy of a value with what is made later made now, as cdk8s does it. */
function opened(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(opened);
  const { produce, resolve } = value as { produce?: unknown; resolve?: unknown };
  if (typeof resolve === 'function') return opened(resolve.call(value));
  if (value.constructor === Object || value.constructor === undefined) {
    const copy: Manifest = {};
    for (const [key, child] of Object.entries(value)) copy[key] = opened(child);
    return copy;
  }
  return typeof produce === 'function' ? opened(produce.call(value)) : value;
}
