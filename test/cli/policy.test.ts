import { run } from './run';
import { ExitCode } from '../../src/cli/command';
import { PACKS } from '../../src/policy/packs';
import { tempFolder } from '../support/temp-folder';

const MANIFESTS = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data:
  url: postgres://app:s3cr3t@db/app
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader }
rules:
  - { apiGroups: [''], resources: [secrets], verbs: [list] }
`;

async function codesOf(folder: string, ...options: string[]) {
  const { code, stdout } = await run(['check', folder, '-f', 'json', ...options]);
  return { code, codes: JSON.parse(stdout).findings.map((finding: any) => finding.code) };
}

test.each<[string[], string[]]>([
  [[], []],
  [['--policy', 'plaintext'], ['PlaintextCredential']],
  [['--policy', 'plaintext,rbac'], ['PlaintextCredential', 'SecretsReadable']],
  [['--policy', 'plaintext', '--policy', 'nsa'], ['PlaintextCredential', 'SecretsReadable']],
  [['--policy', 'rbac', '-a', 'SecretsReadable=a controller'], []],
])('%j finds %j', async (options, codes) => {
  expect(await codesOf(tempFolder({ 'a.yaml': MANIFESTS }), ...options)).toEqual({ code: codes.length === 0 ? ExitCode.CLEAN : ExitCode.FINDINGS, codes });
});

test.each([['[plaintext, rbac]'], ['plaintext,rbac']])('the file of the repository names policies: %s', async policy => {
  const folder = tempFolder({ 'a.yaml': MANIFESTS, '.cdk8s-secrets.yaml': `policy: ${policy}\n` });
  expect((await codesOf(folder)).codes).toEqual(['PlaintextCredential', 'SecretsReadable']);
});

test('--policy help lists every policy with its rules and their codes', async () => {
  const { code, stdout } = await run(['check', '--policy', 'help']);

  expect(code).toBe(ExitCode.CLEAN);
  for (const { name, rules } of PACKS) {
    expect(stdout).toContain(`${name}: `);
    for (const rule of rules) expect(stdout).toContain(rule.code);
  }
  for (const section of ['5.4.1', 'Role-based access control']) expect(stdout).toContain(`(${section})`);
  expect((await run(['check', '.', '--policy=help'])).stdout).toBe(stdout);
});

test('a policy that there is not is refused', async () => {
  expect(await run(['check', '.', '--policy', 'cis,plantext'])).toMatchObject({ code: ExitCode.UNUSABLE, stderr: expect.stringContaining('there is no policy "plantext"; did you mean "plaintext"?') });
});
