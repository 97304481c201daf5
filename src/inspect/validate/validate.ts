import { FieldPath } from '../field-path';
import { validateCommonMetadata, validateMetadata } from './metadata';
import { validatePodSpec } from './pod-spec';
import { validateSecret } from './secret';
import { validateCronJob, validateJob, validatePod, validatePodTemplate, validateReplicated } from './workloads';
import type { Manifest } from '../model/manifest';

const METADATA = FieldPath.ROOT.child('metadata');

/** What the API server does with an object that it could read: it validates it. */
export function validate(manifest: Manifest): void {
  const { decoded, kind, findings: out } = manifest;
  if (decoded === undefined) {
    validateCommonMetadata(manifest.metadata, METADATA, out);
    for (const { spec, path } of manifest.pods) validatePodSpec(spec, path, out, { complete: false });
    return;
  }
  switch (kind) {
    case 'Secret': return validateSecret(decoded, manifest.contents!, out);
    case 'Pod': return validatePod(decoded, out);
    case 'PodTemplate': return validatePodTemplate(decoded, out);
    case 'Job': return validateJob(decoded, out);
    case 'CronJob': return validateCronJob(decoded, out);
    case 'ConfigMap':
    case 'ServiceAccount': return validateMetadata(decoded.metadata ?? {}, METADATA, out);
    default: return validateReplicated(kind, decoded, out);
  }
}
