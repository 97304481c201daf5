import { tmpdir } from 'node:os';
import { appProgram } from './app-program';
import { run } from './run';
import { pathToCluster, type FakeCluster } from '../support/fake-kubectl';
import { tempFile, tempFolder } from '../support/temp-folder';

const secret = (name: string, keys: string[], rest: any = {}) => {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'shop' }, data: Object.fromEntries(keys.map(key => [key, 'Y2FuYXJ5'])), ...rest };
};
const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: api, namespace: shop}\nspec:\n  containers: [{name: api, image: x}]\n${spec}`;

const verify = (cluster: FakeCluster, args: string[], input = '') => {
  return run(['verify', ...args], { input, environment: { PATH: pathToCluster(cluster).path, HOME: tmpdir() } });
};
/** What is said of each thing that was looked for. */
async function verdicts(cluster: FakeCluster, input: string): Promise<[number, ...string[][]]> {
  const { code, stdout, stderr } = await verify(cluster, ['-f', 'json', '-'], input);
  if (stderr !== '') throw new Error(stderr);
  const { secrets, kinds } = JSON.parse(stdout);
  return [code, ...[...secrets, ...kinds].map(({ what, verdict, details }) => [what, verdict, ...details])];
}

describe('an app', () => {
  const app = appProgram(`
    const tls = new Secret(chart, 'Tls', {
      metadata: { name: 'tls' }, type: 'example.com/x', data: { crt: SensitiveValue.fromEnvironment('A'), key: SensitiveValue.fromEnvironment('B') }, delivery: SecretDelivery.existing(),
    });
    Secret.fromSecretName(chart, 'Token', 'token', { keys: ['token'] });
    new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { password: SensitiveValue.fromEnvironment('C') } });
    new ApiObject(chart, 'Store', { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', metadata: { name: 's' }, spec: {} });
    app.synth();`);

  test('expects what it declares as existing, with keys and type, and the kinds of its objects; not what it makes', async () => {
    const objects = [secret('tls', ['crt', 'key'], { type: 'example.com/x' }), secret('token', ['token', 'more'])];
    expect(await verify({ objects, kinds: { 'external-secrets.io/v1': ['SecretStore'] } }, ['--app', app])).toEqual({
      code: 0,
      stderr: '',
      stdout: `\
Secrets
  ok       shop/tls    example.com/x; keys crt, key
  ok       shop/token  keys token

Kinds
  ok       external-secrets.io/v1 SecretStore

3 things looked for, all there
`,
    });
  });

  test('is told what is missing, and what is not as it says', async () => {
    expect(await verify({ objects: [secret('tls', ['crt'])], kinds: { 'external-secrets.io/v1beta1': ['SecretStore'] } }, ['--app', app])).toEqual({
      code: 1,
      stderr: '',
      stdout: `\
Secrets
  wrong    shop/tls    it has the type Opaque, not example.com/x; it has no key key
  missing  shop/token  keys token

Kinds
  wrong    external-secrets.io/v1 SecretStore  the cluster serves v1beta1 of this group: another version of its controller is installed

3 things looked for, 3 not there or not as expected
`,
    });
  });
});

describe('manifests', () => {
  test.each<[string, string, string]>([
    ['a variable', '  volumes: []\n  initContainers: [{name: i, image: x, env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: a}}}]}]\n', 'keys a; used by Pod/api'],
    ['a volume', '  volumes: [{name: v, secret: {secretName: db}}]\n', 'used by Pod/api'],
    ['a pull secret', '  imagePullSecrets: [{name: db}]\n', 'used by Pod/api'],
  ])('expect what %s names and nothing makes', async (_, spec, details) => {
    expect((await verdicts({}, pod(spec)))).toEqual([1, ['shop/db', 'missing', ...details.split('; ')]]);
    const type = spec.includes('imagePullSecrets') ? 'kubernetes.io/dockerconfigjson' : 'Opaque';
    expect((await verdicts({ objects: [secret('db', ['a'], { type })] }, pod(spec)))[0]).toBe(0);
  });

  test('expect a pull secret of a type that the kubelet takes', async () => {
    const accounts = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: api, namespace: shop}\nimagePullSecrets: [{name: db}]\n';
    for (const manifest of [accounts, pod('  imagePullSecrets: [{name: db}]\n')]) {
      expect(await verdicts({ objects: [secret('db', ['a'])] }, manifest)).toEqual([1, [
        'shop/db', 'wrong', 'it has the type Opaque: the kubelet passes it over, and pulls without credentials',
      ]]);
    }
  });

  test('expect a certificate where an Ingress serves with it, unless a controller makes it', async () => {
    const ingress = (annotations: string) => `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: shop, annotations: ${annotations}}\nspec: {tls: [{secretName: web}]}\n`;
    expect(await verdicts({ objects: [secret('web', ['a'])] }, ingress('{}'))).toEqual([1, ['shop/web', 'wrong', 'it has no keys tls.crt, tls.key']]);
    expect((await verdicts({ objects: [secret('web', ['tls.crt', 'tls.key'])] }, ingress('{}')))[0]).toBe(0);
    expect(await verdicts({}, ingress('{cert-manager.io/cluster-issuer: letsencrypt}'))).toEqual([0]);
  });

  test.each<[string, string]>([
    ['another manifest makes', `---\n${JSON.stringify(secret('db', ['a']))}\n`],
    ['the pod does without', ''],
  ])('do not expect what %s', async (_, other) => {
    const optional = other === '' ? ', optional: true' : '';
    expect(await verdicts({}, pod(`  volumes: [{name: v, secret: {secretName: db${optional}}}]\n${other}`))).toEqual([0]);
  });

  test('expect the driver of classes that are mounted', async () => {
    const manifest = 'apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\nmetadata: {name: c, namespace: shop}\nspec: {provider: vault}\n';
    const kinds = { 'secrets-store.csi.x-k8s.io/v1': ['SecretProviderClass'] };
    const driver = { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'secrets-store.csi.k8s.io', namespace: 'default' } };
    expect((await verdicts({ kinds }, manifest)).slice(1)).toEqual([
      ['secrets-store.csi.x-k8s.io/v1 SecretProviderClass', 'ok'], ['CSIDriver secrets-store.csi.k8s.io', 'missing', 'the Secrets Store CSI driver is not installed'],
    ]);
    expect((await verdicts({ kinds, objects: [driver] }, manifest))[0]).toBe(0);
  });

  test.each<[string, FakeCluster['kinds'], string[]]>([
    ['the group', {}, ['missing', 'the cluster does not serve this group: its controller is not installed']],
    ['the kind', { 'bitnami.com/v1alpha1': ['Other'] }, ['wrong', 'the cluster serves this version, and not this kind of it']],
  ])('expect kinds of controllers: where %s is not served, that is said', async (_, kinds, verdict) => {
    const sealed = 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: db, namespace: shop}\nspec: {encryptedData: {a: AgA}}\n';
    expect(await verdicts({ kinds }, sealed)).toEqual([1, ['bitnami.com/v1alpha1 SealedSecret', ...verdict]]);
  });

  test('expect what an app noted beside them, and what the file of the repository says; * stands for any text', async () => {
    const folder = tempFolder({
      'a.yaml': pod('  volumes: [{name: v, secret: {secretName: ci-token-x}}]\n'),
      '.cdk8s-secrets.app': JSON.stringify({ version: 1, existingSecrets: [{ name: 'noted', namespace: 'shop', keys: ['a'] }], acknowledgements: [] }),
      '.cdk8s-secrets.yaml': 'existing: [{name: "ci-*", namespace: shop}]\n',
    });
    const { code, stdout } = await verify({ objects: [secret('ci-token-y', []), secret('noted', ['a'])] }, [folder]);
    expect([code, stdout]).toEqual([0, 'Secrets\n  ok       shop/ci-*\n  ok       shop/noted  keys a\n\n2 things looked for, all there\n']);
  });

  test('may expect nothing', async () => {
    expect(await verify({}, ['-'], JSON.stringify(secret('a', [])))).toEqual({ code: 0, stderr: '', stdout: 'nothing is expected of the cluster\n' });
  });
});

test('no report holds a value', async () => {
  for (const format of ['text', 'json']) {
    expect((await verify({ objects: [secret('db', ['a'])] }, ['-f', format, '-'], pod('  imagePullSecrets: [{name: db}]\n'))).stdout).not.toMatch(/canary|Y2FuYXJ5/);
  }
});

test.each<[string, FakeCluster | undefined, string]>([
  ['no cluster', { error: 'The connection to the server localhost:8080 was refused' }, 'nothing answers at the address of the cluster'],
  ['no kubectl', undefined, 'kubectl is not installed'],
])('%s is said, with the exit code 2', async (_, cluster, message) => {
  const file = tempFile(pod('  imagePullSecrets: [{name: db}]\n'), 'a.yaml');
  const { code, stdout, stderr } = cluster === undefined ? await run(['verify', file], { environment: { PATH: tempFolder() } }) : await verify(cluster, [file]);
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
});
