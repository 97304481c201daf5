import type { CustomResources } from './custom-resources';
import type { Manifest } from './manifest';
import { list, record, text } from './untyped';

export const GENERATORS = 'generators.external-secrets.io';

/** A generator that an ExternalSecret or a PushSecret names. */
export interface GeneratorReference {
  readonly kind: string;
  readonly name: string;
}

/** What the field `generatorRef` says. */
export function generatorReference(value: unknown): GeneratorReference | undefined {
  const { kind, name } = record(value);
  return text(kind) === '' ? undefined : { kind: text(kind), name: text(name) };
}

/** The manifest of a generator, where there is one. */
export function findGenerator({ kind, name }: GeneratorReference, namespace: string, resources: CustomResources): Manifest | undefined {
  return resources.find(GENERATORS, kind, name, kind === 'ClusterGenerator' ? undefined : namespace);
}

/** What makes the values, and how it is set: a ClusterGenerator says so in its spec. */
export interface GeneratorSettings {
  readonly kind: string;
  /** Undefined where no manifest says it. */
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** What is known of a generator. */
export function generatorSettings(reference: GeneratorReference, namespace: string, resources: CustomResources): GeneratorSettings {
  const manifest = findGenerator(reference, namespace, resources);
  const spec = manifest === undefined ? undefined : record(manifest.raw.spec);
  if (reference.kind !== 'ClusterGenerator') return { kind: reference.kind, spec };
  const kind = text(spec?.kind);
  const settings = Object.entries(record(spec?.generator)).find(([name]) => name.toLowerCase() === `${kind}spec`.toLowerCase())?.[1];
  return { kind, spec: spec === undefined ? undefined : record(settings) };
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  UUID: ['uuid'],
  SSHKey: ['privateKey', 'publicKey'],
  ECRAuthorizationToken: ['username', 'password', 'proxy_endpoint', 'expires_at'],
  GCRAccessToken: ['username', 'password', 'expiry'],
  ACRAccessToken: ['username', 'password'],
  GithubAccessToken: ['token', 'expiry'],
  QuayAccessToken: ['registry', 'auth'],
};

/** The keys of what a generator makes, where they are known. */
export function generatedKeys({ kind, spec }: GeneratorSettings): readonly string[] | undefined {
  if (Object.hasOwn(KEYS, kind)) return KEYS[kind];
  if (spec === undefined) return undefined;
  if (kind === 'Fake') return Object.keys(record(spec.data));
  if (kind !== 'Password') return undefined;
  const keys = list(spec.secretKeys).map(text);
  return keys.length === 0 ? ['password'] : keys;
}

/** Generators that make something new whenever they are asked, and keep nothing of it. */
const WITHOUT_MEMORY: ReadonlySet<string> = new Set(['Password', 'UUID', 'SSHKey']);

/** Whether a generator makes another value each time. */
export function isWithoutMemory({ kind }: GeneratorSettings): boolean {
  return WITHOUT_MEMORY.has(kind);
}

const HOUR = 3600;

/** How many seconds what a generator makes is good for, where its issuer fixes it. */
const LIFETIMES: Readonly<Record<string, number>> = {
  ECRAuthorizationToken: 12 * HOUR,
  GCRAccessToken: HOUR,
  GithubAccessToken: HOUR,
  ACRAccessToken: 3 * HOUR,
};

/** How many seconds what a generator makes is good for, where that is known. */
export function lifetimeOf({ kind }: GeneratorSettings): number | undefined {
  return Object.hasOwn(LIFETIMES, kind) ? LIFETIMES[kind] : undefined;
}

/** The field of a ClusterGenerator that holds the settings of a kind: `passwordSpec`, `ecrAuthorizationTokenSpec`. */
export function settingsField(kind: string): string {
  return `${kind.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/, start => start.toLowerCase())}Spec`;
}
