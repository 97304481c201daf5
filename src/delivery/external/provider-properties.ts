import type { ISecretStore } from './store-reference';
import type { Problem } from '../../errors/problem';
import type { RemoteRef } from '../../value/remote-ref';

/**
 * How providers of the External Secrets operator read the property of an entry, by their fields in `spec.provider`, as the code of 2.9 has it.
 * Those that are not named take it for a name first: `aws`, `azurekv`, `gcpsm`, `vault`, `kubernetes`, `akeyless`, and `scaleway` in the end.
 */
const READERS: Readonly<Record<string, 'path' | 'nothing'>> = {
  fake: 'path',
  gitlab: 'path',
  infisical: 'path',
  oracle: 'path',
  doppler: 'nothing',
};

function readerOf(provider: string | undefined): 'path' | 'nothing' | undefined {
  return provider !== undefined && Object.hasOwn(READERS, provider) ? READERS[provider] : undefined;
}

/** What a store has against a property. */
export function propertyProblem({ storeProvider }: ISecretStore, { key, property }: RemoteRef): Problem | undefined {
  return property !== undefined && readerOf(storeProvider) === 'nothing' ? {
    code: 'InvalidExternalSecret',
    message: `entries of ${storeProvider} have no properties, and ${JSON.stringify(property)} of ${JSON.stringify(key)} would be the whole entry`,
    next: 'let each key have an entry of its own: RemoteNaming.entryPerKey',
  } : undefined;
}

/** An entry that a naming convention says: its property is the name of a key, and `tls.crt` is a path for some providers. */
export function namedEntry({ storeProvider }: ISecretStore, ref: RemoteRef): RemoteRef {
  if (ref.property === undefined || readerOf(storeProvider) !== 'path') return ref;
  return { ...ref, property: ref.property.replaceAll('.', '\\.') };
}
