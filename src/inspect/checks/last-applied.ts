import { lastAppliedSize } from '../../kubernetes/last-applied';
import { MAX_ANNOTATIONS_SIZE } from '../../kubernetes/sizes';
import { FieldPath } from '../field-path';
import type { Manifest } from '../manifest';

/** Kinds of objects that hold whole files, and so may be too large for kubectl's annotation. */
const LARGE_KINDS: ReadonlySet<string> = new Set(['Secret', 'ConfigMap', 'SealedSecret']);

/** Objects that `kubectl apply` cannot apply on the client's side. */
export function checkLastApplied({ kind, raw, metadata, findings: out }: Manifest): void {
  if (!LARGE_KINDS.has(kind)) return;
  let size = lastAppliedSize(raw) ?? 0;
  for (const [key, value] of metadata.annotations ?? []) size += Buffer.byteLength(key) + Buffer.byteLength(value);
  if (size > MAX_ANNOTATIONS_SIZE) {
    out.surprises('LastAppliedTooLarge', FieldPath.ROOT.child('metadata', 'annotations'),
      `kubectl apply keeps the whole object in an annotation; with it they would have ${size} bytes, and ${MAX_ANNOTATIONS_SIZE} are allowed`,
      'apply it with --server-side, or split it');
  }
}
