import type { Codes } from '../../errors/codes';
import { FieldPath } from '../field-path';
import type { Manifest } from '../model/manifest';
import { entryOf, keysOf } from '../model/string-map';
import { quote } from '../quote';

/** The code of this rule. */
export const WORKLOAD_CODES = {
  MisplacedChecksum: {
    cause: 'A checksum annotation stands on the workload itself; only one on the pod template restarts the pods.',
    example: 'a Deployment with metadata.annotations: { checksum/secret: … }',
    fix: 'Move it to spec.template.metadata.annotations.',
    warns: true,
  },
} as const satisfies Codes;

/** Keys of annotations that are there to make a pod template differ when something else does. */
const CHECKSUM = /checksum|sha256/i;

/** What should restart pods, and does not. */
export function checkRollout({ kind, metadata, pods, findings: out }: Manifest): void {
  for (const { metadata: template, metadataPath } of pods) {
    for (const key of keysOf(metadata.annotations)) {
      if (!CHECKSUM.test(key) || entryOf(template.annotations, key) !== undefined) continue;
      out.surprises('MisplacedChecksum', FieldPath.ROOT.child('metadata').child('annotations').key(key),
        `the annotation ${quote(key)} stands on the ${kind}, where it restarts no pod`, `move it to ${metadataPath.toString()}.annotations`);
    }
  }
}
