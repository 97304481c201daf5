import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { appChecksOf, appProblemsOf, redactionOf } from './app-checks';
import type { AppInspectionOptions, WarningHandling } from './app-options';
import { AppEntry } from './app-record';
import { checkTexts } from './misread-texts';
import { type ConstructProblem, ownerOf, RenderHook } from './render-hook';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import type { AppCheck, Redaction } from '../inspect/inspect';
import type { ExistingSecret, InspectionOptions, RepositoryOptions } from '../inspect/inspection-options';
import type { ManifestSource } from '../inspect/read/manifest-source';

/** What was acknowledged in an app. */
const ACKNOWLEDGED = new AppEntry<AcknowledgedOn[]>('acknowledged', () => []);
/** The secrets that constructs stand for and somebody else makes. */
const EXISTING = new AppEntry<Map<IConstruct, ExistingSecret>>('existing', () => new Map());
/** Those among them that are only named, and that nobody said to exist. */
const ASSUMED = new AppEntry<Set<IConstruct>>('assumed', () => new Set());
const CONFIGURED = new AppEntry<{ options: AppInspectionOptions }>('options', () => ({ options: {} }));

/** Findings of a code that may stay, on a construct and below it. */
export interface AcknowledgedOn {
  readonly scope: IConstruct;
  readonly code: string;
  readonly reason: string;
  /** Whether something asked for it that is in no inspection. */
  used?: boolean;
}

/** Everything that an inspection of an app needs to know, read off its tree. */
export interface AppManifests {
  readonly sources: ManifestSource[];
  /** What the app was configured with, and what its constructs declare and acknowledge. */
  readonly options: RepositoryOptions;
  /** Checks beyond those that all manifests are given. */
  readonly checks: readonly AppCheck[];
  /** What the texts of its findings go through. */
  readonly redact: Redaction;
  /** What no manifest shows: objects that could not be rendered, changes that could not be made to them, and what constructs know. */
  readonly problems: readonly ConstructProblem[];
  /** What constructs acknowledge. */
  readonly acknowledged: readonly AcknowledgedOn[];
}

/** Sets what the app of a construct is inspected against. */
export function configureApp(app: IConstruct, options: AppInspectionOptions): void {
  CONFIGURED.of(app).options = { ...options };
}

/** What becomes of warnings in the app of a construct. */
export function warningsOf(app: IConstruct): WarningHandling | undefined {
  return CONFIGURED.of(app).options.warnings;
}

/** Says of a construct that it stands for a secret that somebody else makes. */
export function declareExisting(construct: IConstruct, secret: ExistingSecret): void {
  EXISTING.of(construct).set(construct, secret);
}

/** Says of a construct that stands for a secret that it is only named: nothing makes the secret, and nobody said that it exists. */
export function declareAssumed(construct: IConstruct): void {
  ASSUMED.of(construct).add(construct);
}

/** Notes that findings of a code may stay on the objects of a construct and of those below it. */
export function acknowledge(scope: IConstruct, code: string, reason: string): void {
  ACKNOWLEDGED.of(scope).push({ scope, code, reason });
}

/** Whether findings of a code may stay on a construct. */
export function isAcknowledged(construct: IConstruct, code: string): boolean {
  const { scopes } = construct.node;
  const acknowledging = ACKNOWLEDGED.of(construct).filter(acknowledged => acknowledged.code === code && scopes.includes(acknowledged.scope));
  for (const acknowledged of acknowledging) acknowledged.used = true;
  return acknowledging.length > 0;
}

/**
 * Renders every object of an app, in the order of its tree.
 *
 * @param root the app
 * @param render renders one object
 * @param configured what the app is inspected against, where it is not what it was configured with
 */
export function manifestsOfApp(
  root: IConstruct, render: (object: ApiObject) => unknown = object => object.toJson(), configured: InspectionOptions = CONFIGURED.of(root).options,
): AppManifests {
  const existingSecrets = [...configured.existingSecrets ?? []];
  const sources: ManifestSource[] = [];
  const unrendered: ConstructProblem[] = [];
  const assumedSecrets: ExistingSecret[] = [];
  const declared = EXISTING.of(root);
  const assumed = ASSUMED.of(root);

  const visit = (construct: IConstruct, rendered: (object: ApiObject, manifest: unknown) => void) => {
    const existing = existingSecretOf(construct, declared);
    if (existing !== undefined) (assumed.has(construct) ? assumedSecrets : existingSecrets).push(existing);
    if (ApiObject.isApiObject(construct)) {
      const owner = ownerOf(construct);
      try {
        const manifest = render(construct as ApiObject);
        sources.push(new AppSource(manifest, owner));
        rendered(construct as ApiObject, manifest);
      } catch (error) {
        const problem = renderingProblem(error);
        if (problem !== undefined) unrendered.push({ construct: owner, problem });
      }
    }
    for (const child of construct.node.children) visit(child, rendered);
  };
  const unchanged = RenderHook.of(root).collect(rendered => visit(root, rendered));

  const acknowledgements = [
    ...configured.acknowledgements ?? [],
    ...ACKNOWLEDGED.of(root).map(({ scope, code, reason }) => ({ code, reason, constructPath: scope.node.path || undefined })),
  ];
  const options = { ...configured, existingSecrets, assumedSecrets, acknowledgements };
  return {
    sources,
    options,
    checks: [checkTexts, ...appChecksOf(root)],
    redact: redactionOf(root),
    problems: [...unrendered, ...unchanged, ...appProblemsOf(root)],
    acknowledged: ACKNOWLEDGED.of(root),
  };
}

/** The manifest of an object. Paths are long and most of them are never asked for, so they are made when they are. */
class AppSource implements ManifestSource {
  constructor(public readonly manifest: unknown, private readonly owner: IConstruct) {}

  public get constructPath(): string {
    return this.owner.node.path;
  }
}

/** What a construct says of a secret that somebody else makes: ours says it itself, that of cdk8s-plus is one without an object. */
function existingSecretOf(construct: IConstruct, existing: ReadonlyMap<IConstruct, ExistingSecret>): ExistingSecret | undefined {
  const declared = existing.get(construct);
  if (declared !== undefined) return declared;
  const secret = construct as { readonly kind?: unknown; readonly resourceType?: unknown; readonly name?: unknown };
  if (secret.kind !== 'Secret' || secret.resourceType !== 'secrets' || construct.node.children.length > 0) return undefined;
  return typeof secret.name === 'string' ? { name: secret.name } : undefined;
}

/** Why an object could not be rendered, or undefined where one of our own validations says it. */
export function renderingProblem(error: unknown): Problem | undefined {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SecretsError || message.includes(': SecretsError: ')) return undefined;
  if (message.includes("of type 'SensitiveValue'")) {
    return {
      code: 'SensitiveValueMisplaced',
      message: 'a SensitiveValue was placed in a manifest, where everybody could read it',
      next: 'put it into the data of a Secret, and bind its key',
    };
  }
  // The first line alone: what follows of some errors is the object itself, with all that its data hold.
  return { code: 'UnrenderedObject', message: firstLine(message), next: 'correct what it is made of' };
}

function firstLine(text: string): string {
  const [line] = text.split(/[\r\n]/, 1);
  // The errors of programs that quote what they could not read put it behind a bracket.
  const bracket = line.search(/[{[]/);
  return (bracket === -1 ? line : line.slice(0, bracket)).trim() || 'the object cannot be rendered';
}
