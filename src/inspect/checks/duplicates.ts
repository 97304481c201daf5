import { withArticle } from '../../errors/article';
import type { Codes } from '../../errors/codes';
import { FieldPath } from '../field-path';
import type { Cluster } from '../model/cluster';
import { identityOf, type Manifest } from '../model/manifest';
import { quote } from '../quote';

/** The code of this rule. */
export const DUPLICATE_CODES = {
  DuplicateObject: {
    cause: 'Two manifests have one kind, namespace and name: the one that is applied last replaces the other, in silence.',
    example: 'two Secrets "db" in one namespace',
    fix: 'Remove one of them, or give it another name or namespace.',
  },
} as const satisfies Codes;

const TOGETHER = [''];

/** Objects of one kind, namespace and name that are applied together. */
export function checkDuplicates({ manifests }: Cluster): void {
  const seenIn = new Map<string, Map<string, Manifest>>();
  for (const manifest of manifests) {
    if (manifest.kind === '' || !manifest.metadata.name) continue;
    const identity = identityOf(manifest);
    let first: Manifest | undefined;
    for (const unit of manifest.source.units ?? TOGETHER) {
      let seen = seenIn.get(unit);
      if (seen === undefined) seenIn.set(unit, seen = new Map());
      const before = seen.get(identity);
      if (before === undefined) seen.set(identity, manifest);
      else first ??= before;
    }
    if (first === undefined) continue;
    manifest.findings.fails('DuplicateObject', FieldPath.ROOT.child('metadata').child('name'),
      `there already is ${withArticle(manifest.kind)} ${quote(manifest.name)} (document ${first.document + 1}): the one that is applied last replaces the other`,
      'remove one of them, or give it another name or namespace');
  }
}

/** How many objects there are in several files that nothing applies together: overlays and alternatives, as a rule. */
export function countAlternatives({ manifests }: Cluster): number {
  const [first] = manifests;
  if (manifests.every(({ source }) => source.file === first.source.file)) return 0;
  const units = new Map<string, Manifest>();
  const several = new Set<string>();
  for (const manifest of manifests) {
    if (manifest.kind === '' || !manifest.metadata.name || manifest.source.file === undefined) continue;
    const identity = identityOf(manifest);
    const before = units.get(identity);
    if (before === undefined) units.set(identity, manifest);
    else if (before.source.file !== manifest.source.file) several.add(identity);
  }
  return several.size;
}
