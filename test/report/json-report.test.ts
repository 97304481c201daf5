import { CLEAN, finding, REPORT } from './sample-report';
import { jsonReport } from '../../src/report/json-report';

test('has everything, in the shape of docs/check.md', () => {
  const { version } = JSON.parse(jsonReport(CLEAN)).tool;

  expect(JSON.parse(jsonReport(REPORT))).toEqual({
    schemaVersion: 1,
    tool: { name: 'cdk8s-secrets', version },
    kubernetesVersions: ['1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37'],
    summary: { files: 3, objects: 4, errors: 1, warnings: 1, acknowledged: 1, skipped: 0, unreadable: 0 },
    files: ['app/api.yaml', 'app/db.yaml', 'clean.yaml'],
    findings: [
      {
        code: 'UnknownKey',
        severity: 'error',
        stage: 'runtime',
        object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'team-a', name: 'api' },
        path: 'spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key',
        message: 'the Secret "db" has no key "passwrd"',
        next: 'did you mean "password"? keys: "password"',
        versions: ['1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37'],
        document: 0,
        location: { file: 'app/api.yaml', line: 23 },
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      expect.objectContaining({ code: 'UnusableVariableName', severity: 'warning', versions: ['1.28', '1.29'] }),
    ],
    acknowledged: [expect.objectContaining({ code: 'InvalidKey', document: 2, reason: 'goes away with <v2> & "later"' })],
    skipped: [],
    unreadable: [],
    notes: [],
  });
});

test('holds no character that a terminal acts on', () => {
  const text = jsonReport({ ...CLEAN, findings: [finding({ path: 'data[\x1b\x9b]' })] });

  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  expect(JSON.parse(text).findings[0].path).toBe('data[\x1b\x9b]');
});
