import { check } from './checks/checks';
import type { AcknowledgedFinding, Finding } from './finding';
import type { Draft } from './findings-of-object';
import type { Acknowledgement, InspectionOptions } from './inspection-options';
import { Cluster } from './model/cluster';
import { referenceTo, type Manifest } from './model/manifest';
import { readManifests } from './model/read-manifests';
import { quote } from './quote';
import type { ManifestSource } from './read/manifest-source';
import { SecretsError } from '../errors/secrets-error';
import { ALL_VERSIONS, versionsIn, type KubernetesVersion } from '../kubernetes/versions';
import { validateUpdates } from './validate/updates';
import { validate } from './validate/validate';

/** A check of an app that needs more than its manifests: what constructs declare, or what a platform demands. */
export type AppCheck = (cluster: Cluster) => void;

/** A text without the values of secrets that stand in it. */
export type Redaction = (text: string) => string;

/** What an inspection found. */
export interface Inspected {
  readonly cluster: Cluster;
  readonly versions: readonly KubernetesVersion[];
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
}

/**
 * Reads, validates and checks manifests.
 *
 * @param before the manifests that they replace
 * @param checks checks beyond those that all manifests are given
 * @param redact takes values of secrets out of the texts of findings
 * @throws InvalidDate
 */
export function inspect(
  sources: readonly ManifestSource[], options: InspectionOptions, before: readonly ManifestSource[] = [], checks: readonly AppCheck[] = [],
  redact: Redaction = text => text,
): Inspected {
  const { today } = options;
  if (today !== undefined && Number.isNaN(Date.parse(today))) {
    throw new SecretsError({ code: 'InvalidDate', message: `${quote(today)} is no date`, next: 'write it like 2030-01-31' });
  }
  const manifests = readManifests(sources, options.namespace ?? '');
  for (const manifest of manifests) {
    if (manifest.readable) validate(manifest);
  }
  validateUpdates(readManifests(before, options.namespace ?? ''), manifests);
  const cluster = new Cluster(manifests, options);
  check(cluster);
  for (const further of checks) further(cluster);
  const asked = options.versions ?? [];
  const versions = ALL_VERSIONS.filter(version => asked.length === 0 || asked.includes(version));
  const findings: Finding[] = [];
  const acknowledged: AcknowledgedFinding[] = [];
  for (const manifest of manifests) {
    for (const draft of manifest.findings.drafts) {
      const finding = toFinding(draft, manifest, versions, redact);
      if (finding === undefined) continue;
      const acknowledgement = coveredBy(options.acknowledgements, finding);
      if (acknowledgement === undefined) findings.push(finding);
      else acknowledged.push({ finding, reason: acknowledgement.reason });
    }
  }
  return { cluster, versions, findings, acknowledged };
}

/** The finding, or undefined where it concerns none of the versions. */
function toFinding(draft: Draft, manifest: Manifest, asked: readonly KubernetesVersion[], redact: Redaction): Finding | undefined {
  const versions = versionsIn(draft.range, asked);
  if (versions.length === 0) return undefined;
  const { constructPath, locate } = manifest.source;
  const location = locate?.([...manifest.segments, ...draft.path.segments]);
  return {
    code: draft.code,
    severity: draft.severity,
    stage: draft.stage,
    object: referenceTo(manifest),
    path: redact(draft.path.toString()),
    message: redact(draft.message),
    next: redact(draft.next),
    versions,
    document: manifest.document,
    ...constructPath === undefined ? {} : { constructPath },
    ...location === undefined ? {} : { location },
  };
}

/** The first acknowledgement that covers a finding. */
export function coveredBy(acknowledgements: readonly Acknowledgement[] | undefined, finding: Finding): Acknowledgement | undefined {
  return acknowledgements?.find(acknowledgement => covers(acknowledgement, finding));
}

function covers(acknowledgement: Acknowledgement, finding: Finding): boolean {
  const { code, constructPath, kind, namespace, name } = acknowledgement;
  const given = (wanted: string | undefined, actual: string | undefined) => wanted === undefined || wanted === actual;
  return code === finding.code && given(kind, finding.object.kind) && given(namespace, finding.object.namespace) && given(name, finding.object.name)
    && (constructPath === undefined || finding.constructPath === constructPath || finding.constructPath?.startsWith(`${constructPath}/`) === true);
}
