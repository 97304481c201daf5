import { Severity, Stage, type Finding } from '../../src/inspect/finding';
import { ALL_VERSIONS, KubernetesVersion } from '../../src/kubernetes/versions';
import type { Report } from '../../src/report/report';

/** A finding; what is not given is that of a key that a Deployment misspells. */
export function finding(given: Partial<Finding> = {}): Finding {
  return {
    code: 'UnknownKey',
    severity: Severity.ERROR,
    stage: Stage.RUNTIME,
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'team-a', name: 'api' },
    path: 'spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key',
    message: 'the Secret "db" has no key "passwrd"',
    next: 'did you mean "password"? keys: "password"',
    versions: [...ALL_VERSIONS],
    document: 0,
    location: { file: 'app/api.yaml', line: 23 },
    ...given,
  };
}

/** An error, a warning of two versions and an acknowledged finding, in three files. */
export const REPORT: Report = {
  files: ['app/api.yaml', 'app/db.yaml', 'clean.yaml'],
  objectCount: 4,
  versions: ALL_VERSIONS,
  findings: [
    finding(),
    finding({
      code: 'UnusableVariableName',
      severity: Severity.WARNING,
      object: { apiVersion: 'v1', kind: 'Pod', name: 'job' },
      path: 'spec.containers[0].envFrom[0]',
      message: 'the key "1st" is passed over',
      next: 'rename it',
      versions: [KubernetesVersion.V1_28, KubernetesVersion.V1_29],
      location: { file: 'app/api.yaml', line: 7 },
    }),
  ],
  acknowledged: [{
    finding: finding({
      code: 'InvalidKey',
      stage: Stage.VALIDATION,
      object: { apiVersion: 'v1', kind: 'Secret', namespace: 'team-a', name: 'db' },
      path: 'data[a b]',
      message: '"a b" can be no key of a Secret',
      next: 'rename it',
      document: 2,
      location: { file: 'app/db.yaml', line: 5 },
    }),
    reason: 'goes away with <v2> & "later"',
  }],
};

/** Nothing was found. */
export const CLEAN: Report = { files: ['clean.yaml'], objectCount: 1, versions: ALL_VERSIONS, findings: [], acknowledged: [] };
