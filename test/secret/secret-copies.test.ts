import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  BasicAuthSecret, BootstrapTokenSecret, CsiProvider, Inspection, NamespaceSelector, RemoteNaming, Secret, SecretBinding,
  SecretDelivery, SecretPolicy, SecretRollout, SecretStore, SecretVolume, SensitiveValue, ServiceAccountTokenSecret,
  StoreProvider, StoreReference, VaultEngine, type SecretProps,
} from '../../src';
import { loggedSecrets } from '../../src/secret/declaration-log';
import { SecretRegistry } from '../../src/secret/secret-registry';
import vectors from '../conformance/backends-vectors.json';
import { crdProblems } from '../conformance/crd';
import sopsVectors from '../conformance/sops-vectors.json';
import { unseal } from '../delivery/sealed/unseal';
import { decryptSops } from '../delivery/sops/unsops';
import { withEnvironment } from '../support/environment';
import { codes, findings, refusal } from '../support/refusal';
import { tempFile } from '../support/temp-folder';
import { newWorkload, podTemplateOf } from '../support/workloads';

const { certificatePem, privateKeyPkcs8Pem } = vectors.sealedSecrets;
const determinismKey = SensitiveValue.fromLiteral('a determinism key of 32 bytes ...');

/** An app with the secret `db` in the chart `a`, and a chart `b`. */
function newApp(props: Partial<SecretProps> = {}) {
  const app = new App();
  const [a, b] = ['a', 'b'].map(namespace => new Chart(app, namespace, { namespace }));
  const secret = new Secret(a, 'Db', {
    metadata: { name: 'db', labels: { app: 'x' } }, data: { password: SensitiveValue.fromLiteral('s3cr3t') }, ...props,
  });
  return { app, a, b, secret };
}

const inNamespace = (chart: Chart, namespace: string, kind?: string): any[] =>
  chart.toJson().filter(({ metadata, kind: its }: any) => metadata.namespace === namespace && (kind === undefined || its === kind));

test('a Secret with all that the first one has is in each namespace', () => {
  const { a, secret } = newApp({ type: 'example.com/db', immutable: true });
  secret.replicateTo('b', 'c');
  secret.addData('late', SensitiveValue.fromLiteral('1'));
  const expected = (namespace: string) => ({
    apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace, labels: { app: 'x' } }, type: 'example.com/db', immutable: true, data: { late: 'MQ==', password: 'czNjcjN0' },
  });
  expect(a.toJson()).toEqual(['a', 'b', 'c'].map(expected));
  expect(codes(a)).toEqual([]);
});

test('the name is the same where it was made of the path, and where it has a hash', () => {
  for (const props of [{ metadata: undefined }, { hashedName: true }]) {
    const { a, secret } = newApp(props);
    secret.replicateTo('b');
    expect(a.toJson().map(({ metadata }: any) => metadata.name)).toEqual([secret.name, secret.name]);
    expect(inNamespace(a, 'b')[0].immutable).toBe(inNamespace(a, 'a')[0].immutable);
    expect(inNamespace(a, 'b')[0].metadata.labels).toEqual(inNamespace(a, 'a')[0].metadata.labels);
  }
});

test('a typed secret can be in several namespaces too', () => {
  const { a } = newApp();
  new BasicAuthSecret(a, 'Login', { metadata: { name: 'login' }, username: SensitiveValue.fromLiteral('u'), password: SensitiveValue.fromLiteral('p') }).replicateTo('b');
  expect(inNamespace(a, 'b')).toEqual([{
    apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login', namespace: 'b' }, type: 'kubernetes.io/basic-auth', data: { username: 'dQ==', password: 'cA==' },
  }]);
});

describe('each delivery', () => {
  test('seals for each namespace', () => {
    const { a, secret } = newApp({ delivery: SecretDelivery.sealed({ certificate: tempFile(certificatePem, 'pub-cert.pem'), determinismKey }) });
    secret.replicateTo('b');
    const [one, two] = ['a', 'b'].map(namespace => inNamespace(a, namespace)[0].spec.encryptedData.password);
    expect(unseal(one, 'a/db', privateKeyPkcs8Pem).toString()).toBe('s3cr3t');
    expect(unseal(two, 'b/db', privateKeyPkcs8Pem).toString()).toBe('s3cr3t');
  });

  test('encrypts with SOPS for each namespace, with nothing in common', () => {
    const { a, secret } = newApp({ delivery: SecretDelivery.sops({ age: [sopsVectors.recipient], determinismKey }) });
    secret.replicateTo('b');
    const [one, two] = a.toJson();
    expect(decryptSops(two, sopsVectors.identity)).toMatchObject({ metadata: { name: 'db', namespace: 'b' }, data: { password: 'czNjcjN0' } });
    expect(one.sops.age[0].enc).not.toBe(two.sops.age[0].enc);
  });

  test('fetches with an ExternalSecret in each namespace what the first one fetches', () => {
    const { a, secret } = newApp({
      delivery: SecretDelivery.external({ store: StoreReference.clusterSecretStore('vault'), naming: RemoteNaming.entryPerSecret('{namespace}/{name}') }),
      data: { password: SensitiveValue.fromEnvironment('NOT_READ') },
    });
    secret.replicateTo('b');
    const manifests = a.toJson();
    expect(manifests.map(({ kind, metadata, spec }: any) => [kind, metadata.namespace, spec.data[0].remoteRef.key])).toEqual([
      ['ExternalSecret', 'a', 'a/db'], ['ExternalSecret', 'b', 'a/db'],
    ]);
    expect(manifests.flatMap(crdProblems)).toEqual([]);
  });

  test('refuses a store that serves another namespace', () => {
    const { a, secret } = newApp();
    const store = new SecretStore(a, 'Store', { provider: StoreProvider.fake([]) });
    const external = new Secret(a, 'Ext', { data: { a: SensitiveValue.fromRemote({ key: 'x' }) }, delivery: SecretDelivery.external({ store }) });
    expect(refusal(() => external.replicateTo('b'))).toMatchObject({ code: 'NamespaceMismatch', path: 'a/Ext/b' });
    expect(() => secret.replicateTo('b')).not.toThrow();
  });

  test.each<[string, (secret: Secret, b: Chart) => void]>([
    ['before', (secret, b) => {
      newWorkload('Deployment', b).with(SecretBinding.env('A', secret.key('password')));
      secret.replicateTo('c');
    }],
    ['after', (secret, b) => {
      secret.replicateTo('c');
      newWorkload('Deployment', b).with(SecretBinding.env('A', secret.key('password')));
    }],
  ])('makes a SecretProviderClass in each namespace; the driver makes Secrets in all, where a variable was bound %s', (_, use) => {
    const { app, a, b, secret } = newApp({
      data: { password: SensitiveValue.fromEnvironment('NOT_READ') }, delivery: SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'r' }) }),
    });
    secret.replicateTo('b');
    use(secret, b);
    const classes = a.toJson();
    expect(classes.map(({ kind, metadata }: any) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual(['a', 'b', 'c'].map(namespace => `SecretProviderClass ${namespace}/db`));
    expect(classes.map(({ spec }: any) => spec.secretObjects)).toEqual(Array(3).fill([expect.objectContaining({ secretName: 'db' })]));
    expect(new Set(classes.map(({ spec }: any) => JSON.stringify(spec.parameters))).size).toBe(1);
    expect(codes(app)).toEqual([]);
  });

  test('has the Vault Secrets Operator restart the workloads of each namespace', () => {
    const { app, a, b, secret } = newApp({
      data: { password: SensitiveValue.fromRemote({ key: 'db', property: 'password' }) }, delivery: SecretDelivery.vault({ engine: VaultEngine.keyValue('secret') }),
    });
    newWorkload('Deployment', a).with(SecretBinding.envFrom(secret));
    secret.replicateTo('b');
    const workload = newWorkload('Deployment', b).with(SecretBinding.envFrom(secret));
    expect(inNamespace(a, 'b')[0].spec.rolloutRestartTargets).toEqual([{ kind: 'Deployment', name: ApiObject.of(workload).name }]);
    expect(inNamespace(a, 'a', 'VaultStaticSecret')[0].spec.rolloutRestartTargets).toHaveLength(1);
    expect(codes(app)).toEqual([]);
  });

  test('expects it in each namespace where somebody else makes it', () => {
    const { app, a, b, secret } = newApp({ delivery: SecretDelivery.existing() });
    secret.replicateTo('b');
    newWorkload('Deployment', b).with(SecretBinding.envFrom(secret));
    expect(a.toJson()).toEqual([]);
    expect(Inspection.fromApp(app).findings).toEqual([]);
  });
});

describe('what is bound in each namespace', () => {
  test('sees the Secret that is there: variables, files, volumes and pull credentials', () => {
    const { app, b, secret } = newApp();
    secret.replicateTo('b');
    newWorkload('Deployment', b).with(SecretBinding.env('A', secret.key('password')), SecretBinding.files('/etc/db', secret));
    newWorkload('Deployment', b, 'V').with(SecretBinding.volume('/etc/db', SecretVolume.fromSecret(b, 'Volume', secret)));
    expect(codes(app)).toEqual([]);
    expect(Inspection.fromApp(app).findings).toEqual([]);
  });

  test('is refused in a namespace in which it is not, and what would help is said', () => {
    const { b, secret } = newApp();
    expect(refusal(() => newWorkload('Deployment', b).with(SecretBinding.envFrom(secret)))).toMatchObject({ code: 'NamespaceMismatch', next: expect.stringContaining('replicateTo') });
  });

  test('is found by a binding for the whole app', () => {
    const { app, a, b, secret } = newApp();
    secret.replicateTo('b');
    for (const chart of [a, b]) newWorkload('Deployment', chart);
    SecretBinding.envFrom(secret).applyTo(app);
    expect(codes(app)).toEqual([]);
  });

  test('is rolled out with its value', () => {
    const checksum = (text: string) => {
      const { b, secret } = newApp({ data: { password: SensitiveValue.fromLiteral(text) } });
      secret.replicateTo('b');
      const workload = newWorkload('Deployment', b).with(SecretBinding.envFrom(secret), SecretRollout.checksum());
      return podTemplateOf(ApiObject.of(workload).toJson()).metadata.annotations['checksum/secret'];
    };
    expect(checksum('1')).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum('1')).not.toBe(checksum('2'));
  });

  test('is satisfied by hashed names', () => {
    const { app, b, secret } = newApp({ hashedName: true });
    secret.replicateTo('b');
    newWorkload('Deployment', b).with(SecretBinding.envFrom(secret), SecretRollout.hashedName());
    expect(codes(app)).toEqual([]);
  });
});

describe('grants', () => {
  const subjects = (chart: Chart, namespace: string) => inNamespace(chart, namespace, 'RoleBinding').flatMap(binding => binding.subjects.map(({ name }: any) => name));

  test.each(['before', 'after'])('go to the account of each namespace, to users and groups for all, where they were made %s', when => {
    const { app, a, b, secret } = newApp();
    if (when === 'after') secret.replicateTo('b', 'c');
    secret.grants.read(new kplus.ServiceAccount(a, 'A', { metadata: { name: 'in-a' } }));
    secret.grants.read(new kplus.ServiceAccount(b, 'B', { metadata: { name: 'in-b' } }));
    secret.grants.read(new kplus.ServiceAccount(new Chart(app, 'd', { namespace: 'd' }), 'D', { metadata: { name: 'in-d' } }));
    secret.grants.read(kplus.User.fromName(a, 'User', 'jane'));
    if (when === 'before') secret.replicateTo('b', 'c');
    expect(['a', 'b', 'c'].map(namespace => subjects(a, namespace))).toEqual([['in-a', 'in-d', 'jane'], ['in-b', 'jane'], ['jane']]);
    expect(codes(app)).toEqual([]);
  });
});

test('commands hear of it in each namespace, and the leak guard takes its value there for declared', () => {
  const { app, secret } = newApp();
  secret.replicateTo('b');
  expect(loggedSecrets(SecretRegistry.of(app).all()).map(({ path, namespace, name, keys }) => [path, namespace, name, keys.length])).toEqual([['a/Db', 'a', 'db', 1], ['a/Db/b', 'b', 'db', 1]]);
  expect(codes(app)).toEqual([]);
});

test('policies hold for each', () => {
  const { app, a, secret } = newApp();
  secret.replicateTo('b');
  SecretPolicy.of(a).requireImmutable();
  expect(codes(app)).toEqual(['[a/Db] ImmutableRequired', '[a/Db/b] ImmutableRequired']);
});

test('what is wrong with a value is said once', () => {
  withEnvironment({ NO_SUCH: undefined }, () => {
    const { app, secret } = newApp({ data: { password: SensitiveValue.fromEnvironment('NO_SUCH') } });
    secret.replicateTo('b', 'c');
    expect(codes(app)).toEqual(['[a/Db] EnvironmentVariableUnset']);
  });
});

describe('refused is', () => {
  test.each<[string, any[], string]>([
    ['its own namespace', ['a'], 'DuplicateSecret'],
    ['a namespace twice', ['b', 'b'], 'DuplicateSecret'],
    ['a namespace that can be none', ['B_'], 'InvalidNamespace'],
    ['an empty text', [''], 'InvalidNamespace'],
    ['no text', [undefined], 'InvalidNamespace'],
  ])('%s', (_, namespaces, code) => {
    const { secret } = newApp();
    expect(refusal(() => secret.replicateTo(...namespaces))).toMatchObject({ code, path: 'a/Db' });
  });

  test('a token, which is for one namespace', () => {
    const { a } = newApp();
    const token = new ServiceAccountTokenSecret(a, 'T', { serviceAccount: new kplus.ServiceAccount(a, 'Account') });
    expect(refusal(() => token.replicateTo('b'))).toMatchObject({ code: 'NamespaceMismatch', path: 'a/T' });
    const bootstrap = new BootstrapTokenSecret(a, 'B', { tokenId: 'abcdef', tokenSecret: SensitiveValue.fromLiteral('0123456789abcdef') });
    expect(refusal(() => bootstrap.replicateTo('b'))).toMatchObject({ code: 'NamespaceMismatch', path: 'a/B' });
  });

  test('a secret that a ClusterExternalSecret brings to namespaces of its own choice', () => {
    const { secret } = newApp({
      delivery: SecretDelivery.external({ store: StoreReference.clusterSecretStore('vault'), namespaces: NamespaceSelector.named('a', 'b') }),
    });
    expect(refusal(() => secret.replicateTo('b'))).toMatchObject({ code: 'DuplicateSecret', path: 'a/Db' });
    expect(refusal(() => secret.replicateTo('c'))).toMatchObject({ code: 'NamespaceMismatch', path: 'a/Db' });
  });

  test('a second secret of that name in the other namespace', () => {
    const { app, b, secret } = newApp();
    new Secret(b, 'Other', { metadata: { name: 'db' }, data: {} });
    secret.replicateTo('b');
    expect(findings(app)).toContainEqual(expect.stringMatching(/^\[a\/Db\/b\] DuplicateSecret: "b\/Other" already declares/));
  });
});
