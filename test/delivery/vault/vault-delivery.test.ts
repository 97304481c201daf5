import { ApiObject, App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  BasicAuthSecret, ContainerSelector, DockerConfigSecret, Inspection, RemoteDecodingStrategy, RemoteNaming, Secret, SecretBinding,
  SecretDelivery, SecretPolicy, SecretRollout,
  SensitiveValue, TlsSecret, VaultEngine, VaultOperatorAuth, VaultOperatorAuthReference, VaultOperatorMethod,
  type SecretProps, type VaultDeliveryOptions, type VaultDynamicOptions, type VaultPkiOptions,
} from '../../../src';
import { manifestOf, newChart } from '../../support/charts';
import { strictManifestOf } from '../../support/operator-objects';
import { codes, findings, refusal } from '../../support/refusal';
import { newWorkload } from '../../support/workloads';

const engine = VaultEngine.keyValue('secret');
const vault = (options: Partial<VaultDeliveryOptions> = {}) => SecretDelivery.vault({ engine, ...options });
const unread = SensitiveValue.fromFile('no-such-file');

function declare(props: Partial<SecretProps> = {}, chart = newChart('shop')): Secret {
  return new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { username: unread, password: unread }, delivery: vault(), ...props });
}

/** The fields of Vault that the keys are made of. */
const fieldsOf = ({ spec }: any) => Object.fromEntries(Object.entries<any>(spec.destination.transformation.templates)
  .map(([key, { text }]) => [key, [...text.matchAll(/get \.Secrets ("[^"]*")/g)].map(([, name]) => JSON.parse(name))]));

test('the object is a VaultStaticSecret with exactly the declared keys, and no value is read', () => {
  const manifest = strictManifestOf(declare({ metadata: { name: 'db', labels: { app: 'a' }, annotations: { note: 'n' } } }));
  expect(manifest).toEqual({
    apiVersion: 'secrets.hashicorp.com/v1beta1',
    kind: 'VaultStaticSecret',
    metadata: { name: 'db', namespace: 'shop', labels: { app: 'a' }, annotations: { note: 'n' } },
    spec: {
      mount: 'secret',
      path: 'db',
      type: 'kv-v2',
      hmacSecretData: true,
      refreshAfter: '1h',
      destination: {
        name: 'db',
        create: true,
        overwrite: false,
        type: 'Opaque',
        labels: { app: 'a' },
        annotations: { note: 'n' },
        transformation: { excludeRaw: true, excludes: ['.*'], templates: { password: { text: expect.any(String) }, username: { text: expect.any(String) } } },
      },
    },
  });
  expect(fieldsOf(manifest)).toEqual({ password: ['password'], username: ['username'] });
});

test('what it is given stands in it', () => {
  const { spec } = strictManifestOf(declare({
    type: 'kubernetes.io/basic-auth',
    delivery: vault({
      engine: VaultEngine.keyValueV1('kv'),
      auth: VaultOperatorAuthReference.named('shop'),
      vaultNamespace: 'team',
      refreshAfter: Duration.seconds(90),
      naming: RemoteNaming.entryPerSecret('prod/{namespace}/{name}'),
    }),
  }));
  expect(spec).toMatchObject({
    vaultAuthRef: 'shop', namespace: 'team', mount: 'kv', path: 'prod/shop/db', type: 'kv-v1', refreshAfter: '90s', destination: { type: 'kubernetes.io/basic-auth' },
  });
});

test.each<[Duration, string]>([
  [Duration.seconds(1), '1s'], [Duration.seconds(60), '1m'], [Duration.minutes(90), '90m'], [Duration.days(1), '24h'],
])('%p is written in one unit', (refreshAfter, expected) => {
  expect(strictManifestOf(declare({ delivery: vault({ refreshAfter }) })).spec.refreshAfter).toBe(expected);
});

describe('the keys', () => {
  const from = (key: string, property?: string, more = {}) =>
    SensitiveValue.fromRemote({ key, ...property === undefined ? {} : { property }, ...more });

  test('are fields of one entry, under their own names or others', () => {
    const manifest = strictManifestOf(declare({ data: { user: from('prod/db', 'u'), password: from('prod/db', 'p.w') } }));
    expect(manifest.spec.path).toBe('prod/db');
    expect(fieldsOf(manifest)).toEqual({ password: ['p.w'], user: ['u'] });
  });

  test('are of one version', () => {
    expect(strictManifestOf(declare({ data: { a: from('db', 'a', { version: '7' }), b: from('db', 'b', { version: '7' }) } })).spec.version).toBe(7);
  });

  test('may be made of fields of the entry', () => {
    const chart = newChart('shop');
    const registry = new DockerConfigSecret(chart, 'Registry', {
      metadata: { name: 'registry' }, registries: [{ server: 'ghcr.io', username: from('ci', 'user'), password: from('ci', 'token') }], delivery: vault(),
    });
    expect(fieldsOf(strictManifestOf(registry))).toEqual({ '.dockerconfigjson': ['user', 'token'] });
  });

  test('may be made by templates of the delivery', () => {
    const templates = { url: 'postgres://{{ .Secrets.username }}@db' };
    const secret = declare({ data: { username: unread, url: unread }, delivery: vault({ templates }) });
    expect(strictManifestOf(secret).spec.destination.transformation.templates.url).toEqual({ text: templates.url });
    expect(secret.key('url').name).toBe('url');
  });

  test('are what an inspection knows of the Secret', () => {
    const chart = newChart('shop');
    declare({}, chart);
    new ApiObject(chart, 'P', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'c', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'db', key: '_raw' } } }] }] },
    });
    expect(codes(chart)).toEqual(['[c/P] UnknownKey']);
  });

  test.each<[string, Partial<SecretProps>, string]>([
    ['no key', { data: {} }, 'UnsupportedByDelivery'],
    ['two entries', { data: { a: from('a', 'x'), b: from('b', 'x') } }, 'UnsupportedByDelivery'],
    ['two versions', { data: { a: from('a', 'x', { version: '1' }), b: from('a', 'y', { version: '2' }) } }, 'UnsupportedByDelivery'],
    ['a version that is no number', { data: { a: from('a', 'x', { version: 'latest' }) } }, 'UnsupportedByDelivery'],
    ['a version in an engine without', { data: { a: from('a', 'x', { version: '1' }) }, delivery: vault({ engine: VaultEngine.keyValueV1('kv') }) }, 'UnsupportedByDelivery'],
    ['a whole entry', { data: { a: from('a') } }, 'UnsupportedByDelivery'],
    ['an entry for each key', { delivery: vault({ naming: RemoteNaming.entryPerKey() }) }, 'UnsupportedByDelivery'],
    ['what the External Secrets operator alone does', { data: { a: from('a', 'x', { decodingStrategy: RemoteDecodingStrategy.BASE64 }) } }, 'UnsupportedByDelivery'],
    ['no entry that anything says', { delivery: vault({ naming: RemoteNaming.none() }) }, 'InvalidExternalSecret'],
    ['a template for no key', { delivery: vault({ templates: { url: 'x' } }) }, 'UnknownKey'],
    ['a template that is none', { data: { url: unread, a: unread }, delivery: vault({ templates: { url: '{{ .Secrets.a' } }) }, 'InvalidTemplate'],
  ])('fail with %s', (_, props, code) => {
    expect(codes(declare(props))).toEqual([`[c/Db] ${code}`]);
  });
});

describe('a dynamic engine', () => {
  const dynamic = (options: Partial<VaultDynamicOptions> = {}) => vault({ engine: VaultEngine.dynamic({ mount: 'database', path: 'creds/shop', ...options }) });

  test('makes a VaultDynamicSecret, which is renewed by its lease', () => {
    const secret = new BasicAuthSecret(newChart('shop'), 'Db', {
      metadata: { name: 'db' },
      username: unread,
      password: unread,
      delivery: dynamic({ staticCredentials: true, renewalPercent: 50, params: { ttl: '1h' }, revoke: true }),
    });
    const manifest = strictManifestOf(secret);
    expect(manifest.kind).toBe('VaultDynamicSecret');
    expect(manifest.spec).toMatchObject({ mount: 'database', path: 'creds/shop', allowStaticCreds: true, renewalPercent: 50, params: { ttl: '1h' }, revoke: true });
    expect(manifest.spec).not.toHaveProperty('refreshAfter');
    expect(fieldsOf(manifest)).toEqual({ password: ['password'], username: ['username'] });
  });

  test('gives its fields other names', () => {
    const secret = declare({ data: { id: SensitiveValue.fromRemote({ key: 'creds/shop', property: 'access_key' }) }, delivery: dynamic() });
    expect(fieldsOf(strictManifestOf(secret))).toEqual({ id: ['access_key'] });
  });

  test('writes what everybody may know into the template', () => {
    const secret = declare({ data: { password: unread, host: SensitiveValue.fromLiteral('db.shop').asPublic() }, delivery: dynamic() });
    expect(strictManifestOf(secret).spec.destination.transformation.templates.host).toEqual({ text: '{{ "db.shop" }}' });
  });

  test.each<[string, SensitiveValue]>([
    ['a generated value', SensitiveValue.generated()],
    ['a literal', SensitiveValue.fromLiteral('app')],
  ])('makes credentials itself: %s must say which of them it is there', (_, username) => {
    const [line, ...others] = findings(declare({ data: { username }, delivery: dynamic() }));
    expect([line, others]).toEqual([expect.stringMatching(
      /^\[c\/Db\] UnsupportedByDelivery: the value of key "username" is a .*, and Vault makes the .* "creds\/shop"; .* \.orRemote\({ key: "creds\/shop", property: "username" }\)/), []]);
    expect(codes(declare({ data: { username: username.orRemote({ key: 'creds/shop', property: 'username' }) }, delivery: dynamic() }))).toEqual([]);
  });

  test.each<[string, Partial<SecretProps>]>([
    ['another path', { data: { a: SensitiveValue.fromRemote({ key: 'creds/other', property: 'a' }) } }],
    ['a version', { data: { a: SensitiveValue.fromRemote({ key: 'creds/shop', property: 'a', version: '1' }) } }],
    ['a decoded value', { data: { a: SensitiveValue.fromRemote({ key: 'creds/shop', property: 'a', decodingStrategy: RemoteDecodingStrategy.BASE64 }) } }],
    ['no key', { data: {} }],
  ])('fails with %s', (_, props) => {
    expect(codes(declare({ delivery: dynamic(), ...props }))).toEqual(['[c/Db] UnsupportedByDelivery']);
  });

  test.each([-1, 91, 1.5])('fails with a renewal after %p percent', renewalPercent => {
    expect(refusal(() => dynamic({ renewalPercent })).code).toBe('InvalidDelivery');
  });
});

describe('the authority of certificates', () => {
  const pki = (options: Partial<VaultPkiOptions> = {}) => vault({ engine: VaultEngine.pki({ mount: 'pki', role: 'shop', commonName: 'shop.example.com', renewBefore: Duration.days(7), ...options }) });

  test('makes a VaultPKISecret for a TlsSecret', () => {
    const secret = new TlsSecret(newChart('shop'), 'Tls', {
      metadata: { name: 'tls' },
      certificateAuthority: SensitiveValue.fromDelivery(),
      delivery: pki({ altNames: ['a.example.com'], ipAddresses: ['10.0.0.1'], uris: ['spiffe://a'], ttl: Duration.days(30), pkcs8: true }),
    });
    const { kind, spec } = strictManifestOf(secret);
    expect(kind).toBe('VaultPKISecret');
    expect(spec).toMatchObject({
      mount: 'pki',
      role: 'shop',
      commonName: 'shop.example.com',
      altNames: ['a.example.com'],
      ipSans: ['10.0.0.1'],
      uriSans: ['spiffe://a'],
      ttl: '720h',
      expiryOffset: '168h',
      format: 'pem',
      privateKeyFormat: 'pkcs8',
      destination: { type: 'kubernetes.io/tls', transformation: { excludeRaw: true, excludes: ['.*'] } },
    });
    expect(Object.keys(spec.destination.transformation.templates)).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
  });

  test('makes no secrets of other types, and no other keys', () => {
    expect(codes(declare({ delivery: pki() }))).toEqual(['[c/Db] UnsupportedByDelivery']);
    const other = declare({ type: 'kubernetes.io/tls', data: { 'tls.crt': unread, 'tls.key': unread, 'a': unread }, delivery: pki() });
    expect(codes(other)).toEqual(['[c/Db] UnsupportedByDelivery']);
  });

  test.each<[string, Partial<VaultPkiOptions>]>([
    ['no renewal', { renewBefore: undefined as any }],
    ['a renewal before it is made', { ttl: Duration.days(7) }],
    ['no common name', { commonName: '' }],
  ])('fails with %s', (_, options) => {
    expect(refusal(() => pki(options)).code).toBe('InvalidDelivery');
  });
});

describe('the operator restarts', () => {
  const targetsOf = (secret: Secret) => manifestOf(secret).spec.rolloutRestartTargets;

  test('the workloads that the secret is bound to, also those that come later, each once', () => {
    const chart = newChart('shop');
    const secret = declare({}, chart);
    chart.with(SecretBinding.env('A', secret.key('username')));
    for (const kind of ['StatefulSet', 'Deployment', 'DaemonSet', 'Job', 'CronJob']) newWorkload(kind, chart, kind).with(SecretBinding.files('/etc/db', secret));
    new ApiObject(chart, 'Rollout', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'r' },
      spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'c' }] } } },
    });
    expect(targetsOf(secret).map(({ kind }: any) => kind)).toEqual(['DaemonSet', 'Deployment', 'StatefulSet', 'argo.Rollout']);
    expect(targetsOf(secret)[3]).toEqual({ kind: 'argo.Rollout', name: 'r' });
    expect(findings(chart)).toEqual([]);
  });

  test('none to which it is not bound, or that are in another namespace', () => {
    const chart = newChart('shop');
    const secret = declare({}, chart);
    newWorkload('Deployment', chart);
    newWorkload('Deployment', new Chart(App.of(chart), 'd', { namespace: 'other' }));
    expect(targetsOf(secret)).toBeUndefined();
  });

  test('none that pull images with it alone', () => {
    const chart = newChart('shop');
    const from = (property: string) => SensitiveValue.fromRemote({ key: 'ci', property });
    const registry = new DockerConfigSecret(chart, 'Registry', { registries: [{ server: 'ghcr.io', username: from('u'), password: from('p') }], delivery: vault() });
    newWorkload('Deployment', chart).with(SecretBinding.imagePull(registry));
    expect(manifestOf(registry).spec).not.toHaveProperty('rolloutRestartTargets');
  });

  test.each([['none', SecretRollout.none()], ['Reloader', SecretRollout.reloader()]])('none for which %s was chosen', (_, rollout) => {
    const chart = newChart('shop');
    const secret = declare({}, chart);
    newWorkload('Deployment', chart).with(SecretBinding.files('/etc/db', secret), rollout);
    expect(targetsOf(secret)).toBeUndefined();
    expect(findings(chart)).toEqual([]);
  });

  test('none where the delivery says so', () => {
    const chart = newChart('shop');
    const secret = declare({ delivery: vault({ restarts: false }) }, chart);
    newWorkload('Deployment', chart).with(SecretBinding.files('/etc/db', secret));
    expect(targetsOf(secret)).toBeUndefined();
  });

  test('so that a checksum has nothing to see, and a policy is content', () => {
    const chart = newChart('shop');
    SecretPolicy.of(chart).requireRollout();
    newWorkload('Deployment', chart).with(SecretBinding.env('A', declare({}, chart).key('username')), SecretRollout.checksum());
    expect(findings(chart)).toEqual([]);
    expect(Inspection.fromApp(App.of(chart)).warnings.map(({ code }) => code)).not.toContain('RolloutIneffective');
  });

  test('and a policy is not content where it does not', () => {
    const chart = newChart('shop');
    SecretPolicy.of(chart).requireRollout();
    newWorkload('Deployment', chart).with(SecretBinding.env('A', declare({ delivery: vault({ restarts: false }) }, chart).key('username')));
    expect(codes(chart)).toEqual(['[c/W] RolloutRequired']);
  });

  test('whichever containers see it', () => {
    const chart = newChart('shop');
    const secret = declare({}, chart);
    newWorkload('Deployment', chart).with(SecretBinding.env('A', secret.key('username'), { containers: ContainerSelector.named('helper') }));
    expect(targetsOf(secret)).toHaveLength(1);
  });
});

test('in further namespaces it is fetched from where the first one is', () => {
  const chart = newChart('shop');
  const secret = declare({ delivery: vault({ naming: RemoteNaming.entryPerSecret('{namespace}/{name}') }) }, chart);
  secret.replicateTo('other');
  const manifests = App.of(chart).node.findAll().filter(ApiObject.isApiObject).map(object => (object as ApiObject).toJson());
  expect(manifests.map(({ metadata, spec }) => [metadata.namespace, spec.path, spec.destination.name])).toEqual([['shop', 'shop/db', 'db'], ['other', 'shop/db', 'db']]);
  expect(findings(chart)).toEqual([]);
});

describe('a VaultAuth', () => {
  const auth = (scope = newChart('vault'), allowedNamespaces?: string[]) =>
    new VaultOperatorAuth(scope, 'Auth', { metadata: { name: 'auth' }, method: VaultOperatorMethod.kubernetes({ role: 'shop' }), allowedNamespaces });

  test.each<[string, VaultOperatorMethod, object]>([
    ['the token of an account', VaultOperatorMethod.kubernetes({ role: 'shop', serviceAccount: 'api', audiences: ['vault'], mount: 'k8s' }),
      { method: 'kubernetes', mount: 'k8s', kubernetes: { role: 'shop', serviceAccount: 'api', audiences: ['vault'] } }],
    ['a JWT', VaultOperatorMethod.jwt({ role: 'shop' }), { method: 'jwt', mount: 'jwt', jwt: { role: 'shop', serviceAccount: 'default' } }],
    ['a secret id', VaultOperatorMethod.appRole({ roleId: 'id', secretIdSecretName: 'login' }),
      { method: 'appRole', mount: 'approle', appRole: { roleId: 'id', secretRef: 'login' } }],
    ['a role of AWS', VaultOperatorMethod.aws({ role: 'shop', irsaServiceAccount: 'api', region: 'eu-west-1' }),
      { method: 'aws', mount: 'aws', aws: { role: 'shop', irsaServiceAccount: 'api', region: 'eu-west-1' } }],
  ])('authenticates by %s', (_, method, expected) => {
    const object = new VaultOperatorAuth(newChart('vault'), 'Auth', { metadata: { name: 'auth' }, method, connection: 'vault/main', vaultNamespace: 'team' });
    expect(manifestOf(object)).toEqual({
      apiVersion: 'secrets.hashicorp.com/v1beta1',
      kind: 'VaultAuth',
      metadata: { name: 'auth', namespace: 'vault' },
      spec: { vaultConnectionRef: 'vault/main', namespace: 'team', ...expected },
    });
    expect(findings(object)).toEqual([]);
  });

  test('is named by secrets of its namespace, and of those that it allows', () => {
    const app = new App();
    const chart = newChart('vault', app);
    const open = auth(chart, ['shop']);
    expect(manifestOf(declare({ delivery: vault({ auth: open }) }, chart)).spec.vaultAuthRef).toBe('auth');
    expect(manifestOf(declare({ delivery: vault({ auth: open }) }, new Chart(app, 'd', { namespace: 'shop' }))).spec.vaultAuthRef).toBe('vault/auth');
    expect(refusal(() => declare({ delivery: vault({ auth: open }) }, new Chart(app, 'e', { namespace: 'other' }))).code).toBe('NamespaceMismatch');
    expect(refusal(() => declare({ delivery: vault({ auth: open }) }, new Chart(app, 'f'))).code).toBe('NamespaceMismatch');
  });

  test('may allow every namespace, or none but its own', () => {
    expect(manifestOf(declare({ delivery: vault({ auth: auth(undefined, ['*']) }) })).spec.vaultAuthRef).toBe('vault/auth');
    expect(refusal(() => declare({ delivery: vault({ auth: auth() }) })).code).toBe('NamespaceMismatch');
  });

  test('of others may be anywhere', () => {
    expect(manifestOf(declare({ delivery: vault({ auth: VaultOperatorAuthReference.named('main', 'vault') }) })).spec.vaultAuthRef).toBe('vault/main');
    expect(refusal(() => VaultOperatorAuthReference.named('Main')).code).toBe('InvalidDelivery');
    expect(refusal(() => VaultOperatorAuthReference.named('main', 'a.b')).code).toBe('InvalidDelivery');
  });

  test('without a method is none', () => {
    expect(refusal(() => new VaultOperatorAuth(newChart(), 'Auth', { method: undefined as any }))).toMatchObject({ code: 'InvalidDelivery', path: 'c/Auth' });
  });
});

test.each<[string, () => unknown]>([
  ['no engine', () => vault({ engine: undefined as any })],
  ['no mount', () => VaultEngine.keyValue('')],
  ['a mount with a slash at its end', () => VaultEngine.keyValue('secret/')],
  ['a path with a slash before it', () => VaultEngine.dynamic({ mount: 'database', path: '/creds/shop' })],
  ['a refresh of less than a second', () => vault({ refreshAfter: Duration.millis(500) })],
  ['a refresh of never', () => vault({ refreshAfter: Duration.seconds(0) })],
])('fails with %s', (_, make) => {
  expect(refusal(make).code).toBe('InvalidDelivery');
});

test.each<[string, Partial<SecretProps>]>([['immutable', { immutable: true }], ['named by a hash of its values', { hashedName: true }]])('a secret is never %s', (_, props) => {
  expect(refusal(() => declare(props)).code).toBe('UnsupportedByDelivery');
});

test('a deployment of cdk8s-plus is bound as with every delivery', () => {
  const chart = newChart('shop');
  const secret = declare({}, chart);
  new kplus.Deployment(chart, 'Api', { metadata: { name: 'api' }, containers: [{ image: 'api' }] }).with(SecretBinding.envFrom(secret));
  expect(strictManifestOf(secret).spec.rolloutRestartTargets).toEqual([{ kind: 'Deployment', name: 'api' }]);
});
