import { ApiObject, App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  ConfigMapBinding, KeyPair, NamespaceSelector, Secret, SecretBinding, SecretConfigMap, SecretDelivery, SecretOrdering, SecretRollout,
  SecretVolume, SensitiveValue, ServiceAccountTokenSecret, StoreReference, TlsSecret, type SecretProps,
} from '../../src';
import vectors from '../conformance/backends-vectors.json';
import { withEnvironment } from '../support/environment';
import { CERTIFICATE, PRIVATE_KEY } from '../support/key-pairs';
import { codes, findings, refusal } from '../support/refusal';
import { tempFile } from '../support/temp-folder';
import { newWorkload, podTemplateOf } from '../support/workloads';

const determinismKey = SensitiveValue.fromLiteral('a determinism key of 32 bytes ...');
const store = StoreReference.clusterSecretStore('vault');
const data = () => ({
  host: SensitiveValue.fromLiteral('db.example.com'),
  port: SensitiveValue.fromEnvironment('CONFIG_MAP_PORT'),
  options: SensitiveValue.fromLiteral('ssl=on').asPublic(),
  password: SensitiveValue.fromEnvironment('CONFIG_MAP_PASSWORD'),
});

function newSecret(props: Partial<SecretProps> = {}): { chart: Chart; secret: Secret } {
  const chart = new Chart(new App(), 'c', { namespace: 'web' });
  return { chart, secret: new Secret(chart, 'Db', { metadata: { name: 'db', labels: { app: 'shop' }, annotations: { note: 'x' } }, data: data(), ...props }) };
}

const KEYS = ['port', 'host', 'options'];
const SET = { CONFIG_MAP_PORT: '5432', CONFIG_MAP_PASSWORD: 'hunter2-hunter2' };
const configMaps = (chart: Chart): any[] => Testing.synth(chart).filter(({ kind }: any) => kind === 'ConfigMap');

describe('the ConfigMap', () => {
  test('has the name, the namespace and the labels of the secret, and the values of the keys that are named', () => withEnvironment(SET, () => {
    const { chart, secret } = newSecret();
    const configMap = new SecretConfigMap(chart, 'Config', { secret, keys: KEYS });
    expect(configMaps(chart)).toEqual([{
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'db', namespace: 'web', labels: { app: 'shop' } },
      data: { host: 'db.example.com', options: 'ssl=on', port: '5432' },
    }]);
    expect(configMap).toMatchObject({ name: 'db', namespace: 'web', kind: 'ConfigMap', keyNames: ['host', 'options', 'port'] });
    expect(configMap.node.defaultChild).toBe(ApiObject.of(configMap));
    expect(codes(chart)).toEqual([]);
  }));

  test('has a name, labels and annotations of its own where they are given', () => withEnvironment(SET, () => {
    const { chart, secret } = newSecret({ immutable: true });
    new SecretConfigMap(chart, 'Config', { secret, keys: ['host'], metadata: { name: 'db-config', labels: { tier: 'data' }, annotations: { a: 'b' } } });
    expect(configMaps(chart)).toEqual([{
      apiVersion: 'v1',
      kind: 'ConfigMap',
      immutable: true,
      data: { host: 'db.example.com' },
      metadata: { name: 'db-config', namespace: 'web', labels: { app: 'shop', tier: 'data' }, annotations: { a: 'b' } },
    }]);
  }));

  const certificate = vectors.sealedSecrets.certificatePem;
  test.each<[string, SecretDelivery]>([
    ['manifest', SecretDelivery.manifest()],
    ['sealed', SecretDelivery.sealed({ certificate: tempFile(certificate), determinismKey })],
    ['sops', SecretDelivery.sops({ age: ['age1jsq2ry7mtx6cc2gf6vv2prxs7mmsr70fmazzqa8rq3rtp2mh9dzs788vwk'], determinismKey })],
    ['external', SecretDelivery.external({ store })],
    ['existing', SecretDelivery.existing()],
  ])('is the same with %s', (_, delivery) => withEnvironment(SET, () => {
    const { chart, secret } = newSecret({ delivery });
    new SecretConfigMap(chart, 'Config', { secret, keys: KEYS });
    expect(configMaps(chart)).toEqual([expect.objectContaining({ data: { host: 'db.example.com', options: 'ssl=on', port: '5432' } })]);
    expect(codes(chart)).toEqual([]);
  }));

  test('needs no other value of the secret where the delivery needs none', () => withEnvironment({ CONFIG_MAP_PORT: '5432' }, () => {
    const { chart, secret } = newSecret({ delivery: SecretDelivery.external({ store }) });
    new SecretConfigMap(chart, 'Config', { secret, keys: ['port'] });
    expect(configMaps(chart)).toEqual([expect.objectContaining({ data: { port: '5432' } })]);
  }));

  test('holds what is no text in base64', () => {
    const chart = new Chart(new App(), 'c');
    const secret = new Secret(chart, 'Trust', { data: { 'trust.p12': SensitiveValue.fromBase64('/wAB').asPublic(), 'name': SensitiveValue.fromLiteral('ü') } });
    new SecretConfigMap(chart, 'Config', { secret, keys: ['trust.p12', 'name'] });
    const configMap = chart.toJson().find(({ kind }) => kind === 'ConfigMap');
    expect(configMap).toMatchObject({ data: { name: 'ü' }, binaryData: { 'trust.p12': '/wAB' } });
  });

  test('may hold what is made of values that are public: by their names, by asPublic(), or as the values of other keys', () => {
    const [x, y, z] = ['db', 'eu', '5432'].map(text => SensitiveValue.fromLiteral(text));
    const { chart, secret } = newSecret({ data: { region: y, host: SensitiveValue.template('{x}.{y}:{port}', { x: x.asPublic(), y, port: z }) } });
    new SecretConfigMap(chart, 'Config', { secret, keys: ['host'] });
    expect(configMaps(chart)).toEqual([expect.objectContaining({ data: { host: 'db.eu:5432' } })]);
    expect(codes(chart)).toEqual([]);
  });

  test('may hold a certificate, and the public half of a pair that is derived', () => {
    const chart = new Chart(new App(), 'c');
    const delivery = SecretDelivery.manifest({ determinismKey });
    const tls = new TlsSecret(chart, 'Tls', { tlsCert: SensitiveValue.fromLiteral(CERTIFICATE), tlsKey: SensitiveValue.fromLiteral(PRIVATE_KEY) });
    const pair = KeyPair.ed25519('deploy');
    const secret = new Secret(chart, 'Deploy', { data: { private: pair.sshPrivateKey, authorized_keys: pair.sshPublicKey }, delivery });
    new SecretConfigMap(chart, 'Trust', { secret: tls, keys: ['tls.crt'] });
    new SecretConfigMap(chart, 'Authorized', { secret, keys: ['authorized_keys'] });
    expect(configMaps(chart).map(({ data: texts }) => texts)).toEqual([
      { 'tls.crt': CERTIFICATE }, { authorized_keys: expect.stringMatching(/^ssh-ed25519 /) },
    ]);
  });
});

describe('a hashed name', () => {
  const hashed = (keys: string[], port = '5432') => withEnvironment({ ...SET, CONFIG_MAP_PORT: port }, () => {
    const { chart, secret } = newSecret({ hashedName: true });
    const configMap = new SecretConfigMap(chart, 'Config', { secret, keys });
    const [{ immutable, metadata: { name, labels } }] = configMaps(chart);
    expect(name).toBe(configMap.name);
    return { secret: secret.name, name, immutable, labels };
  });

  test('is what kustomize makes of the ConfigMap, and the label finds both', () => {
    expect(hashed(['host', 'port'])).toMatchObject({ name: 'db-hf8c76c77f', immutable: true, labels: { 'app': 'shop', 'cdk8s-secrets/hashed-name-of': 'db' } });
  });

  test('has the label of its own name, where that is not the name of the secret', () => {
    const { chart, secret } = newSecret({ hashedName: true, data: { host: SensitiveValue.fromLiteral('h') } });
    new SecretConfigMap(chart, 'Config', { secret, keys: ['host'], metadata: { name: 'config' } });
    expect(configMaps(chart)[0].metadata).toMatchObject({
      name: expect.stringMatching(/^config-\w{10}$/), namespace: 'web', labels: { 'app': 'shop', 'cdk8s-secrets/hashed-name-of': 'config' },
    });
  });

  test('is another one with another value, and with another key', () => {
    const names = [hashed(['host', 'port']), hashed(['host', 'port'], '5433'), hashed(['host'])].map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
  });
});

describe('in several namespaces', () => {
  test.each(['before', 'after'])('it goes with its secret, also where it was declared %s', when => withEnvironment(SET, () => {
    const { chart, secret } = newSecret();
    if (when === 'after') secret.replicateTo('jobs', 'resources');
    const configMap = new SecretConfigMap(chart, 'Config', { secret, keys: ['host'] });
    if (when === 'before') secret.replicateTo('jobs', 'resources');
    expect(configMaps(chart).map(({ metadata: { name, namespace }, data: texts }) => [namespace, name, texts.host])).toEqual([
      ['web', 'db', 'db.example.com'], ['jobs', 'db', 'db.example.com'], ['resources', 'db', 'db.example.com'],
    ]);
    const jobs = new Chart(chart.node.root as App, 'jobs', { namespace: 'jobs' });
    newWorkload('Deployment', jobs, 'W').with(ConfigMapBinding.envFrom(configMap));
    expect(codes(chart)).toEqual([]);
  }));
});

describe('refuses', () => {
  const refuses = (props: Partial<SecretProps>, keys: string[], rest: object = {}) => {
    const { chart, secret } = newSecret(props);
    return refusal(() => new SecretConfigMap(chart, 'Config', { secret, keys, ...rest }));
  };

  test.each<[string, SecretDelivery]>([
    ['manifest', SecretDelivery.manifest()], ['external', SecretDelivery.external({ store })], ['existing', SecretDelivery.existing()],
  ])('a value that is not known to be public, at the call, with %s', (_, delivery) => {
    expect(refuses({ delivery }, ['host', 'password'])).toEqual({
      code: 'NotPublic', path: 'c/Config', problem: expect.stringContaining('the value of key "password" is not known to be public'), next: expect.stringContaining('.asPublic()'),
    });
  });

  test.each<[string, SensitiveValue]>([
    ['a generated value under a public name', SensitiveValue.generated()],
    ['what is made of a generated value', SensitiveValue.template('{p}', { p: SensitiveValue.generated() })],
  ])('%s', (_, username) => {
    expect(refuses({ data: { username } }, ['username']).code).toBe('NotPublic');
  });

  test('what is made of a value that is not known to be public, under a public name', () => {
    const password = SensitiveValue.fromLiteral('hunter2-hunter2');
    const within = SensitiveValue.template('{p}', { p: password });
    for (const username of [SensitiveValue.template('x-{p}', { p: password }), SensitiveValue.template('x-{within}', { within })]) {
      expect(refuses({ data: { username } }, ['username'])).toMatchObject({ code: 'NotPublic', next: expect.stringContaining('"p", of which it is made') });
    }
  });

  test('keys that the secret lacks, that are named twice, and none at all', () => {
    expect(refuses({}, ['hots'])).toMatchObject({ code: 'UnknownKey', path: 'c/Config', next: expect.stringContaining('"host"') });
    expect(refuses({}, ['host', 'host']).code).toBe('DuplicateKey');
    expect(refuses({}, []).code).toBe('UnknownKey');
  });

  test('a secret that somebody else makes', () => {
    const { chart } = newSecret();
    const imported = Secret.fromSecretName(chart, 'Other', 'other', { keys: ['host'] });
    for (const secret of [imported, undefined, null, 'db'] as any[]) {
      expect(refusal(() => new SecretConfigMap(chart, 'Config', { secret, keys: ['host'] }))).toMatchObject({ code: 'NotPublic', path: 'c/Config' });
    }
  });

  test('keys that the cluster fills', () => {
    const chart = new Chart(new App(), 'c');
    const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(chart, 'A', 'robot');
    const secret = new ServiceAccountTokenSecret(chart, 'T', { serviceAccount });
    expect(refusal(() => new SecretConfigMap(chart, 'Config', { secret, keys: ['namespace'] })).code).toBe('NotPublic');
  });

  test('another namespace than that of the secret, and namespaces that only the cluster knows', () => {
    expect(refuses({}, ['host'], { metadata: { namespace: 'other' } }).code).toBe('NamespaceMismatch');
    const delivery = SecretDelivery.external({ store, namespaces: NamespaceSelector.all() });
    expect(refuses({ delivery }, ['host']).code).toBe('UnsupportedByDelivery');
  });

  test('names and labels that the API server refuses', () => {
    expect(refuses({}, ['host'], { metadata: { name: 'Config' } }).code).toBe('InvalidName');
    expect(refuses({}, ['host'], { metadata: { labels: { a: 'a b' } } }).code).toBe('InvalidLabel');
  });

  const pem = `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN ${'PRIVATE'} KEY-----\nAAAA\n-----END ${'PRIVATE'} KEY-----\n`;
  test.each<[string, string, SensitiveValue, string]>([
    ['a URL with a password', 'url', SensitiveValue.fromEnvironment('CONFIG_MAP_VALUE'), 'postgres://app:hunter2-hunter2@db'],
    ['a long text under a public name', 'host', SensitiveValue.fromEnvironment('CONFIG_MAP_VALUE'), 'x'.repeat(254)],
    ['a private key, whatever is said of it', 'bundle', SensitiveValue.fromEnvironment('CONFIG_MAP_VALUE').asPublic(), pem],
  ])('%s, when it is read', (_, key, value, text) => withEnvironment({ CONFIG_MAP_VALUE: text }, () => {
    const { chart, secret } = newSecret({ data: { [key]: value } });
    new SecretConfigMap(chart, 'Config', { secret, keys: [key] });
    expect(codes(chart)).toEqual(['[c/Config] NotPublic']);
    expect(findings(chart).join('\n')).not.toContain(text.slice(0, 30));
  }));

  test('what only the cluster knows, and what is not there, when it is read', () => {
    const { chart, secret } = newSecret({
      data: { host: SensitiveValue.fromRemote({ key: 'db', property: 'host' }), port: SensitiveValue.fromEnvironment('CONFIG_MAP_PORT') },
      delivery: SecretDelivery.external({ store }),
    });
    new SecretConfigMap(chart, 'Config', { secret, keys: ['host', 'port'] });
    expect(codes(chart)).toEqual(['[c/Config] RemoteValue', '[c/Config] EnvironmentVariableUnset']);
    expect(findings(chart)[0]).toContain('.orRemote(');
  });

  test('another value of the secret that stands in a text that is said to be public', () => withEnvironment(SET, () => {
    const { password } = data();
    const { chart, secret } = newSecret({ data: { password, url: SensitiveValue.template('postgres://app:{p}@db', { p: password }).asPublic() } });
    new SecretConfigMap(chart, 'Config', { secret, keys: ['url'] });
    expect(codes(chart)).toContain('[c/Config] LeakedValue');
  }));
});

describe('bindings', () => {
  const bound = (bind: (configMap: SecretConfigMap) => SecretBinding, props: Partial<SecretProps> = {}) => withEnvironment(SET, () => {
    const { chart, secret } = newSecret(props);
    const configMap = new SecretConfigMap(chart, 'Config', { secret, keys: ['host', 'port'] });
    const object = new ApiObject(chart, 'W', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'api' },
      spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'main', image: 'i' }] } } },
    });
    bind(configMap).applyTo(object);
    expect(codes(chart)).toEqual([]);
    return podTemplateOf(object.toJson());
  });

  test('env, envFrom and files name the ConfigMap', () => {
    expect(bound(configMap => ConfigMapBinding.env('DB_HOST', configMap, 'host')).spec.containers[0].env)
      .toEqual([{ name: 'DB_HOST', valueFrom: { configMapKeyRef: { key: 'host', name: 'db' } } }]);
    expect(bound(configMap => ConfigMapBinding.envFrom(configMap, { prefix: 'DB_' })).spec.containers[0].envFrom).toEqual([{ prefix: 'DB_', configMapRef: { name: 'db' } }]);
    const { containers, volumes } = bound(configMap => ConfigMapBinding.files('/etc/db', configMap)).spec;
    expect(volumes).toEqual([{ name: 'configmap-db', configMap: { name: 'db' } }]);
    expect(containers[0].volumeMounts).toEqual([{ mountPath: '/etc/db', name: 'configmap-db', readOnly: true }]);
    const [volume] = bound(configMap => ConfigMapBinding.files('/etc/db', configMap, { items: { host: 'db/host' }, mode: '0444' })).spec.volumes;
    expect(volume).toEqual({ name: expect.stringMatching(/^configmap-db-/), configMap: { name: 'db', defaultMode: 0o444, items: [{ key: 'host', path: 'db/host' }] } });
  });

  test('refuse keys, names and paths that would not work', () => {
    const { chart, secret } = newSecret();
    const configMap = new SecretConfigMap(chart, 'Config', { secret, keys: ['host', 'port'] });
    expect(refusal(() => ConfigMapBinding.env('DB_HOST', configMap, 'password'))).toMatchObject({ code: 'UnknownKey', path: 'c/Config' });
    expect(refusal(() => ConfigMapBinding.env('1', configMap, 'host')).code).toBe('InvalidEnvName');
    expect(refusal(() => ConfigMapBinding.envFrom(configMap, { prefix: '1' })).code).toBe('InvalidEnvName');
    expect(refusal(() => ConfigMapBinding.files('etc', configMap)).code).toBe('InvalidMountPath');
    expect(refusal(() => ConfigMapBinding.files('/etc', configMap, { items: { hots: 'a' } })).code).toBe('UnknownKey');
    expect(refusal(() => ConfigMapBinding.files('/etc', configMap, { items: { host: 'a', port: 'a/b' } })).code).toBe('DuplicateFile');
  });

  test('refuse what is no such ConfigMap', () => {
    const { chart, secret } = newSecret();
    for (const other of [undefined, null, 'db', secret, new kplus.ConfigMap(chart, 'Other')] as any[]) {
      for (const bind of [() => ConfigMapBinding.env('A', other, 'a'), () => ConfigMapBinding.envFrom(other), () => ConfigMapBinding.files('/a', other)]) {
        expect(refusal(bind).code).toBe('InvalidValue');
      }
    }
  });

  test('of secrets refuse it: its name may be that of the Secret, which would be bound', () => {
    const { chart, secret } = newSecret();
    const configMap = new SecretConfigMap(chart, 'Config', { secret, keys: ['host'] }) as any;
    for (const bind of [
      () => SecretBinding.envFrom(configMap), () => SecretBinding.files('/a', configMap), () => SecretVolume.fromSecret(chart, 'Volume', configMap),
    ]) expect(refusal(bind)).toMatchObject({ code: 'InvalidValue', next: expect.stringContaining('ConfigMapBinding') });
  });

  test('of another namespace are refused', () => {
    const { chart, secret } = newSecret();
    const configMap = new SecretConfigMap(chart, 'Config', { secret, keys: ['host'] });
    const other = new Chart(chart.node.root as App, 'other', { namespace: 'other' });
    const workload = newWorkload('Deployment', other, 'W');
    expect(refusal(() => ConfigMapBinding.envFrom(configMap).applyTo(workload)).code).toBe('NamespaceMismatch');
  });

  test('cdk8s-plus takes it as a ConfigMap', () => withEnvironment(SET, () => {
    const { chart, secret } = newSecret();
    const configMap = new SecretConfigMap(chart, 'Config', { secret, keys: ['host'] });
    const workload = newWorkload('Deployment', chart, 'W') as kplus.Deployment;
    workload.containers[0].env.addVariable('HOST', kplus.EnvValue.fromConfigMap(configMap, 'host'));
    workload.containers[0].mount('/etc/db', kplus.Volume.fromConfigMap(chart, 'V', configMap));
    expect(codes(chart)).toEqual([]);
  }));

  test('the inspection knows its keys', () => withEnvironment(SET, () => {
    const { chart, secret } = newSecret();
    const configMap = new SecretConfigMap(chart, 'Config', { secret, keys: ['host'] });
    const workload = newWorkload('Deployment', chart, 'W') as kplus.Deployment;
    workload.containers[0].env.addVariable('PORT', kplus.EnvValue.fromConfigMap(configMap, 'port'));
    workload.containers[0].mount('/etc/db', kplus.Volume.fromConfigMap(chart, 'V', configMap, { items: { port: { path: 'port' } } }));
    expect(findings(chart)).toEqual([
      expect.stringMatching(/^\[c\/W\] UnknownKey: spec\.template\.spec\.containers\[0\]\.env\[0\].*the ConfigMap "db" has no key "port"/),
      expect.stringMatching(/^\[c\/W\] UnknownKey: spec\.template\.spec\.volumes\[0\]\.configMap\.items\[0\]\.key/),
    ]);
  }));
});

describe('what restarts the pods', () => {
  const template = (port: string, rollout?: SecretRollout, delivery?: SecretDelivery, isUnbound = false) => withEnvironment({
    ...SET, CONFIG_MAP_PORT: port,
  }, () => {
    const { chart, secret } = newSecret({ delivery });
    const configMap = new SecretConfigMap(chart, 'Config', { secret, keys: ['port'] });
    const workload = newWorkload('Deployment', chart, 'W') as kplus.Deployment;
    if (isUnbound) workload.containers[0].env.addVariable('PORT', kplus.EnvValue.fromConfigMap(configMap, 'port'));
    else workload.with(ConfigMapBinding.envFrom(configMap));
    if (rollout !== undefined) chart.with(rollout);
    expect(codes(chart)).toEqual([]);
    return chart.toJson().find(({ kind }) => kind === 'Deployment');
  });
  const checksum = (object: any): string => object.spec.template.metadata.annotations?.['checksum/secret'];

  test.each<[string, SecretDelivery | undefined]>([['manifest', undefined], ['external', SecretDelivery.external({ store })]])(
    'the checksum of %s changes with the value, and not without', (_, delivery) => {
      const [first, same, other] = ['5432', '5432', '5433'].map(port => checksum(template(port, undefined, delivery)));
      expect(first).toMatch(/^[0-9a-f]{64}$/);
      expect(same).toBe(first);
      expect(other).not.toBe(first);
    });

  test('a checksum that is chosen for a chart covers what names it without a binding', () => {
    const [first, other] = ['5432', '5433'].map(port => checksum(template(port, SecretRollout.checksum(), undefined, true)));
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(other).not.toBe(first);
  });

  test('the checksum keeps a ConfigMap and a Secret of one name apart', () => {
    const sum = (host: string) => withEnvironment({ CONFIG_MAP_VALUE: host }, () => {
      const { chart, secret } = newSecret();
      const configMap = new SecretConfigMap(chart, 'Config', { secret, keys: ['host'], metadata: { name: 'other' } });
      const other = new Secret(chart, 'Other', { metadata: { name: 'other' }, data: { host: SensitiveValue.fromEnvironment('CONFIG_MAP_VALUE') } });
      const workload = newWorkload('Deployment', chart, 'W');
      workload.with(SecretBinding.env('A', other.key('host')), ConfigMapBinding.env('B', configMap, 'host'));
      return checksum(ApiObject.of(workload).toJson());
    });
    expect(sum('one.example.com')).not.toBe(sum('two.example.com'));
  });

  test('Reloader is told to watch ConfigMaps too', () => {
    expect(template('5432', SecretRollout.reloader(), undefined, true).metadata.annotations).toEqual({
      'secret.reloader.stakater.com/auto': 'true', 'configmap.reloader.stakater.com/auto': 'true',
    });
  });

  test('hashed names are missed where the name stays', () => withEnvironment(SET, () => {
    for (const hashedName of [false, true]) {
      const { chart, secret } = newSecret({ hashedName });
      const configMap = new SecretConfigMap(chart, 'Config', { secret, keys: ['host'] });
      newWorkload('Deployment', chart, 'W').with(ConfigMapBinding.envFrom(configMap), SecretRollout.hashedName());
      expect(codes(chart)).toEqual(hashedName ? [] : ['[c/W] RolloutRequired']);
    }
  }));
});

test('it comes before the workloads that see it, with its secret', () => withEnvironment(SET, () => {
  const { chart, secret } = newSecret();
  const configMap = new SecretConfigMap(chart, 'Config', { secret, keys: ['host'] });
  new ApiObject(chart, 'Other', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other' } });
  SecretOrdering.argoSyncWaves().useFor(chart);
  const job = newWorkload('Job', chart, 'W');
  ApiObject.of(job).metadata.addAnnotation('argocd.argoproj.io/sync-wave', '-5');
  job.with(ConfigMapBinding.envFrom(configMap));
  const waves = Object.fromEntries(Testing.synth(chart).map(({ kind, metadata: { name, annotations } }: any) => [`${kind}/${name}`, annotations?.['argocd.argoproj.io/sync-wave']]));
  expect(waves).toMatchObject({ 'Secret/db': '-1', 'ConfigMap/db': '-6' });
  expect(waves['ConfigMap/other']).toBeUndefined();
}));

test('a key that it lacks is found where no namespace is known, and not where the reference is optional', () => {
  for (const optional of [false, true]) {
    const chart = new Chart(new App(), 'c');
    const secret = new Secret(chart, 'Db', { data: { host: SensitiveValue.fromLiteral('db') } });
    const { name } = new SecretConfigMap(chart, 'Config', { secret, keys: ['host'] });
    const env = [{ name: 'X', valueFrom: { configMapKeyRef: { name, key: 'hots', optional } } }];
    new ApiObject(chart, 'P', { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', image: 'a', env }] } });
    expect(codes(chart)).toEqual(optional ? [] : ['[c/P] UnknownKey']);
  }
});
