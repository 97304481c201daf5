import type { ApiObjectMetadata } from 'cdk8s';
import { NAME_HASH_LENGTH, portableHash } from '../kubernetes/name-hash';
import { labelValue } from '../kubernetes/names';

/** The label by which all Secrets of one declaration are found, whatever their hashes: old ones can be pruned by it. */
export const HASHED_NAME_LABEL = 'cdk8s-secrets/hashed-name-of';

/** A hashed name without its hash. */
export function baseNameOf(name: string): string {
  return name.slice(0, -NAME_HASH_LENGTH - 1);
}

/** The metadata of a secret whose name ends in a hash of its values. */
export function hashedMetadata(metadata: ApiObjectMetadata | undefined, name: string, hash: string): ApiObjectMetadata {
  const label = labelValue(name).length === 0 ? name : portableHash(name);
  return { ...metadata, name: `${name}-${hash}`, labels: { ...metadata?.labels, [HASHED_NAME_LABEL]: label } };
}
