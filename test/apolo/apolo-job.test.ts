import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import type { ApoloContext } from '../../src/apolo/apolo-context';
import { ApoloGrant, ApoloPermission } from '../../src/apolo/apolo-grant';
import { ApoloJob, type ApoloJobProps } from '../../src/apolo/apolo-job';
import { ApoloJobForm } from '../../src/apolo/apolo-job-form';
import { WARNING } from '../../src/errors/warning';
import { Secret } from '../../src/secret/secret';
import { SensitiveValue } from '../../src/value/sensitive-value';

const said = (message: string) => expect.objectContaining({ message });

const CONTEXT: ApoloContext = { cluster: 'default', org: 'myorg', project: 'myproj' };
const SECRETS = 'project--myorg--myproj--secrets';

let chart: Chart;

beforeEach(() => {
  chart = new Chart(Testing.app(), 'c');
});

function job(props: Partial<ApoloJobProps> = {}, id = 'J'): ApoloJob {
  return new ApoloJob(chart, id, { image: 'ubuntu:latest', context: CONTEXT, ...props });
}

function manifest(props: Partial<ApoloJobProps>): any {
  job(props);
  return Testing.synth(chart).find(({ kind }) => ['Pod', 'Job'].includes(kind));
}

function secret(name: string, ...keys: string[]): Secret {
  const data = Object.fromEntries(keys.map(key => [key, SensitiveValue.fromLiteral('v')]));
  return new Secret(chart, name, { metadata: { name }, data });
}

describe('on the platform', () => {
  test('rows 1 and 2: the job is the Pod that the platform makes', () => {
    expect(manifest({
      volumes: ['secret:secret-password:/var/secrets/secret-password.txt'],
      env: { mypass: 'secret:secret-password', PLAIN: 'x' },
      command: ['sleep', '1h'],
      cpu: '1',
      memory: '1G',
      form: ApoloJobForm.platform({ owner: 'alice', keys: ['secret-password'] }),
    })).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'c-j-c8fa7240', namespace: 'platform--myorg--myproj--8103e967f202096cbd5b4f41' },
      spec: {
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        imagePullSecrets: [{ name: 'neurouser-alice' }],
        containers: [{
          name: 'main',
          image: 'ubuntu:latest',
          imagePullPolicy: 'Always',
          args: ['sleep', '1h'],
          stdin: true,
          terminationMessagePolicy: 'FallbackToLogsOnError',
          resources: { limits: { cpu: '1', memory: '1G' }, requests: { cpu: '1', memory: '1G' } },
          env: [
            { name: 'PLAIN', value: 'x' },
            { name: 'mypass', valueFrom: { secretKeyRef: { name: SECRETS, key: 'secret-password' } } },
          ],
          volumeMounts: [{ name: SECRETS, mountPath: '/var/secrets/secret-password.txt', subPath: 'secret-password', readOnly: true }],
        }],
        volumes: [{ name: SECRETS, secret: { secretName: SECRETS, defaultMode: 0o400 } }],
      },
    });
  });

  test('row 24: what the client sends', () => {
    const context = { cluster: 'default', org: 'test-org', project: 'test-project' };
    expect(job({ context, env: { SECRET_VAR: 'secret:secret' }, volumes: ['secret:secret:/secrets/my_path'] }).containerPayload()).toEqual({
      secret_env: { SECRET_VAR: 'secret://default/test-org/test-project/secret' },
      secret_volumes: [{ src_secret_uri: 'secret://default/test-org/test-project/secret', dst_path: '/secrets/my_path' }],
    });
    expect(job({}, 'Without').containerPayload()).toEqual({});
  });

  test('row 26: a variable refers to the key in the Secret of its project', () => {
    const context = { cluster: 'test-cluster', project: 'p12' };
    expect(manifest({ context, env: { 'sec-name': 'secret://test-cluster/test-user/sec1' } }).spec.containers[0].env)
      .toEqual([{ name: 'sec-name', valueFrom: { secretKeyRef: { name: 'project--test-user--secrets', key: 'sec1' } } }]);
  });

  test('row 27: two files of one project share one volume', () => {
    const context = { cluster: 'clustername', project: 'p12' };
    const { spec } = manifest({
      context,
      volumes: ['secret://clustername/alice/sec1:/etc/foo/file1.txt', 'secret://clustername/alice/sec2:/etc/foo/file2.txt'],
    });
    const name = 'project--alice--secrets';
    expect(spec.volumes).toEqual([{ name, secret: { secretName: name, defaultMode: 0o400 } }]);
    expect(spec.containers[0].volumeMounts).toEqual([
      { name, mountPath: '/etc/foo/file1.txt', subPath: 'sec1', readOnly: true },
      { name, mountPath: '/etc/foo/file2.txt', subPath: 'sec2', readOnly: true },
    ]);
  });

  test.each([
    [['key1', 'key2'], [], "Missing secrets: 'key1', 'key2'"],
    [['key2', 'key1'], ['key1'], "Missing secrets: 'key2'"],
  ])('row 28: of %j only %j exist', (used, keys, problem) => {
    expect(() => job({ env: Object.fromEntries(used.map(key => [key, `secret:${key}`])), form: ApoloJobForm.platform({ keys }) }))
      .toThrow(expect.objectContaining({ code: 'RefusedByApolo', problem: said(problem), constructPath: 'c/J' }));
  });

  test.each<[string, Partial<ApoloJobProps>, string]>([
    ['a relative path', { volumes: ['secret:key:relative'] }, "Mount path must be absolute: 'relative'"],
    ['no path', { volumes: ['secret:key:'] }, "Mount path must be absolute: '.'"],
    ['a path that goes back', { volumes: ['secret:KEY:/mnt/../etc/x'] }, "Invalid path: '/mnt/../etc/x'"],
    ['one path twice', { volumes: ['secret:a:/same', 'secret:b:/same/'] }, "destination path '/same' was encountered multiple times"],
    ['another cluster', { env: { A: 'secret://other/o/p/k' } }, "Invalid URI cluster: 'other' != 'default'"],
    ['too few parts', { env: { A: 'secret://default/k' } }, 'Invalid URI path: Wrong number of path items'],
    ['a key that no secret has', { env: { A: 'secret:a:b' } }, "the key 'a:b' must consist of letters, digits, '-', '_' and '.', and be neither '.' nor start with '..'"],
    ['storage', { volumes: ['storage:a:/b'] }, "'storage://default/myorg/myproj/a' is a storage volume; a job here takes secrets only"],
    ['several things', { volumes: ['secret:a:b', 'secret:a:/../b'] }, "Mount path must be absolute: 'b'; Invalid path: '/../b'"],
  ])('row 25: fails on %s', (_, props, problem) => {
    expect(() => job(props)).toThrow(expect.objectContaining({ code: 'RefusedByApolo', problem: said(problem) }));
  });

  test('what the client refuses is refused in its words, with the path of the job', () => {
    expect(() => job({ volumes: ['secret:key:/mnt/k:ro'] })).toThrow(expect.objectContaining({
      code: 'InvalidApoloReference', problem: said("Invalid secret file specification 'secret:key:/mnt/k:ro'"), constructPath: 'c/J',
    }));
  });

  test('fails on a variable that no container can have', () => {
    expect(() => job({ env: { '1ST': 'x' } })).toThrow(expect.objectContaining({ code: 'InvalidEnvName' }));
  });

  test('files that a user could not read are a warning; the platform offers no way', () => {
    const { metadata } = job({ user: 1000, volumes: ['secret:k:/k'] }).node;
    expect(metadata.map(({ type, data }) => [type, data.code])).toEqual([[WARNING, 'UnreadableSecretFile']]);
    expect(job({ user: 0, volumes: ['secret:k:/k'] }, 'Root').node.metadata).toEqual([]);
    expect(job({ user: 1000, env: { A: 'secret:k' } }, 'Env').node.metadata).toEqual([]);
  });

  test('a secret of another project is a warning', () => {
    const { metadata } = job({ env: { A: 'secret:/other/k', B: 'secret:k' } }).node;
    expect(metadata.map(({ data }) => [data.code, data.message])).toEqual([
      ['SecretOfOtherProject', "the platform looks for the secrets of 'myorg/other' in the namespace of the job's own project"],
    ]);
  });

  test('a name that is too long for a volume is cut and made unique', () => {
    const context = { cluster: 'default', org: 'a'.repeat(40), project: 'b'.repeat(40) };
    const [volume] = manifest({ context, volumes: ['secret:k:/k'] }).spec.volumes;
    expect(volume.secret.secretName).toBe(`project--${'a'.repeat(40)}--${'b'.repeat(40)}--secrets`);
    expect(volume.name).toMatch(/^project--a{40}-[0-9a-f]{12}$/);
  });
});

describe('on plain secrets, after the platform', () => {
  test('the same job is a Job, and its files are readable for its user', () => {
    const plain = secret('secret-password', 'secret-password');
    const { apiVersion, kind, spec } = manifest({
      volumes: ['secret:secret-password:/var/secrets/secret-password.txt'],
      env: { mypass: 'secret:secret-password' },
      user: 1000,
      form: ApoloJobForm.kubernetes([plain]),
    });
    expect([apiVersion, kind, spec.backoffLimit]).toEqual(['batch/v1', 'Job', 0]);
    expect(spec.template.spec).toMatchObject({
      restartPolicy: 'Never',
      securityContext: { runAsUser: 1000, fsGroup: 1000 },
      volumes: [{ name: 'secret-password', secret: { secretName: 'secret-password', defaultMode: 0o400 } }],
    });
    expect(spec.template.spec.containers[0]).toMatchObject({
      env: [{ name: 'mypass', valueFrom: { secretKeyRef: { name: 'secret-password', key: 'secret-password' } } }],
      volumeMounts: [{ name: 'secret-password', mountPath: '/var/secrets/secret-password.txt', subPath: 'secret-password', readOnly: true }],
    });
  });

  test('without files, or as root, no group is needed', () => {
    const form = ApoloJobForm.kubernetes([secret('k', 'k')]);
    expect(manifest({ env: { A: 'secret:k' }, user: 1000, group: 2000, form }).spec.template.spec.securityContext).toEqual({ runAsUser: 1000, runAsGroup: 2000 });
    const root = job({ volumes: ['secret:k:/k'], user: 0, form }, 'Root').resource.toJson();
    expect(root.spec.template.spec.securityContext).toEqual({ runAsUser: 0 });
  });

  test.each([
    ['the one that has the key', [['a', 'x'], ['b', 'k']], 'b'],
    ['the one that is named like it, where several have it', [['a', 'k'], ['k', 'k']], 'k'],
  ])('a key is taken from %s', (_, secrets, expected) => {
    const form = ApoloJobForm.kubernetes(secrets.map(([name, ...keys]) => secret(name, ...keys)));
    expect(manifest({ env: { A: 'secret:k' }, form }).spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.name).toBe(expected);
  });

  test('a key is taken from a secret whose keys are not known, where none is known to have it', () => {
    const form = ApoloJobForm.kubernetes([secret('a', 'x'), Secret.fromSecretName(chart, 'O', 'others')]);
    expect(manifest({ env: { A: 'secret:k' }, form }).spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.name).toBe('others');
  });

  test.each([
    ['none has the key', ['pasword'], 'none of the secrets has the key "password"', 'did you mean "pasword"? keys: "pasword"'],
    ['several have it', ['password', 'password'], 'the key "password" is in several secrets: "s0", "s1"', 'pass only the one that is meant'],
  ])('fails when %s', (_, keys, problem, next) => {
    const form = ApoloJobForm.kubernetes(keys.map((key, index) => secret(`s${index}`, key)));
    expect(() => job({ env: { A: 'secret:password' }, form })).toThrow(expect.objectContaining({ problem: { code: 'UnknownKey', message: problem, next }, constructPath: 'c/J' }));
  });

  test('fails when a secret is in another namespace', () => {
    const other = new Secret(chart, 'S', { metadata: { name: 'k', namespace: 'other' }, data: { k: SensitiveValue.fromLiteral('v') } });
    expect(() => job({ env: { A: 'secret:k' }, form: ApoloJobForm.kubernetes([other]) })).toThrow(expect.objectContaining({ code: 'NamespaceMismatch' }));
  });
});

test('the command that starts the job has full URIs and is safe in a shell', () => {
  const folder = mkdtempSync(join(tmpdir(), 'job-'));
  writeFileSync(join(folder, 'env'), 'FROM_FILE=secret:k\nA=yields\n');
  try {
    expect(job({
      volumes: ['secret:k:/var/k'],
      env: { A: "it's $HOME", B: 'secret:/other/key' },
      envFiles: [join(folder, 'env')],
      cpu: '0.5',
      entrypoint: ['sh', '-c'],
      command: ['echo $B'],
    }).runCommand()).toBe("apolo run --cpu 0.5 --volume secret://default/myorg/myproj/k:/var/k --env 'A=it'\\''s $HOME' "
      + '--env FROM_FILE=secret://default/myorg/myproj/k --env B=secret://default/myorg/other/key '
      + "--entrypoint 'sh -c' ubuntu:latest -- 'echo $B'");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('grants', () => {
  test('the commands name the secret in full', () => {
    const grant = ApoloGrant.share('secret:secret-password', 'bob', ApoloPermission.READ, CONTEXT);
    expect(grant.grantCommand).toBe('apolo acl grant secret://default/myorg/myproj/secret-password bob read');
    expect(grant.revokeCommand).toBe('apolo acl revoke secret://default/myorg/myproj/secret-password bob');
  });

  test.each(['a:b', ''])('fails on the user %j', user => {
    expect(() => ApoloGrant.share('secret:k', user, ApoloPermission.READ, CONTEXT))
      .toThrow(expect.objectContaining({ code: 'InvalidApoloReference', problem: said(`Invalid name: '${user}'`) }));
  });

  test.each([
    [ApoloPermission.READ, ['get']],
    [ApoloPermission.WRITE, ['get', 'patch', 'update']],
    [ApoloPermission.MANAGE, ['delete', 'get', 'patch', 'update']],
  ])('%s on a secret of one key is a Role on exactly this Secret', (permission, verbs) => {
    const s = secret('k', 'k');
    ApoloGrant.share('secret:k', 'bob', permission, CONTEXT).roleFor(chart, 'Bob', s);
    const [, role, binding] = Testing.synth(chart);
    expect(role).toMatchObject({ kind: 'Role', rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['k'], verbs }] });
    expect(binding).toMatchObject({
      kind: 'RoleBinding',
      roleRef: { kind: 'Role', name: role.metadata.name },
      subjects: [{ kind: 'User', name: 'bob' }],
    });
  });

  test('fails where the Role would give more than was shared, unless that is meant', () => {
    const grant = ApoloGrant.share('secret:a', 'bob', ApoloPermission.READ, CONTEXT);
    const both = secret('both', 'a', 'b');
    expect(() => grant.roleFor(chart, 'R', both)).toThrow(expect.objectContaining({ code: 'GrantTooWide', constructPath: 'c/R' }));
    expect(() => grant.roleFor(chart, 'R', Secret.fromSecretName(chart, 'O', 'others'))).toThrow(expect.objectContaining({ code: 'GrantTooWide' }));
    expect(() => grant.roleFor(chart, 'R', both, { wholeSecret: true })).not.toThrow();
  });

  test('fails where the Secret has no such key', () => {
    const grant = ApoloGrant.share('secret:a', 'bob', ApoloPermission.READ, CONTEXT);
    expect(() => grant.roleFor(chart, 'R', secret('s', 'b'))).toThrow(expect.objectContaining({ code: 'UnknownKey' }));
  });
});

test('a share without a level is refused in the words of the client, and says what it wants', () => {
  const share = () => ApoloGrant.share('secret:k', 'bob', undefined as unknown as ApoloPermission, CONTEXT);
  expect(share).toThrow("InvalidApoloReference: Missing argument 'PERMISSION'; say what the user may do: ApoloPermission.READ, WRITE or MANAGE");
});
