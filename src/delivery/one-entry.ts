import type { RemoteKeys } from './remote-keys';
import { SecretsError } from '../errors/secrets-error';
import type { RemoteRef } from '../value/remote-ref';

/** The fields of one entry of a store that a secret is made of. */
export interface OneEntry {
  /** The name of the entry. */
  readonly entry: string;
  readonly version?: string;
  /** The field of each key that is one: by key. */
  readonly fields: ReadonlyMap<string, string>;
  /** The fields that only templates use: by the name that a template has for them. */
  readonly parts: ReadonlyMap<string, string>;
}

/** How an operator reads: it fetches one entry as a whole for each secret. */
export interface EntryReader {
  /** Who reads, for messages: `a VaultStaticSecret`. */
  readonly reader: string;
  /** Whether entries have versions. */
  readonly hasVersions: boolean;
}

/** The entry that all keys of a secret are in; throws where they are in several, or are no fields of one. */
export function oneEntryOf({ entries, parts }: Pick<RemoteKeys, 'entries' | 'parts'>, { reader, hasVersions }: EntryReader): OneEntry {
  const refs = [...entries, ...parts];
  if (refs.length === 0) throw unsupported('the secret declares no key that is fetched', 'declare its keys, or give it another delivery');
  const [[, { key: entry, version }]] = refs;
  for (const [name, ref] of refs) {
    checkPlain(name, ref, reader);
    if (ref.property === undefined) {
      throw unsupported(`key ${JSON.stringify(name)} is to be the whole entry ${JSON.stringify(ref.key)}, and ${reader} takes fields of it`,
        'name the field: fromRemote({ key, property }), or RemoteNaming.entryPerSecret');
    }
    if (ref.key !== entry || ref.version !== version) {
      throw unsupported(`${reader} fetches one entry, and the keys are in several: ${JSON.stringify(entry)}, ${JSON.stringify(ref.key)}${ref.key === entry ? ' in another version' : ''}`,
        'keep them in one entry, declare a secret for each, or use SecretDelivery.external');
    }
  }
  if (version !== undefined && !hasVersions) throw unsupported(`${reader} takes no version of an entry`, 'leave the version out');
  const fieldsOf = (found: ReadonlyMap<string, RemoteRef>) => new Map([...found].map(([name, { property }]) => [name, property!]));
  return { entry, version, fields: fieldsOf(entries), parts: fieldsOf(parts) };
}

/** What the External Secrets operator alone does with a value. */
export function checkPlain(key: string, ref: RemoteRef, reader: string): void {
  const asked = ([['decodingStrategy', 'None'], ['conversionStrategy', 'Default'], ['metadataPolicy', 'None'], ['nullBytePolicy', 'Ignore']] as const)
    .find(([field, usual]) => ref[field] !== undefined && ref[field] !== usual);
  if (asked !== undefined) {
    throw unsupported(`key ${JSON.stringify(key)} asks for a ${asked[0]}, which ${reader} does not have`, 'leave it out, or use SecretDelivery.external');
  }
}

function unsupported(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'UnsupportedByDelivery', message, next });
}
