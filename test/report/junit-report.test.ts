import { CLEAN, finding, REPORT } from './sample-report';
import { junitReport } from '../../src/report/junit-report';

test('has a suite for each file and a test for each finding: errors fail, warnings pass, what was acknowledged is skipped', () => {
  expect(junitReport(REPORT)).toBe([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="cdk8s-secrets" tests="4" failures="1" errors="0" skipped="1">',
    '  <testsuite name="app/api.yaml" tests="2" failures="1" errors="0" skipped="0">',
    '    <testcase name="UnknownKey Deployment team-a/api spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key" '
      + 'classname="app/api.yaml" file="app/api.yaml" line="23">'
      + '<failure type="UnknownKey" message="the Secret &quot;db&quot; has no key &quot;passwrd&quot;">app/api.yaml:23',
    'the Secret &quot;db&quot; has no key &quot;passwrd&quot;',
    'next: did you mean &quot;password&quot;? keys: &quot;password&quot;</failure></testcase>',
    '    <testcase name="UnusableVariableName Pod job spec.containers[0].envFrom[0]" classname="app/api.yaml" file="app/api.yaml" line="7">'
      + '<system-out>warning: app/api.yaml:7',
    'the key &quot;1st&quot; is passed over',
    'Kubernetes 1.28, 1.29',
    'next: rename it</system-out></testcase>',
    '  </testsuite>',
    '  <testsuite name="app/db.yaml" tests="1" failures="0" errors="0" skipped="1">',
    '    <testcase name="InvalidKey Secret team-a/db data[a b]" classname="app/db.yaml" file="app/db.yaml" line="5">'
      + '<skipped message="goes away with &lt;v2&gt; &amp; &quot;later&quot;"/></testcase>',
    '  </testsuite>',
    '  <testsuite name="clean.yaml" tests="1" failures="0" errors="0" skipped="0">',
    '    <testcase name="no findings" classname="clean.yaml"/>',
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n'));
});

test('fails warnings too where they count as errors', () => {
  expect(junitReport(REPORT, { warningsFail: true })).toContain('tests="4" failures="2" errors="0" skipped="1"');
});

test('holds no character that XML cannot', () => {
  const text = junitReport({ ...CLEAN, findings: [finding({ path: 'data[\x1b\x00\uffff\ud800]', message: 'a\nb' })] });

  expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\uffff\ud800]/);
  expect(text).toContain('data[\\u{1b}\\u{0}\\u{ffff}\\u{d800}]');
});
