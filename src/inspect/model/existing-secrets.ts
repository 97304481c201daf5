import type { ExistingSecret } from '../inspection-options';
import { readManifests } from './read-manifests';
import { secretsOf } from './secrets-of-manifest';
import type { ManifestSource } from '../read/manifest-source';

/** The Secrets that manifests make or have made, as Secrets that exist: their names, types and keys, no value. */
export function existingSecretsOf(sources: readonly ManifestSource[], namespace = ''): ExistingSecret[] {
  return readManifests(sources, namespace).flatMap(manifest => secretsOf(manifest)).filter(secret => secret.name !== '').map(secret => ({
    name: secret.name,
    ...secret.namespace ? { namespace: secret.namespace } : {},
    ...secret.type === undefined ? {} : { type: secret.type },
    ...secret.keys === undefined ? {} : { keys: [...secret.keys] },
  }));
}
