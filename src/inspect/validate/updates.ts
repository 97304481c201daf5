import { validateSecretUpdate } from './secret';
import { identityOf, type Manifest } from '../model/manifest';

/** What the API server refuses in the change from one set of manifests to the next. */
export function validateUpdates(before: readonly Manifest[], after: readonly Manifest[]): void {
  const old = new Map(before.map(manifest => [identityOf(manifest), manifest]));
  for (const manifest of after) {
    const replaced = old.get(identityOf(manifest));
    if (replaced === undefined || !replaced.readable || !manifest.readable) continue;
    if (manifest.kind === 'Secret' && manifest.decoded !== undefined) validateSecretUpdate(replaced.decoded, manifest.decoded, manifest.findings);
  }
}
