import { FieldPath } from '../field-path';
import type { Manifest } from '../model/manifest';
import { record, text } from '../model/untyped';
import { quote } from '../quote';

/**
 * A SealedSecret that was renamed or moved after it was sealed, as kustomize does with names and namespaces: they are then
 * no longer those of its template, which kubeseal wrote down, and the controller can not decrypt it.
 */
export function checkSealedSecret({ apiVersion, kind, raw, findings }: Manifest): void {
  if (kind !== 'SealedSecret' || !apiVersion.startsWith('bitnami.com/')) return;
  const metadata = record(raw.metadata);
  const annotations = record(metadata.annotations);
  if (annotations['sealedsecrets.bitnami.com/cluster-wide'] === 'true') return;
  const isNamespaceWide = annotations['sealedsecrets.bitnami.com/namespace-wide'] === 'true';
  const sealed = record(record(record(raw.spec).template).metadata);
  for (const field of isNamespaceWide ? ['namespace'] : ['name', 'namespace']) {
    const [now, then] = [text(metadata[field]), text(sealed[field])];
    if (then === '' || now === '' || now === then) continue;
    findings.surprises('SealedForAnotherName', FieldPath.ROOT.child('metadata').child(field),
      `the values seem to be sealed for the ${field} ${quote(then)}, which its template has, and not for ${quote(now)}`,
      `seal it again for ${quote(now)}, or change the ${field} back`);
  }
}
