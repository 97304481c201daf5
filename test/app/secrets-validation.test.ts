import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ValidationContext } from 'cdk8s-cli/plugins';
import { SecretsValidation, type SecretsValidationProps } from '../../src';
import { refusal } from '../support/refusal';
import { tempFolder } from '../support/temp-folder';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ntype: Opaque\ndata:\n  password: cGFzc3dvcmQ=\n';
const BAD_SECRET = SECRET.replace('password:', 'pass word:');

async function validate(files: Record<string, string>, props: SecretsValidationProps = {}, metadata: Record<string, { path: string }> = {}) {
  const folder = tempFolder(files);
  const context = new ValidationContext(Object.keys(files).map(file => join(folder, file)), 'cdk8s-secrets', '1.0.0', metadata);
  await new SecretsValidation(props).validate(context);
  const { violations, summary } = context.report.toJson();
  return { success: context.report.success, violations, summary, folder };
}

describe('with the report of cdk8s-cli', () => {
  test('succeeds where nothing was found, with the numbers', async () => {
    const { success, violations, summary } = await validate({ 'a.k8s.yaml': SECRET });

    expect({ success, violations }).toEqual({ success: true, violations: [] });
    expect(summary.metadata).toEqual({ Objects: '1', Errors: '0', Warnings: '0', Acknowledged: '0' });
  });

  test('fails where something cannot work, with the field, the next step and the construct', async () => {
    const { success, violations, folder } = await validate({ 'a.k8s.yaml': BAD_SECRET }, {}, { db: { path: 'app/Db/Resource' } });

    expect(success).toBe(false);
    expect(violations).toEqual([{
      ruleName: 'InvalidKey',
      recommendation: expect.any(String),
      fix: expect.any(String),
      violatingConstructs: [{
        resourceName: 'db',
        constructPath: 'app/Db/Resource',
        manifestPath: join(folder, 'a.k8s.yaml'),
        locations: [expect.stringMatching(/^Secret data\[pass word\] \(line 6\): "pass word" can be no key .*; use /)],
      }],
    }]);
  });

  test('groups by code, and within by object', async () => {
    const { violations } = await validate({ 'a.k8s.yaml': `${BAD_SECRET}  b b: YQ==\n`, 'b.k8s.yaml': `${BAD_SECRET.replace('name: db', 'name: other')}` });

    expect(violations.map(({ ruleName }) => ruleName)).toEqual(['InvalidKey']);
    expect(violations[0].violatingConstructs.map(({ resourceName, locations }) => [resourceName, locations.length])).toEqual([['db', 2], ['other', 1]]);
  });

  test('looks at all manifests together', async () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: a, image: example.com/a:1, envFrom: [{secretRef: {name: db}}]}]\n';

    expect((await validate({ 'a.k8s.yaml': pod, 'b.k8s.yaml': SECRET })).success).toBe(true);
    expect((await validate({ 'a.k8s.yaml': pod })).success).toBe(false);
    expect((await validate({ 'a.k8s.yaml': pod }, { existingSecrets: [{ name: 'db' }] })).success).toBe(true);
  });

  test('lets stay what was acknowledged, also on the objects of one construct only', async () => {
    const acknowledge = (constructPath?: string): SecretsValidationProps => ({ acknowledgements: [{ code: 'InvalidKey', reason: 'later', constructPath }] });
    const metadata = { db: { path: 'app/Db/Resource' } };

    expect(await validate({ 'a.k8s.yaml': BAD_SECRET }, acknowledge())).toMatchObject({ success: true, summary: { metadata: { Acknowledged: '1' } } });
    expect(await validate({ 'a.k8s.yaml': BAD_SECRET }, acknowledge('app/Db'), metadata)).toMatchObject({ success: true });
    expect(await validate({ 'a.k8s.yaml': BAD_SECRET }, acknowledge('app/Other'), metadata)).toMatchObject({ success: false });
  });
});

test.each([
  [{ version: ['1.30'] }, 'there is no property "version"'],
  [{ versions: [1.3] }, 'versions: 1.3 is no text'],
  [{ versions: ['1.3x'] }, 'versions: "1.3x" is no version of Kubernetes'],
  [{ versions: ['1.3'] }, 'versions: Kubernetes 1.3 is older than 1.28, the oldest version that is known'],
  [{ versions: '1.30' }, 'versions is no list'],
  [{ acknowledgements: [{ code: 'UnknownKy', reason: 'x' }] }, 'there is no code "UnknownKy"'],
  [{ acknowledgements: [{ code: 'UnknownKey' }] }, 'UnknownKey is acknowledged without a reason'],
])('refuses the properties %j', (props, problem) => {
  expect(refusal(() => new SecretsValidation(props as object))).toMatchObject({ code: 'InvalidValidationProperty', problem });
});

describe('in `cdk8s synth`', () => {
  const PROJECT = resolve(__dirname, '../..');
  const MAIN = `
    import { ApiObject, App, Chart } from 'cdk8s';
    const chart = new Chart(new App(), 'web');
    new ApiObject(chart, 'Credentials', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'credentials' }, data: { password: 'cGFzc3dvcmQ=' } });
    new ApiObject(chart, 'Api', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api' }, spec: { containers: [{
      name: 'app', image: 'registry.example.com/api:1',
      env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'credentials', key: 'password' } } }],
    }] } });
    App.of(chart).synth();`;

  function synth(main: string) {
    const folder = tempFolder({
      'main.ts': main,
      'package.json': '{}',
      'plugin.ts': `export { SecretsValidation } from ${JSON.stringify(join(PROJECT, 'src'))};`,
      'cdk8s.yaml': [
        'app: node main.ts', 'language: typescript', 'validations:',
        '  - package: ./plugin.ts', '    version: 0.0.0', '    class: SecretsValidation', '    properties:', "      versions: ['1.31']", '',
      ].join('\n'),
    });
    symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
    const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', NODE_OPTIONS: '--import=tsx' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [
      join(PROJECT, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--validation-reports-output-file', 'reports.json',
    ], { cwd: folder, env, encoding: 'utf8' });
    return { status, output: stdout + stderr, reports: () => JSON.parse(readFileSync(join(folder, 'reports.json'), 'utf8')) };
  }

  test('a good app exits with zero', () => {
    const { status, output } = synth(MAIN);

    expect(output).toContain('Validations finished');
    expect(status).toBe(0);
  }, 60_000);

  test('a bad app exits non-zero, and names the construct', () => {
    const { status, output, reports } = synth(MAIN.replace("key: 'password'", "key: 'passwrd'"));

    expect(status).not.toBe(0);
    expect(output).toContain('UnknownKey (1 occurrences)');
    expect(output).toContain('Construct Path: web/Api');
    expect(reports().reports[0].violations).toEqual([expect.objectContaining({
      ruleName: 'UnknownKey',
      violatingConstructs: [expect.objectContaining({ constructPath: 'web/Api', locations: [expect.stringContaining('did you mean "password"?')] })],
    })]);
  }, 60_000);
});
