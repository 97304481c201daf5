import fc from 'fast-check';
import { CLEAN, finding, REPORT } from './sample-report';
import { Severity } from '../../src/inspect/finding';
import { SkipReason } from '../../src/inspect/read/skipped';
import type { Report } from '../../src/report/report';
import { tableReport } from '../../src/report/table-report';
import { wrap } from '../../src/report/wrap';

const WIDE = { width: Infinity, colours: false };

test('has a group for each file and object, each finding, what was acknowledged with its reason, and the numbers', () => {
  expect(tableReport(REPORT, WIDE)).toBe([
    'app/api.yaml',
    '  Deployment team-a/api',
    '    23  error    UnknownKey  spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key',
    '        the Secret "db" has no key "passwrd"',
    '        next: did you mean "password"? keys: "password"',
    '  Pod job',
    '     7  warning  UnusableVariableName  spec.containers[0].envFrom[0]',
    '        the key "1st" is passed over (Kubernetes 1.28, 1.29)',
    '        next: rename it',
    '',
    'app/db.yaml, acknowledged',
    '  Secret team-a/db',
    '     5  error    InvalidKey  data[a b]',
    '        "a b" can be no key of a Secret',
    '        reason: goes away with <v2> & "later"',
    '',
    '3 files, 4 objects: 1 error, 1 warning, 1 acknowledged',
    '',
  ].join('\n'));
});

test('has what is about no file at its end', () => {
  const whole = finding({ code: 'UnknownVersion', severity: Severity.WARNING, object: { apiVersion: '', kind: 'Kubernetes', name: '1.99' }, path: '', message: 'm', next: 'n', location: undefined });
  const text = tableReport({ ...CLEAN, files: ['a.yaml'], findings: [whole, finding({ location: { file: 'a.yaml', line: 1 } })] }, WIDE);
  expect(text).toContain('\nall files\n  Kubernetes 1.99\n        warning  UnknownVersion\n        m\n        next: n\n');
  expect(text.indexOf('a.yaml')).toBeLessThan(text.indexOf('all files'));
});

test('of nothing is one line', () => {
  expect(tableReport(CLEAN, WIDE)).toBe('1 file, 1 object: no errors\n');
});

test('says what was skipped and not read, and what to do next', () => {
  const missing = finding({ code: 'UnknownSecret', severity: Severity.WARNING, message: 'no manifest makes a Secret "db"', next: 'add its manifest' });
  const report: Report = {
    ...CLEAN,
    findings: [missing],
    skipped: [{ path: 'chart', reason: SkipReason.CHART }, { path: 'values.yaml', reason: SkipReason.NO_MANIFEST }],
    unreadable: [
      { file: 't/a.yaml', line: 3, message: 'a bracket is missing', next: 'render it', template: true, named: false },
      { file: 'b.yaml', message: 'it is a link to nothing', next: 'mend the link', template: false, named: false },
    ],
    notes: ['2 objects are in several files'],
  };

  expect(tableReport(report, WIDE).split('\n\n')[1].split('\n')).toEqual([
    '1 file, 1 object, 2 skipped, 2 not read: no errors; 1 Secret is made elsewhere',
    'skipped: 1 Helm chart, 1 file or document that is no manifest (--verbose lists them)',
    'not read: 1 Helm template: render it first, helm template … | cdk8s-secrets check -',
    'not read: b.yaml: it is a link to nothing; mend the link',
    'note: 2 objects are in several files',
    "next: name the Secrets that are made elsewhere with --existing, or under 'existing' in .cdk8s-secrets.yaml",
    '',
  ]);
  expect(tableReport(report, { ...WIDE, verbose: true })).toContain('\n  values.yaml: file or document that is no manifest\n');
});

test('names some of the other places of a finding', () => {
  const place = (name: string) => ({ object: { apiVersion: 'v1', kind: 'Pod', name }, path: 'spec', location: { file: 'b.yaml', line: 2 } });

  expect(tableReport({ ...CLEAN, findings: [finding({ elsewhere: ['a', 'b', 'c', 'd', 'e'].map(place) })] }, WIDE))
    .toContain('        also in Pod a (b.yaml:2), Pod b (b.yaml:2), Pod c (b.yaml:2) and 2 more places\n');
});

test('has no warnings and nothing acknowledged where it is quiet, and is empty where there is no error', () => {
  const text = tableReport(REPORT, { ...WIDE, quiet: true });

  expect(text).toContain('UnknownKey');
  expect(text).not.toMatch(/UnusableVariableName|InvalidKey/);
  expect(tableReport({ ...REPORT, findings: REPORT.findings.slice(1) }, { ...WIDE, quiet: true })).toBe('');
});

test('keeps to the width of the terminal', () => {
  const lines = tableReport(REPORT, { width: 80, colours: false }).split('\n');

  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80);
  expect(lines.join('').replace(/\s+/g, '')).toBe(tableReport(REPORT, WIDE).replace(/\s+/g, ''));
});

test('has colours where they are asked for, and the same text', () => {
  const coloured = tableReport(REPORT, { width: 100, colours: true });

  expect(coloured).toContain('\x1b[31merror');
  expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(tableReport(REPORT, { width: 100, colours: false }));
});

test('shows construct paths, and calls standard input by its name', () => {
  const text = tableReport({ ...CLEAN, files: ['-'], findings: [finding({ constructPath: 'app/api', location: { file: '-', line: 1 } })] }, WIDE);

  expect(text).toMatch(/^standard input\n/);
  expect(text).toContain('(construct app/api)\n');
});

test('lets no name act on the terminal', () => {
  const object = { apiVersion: 'v1', kind: 'Secret\x9b2J', name: 'a\x1b[2J\n0 errors\u202e' };
  const text = tableReport({ ...CLEAN, files: ['a\x1b.yaml'], findings: [finding({ object, path: 'data[\x07]', location: { file: 'a\x1b.yaml' } })] }, WIDE);

  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(text).toContain('Secret\\u{9b}2J a\\u{1b}[2J\\u{a}0 errors\\u{202e}\n');
});

test.each<[string, number, string[]]>([
  ['ab cd', 5, ['ab cd']], ['ab cd', 4, ['ab', 'cd']], ['ab cd', 6, ['ab cd']],
  ['abcde', 5, ['abcde']], ['abcdef', 5, ['abcde', 'f']], ['a abcdef', 5, ['a', 'abcde', 'f']], ['abcdef g', 5, ['abcde', 'f g']], ['', 5, ['']],
])('%j is wrapped to %i characters as %j: a line may be full', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});

test('a wrapped text loses nothing but blanks, and no line is too long', () => {
  fc.assert(fc.property(fc.string(), fc.integer({ min: 1, max: 30 }), (text, width) => {
    const lines = wrap(text, width);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(width);
  }));
});
