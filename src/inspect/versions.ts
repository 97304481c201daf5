import { Severity, Stage, type Finding } from './finding';
import type { InspectionOptions } from './inspection-options';
import { SecretsError } from '../errors/secrets-error';
import { inOrder, NEWEST_VERSION, SUPPORTED_VERSIONS, textOfVersions, versionNamed, type KubernetesVersion } from '../kubernetes/versions';

/**
 * The versions that are inspected against, oldest first.
 *
 * @throws InvalidVersion
 */
export function versionsOf({ versions: asked = [] }: InspectionOptions): readonly KubernetesVersion[] {
  if (asked.length === 0) return SUPPORTED_VERSIONS;
  return inOrder(asked.map(readVersion));
}

/**
 * A version that a program names.
 *
 * @throws InvalidVersion
 */
export function readVersion(text: string): KubernetesVersion {
  const { version, problem } = versionNamed(String(text));
  if (version === undefined) throw new SecretsError({ code: 'InvalidVersion', message: problem, next: `name a version like ${NEWEST_VERSION}` });
  return version;
}

/** What is to be said of versions that are newer than those that are known. */
export function newerVersions(newer: readonly KubernetesVersion[], document: number): Finding {
  const [kind, ...name] = textOfVersions(newer).split(' ');
  return {
    code: 'UnknownVersion',
    severity: Severity.WARNING,
    stage: Stage.RUNTIME,
    object: { apiVersion: '', kind, name: name.join(' ') },
    path: '',
    message: `it is newer than ${NEWEST_VERSION}, the newest version that is known: its rules are taken to be the same`,
    next: 'look for a newer version of cdk8s-secrets',
    versions: [...newer],
    document,
  };
}
