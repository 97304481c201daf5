import { inspect } from 'node:util';
import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import {
  BasicAuthSecret, BootstrapTokenSecret, DockerConfigSecret, type ISecret, Secret, SensitiveValue, ServiceAccountTokenSecret, SshAuthSecret,
  TlsSecret,
} from '../../src';
import { manifestOf, newChart } from '../support/charts';
import { CERTIFICATE, PRIVATE_KEY } from '../support/key-pairs';

const value = SensitiveValue.fromLiteral('hidden');
const metadata = { name: 'db' };

const SECRETS: [string, string, (scope: Construct) => ISecret][] = [
  ['Secret', 'a', scope => new Secret(scope, 'S', { metadata, data: { a: value } })],
  ['an imported secret', 'a', scope => Secret.fromSecretName(scope, 'S', 'db')],
  ['TlsSecret', 'tls.key', scope => new TlsSecret(scope, 'S', {
    metadata, tlsCert: SensitiveValue.fromLiteral(CERTIFICATE), tlsKey: SensitiveValue.fromLiteral(PRIVATE_KEY),
  })],
  ['BasicAuthSecret', 'password', scope => new BasicAuthSecret(scope, 'S', { metadata, username: value, password: value })],
  ['SshAuthSecret', 'ssh-privatekey', scope => new SshAuthSecret(scope, 'S', { metadata, privateKey: value })],
  ['DockerConfigSecret', '.dockerconfigjson', scope => new DockerConfigSecret(scope, 'S', {
    metadata, registries: [{ username: value, password: value }],
  })],
  ['ServiceAccountTokenSecret', 'token', scope => new ServiceAccountTokenSecret(scope, 'S', {
    metadata, serviceAccount: kplus.ServiceAccount.fromServiceAccountName(scope, 'A', 'robot'),
  })],
  ['BootstrapTokenSecret', 'token-id', scope => new BootstrapTokenSecret(scope, 'S', {
    tokenId: 'abcdef', tokenSecret: SensitiveValue.fromLiteral('0123456789abcdef'),
  })],
];

describe.each(SECRETS)('%s is taken wherever cdk8s-plus takes an ISecret', (_, key, make) => {
  const setUp = () => {
    const chart = newChart();
    return { chart, secret: make(chart) };
  };
  const podSpec = (chart: Construct, props: kplus.PodProps, container: Partial<kplus.ContainerProps> = {}) => {
    const pod = new kplus.Pod(chart, 'P', { ...props, containers: [{ image: 'a', ...container }] });
    return manifestOf(pod).spec;
  };

  test('EnvValue.fromSecretValue, and its own envValue', () => {
    const { chart, secret } = setUp();
    const reference = { valueFrom: { secretKeyRef: { name: secret.name, key } } };
    const envVariables = {
      A: kplus.EnvValue.fromSecretValue({ secret, key }),
      B: secret.envValue(key, { optional: true }),
      C: secret.key(key).envValue(),
    };
    expect(podSpec(chart, {}, { envVariables }).containers[0].env).toEqual([
      { name: 'A', ...reference },
      { name: 'B', valueFrom: { secretKeyRef: { ...reference.valueFrom.secretKeyRef, optional: true } } },
      { name: 'C', ...reference },
    ]);
  });

  test('Env.fromSecret', () => {
    const { chart, secret } = setUp();
    expect(podSpec(chart, {}, { envFrom: [kplus.Env.fromSecret(secret)] }).containers[0].envFrom).toEqual([{ secretRef: { name: secret.name } }]);
  });

  test('Volume.fromSecret', () => {
    const { chart, secret } = setUp();
    const volume = kplus.Volume.fromSecret(chart, 'V', secret, { name: 'v', items: { [key]: { path: 'x' } } });
    expect(podSpec(chart, { volumes: [volume] }).volumes).toEqual([{ name: 'v', secret: { secretName: secret.name, items: [{ key, path: 'x' }] } }]);
  });

  test('dockerRegistryAuth', () => {
    const { chart, secret } = setUp();
    expect(podSpec(chart, { dockerRegistryAuth: secret }).imagePullSecrets).toEqual([{ name: secret.name }]);
  });

  test('the permissions of a Role', () => {
    const { chart, secret } = setUp();
    const role = new kplus.Role(chart, 'R');
    role.allowRead(secret);
    expect(manifestOf(role).rules).toEqual([
      { apiGroups: [''], resources: ['secrets'], resourceNames: [secret.name], verbs: ['get', 'list', 'watch'] },
    ]);
    const endpoint = secret as unknown as kplus.IApiEndpoint;
    expect(endpoint.asApiResource()).toBe(secret);
    expect(endpoint.asNonApiResource()).toBeUndefined();
  });

  test('the secrets of a ServiceAccount', () => {
    const { chart, secret } = setUp();
    const account = new kplus.ServiceAccount(chart, 'Account', { secrets: [secret] });
    expect(manifestOf(account).secrets).toEqual([{ name: secret.name }]);
  });

  test('printed, logged or serialized it is what is known of it', () => {
    const { secret } = setUp();
    const known = { kind: 'Secret', namespace: secret.namespace, name: secret.name, type: secret.secretType, keys: secret.keyNames };
    expect(JSON.parse(JSON.stringify(secret))).toEqual(JSON.parse(JSON.stringify(known)));
    expect(inspect(secret)).toBe(`${secret.constructor.name} ${inspect(known)}`);
    expect(String(secret)).toBe('c/S');
  });
});

test('a declared secret has exactly one object, an imported one has none', () => {
  const objects = SECRETS.map(([name, , make]) => {
    const chart = newChart();
    make(chart);
    return [name, chart.node.findAll().filter(construct => construct instanceof ApiObject).length];
  });
  expect(Object.fromEntries(objects)).toEqual({ ...Object.fromEntries(SECRETS.map(([name]) => [name, 1])), 'an imported secret': 0 });
});
