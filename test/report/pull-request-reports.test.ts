import { CLEAN, finding, REPORT } from './sample-report';
import { Severity } from '../../src/inspect/finding';
import { baselineOf, withoutBaseline } from '../../src/report/baseline';
import { githubReport } from '../../src/report/github-report';
import { jsonReport } from '../../src/report/json-report';
import { markdownReport } from '../../src/report/markdown-report';

describe('annotations of GitHub', () => {
  test('are a line for each finding, and the numbers', () => {
    expect(githubReport(REPORT).split('\n')).toEqual([
      '::error file=app/api.yaml,line=23,title=UnknownKey::Deployment team-a/api spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key: '
        + 'the Secret "db" has no key "passwrd"; did you mean "password"? keys: "password"',
      '::warning file=app/api.yaml,line=7,title=UnusableVariableName::Pod job spec.containers[0].envFrom[0]: the key "1st" is passed over (Kubernetes 1.28, 1.29); rename it',
      '3 files, 4 objects: 1 error, 1 warning, 1 acknowledged',
      '',
    ]);
  });

  test('let no text end its annotation or begin another one', () => {
    const text = githubReport({ ...CLEAN, findings: [finding({ message: '100 %\n::error::x', location: { file: 'a,b:c%\n.yaml', line: 1 } })] });

    expect(text.split('\n')).toHaveLength(3);
    expect(text).toMatch(/^::error file=a%2Cb%3Ac%25\\u\{a\}\.yaml,line=1,title=UnknownKey::.*100 %25\\u\{a\}::error::x/);
  });

  test('have a column where it is known, and no file for standard input', () => {
    expect(githubReport({ ...CLEAN, findings: [finding({ location: { file: 'a.yaml', line: 1, column: 5 } })] })).toMatch(/^::error file=a\.yaml,line=1,col=5,/);
    expect(githubReport({ ...CLEAN, findings: [finding({ location: { file: '-', line: 1 } })] })).toMatch(/^::error title=UnknownKey::/);
  });
});

describe('Markdown', () => {
  test('has the numbers, and a table for each file', () => {
    expect(markdownReport(REPORT)).toContain([
      '**cdk8s-secrets**: 3 files, 4 objects: 1 error, 1 warning, 1 acknowledged', '', '### app/api.yaml', '', '| line | severity | code | finding |', '|---:|---|---|---|', '| 23 | ❌ error | UnknownKey | ',
    ].join('\n'));
  });

  test('lets no text break the table or become a tag', () => {
    const text = markdownReport({ ...CLEAN, findings: [finding({ message: '<b> | `x` [a](b)\nnew' })] });

    expect(text).toContain('&lt;b> \\| \\`x\\` \\[a\\]\\(b\\)\\\\u\\{a\\}new');
  });

  test('ends where a comment would be too long', () => {
    const text = markdownReport({ ...CLEAN, findings: Array.from({ length: 250 }, (_, index) => finding({ path: `spec[${index}]` })) });

    expect(text.match(/UnknownKey/g)).toHaveLength(200);
    expect(text).toContain('… and 50 more');
  });
});

describe('a baseline', () => {
  test('takes out what an earlier report has, as often as it has it', () => {
    const one = finding();
    const two = finding({ path: 'spec', severity: Severity.WARNING });
    const baseline = baselineOf(jsonReport({ ...CLEAN, findings: [one] }));

    expect(withoutBaseline([one, one, two], baseline)).toEqual({ findings: [one, two], known: 1 });
  });
});
