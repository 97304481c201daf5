import { CLEAN, finding, REPORT } from './sample-report';
import { ALL_CODES } from '../../src/report/all-codes';
import { sarifReport } from '../../src/report/sarif-report';

const run = (report = REPORT) => JSON.parse(sarifReport(report)).runs[0];

test('is SARIF 2.1.0 of one run of this tool', () => {
  const { $schema, version, runs } = JSON.parse(sarifReport(REPORT));

  expect({ $schema, version, runs: runs.length }).toEqual({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: 1 });
  expect(runs[0].tool.driver).toMatchObject({ name: 'cdk8s-secrets', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
});

test('has a rule with help for each code that was found, and each result points to its rule', () => {
  const { tool, results } = run();

  expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['InvalidKey', 'UnknownKey', 'UnusableVariableName']);
  expect(tool.driver.rules[1]).toEqual({
    id: 'UnknownKey',
    shortDescription: { text: 'Unknown key' },
    fullDescription: { text: ALL_CODES.UnknownKey.cause },
    helpUri: expect.stringMatching(/\/docs\/errors\.md#unknownkey$/),
    defaultConfiguration: { level: 'error' },
    help: { text: expect.stringContaining(ALL_CODES.UnknownKey.fix), markdown: expect.stringContaining(ALL_CODES.UnknownKey.example) },
  });
  expect(tool.driver.rules[2].defaultConfiguration).toEqual({ level: 'warning' });
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
});

test('has what is about no file at the first one', () => {
  const { results } = run({ ...CLEAN, files: ['a.yaml', 'b.yaml'], findings: [finding({ location: undefined })] });
  expect(results[0].locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'a.yaml' }, region: { startLine: 1 } });
});

test('has a result for each finding, with its place', () => {
  expect(run().results[0]).toEqual({
    ruleId: 'UnknownKey',
    ruleIndex: 1,
    level: 'error',
    message: {
      text: 'Deployment team-a/api: spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key: '
        + 'the Secret "db" has no key "passwrd"; did you mean "password"? keys: "password"',
    },
    locations: [{
      physicalLocation: { artifactLocation: { uri: 'app/api.yaml' }, region: { startLine: 23 } },
      logicalLocations: [{
        name: 'api',
        fullyQualifiedName: 'team-a/Deployment/api/spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key',
        kind: 'resource',
      }],
    }],
    partialFingerprints: { 'finding/v1': expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(run().results[1]).toMatchObject({ level: 'warning', message: { text: expect.stringContaining('(Kubernetes 1.28, 1.29)') } });
});

test('suppresses what was acknowledged, with the reason', () => {
  expect(run().results[2]).toMatchObject({ ruleId: 'InvalidKey', suppressions: [{ kind: 'external', justification: 'goes away with <v2> & "later"' }] });
});

test('gives a finding the same fingerprint wherever it stands', () => {
  const moved = run({ ...CLEAN, findings: [finding({ document: 5, location: { file: 'b.yaml', line: 2 } }), finding({ path: '' })] });

  expect(moved.results[0].partialFingerprints).toEqual(run().results[0].partialFingerprints);
  expect(moved.results[1].partialFingerprints).not.toEqual(run().results[0].partialFingerprints);
});

test.each([
  ['a b/ü#.yaml', 'a%20b/%C3%BC%23.yaml'], ['/tmp/a b.yaml', 'file:///tmp/a%20b.yaml'],
])('names the file %s by the URI %s', (file, uri) => {
  const { results, artifacts } = run({ ...CLEAN, files: [file], findings: [finding({ location: { file, line: 1 } })] });

  expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
  expect(artifacts).toEqual([{ location: { uri } }]);
});

test('gives standard input a name, as GitHub refuses results without a place', () => {
  const { results, artifacts } = run({ ...CLEAN, files: ['-'], findings: [finding({ location: { file: '-', line: 1, column: 3 } })] });

  expect(results[0].locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'stdin.yaml' }, region: { startLine: 1, startColumn: 3 } });
  expect(artifacts).toEqual([{ location: { uri: 'stdin.yaml' } }]);
});

test('has a place for every result, and all places of a finding', () => {
  const place = { object: { apiVersion: 'v1', kind: 'Pod', name: 'b' }, path: 'spec', location: { file: 'b.yaml', line: 4, column: 2 } };
  const [{ locations, relatedLocations }] = run({ ...CLEAN, findings: [finding({ location: undefined, elsewhere: [place] })] }).results;

  expect(locations[0].physicalLocation.region).toEqual({ startLine: 1 });
  expect(relatedLocations).toEqual([{
    id: 1, physicalLocation: { artifactLocation: { uri: 'b.yaml' }, region: { startLine: 4, startColumn: 2 } }, message: { text: 'Pod b: spec' },
  }]);
});

test('tells what could not be read', () => {
  const unreadable = [{ file: 'a.yaml', line: 2, message: 'a bracket is missing', next: 'close it', template: false, named: false }];

  expect(run({ ...CLEAN, unreadable }).invocations).toEqual([{
    executionSuccessful: true,
    toolExecutionNotifications: [{
      level: 'warning',
      message: { text: 'a bracket is missing; close it' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'a.yaml' }, region: { startLine: 2 } } }],
    }],
  }]);
});
