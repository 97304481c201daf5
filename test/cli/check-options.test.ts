import { parseCheckOptions, ReportFormat } from '../../src/cli/check-options';
import { UsageError } from '../../src/cli/command';

test('has a default for everything but the input', () => {
  expect(parseCheckOptions(['a.yaml', '-'])).toEqual({
    inputs: ['a.yaml', '-'],
    format: ReportFormat.TABLE,
    buildKustomizations: false,
    kustomize: [],
    helm: [],
    values: [],
    versions: [],
    existing: [],
    existingSecrets: [],
    missingSecrets: 'warn',
    filter: { include: [], exclude: [] },
    acknowledgements: [],
    policies: [],
    warningsAsErrors: false,
    watch: false,
    quiet: false,
    verbose: false,
  });
});

test('takes every option, before and after the input', () => {
  expect(parseCheckOptions([
    '--format', 'json', '-o', 'report.json', 'a', '--kubernetes-version=1.31', '-k', 'v1.29.4', '--namespace', 'team-a', '-e', 'db', '--existing', 'team-b/db',
    '--acknowledge', 'UnknownKey=a=b, for now', '--today', '2030-01-31', '--warnings-as-errors', '-q', '--progress', 'b',
  ])).toMatchObject({
    inputs: ['a', 'b'],
    format: ReportFormat.JSON,
    output: 'report.json',
    versions: ['1.29', '1.31'],
    namespace: 'team-a',
    existing: ['db', 'team-b/db'],
    acknowledgements: [{ code: 'UnknownKey', reason: 'a=b, for now' }],
    today: '2030-01-31',
    warningsAsErrors: true,
    quiet: true,
    progress: true,
  });
});

test.each([
  [['1.30'], ['1.30']], [['v1.30.14'], ['1.30']], [['1.29-1.31'], ['1.29', '1.30', '1.31']], [['1.33', '1.28'], ['1.28', '1.33']], [['1.28-1.29', '1.29'], ['1.28', '1.29']],
  [['1.36-1.38'], ['1.36', '1.37', '1.38']], [['1.100', '1.37'], ['1.37', '1.100']],
])('takes %j for the versions %j', (texts, versions) => {
  expect(parseCheckOptions(['a', ...texts.flatMap(text => ['-k', text])]).versions).toEqual(versions);
});

test.each([
  [[], /^nothing to check/],
  [['a', '--format', 'xml'], /^there is no format "xml"/],
  [['a', '--kubernetes-version', '1.x'], /^"1\.x" is no version of Kubernetes; write 1\.37 or 1\.35-1\.37$/],
  [['a', '--kubernetes-version', '2.0'], /^"2\.0" is no version of Kubernetes/],
  [['a', '--kubernetes-version', '1.27'], /^Kubernetes 1\.27 is older than 1\.28, the oldest version that is known/],
  [['a', '-k', '1.27-1.30'], /^Kubernetes 1\.27 is older/],
  [['a', '-k', '1.31-1.29'], /^"1\.31-1\.29" is no range/],
  [['a', '-k', '1.28-1.29-1.30'], /^"1\.28-1\.29-1\.30" is no range/],
  [['a', '-a', 'UnknownKy=x'], /^there is no code "UnknownKy"; did you mean "UnknownKey"\?/],
  [['a', '-a', 'UnknownKey'], /^UnknownKey is acknowledged without a reason/],
  [['a', '-a', 'UnknownKey= '], /^UnknownKey is acknowledged without a reason/],
  [['a', '--missing-secrets', 'warning'], /^there is no way to treat missing secrets "warning"; choices: /],
  [['a', '--today', '31.1.2030'], /^"31\.1\.2030" is no date/],
  [['a', '--today', '2030-02-77'], /^"2030-02-77" is no date/],
  [['a', '--quit'], /^there is no option "--quit"; did you mean "--quiet"\?/],
  [['a', '--format'], /argument missing/],
  [['a', '--quiet=yes'], /does not take an argument/],
])('refuses %j', (args, message) => {
  expect(() => parseCheckOptions(args)).toThrow(UsageError);
  expect(() => parseCheckOptions(args)).toThrow(message);
});
