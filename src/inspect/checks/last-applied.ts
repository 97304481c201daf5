import type { Codes } from '../../errors/codes';
import { lastAppliedSize } from '../../kubernetes/last-applied';
import { MAX_ANNOTATIONS_SIZE } from '../../kubernetes/sizes';
import { FieldPath } from '../field-path';
import type { Manifest } from '../model/manifest';
import { record } from '../model/untyped';

/** The code of this rule. */
export const LAST_APPLIED_CODES = {
  LastAppliedTooLarge: {
    cause: 'kubectl apply keeps the whole object in an annotation, which would exceed the 262,144 bytes that annotations may have.',
    example: 'a Secret of 200 KiB',
    fix: 'Apply it with --server-side, or split it.',
    warns: true,
  },
} as const satisfies Codes;

/** Kinds of objects that hold whole files, and so may be too large for kubectl's annotation. */
const LARGE_KINDS: ReadonlySet<string> = new Set(['Secret', 'ConfigMap', 'SealedSecret']);

/** With fewer characters than this in its texts no object comes near the limit, even if each of them is escaped. */
const SMALL = MAX_ANNOTATIONS_SIZE / 16;

/** Objects that `kubectl apply` cannot apply on the client's side. */
export function checkLastApplied(manifest: Manifest): void {
  const { kind, raw, metadata, findings: out } = manifest;
  if (!LARGE_KINDS.has(kind) || isSmall(manifest)) return;
  let size = lastAppliedSize(raw) ?? 0;
  for (const [key, value] of Object.entries(metadata.annotations ?? {})) size += Buffer.byteLength(key) + Buffer.byteLength(value);
  if (size > MAX_ANNOTATIONS_SIZE) {
    out.surprises('LastAppliedTooLarge', FieldPath.ROOT.child('metadata').child('annotations'),
      `kubectl apply keeps the whole object in an annotation; with it they would have ${size} bytes, and ${MAX_ANNOTATIONS_SIZE} are allowed`,
      'apply it with --server-side, or split it');
  }
}

/** Whether all texts of an object are short together, so that it need not be written to know that it is not too large. */
function isSmall({ raw, metadata }: Manifest): boolean {
  let size = 0;
  for (const texts of [raw.data, raw.stringData, raw.binaryData, record(raw.spec).encryptedData, raw.metadata]) {
    const values = record(texts);
    for (const key in values) size += typeof values[key] === 'string' ? values[key].length : 0;
  }
  for (const key in metadata.annotations) size += metadata.annotations[key].length;
  return size < SMALL;
}
