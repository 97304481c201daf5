import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { appChecksOf, redactionOf } from './app-checks';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import type { AppCheck, Redaction } from '../inspect/inspect';
import type { ExistingSecret, InspectionOptions } from '../inspect/inspection-options';
import type { ManifestSource } from '../inspect/read/manifest-source';

/** What was acknowledged in an app. */
const ACKNOWLEDGED = new WeakMap<IConstruct, AcknowledgedOn[]>();
const EXISTING = new WeakMap<IConstruct, ExistingSecret>();
const OPTIONS = new WeakMap<IConstruct, InspectionOptions>();

interface AcknowledgedOn {
  readonly scope: IConstruct;
  readonly code: string;
  readonly reason: string;
}

/** Everything that an inspection of an app needs to know, read off its tree. */
export interface AppManifests {
  readonly sources: ManifestSource[];
  /** What the app was configured with, and what its constructs declare and acknowledge. */
  readonly options: InspectionOptions;
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
  const { root } = scope.node;
  ACKNOWLEDGED.set(root, [...acknowledgedIn(root), { scope, code, reason }]);
}

/** Whether findings of a code may stay on a construct. */
export function isAcknowledged(construct: IConstruct, code: string): boolean {
  const { root, scopes } = construct.node;
  return acknowledgedIn(root).some(acknowledged => acknowledged.code === code && scopes.includes(acknowledged.scope));
}

function acknowledgedIn(root: IConstruct): readonly AcknowledgedOn[] {
  return ACKNOWLEDGED.get(root) ?? [];
}

/**
 * Renders every object of an app, in the order of its tree.
 *
 * @param root the app
 * @param render renders one object
 */
export function manifestsOfApp(root: IConstruct, render: (object: ApiObject) => unknown = object => object.toJson()): AppManifests {
  const configured = OPTIONS.get(root.node.root) ?? {};
  const existingSecrets = [...configured.existingSecrets ?? []];
  const sources: ManifestSource[] = [];
  const unrendered: AppManifests['unrendered'] = [];

  const visit = (construct: IConstruct) => {
    const existing = existingSecretOf(construct);
    if (existing !== undefined) existingSecrets.push(existing);
    if (ApiObject.isApiObject(construct)) {
      const owner = ownerOf(construct);
      try {
        sources.push(new AppSource(render(construct as ApiObject), owner));
      } catch (error) {
        const problem = renderingProblem(error);
        if (problem !== undefined) unrendered.push({ owner, problem });
      }
    }
    construct.node.children.forEach(visit);
  };
  visit(root);

  const acknowledgements = [
    ...configured.acknowledgements ?? [],
    ...acknowledgedIn(root.node.root).map(({ scope, code, reason }) => ({ code, reason, constructPath: scope.node.path || undefined })),
  ];
  const options = { ...configured, existingSecrets, acknowledgements };
  return { sources, options, checks: appChecksOf(root), redact: redactionOf(root), unrendered };
}

/** The manifest of an object. Paths are long and most of them are never asked for, so they are made when they are. */
class AppSource implements ManifestSource {
  constructor(public readonly manifest: unknown, private readonly owner: IConstruct) {}

  public get constructPath(): string {
    return this.owner.node.path;
  }
}

/** The construct that a user knows an object by: the one whose `Resource` it is. */
function ownerOf(object: IConstruct): IConstruct {
  return object.node.id === 'Resource' ? object.node.scope ?? object : object;
}

/** What a construct says of a secret that somebody else makes: ours says it itself, that of cdk8s-plus is one without an object. */
function existingSecretOf(construct: IConstruct): ExistingSecret | undefined {
  const declared = EXISTING.get(construct);
  if (declared !== undefined) return declared;
  const secret = construct as { readonly kind?: unknown; readonly resourceType?: unknown; readonly name?: unknown };
  if (secret.kind !== 'Secret' || secret.resourceType !== 'secrets' || construct.node.children.length > 0) return undefined;
  return typeof secret.name === 'string' ? { name: secret.name } : undefined;
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
