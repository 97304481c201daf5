import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appProgram } from './app-program';
import { run } from './run';
import { ExitCode } from '../../src/cli/command';
import { SUPPORTED_VERSIONS, textOfVersions } from '../../src/kubernetes/versions';
import { tempFolder } from '../support/temp-folder';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: team-a\ntype: Opaque\ndata:\n  password: cGFzc3dvcmQ=\n';
const BAD_SECRET = SECRET.replace('  password:', '  pass word:');
const POD = `apiVersion: v1
kind: Pod
metadata:
  name: api
  namespace: team-a
spec:
  containers:
    - name: app
      image: registry.example.com/api:1
      env:
        - name: PASSWORD
          valueFrom:
            secretKeyRef:
              name: db
              key: password
`;
/** What is said where no version is named. */
const DEFAULT_VERSIONS = `note: checked for ${textOfVersions(SUPPORTED_VERSIONS)}, the versions in support; --kubernetes-version names others\n`;

describe('exits with', () => {
  test('0 where nothing was found', async () => {
    const folder = tempFolder({ 'a/secret.yaml': SECRET, 'a/pod.yaml': POD });

    expect(await run(['check', folder])).toEqual({ code: ExitCode.CLEAN, stdout: `2 files, 2 objects: no errors\n${DEFAULT_VERSIONS}`, stderr: '' });
    expect(await run(['check', folder, '-k', '1.36'])).toEqual({ code: ExitCode.CLEAN, stdout: '2 files, 2 objects: no errors\n', stderr: '' });
  });

  test('1 where there is an error', async () => {
    const { code, stdout, stderr } = await run(['check', '-'], { input: BAD_SECRET });

    expect({ code, stderr }).toEqual({ code: ExitCode.FINDINGS, stderr: '' });
    expect(stdout).toMatch(/^standard input\n  Secret team-a\/db\n     8  error    InvalidKey  data\[pass word\]\n/);
  });

  test('0 where the cluster is newer than every version that is known, and warns of that', async () => {
    const { code, stdout } = await run(['check', '-', '-k', '1.999'], { input: SECRET });

    expect(code).toBe(ExitCode.CLEAN);
    expect(stdout).toMatch(/^standard input\n  Kubernetes 1\.999\n +warning  UnknownVersion\n/);
  });

  test('0 where the errors were acknowledged, and lists them', async () => {
    const { code, stdout } = await run(['check', '-', '--acknowledge', 'InvalidKey=renamed next week'], { input: BAD_SECRET });

    expect(code).toBe(ExitCode.CLEAN);
    expect(stdout).toMatch(/^standard input, acknowledged\n.*reason: renamed next week\n/s);
  });

  test('2 where a file that was named is unusable, says so of every one, and reports what the others have', async () => {
    const folder = tempFolder({ 'a.yaml': 'a: [', 'b.yaml': SECRET, 'c.yaml': Buffer.from([0, 1]) });
    const { code, stdout, stderr } = await run(['check', ...['a.yaml', 'b.yaml', 'c.yaml'].map(name => join(folder, name))]);

    expect({ code, stdout }).toEqual({ code: ExitCode.UNUSABLE, stdout: expect.stringContaining('1 file, 1 object, 2 not read: no errors') });
    expect(stderr.split('\n')).toEqual([expect.stringMatching(/UnreadableManifest: .*a\.yaml", line 1: /), expect.stringMatching(/UnreadableManifest: .*c\.yaml": /), '']);
  });

  test.each([['nothing', ''], ['comments only', '# nothing\n---\n']])('2 where the input is %s', async (_, input) => {
    expect(await run(['check', '-'], { input })).toMatchObject({ code: ExitCode.UNUSABLE, stderr: expect.stringContaining('there is no object in the input') });
  });

  test('2 where an option is unknown', async () => {
    expect(await run(['check', '--fix', '-'])).toMatchObject({ code: ExitCode.UNUSABLE, stderr: expect.stringContaining('there is no option "--fix"') });
  });
});

test('--help says what it takes', async () => {
  const { code, stdout } = await run(['check', '--help']);

  expect(code).toBe(ExitCode.CLEAN);
  for (const option of ['--format', '--output', '--kubernetes-version', '--namespace', '--existing', '--acknowledge', '--today', '--warnings-as-errors', '--quiet', '--[no-]progress']) {
    expect(stdout).toContain(option);
  }
});

describe('a Secret that no manifest makes', () => {
  test.each([
    [[], ExitCode.CLEAN, 'warning  UnknownSecret'],
    [['--missing-secrets', 'warn'], ExitCode.CLEAN, 'warning  UnknownSecret'],
    [['--missing-secrets', 'error'], ExitCode.FINDINGS, 'error    UnknownSecret'],
    [['--missing-secrets', 'ignore'], ExitCode.CLEAN, '1 object: no errors\n'],
  ])('is found with %j', async (options, expected, says) => {
    const { code, stdout } = await run(['check', '-', ...options], { input: POD });

    expect(code).toBe(expected);
    expect(stdout).toContain(says);
  });

  test.each([['db'], ['team-a/db']])('is none where it exists as %s', async existing => {
    expect(await run(['check', '-', '--existing', existing], { input: POD })).toMatchObject({ code: ExitCode.CLEAN });
  });

  test('is one where another one exists', async () => {
    expect(await run(['check', '-', '--existing', 'team-b/db'], { input: POD })).toMatchObject({ code: ExitCode.FINDINGS, stdout: expect.stringContaining('NamespaceMismatch') });
  });

  test('is looked up in a file, with its keys', async () => {
    const list = (key: string) => `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: db, namespace: team-a}\n  data: {${key}: YQ==}\n`;
    const folder = tempFolder({ 'good.yaml': list('password'), 'bad.yaml': list('passwrd') });

    expect(await run(['check', '-', '-e', join(folder, 'good.yaml')], { input: POD })).toMatchObject({ code: ExitCode.CLEAN });
    expect(await run(['check', '-', '-e', join(folder, 'bad.yaml')], { input: POD })).toMatchObject({ code: ExitCode.FINDINGS, stdout: expect.stringContaining('UnknownKey') });
  });

  test.each([['a/b/c'], ['/db'], ['']])('cannot exist as %j', async existing => {
    expect(await run(['check', '-', '--existing', existing], { input: POD })).toMatchObject({ code: ExitCode.UNUSABLE });
  });
});

describe('the report', () => {
  test.each([
    ['json', (text: string) => JSON.parse(text).summary, { files: 1, objects: 1, errors: 1, warnings: 0, acknowledged: 0, skipped: 0, unreadable: 0 }],
    ['sarif', (text: string) => JSON.parse(text).runs[0].results[0].ruleId, 'InvalidKey'],
    ['junit', (text: string) => /failures="(\d+)"/.exec(text)![1], '1'],
  ])('can be %s', async (format, read, expected) => {
    const { code, stdout } = await run(['check', '-', '--format', format], { input: BAD_SECRET });

    expect(code).toBe(ExitCode.FINDINGS);
    expect(read(stdout)).toEqual(expected);
  });

  test('can be written to a file', async () => {
    const file = join(tempFolder(), 'report.json');

    expect(await run(['check', '-', '-f', 'json', '-o', file], { input: BAD_SECRET })).toEqual({ code: ExitCode.FINDINGS, stdout: '', stderr: '' });
    expect(JSON.parse(readFileSync(file, 'utf8')).summary.errors).toBe(1);
  });

  test('is refused where its file cannot be written', async () => {
    const file = join(tempFolder(), 'no/such/folder/report.json');

    expect(await run(['check', '-', '-o', file], { input: SECRET })).toMatchObject({ code: ExitCode.UNUSABLE, stderr: expect.stringContaining('(ENOENT)') });
    expect(existsSync(file)).toBe(false);
  });

  test.each([
    ['a terminal', { columns: 100 }, true], ['a terminal where NO_COLOR is set', { columns: 100, environment: { NO_COLOR: '1' } }, false], ['no terminal', {}, false],
  ])('on %s has colours: %#', async (_, surroundings, colours) => {
    const { stdout } = await run(['check', '-'], { input: BAD_SECRET, ...surroundings });

    expect(stdout.includes('\x1b[')).toBe(colours);
  });
});

describe('a warning', () => {
  const input = SECRET.replace('\ndata:', '\nstringData:');

  test('lets it exit with 0, and with 1 where warnings count as errors', async () => {
    expect(await run(['check', '-'], { input })).toMatchObject({ code: ExitCode.CLEAN, stdout: expect.stringMatching(/: no errors, [1-9]\d* warning/) });
    expect(await run(['check', '-', '--warnings-as-errors'], { input })).toMatchObject({ code: ExitCode.FINDINGS });
  });

  test('is not printed where it is quiet', async () => {
    expect(await run(['check', '-', '--quiet'], { input })).toEqual({ code: ExitCode.CLEAN, stdout: '', stderr: '' });
  });
});

describe('no report holds a value', () => {
  const CANARY = 'S3cretC4nary';
  const encoded = Buffer.from(CANARY).toString('base64');
  const inputs: Readonly<Record<string, string>> = {
    'of a key that is none': `${SECRET}  pass word: ${encoded}\n`,
    'that is no base64': `${SECRET}  other: ${CANARY}!\n`,
    'that stands twice': `${SECRET}  password: ${encoded}\n  password: ${encoded}\n`,
    'of stringData': `${SECRET}stringData:\n  other: ${CANARY}\n`,
    'in a list': `${SECRET}  other: [${CANARY}]\n`,
    'in a map': `${SECRET}  other: {a: ${CANARY}}\n`,
    'of a field that is none': `${SECRET}password: ${CANARY}\n`,
    'in broken YAML': `${SECRET}  other: "${CANARY}\n`,
    'in broken JSON': `{"apiVersion": "v1", "kind": "Secret", "data": {"a": "${CANARY}" "b"}}`,
    'in a Secret that is no manifest': CANARY,
    'in a wrong docker config': SECRET.replace('Opaque', 'kubernetes.io/dockerconfigjson').replace('password: cGFzc3dvcmQ=', `.dockerconfigjson: ${encoded}`),
    'in a wrong certificate': SECRET.replace('Opaque', 'kubernetes.io/tls').replace('password: cGFzc3dvcmQ=', `tls.crt: ${encoded}\n  tls.key: ${encoded}`),
  };

  test.each(Object.keys(inputs))('%s', async name => {
    for (const format of ['table', 'json', 'sarif', 'junit']) {
      const { stdout, stderr } = await run(['check', '-', '--format', format, '--today', '2030-01-31'], { input: inputs[name] });

      expect(stdout + stderr).not.toBe('');
      expect(stdout + stderr).not.toContain(CANARY);
      expect(stdout + stderr).not.toContain(encoded);
    }
  });
});

test('checks what an app writes, by the names of its files, and leaves nothing behind', async () => {
  const app = appProgram(`
    new ApiObject(chart, 'Api', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api' }, spec: { containers: [{ name: 'c', image: 'i', envFrom: [{ secretRef: { name: 'none' } }] }] } });
    app.synth();`);
  const { code, stdout, stderr } = await run(['check', '--app', app, '-f', 'json'], { environment: { PATH: process.env.PATH!, HOME: tmpdir() } });

  expect([code, stderr]).toEqual([ExitCode.CLEAN, '']);
  expect(JSON.parse(stdout)).toMatchObject({ files: ['c.k8s.yaml'], findings: [{ code: 'UnknownSecret', location: { file: 'c.k8s.yaml' } }] });
}, 60_000);

test('an app and files are two checks', async () => {
  expect(await run(['check', '--app', 'x', '.'])).toMatchObject({ code: ExitCode.UNUSABLE, stderr: expect.stringContaining('ask for one at a time') });
});
