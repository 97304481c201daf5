import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type AppCheck, appChecksOf, type Redaction, redactionOf } from './app-checks';
import type { ExistingSecret, InspectionOptions } from './inspection-options';
import type { ManifestSource } from './manifest-source';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';

const ACKNOWLEDGED = 'cdk8s-secrets:acknowledged';
const EXISTING = new WeakMap<IConstruct, ExistingSecret>();
const OPTIONS = new WeakMap<IConstruct, InspectionOptions>();

/** Everything that an inspection of an app needs to know, read off its tree. */
export interface AppManifests {
  readonly sources: ManifestSource[];
  /** What the app was configured with, and what its constructs declare and acknowledge. */
  readonly options: InspectionOptions;
  /** The construct that each object belongs to, by path. */
  readonly owners: ReadonlyMap<string, IConstruct>;
  /** Checks beyond those that all manifests are given. */
  readonly checks: readonly AppCheck[];
  /** What the texts of its findings go through. */
  readonly redact: Redaction;
  /** Objects that could not be rendered, with why. */
  readonly unrendered: { readonly owner: IConstruct; readonly problem: Problem }[];
}

/** Sets what the app of a construct is inspected against. */
export function configureApp(app: IConstruct, options: InspectionOptions): void {
  OPTIONS.set(app.node.root, { ...options });
}

/** Says of a construct that it stands for a secret that somebody else makes. */
export function declareExisting(construct: IConstruct, secret: ExistingSecret): void {
  EXISTING.set(construct, secret);
}

/** Notes that findings of a code may stay on the objects of a construct and of those below it. */
export function acknowledge(scope: IConstruct, code: string, reason: string): void {
  scope.node.addMetadata(ACKNOWLEDGED, { code, reason });
}

/** Whether findings of a code may stay on a construct. */
export function isAcknowledged(construct: IConstruct, code: string): boolean {
  return construct.node.scopes.some(scope => scope.node.metadata.some(({ type, data }) => type === ACKNOWLEDGED && data.code === code));
}

/**
 * Renders every object of an app, in the order of its tree.
 *
 * @param root the app
 * @param render renders one object
 */
export function manifestsOfApp(root: IConstruct, render: (object: ApiObject) => unknown = object => object.toJson()): AppManifests {
  const owners = new Map<string, IConstruct>();
  const configured = OPTIONS.get(root.node.root) ?? {};
  const existingSecrets = [...configured.existingSecrets ?? []];
  const acknowledgements = [...configured.acknowledgements ?? []];
  const sources: ManifestSource[] = [];
  const unrendered: AppManifests['unrendered'] = [];
  for (const construct of root.node.findAll()) {
    for (const { type, data } of construct.node.metadata) {
      if (type === ACKNOWLEDGED) acknowledgements.push({ ...data, constructPath: construct.node.path || undefined });
    }
    const existing = existingSecretOf(construct);
    if (existing !== undefined) existingSecrets.push(existing);
    if (!ApiObject.isApiObject(construct)) continue;
    const object = construct as ApiObject;
    const owner = ownerOf(object);
    owners.set(owner.node.path, owner);
    try {
      sources.push({ manifest: render(object), constructPath: owner.node.path });
    } catch (error) {
      const problem = renderingProblem(error);
      if (problem !== undefined) unrendered.push({ owner, problem });
    }
  }
  const options = { ...configured, existingSecrets, acknowledgements };
  return { sources, options, owners, checks: appChecksOf(root), redact: redactionOf(root), unrendered };
}

/** The construct that a user knows an object by: the one whose `Resource` it is. */
function ownerOf(object: ApiObject): IConstruct {
  return object.node.id === 'Resource' ? object.node.scope! : object;
}

/** What a construct says of a secret that somebody else makes: ours says it itself, that of cdk8s-plus is one without an object. */
function existingSecretOf(construct: IConstruct): ExistingSecret | undefined {
  const declared = EXISTING.get(construct);
  if (declared !== undefined) return declared;
  const { kind, resourceType, name } = construct as { kind?: unknown; resourceType?: unknown; name?: unknown };
  const isImported = kind === 'Secret' && resourceType === 'secrets' && construct.node.children.length === 0 && typeof name === 'string';
  return isImported ? { name } : undefined;
}

/** Why an object could not be rendered, or undefined where one of our own validations says it. */
function renderingProblem(error: unknown): Problem | undefined {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SecretsError || message.includes(': SecretsError: ')) return undefined;
  if (message.includes("of type 'SensitiveValue'")) {
    return {
      code: 'SensitiveValueMisplaced',
      message: 'a SensitiveValue was placed in a manifest, where everybody could read it',
      next: 'put it into the data of a Secret, and bind its key',
    };
  }
  return { code: 'UnrenderedObject', message, next: 'correct what it is made of' };
}
