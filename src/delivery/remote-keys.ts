import { namingVariant, type RemoteNaming } from './remote-naming';
import type { SecretDeclaration } from './secret-declaration';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { didYouMean } from '../errors/suggest';
import type { RemoteRef } from '../value/remote-ref';
import type { SensitiveValue } from '../value/sensitive-value';

/** Where a store holds what a secret declares. */
export interface RemoteKeys {
  /** The entry of each key that is one: by key. */
  readonly entries: ReadonlyMap<string, RemoteRef>;
  /** The Go template of each key that is made of entries: by key. */
  readonly templates: ReadonlyMap<string, string>;
  /** The entries that only templates use: by the name that a template has for them. */
  readonly parts: ReadonlyMap<string, RemoteRef>;
}

/** The name and namespace of a secret. */
interface Place {
  readonly name: string;
  readonly namespace?: string;
}

/**
 * Finds the entries of a secret's keys: what `SensitiveValue.fromRemote` says, else what the naming convention says.
 *
 * @param declaration the secret
 * @param place its name and namespace
 * @param naming the convention, or undefined where keys without an entry of their own come from elsewhere
 * @param made Go templates of keys that are made of others
 */
export function remoteKeysOf(
  declaration: SecretDeclaration, place: Place, naming: RemoteNaming | undefined, made: ReadonlyMap<string, string> = new Map(),
): RemoteKeys {
  const named = declaration.original ?? place;
  const entries = new Map<string, RemoteRef>();
  const templates = new Map(made);
  const parts = new Map<string, RemoteRef>();
  for (const [key, value] of declaration.values()) {
    if (made.has(key)) continue;
    const remoteParts = partsOf(key, value);
    if (value._remote !== undefined) {
      entries.set(key, value._remote);
    } else if (remoteParts !== undefined) {
      templates.set(key, value._recipe!.template);
      for (const [name, ref] of remoteParts) parts.set(name, ref);
    } else if (naming !== undefined) {
      const found = namingVariant(naming).refOf({ name: named.name, namespace: named.namespace, key });
      if ('code' in found) throw new SecretsError(found);
      entries.set(key, found);
    }
  }
  return { entries, templates, parts };
}

/** The entries that a value is made of, or undefined where it is not made of remote ones. */
function partsOf(key: string, value: SensitiveValue): Map<string, RemoteRef> | undefined {
  const parts = Object.entries(value._recipe?.parts ?? {});
  const remote = new Map(parts.flatMap(([name, part]) => part._remote === undefined ? [] : [[name, part._remote] as const]));
  if (remote.size === 0) return undefined;
  const local = parts.find(([name]) => !remote.has(name));
  if (local === undefined) return remote;
  throw new SecretsError({
    code: 'InvalidExternalSecret',
    message: `key ${JSON.stringify(key)} is made of values of which some are remote, and ${JSON.stringify(local[0])} is not: ${local[1]._description}`,
    next: 'let all of them, or none, be SensitiveValue.fromRemote',
  });
}

/** That a delivery's templates make a key which the secret does not declare. */
export function undeclaredTemplate(key: string, declared: readonly string[]): Problem {
  return { code: 'UnknownKey', message: `a template makes the key ${JSON.stringify(key)}, which the secret does not declare`, next: didYouMean(key, declared, 'keys') };
}

/** What an action has against something, as problems. */
export function problemsOf(action: () => unknown): Problem[] {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof SecretsError) return [error.problem];
    throw error;
  }
}
