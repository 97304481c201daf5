import fc from 'fast-check';
import { CLEAN, finding, REPORT } from './sample-report';
import { tableReport } from '../../src/report/table-report';
import { wrap } from '../../src/report/wrap';

const WIDE = { width: Infinity, colours: false };

test('has a group for each file, a row for each finding, what was acknowledged with its reason, and the numbers', () => {
  expect(tableReport(REPORT, WIDE)).toBe([
    'app/api.yaml',
    'LINE  SEVERITY  CODE                  FINDING',
    '  23  error     UnknownKey            Deployment team-a/api  spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key',
    '                                      the Secret "db" has no key "passwrd"',
    '                                      next: did you mean "password"? keys: "password"',
    '   7  warning   UnusableVariableName  Pod job  spec.containers[0].envFrom[0]',
    '                                      the key "1st" is passed over (Kubernetes 1.28, 1.29)',
    '                                      next: rename it',
    '',
    'app/db.yaml, acknowledged',
    'LINE  SEVERITY  CODE        FINDING',
    '   5  error     InvalidKey  Secret team-a/db  data[a b]',
    '                            "a b" can be no key of a Secret',
    '                            reason: goes away with <v2> & "later"',
    '',
    '1 error, 1 warning, 1 acknowledged in 4 objects of 3 files',
    '',
  ].join('\n'));
});

test('of nothing is one line', () => {
  expect(tableReport(CLEAN, WIDE)).toBe('0 errors, 0 warnings in 1 object of 1 file\n');
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
  expect(text).toContain('construct app/api\n');
});

test('lets no name act on the terminal', () => {
  const object = { apiVersion: 'v1', kind: 'Secret\x9b2J', name: 'a\x1b[2J\n0 errors\u202e' };
  const text = tableReport({ ...CLEAN, files: ['a\x1b.yaml'], findings: [finding({ object, path: 'data[\x07]', location: { file: 'a\x1b.yaml' } })] }, WIDE);

  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(text).toContain('Secret\\u{9b}2J a\\u{1b}[2J\\u{a}0 errors\\u{202e}  data[\\u{7}]\n');
});

test('a wrapped text loses nothing but blanks, and no line is too long', () => {
  fc.assert(fc.property(fc.string(), fc.integer({ min: 1, max: 30 }), (text, width) => {
    const lines = wrap(text, width);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(width);
  }));
});
