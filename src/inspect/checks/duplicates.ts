import { FieldPath } from '../field-path';
import type { Cluster } from '../model/cluster';
import { identityOf, type Manifest } from '../model/manifest';
import { quote } from '../quote';

/** Objects of one kind, namespace and name. */
export function checkDuplicates({ manifests }: Cluster): void {
  const seen = new Map<string, Manifest>();
  for (const manifest of manifests) {
    if (manifest.kind === '' || !manifest.metadata.name) continue;
    const identity = identityOf(manifest);
    const first = seen.get(identity);
    if (first === undefined) {
      seen.set(identity, manifest);
      continue;
    }
    manifest.findings.fails('DuplicateObject', FieldPath.ROOT.child('metadata').child('name'),
      `there already is a ${manifest.kind} ${quote(manifest.name)} (document ${first.document + 1}): the one that is applied last replaces the other`,
      'remove one of them, or give it another name or namespace');
  }
}
