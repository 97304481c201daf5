import { existsSync } from 'node:fs';
import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { GenerationLog } from './generation-log';
import { type GeneratedSecret, readAsOf, recipeOf } from './generation-recipe';
import { baseNameOf, hashedMetadata } from './hashed-name';
import { addAppProblem } from '../app/app-checks';
import { AppEntry } from '../app/app-record';
import { CONFIG_MAP, type Generation } from '../delivery/generation-journal';
import type { CheckedGenerations } from '../delivery/kept-generations';
import type { DeliveredSecret, DeliveryVariant, SecretDeclaration } from '../delivery/secret-declaration';
import { SecretsError } from '../errors/secrets-error';

/** The construct below a secret, or a ConfigMap beside one, that holds those that were made before it. */
const EARLIER = 'Earlier';

/** A secret with a hashed name, as it was delivered. */
export interface HashedSecret {
  readonly secret: Construct;
  readonly delivery: DeliveryVariant;
  readonly delivered: DeliveredSecret;
  readonly declaration: SecretDeclaration;
  readonly generated: GeneratedSecret;
}

/** The values of a Secret that was made before, and is made again. */
export interface EarlierValues {
  readonly name: string;
  readonly namespace?: string;
  readonly values: ReadonlyMap<string, Buffer>;
}

/**
 * Has the Secrets that were made before a secret stay in the manifests, as far as its delivery keeps them and they can be made.
 *
 * @returns the values that were read for them
 * @throws UnsupportedByDelivery, UnusableGenerations
 */
export function keepEarlier(hashed: HashedSecret, keep: CheckedGenerations): readonly EarlierValues[] {
  const { secret, delivery, delivered: { name, namespace, object } } = hashed;
  const recipe = delivery.isEncrypted === true ? undefined : checkedRecipe(hashed);
  const earlier = new EarlierSecrets(hashed);
  const newest = { path: secret.node.path, delivery: delivery.name, namespace, name };
  keepBeside(secret, newest, keep, {
    make: generation => earlier.make(generation),
    content: () => recipe === undefined ? { manifest: object!.toJson() } : { generations: recipe },
  });
  return earlier.values;
}

/**
 * Has the ConfigMaps that were made before one stay in the manifests. Everybody may know what is in them.
 *
 * @param configMap the construct of the ConfigMap
 * @param object its object in one namespace
 * @throws UnusableGenerations
 */
export function keepEarlierConfigMaps(configMap: Construct, object: ApiObject, keep: CheckedGenerations): void {
  const { name, metadata: { namespace }, node: { path } } = object;
  keepBeside(configMap, { path, delivery: CONFIG_MAP, namespace, name }, keep, {
    make: generation => {
      new WrittenObject(earlierScope(configMap), idOf(generation), generation.manifest!);
      return true;
    },
    content: () => ({ manifest: object.toJson() }),
  });
}

/**
 * Has the journal of a secret whose name has no hash, or no hash any more, say what nothing declares any more.
 *
 * @throws UnusableGenerations
 */
export function dropEarlier(secret: Construct, { journal }: CheckedGenerations): void {
  if (existsSync(journal)) GenerationLog.of(secret, journal);
}

/** How what was made before is made again, and what has to be written down of the newest. */
interface Keeper {
  /** Makes it, where that can be. */
  make(generation: Generation): boolean;
  content(): Pick<Generation, 'manifest' | 'generations'>;
}

function keepBeside(construct: Construct, newest: Generation, { journal, generations: count }: CheckedGenerations, { make, content }: Keeper): void {
  const log = GenerationLog.of(construct, journal);
  const before = log.take(newest).filter(({ name, namespace }) => name !== newest.name || namespace !== newest.namespace);
  const kept = before.reverse().slice(0, count - 1).filter(make).reverse();
  log.declare({ kept, newest: () => ({ ...newest, ...content() }) });
}

/** The paths of the constructs that hold the earlier Secrets of an app. */
const SCOPES = new AppEntry<Set<string>>('earlier-secrets', () => new Set());

/** Whether a construct of an app is in what brings an earlier Secret. */
export function isOfEarlier(app: IConstruct, constructPath = ''): boolean {
  const at = constructPath.lastIndexOf(`/${EARLIER}/`);
  return at >= 0 && SCOPES.of(app).has(constructPath.slice(0, at + 1 + EARLIER.length));
}

/** The construct below another one that holds what was made before. */
function earlierScope(construct: Construct): Construct {
  const known = construct.node.tryFindChild(EARLIER) as Construct | undefined;
  if (known !== undefined) return known;
  const scope = new Construct(construct, EARLIER);
  SCOPES.of(scope).add(scope.node.path);
  return scope;
}

/** The Secrets that were made before one. */
class EarlierSecrets {
  public readonly values: EarlierValues[] = [];

  constructor(private readonly hashed: HashedSecret) {}

  /** Makes what brings an earlier Secret; where that cannot be, says so. */
  public make(generation: Generation): boolean {
    const { delivery } = this.hashed;
    const { manifest, generations } = generation;
    if (generation.delivery !== delivery.name) return this.lose(generation, `was brought by SecretDelivery.${generation.delivery}`);
    if (delivery.isEncrypted === true && manifest !== undefined) {
      const outdated = delivery.outdated?.(manifest);
      if (outdated !== undefined) return this.lose(generation, outdated);
      new WrittenObject(this.scope(), idOf(generation), manifest);
      return true;
    }
    const values = generations === undefined ? undefined : this.valuesOf(generation, generations);
    if (values === undefined) return this.lose(generation, 'cannot be derived again, as more than the generations of its values has changed');
    const { declaration } = this.hashed;
    this.values.push({ name: generation.name, namespace: generation.namespace, values });
    delivery.deliver(new Construct(this.scope(), idOf(generation)), {
      ...declaration,
      metadata: { ...hashedMetadata(declaration.metadata, baseNameOf(generation.name), hashOf(generation.name)), namespace: generation.namespace },
      immutable: true,
      read: () => values,
      problems: () => [],
    });
    return true;
  }

  /** The values that an earlier Secret had; undefined where others than the generated ones have changed since, which its name tells. */
  private valuesOf({ name }: Generation, recipe: Readonly<Record<string, number>>): ReadonlyMap<string, Buffer> | undefined {
    const { generated, delivery, declaration } = this.hashed;
    try {
      const values = readAsOf(recipe, generated);
      return delivery.nameHash({ ...declaration, read: () => values }) === hashOf(name) ? values : undefined;
    } catch (error) {
      if (error instanceof SecretsError) return undefined;
      throw error;
    }
  }

  private scope(): Construct {
    return earlierScope(this.hashed.secret);
  }

  private lose({ namespace, name }: Generation, why: string): false {
    const place = namespace === undefined ? name : `${namespace}/${name}`;
    addAppProblem({
      construct: this.hashed.secret,
      isWarning: true,
      problem: {
        code: 'EarlierSecretLost',
        message: `the earlier Secret ${JSON.stringify(place)} ${why}: it is no longer in the manifests`,
        next: 'spare it from pruning while pods need it, or take its line out of the journal',
      },
    });
    return false;
  }
}

/** An object as it was when it was written down. */
class WrittenObject extends ApiObject {
  readonly #manifest: Readonly<Record<string, any>>;

  constructor(scope: Construct, id: string, manifest: Readonly<Record<string, any>>) {
    const { apiVersion, kind, metadata: { name, namespace } } = manifest;
    super(scope, id, { apiVersion, kind, metadata: { name, namespace } });
    this.#manifest = manifest;
  }

  public toJson(): any {
    return structuredClone(this.#manifest);
  }
}

function checkedRecipe({ delivery, declaration, generated }: HashedSecret) {
  const recipe = recipeOf(generated);
  if (recipe !== undefined) return recipe;
  throw new SecretsError({
    code: 'UnsupportedByDelivery',
    message: `SecretDelivery.${delivery.name} can keep no earlier Secrets of ${JSON.stringify(baseNameOf(declaration.metadata!.name!))}: none of its values is generated, `
      + 'and the plain values of yesterday are written down nowhere',
    next: 'deliver it with SecretDelivery.sealed or .sops, or give it a delivery without keep and have annotations spare old Secrets, see docs/rollout.md',
  });
}

/** No namespace holds a dot, so these are as many as there are places. */
function idOf({ namespace, name }: Generation): string {
  return `${namespace ?? ''}.${name}`;
}

function hashOf(name: string): string {
  return name.slice(baseNameOf(name).length + 1);
}
