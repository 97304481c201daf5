import { FieldPath } from '../field-path';
import { FindingsOfObject } from '../findings-of-object';
import { validateConfigMap } from './config-map';
import { FindingsOfViews } from './findings-of-views';
import { validateCronJob, validateJob } from './jobs';
import { validateCommonMetadata, validateMetadata, WITHOUT_GENERATION } from './metadata';
import { validatePodSpec } from './pod-spec';
import { validateSecret } from './secret';
import {
  validateDaemonSet, validateDeployment, validatePod, validatePodTemplate, validateReplicaSet, validateReplicationController, validateStatefulSet,
} from './workloads';
import type { Manifest } from '../model/manifest';

const METADATA = FieldPath.ROOT.child('metadata');

/** What the API server does with an object that it could read: it validates it. Versions that cannot read it say no more. */
export function validate(manifest: Manifest): void {
  const { decoded, views, readable, findings: out } = manifest;
  if (decoded === undefined) {
    if (!readable) return;
    validateCommonMetadata(manifest.metadata, METADATA, out);
    for (const { spec, path } of manifest.pods) validatePodSpec(spec, path, out, { complete: false });
  } else if (views === undefined || views.length === 1) {
    if (readable) validateDecoded(manifest, decoded, out);
  } else {
    const found = new FindingsOfViews();
    for (const view of views.filter(({ range: { since = 0 } }) => !out.isUnreadableIn(since))) {
      const ofView = new FindingsOfObject();
      validateDecoded(manifest, view.object, ofView);
      found.add(view, ofView.drafts);
    }
    out.addDrafts(found.drafts);
  }
}

function validateDecoded({ kind, contents }: Manifest, decoded: any, out: FindingsOfObject): void {
  switch (kind) {
    case 'Secret': return validateSecret(decoded, contents!, out);
    case 'Pod': return validatePod(decoded, out);
    case 'PodTemplate': return validatePodTemplate(decoded, out);
    case 'Job': return validateJob(decoded, out);
    case 'CronJob': return validateCronJob(decoded, out);
    case 'ConfigMap': return validateConfigMap(decoded, out);
    case 'ServiceAccount': return validateMetadata(decoded.metadata ?? {}, METADATA, out, WITHOUT_GENERATION);
    case 'Deployment': return validateDeployment(decoded, out);
    case 'ReplicaSet': return validateReplicaSet(decoded, out);
    case 'DaemonSet': return validateDaemonSet(decoded, out);
    case 'StatefulSet': return validateStatefulSet(decoded, out);
    case 'ReplicationController': return validateReplicationController(decoded, out);
  }
}
