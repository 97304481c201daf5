import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import {
  ContainerSelector, DockerConfigSecret, Inspection, RemoteDecodingStrategy, RemoteNaming, Secret, SecretBackedFunction, SecretBinding,
  SecretDelivery, SecretVolume, SensitiveValue, VaultEngine, type FilesBindingOptions, type SecretProps, type VaultAgentDeliveryOptions,
} from '../../../src';
import { newChart } from '../../support/charts';
import { codes, findings, refusal } from '../../support/refusal';
import { podTemplateOf } from '../../support/workloads';

const PREFIX = 'vault.hashicorp.com/';
const agent = (options: Partial<VaultAgentDeliveryOptions> = {}) => SecretDelivery.vaultAgent({ role: 'shop', engine: VaultEngine.keyValue('secret'), ...options });
const unread = SensitiveValue.fromFile('no-such-file');
const from = (key: string, property?: string, more = {}) =>
  SensitiveValue.fromRemote({ key, ...property === undefined ? {} : { property }, ...more });

function declare(chart: Construct, props: Partial<SecretProps> = {}, name = 'db'): Secret {
  return new Secret(chart, name, { metadata: { name }, data: { username: unread, password: unread }, delivery: agent(), ...props });
}

const CONTAINER = { name: 'app', image: 'app' };

/** A workload with this pod spec. */
function workload(chart: Construct, spec: object = {}, kind = 'Deployment', id = 'W'): ApiObject {
  const podSpec = { containers: [CONTAINER], ...spec };
  const template = { metadata: { labels: { a: 'b' } }, spec: podSpec };
  return new ApiObject(chart, id, kind === 'Pod' ? { apiVersion: 'v1', kind, spec: podSpec }
    : kind === 'Job' ? { apiVersion: 'batch/v1', kind, spec: { template: { ...template, spec: { restartPolicy: 'OnFailure', ...podSpec } } } }
      : { apiVersion: 'apps/v1', kind, spec: { selector: { matchLabels: { a: 'b' } }, template } });
}

/** The annotations of the injector on pods: the part behind the prefix, with the hash of each file cut off. */
function annotationsOf(object: ApiObject): Record<string, string> {
  const { annotations = {} } = podTemplateOf(object.toJson()).metadata;
  return Object.fromEntries(Object.entries<string>(annotations).map(([name, value]) => {
    expect(name.startsWith(PREFIX)).toBe(true);
    expect(name.length - PREFIX.length).toBeLessThanOrEqual(63);
    return [name.slice(PREFIX.length).replace(/-[0-9a-f]{8}$/, ''), value];
  }));
}

const bound = (options: FilesBindingOptions = {}, props: Partial<SecretProps> = {}, spec: object = {}, kind = 'Deployment') => {
  const chart = newChart('shop');
  const object = workload(chart, spec, kind);
  SecretBinding.files('/etc/db', declare(chart, props), options).applyTo(object);
  return object;
};

test('the pods that bind it ask the injector for a file of each key, and nothing else is made', () => {
  const object = bound();
  expect(annotationsOf(object)).toEqual({
    'agent-inject': 'true',
    'role': 'shop',
    'agent-inject-containers': 'app',
    'agent-inject-secret-password': 'secret/data/db',
    'agent-inject-template-password': expect.stringMatching(/^\{\{ with secret "secret\/data\/db" \}\}.*index \.Data\.data "password"/),
    'agent-inject-file-password': 'password',
    'secret-volume-path-password': '/etc/db',
    'agent-inject-secret-username': 'secret/data/db',
    'agent-inject-template-username': expect.stringContaining('index .Data.data "username"'),
    'agent-inject-file-username': 'username',
    'secret-volume-path-username': '/etc/db',
  });
  expect(object.toJson().spec.template.spec).toEqual({ containers: [CONTAINER] });
  expect(findings(object)).toEqual([]);
  expect(App.of(object).node.findAll().filter(ApiObject.isApiObject)).toEqual([object]);
});

test('what the delivery is given stands on the pods', () => {
  const object = bound({}, { data: { a: unread }, delivery: agent({ authPath: 'auth/k8s', vaultNamespace: 'team', engine: VaultEngine.keyValueV1('kv') }) });
  expect(annotationsOf(object)).toMatchObject({ 'auth-path': 'auth/k8s', 'namespace': 'team', 'agent-inject-secret-a': 'kv/db' });
  expect(annotationsOf(object)['agent-inject-template-a']).toContain('index .Data "a"');
});

test('the items are files of other names, also in folders', () => {
  const annotations = annotationsOf(bound({ items: { password: 'a/B.txt' } }));
  expect(annotations['agent-inject-file-a-b-txt']).toBe('a/B.txt');
  expect(Object.keys(annotations)).not.toContain('agent-inject-file-username');
});

test.each<[string, Partial<SecretProps>, string, string]>([
  ['a field of another entry', { data: { a: from('prod/db', 'pw') } }, 'secret/data/prod/db', 'index .Data.data "pw"'],
  ['a version of an entry', { data: { a: from('db', 'pw', { version: '7' }) } }, 'secret/data/db?version=7', '.Data.data "pw"'],
  ['an entry by a convention', { data: { a: unread }, delivery: agent({ naming: RemoteNaming.entryPerSecret('{namespace}/{name}') }) }, 'secret/data/shop/db', '"a"'],
  ['a credential', { data: { a: unread }, delivery: agent({ engine: VaultEngine.dynamic({ mount: 'database', path: 'creds/shop' }) }) }, 'database/creds/shop', 'index .Data "a"'],
])('a key is %s', (_, props, path, template) => {
  const annotations = annotationsOf(bound({}, props));
  expect(annotations['agent-inject-secret-a']).toBe(path);
  expect(annotations['agent-inject-template-a']).toContain(template);
});

test('keys may be in several entries', () => {
  const annotations = annotationsOf(bound({}, { data: { a: from('x', 'f'), b: from('y', 'f') } }));
  expect([annotations['agent-inject-secret-a'], annotations['agent-inject-secret-b']]).toEqual(['secret/data/x', 'secret/data/y']);
});

test('names of files are never mixed up, however long or alike they are', () => {
  const data = Object.fromEntries(['A', 'a', 'a.b', 'a-b', 'x'.repeat(200), `${'x'.repeat(200)}y`].map(key => [key, unread]));
  const { annotations } = bound({}, { data }).toJson().spec.template.metadata;
  const files = Object.entries(annotations).filter(([name]) => name.startsWith(`${PREFIX}agent-inject-file-`));
  expect(files.map(([, path]) => path).sort()).toEqual(Object.keys(data).sort());
});

describe('modes', () => {
  const USER = { containers: [{ ...CONTAINER, securityContext: { runAsUser: 1000 } }] };

  test('for all to read need nothing', () => {
    expect(annotationsOf(bound({ mode: '0444' }))['agent-inject-perms-password']).toBe('0444');
  });

  test('for the user alone have the agent run as the first container', () => {
    const annotations = annotationsOf(bound({ modes: { password: '0400' } }, {}, USER));
    expect(annotations).toMatchObject({ 'agent-inject-perms-password': '0400', 'agent-run-as-same-user': 'true' });
    expect(annotations).not.toHaveProperty('agent-inject-perms-username');
  });

  test('for the group need an fsGroup', () => {
    expect(annotationsOf(bound({ mode: '0440' }, {}, { securityContext: { fsGroup: 1 } }))['agent-inject-perms-password']).toBe('0440');
    expect(codes(bound({ mode: '0440' }))).toEqual(['[c/W] UnsupportedByDelivery', '[c/W] UnsupportedByDelivery']);
  });

  test.each([[{}], [{ containers: [{ ...CONTAINER, securityContext: { runAsUser: 0 } }] }]])('that the container could not read are refused: %j', spec => {
    expect(codes(bound({ items: { password: 'p' }, mode: '0400' }, {}, spec))).toEqual(['[c/W] UnsupportedByDelivery']);
  });
});

test.each<[string, string | undefined, object]>([
  ['Deployment', undefined, {}], ['Job', 'true', {}], ['Pod', undefined, {}], ['Pod', 'true', { restartPolicy: 'Never' }],
])('in a %s the agent ends before the containers start: %s', (kind, expected, spec) => {
  const object = bound({}, {}, spec, kind);
  expect(annotationsOf(object)['agent-pre-populate-only']).toBe(expected);
  expect(findings(object)).toEqual([]);
});

test('a rendered app says so where the pods have no token, as those of cdk8s-plus', () => {
  const chart = newChart('shop');
  const without = new kplus.Deployment(chart, 'Api', { containers: [{ image: 'api' }] });
  SecretBinding.files('/etc/db', declare(chart)).applyTo(without);
  expect(codes(chart)).toEqual(['[c/Api] InjectorRefusesPod']);
});

test('a Deployment of cdk8s-plus with a token is content', () => {
  const chart = newChart('shop');
  const api = new kplus.Deployment(chart, 'Api', { containers: [{ image: 'api' }], automountServiceAccountToken: true });
  SecretBinding.files('/etc/db', declare(chart)).applyTo(api);
  expect(findings(chart)).toEqual([]);
  expect(Inspection.fromApp(App.of(chart)).warnings.map(({ code }) => code).filter(code => code.startsWith('Injector'))).toEqual([]);
});

describe('of containers', () => {
  const TWO = { containers: [CONTAINER, { name: 'helper', image: 'helper' }], initContainers: [{ name: 'setup', image: 'setup' }] };

  test('those that are bound see the files', () => {
    expect(annotationsOf(bound({ containers: ContainerSelector.named('helper') }, {}, TWO))['agent-inject-containers']).toBe('helper');
  });

  test('init containers see them when the agent is the first of them', () => {
    expect(annotationsOf(bound({ containers: ContainerSelector.named('app', 'setup') }, {}, TWO))).toMatchObject({ 'agent-inject-containers': 'app', 'agent-init-first': 'true' });
  });

  test('init containers do not see them alone', () => {
    expect(codes(bound({ containers: ContainerSelector.named('setup') }, {}, TWO))).toEqual(['[c/W] UnsupportedByDelivery']);
  });

  test('all see the same secrets', () => {
    const chart = newChart('shop');
    const object = workload(chart, TWO);
    SecretBinding.files('/a', declare(chart), { containers: ContainerSelector.named('app') }).applyTo(object);
    SecretBinding.files('/b', declare(chart, {}, 'other'), { containers: ContainerSelector.named('helper') }).applyTo(object);
    expect(codes(chart)).toEqual(['[c/W] UnsupportedByDelivery']);
  });
});

describe('several secrets of one pod', () => {
  const both = (first: FilesBindingOptions, second: FilesBindingOptions, folder = '/etc/db', props: Partial<SecretProps> = {}) => {
    const chart = newChart('shop');
    const object = workload(chart);
    SecretBinding.files('/etc/db', declare(chart), first).applyTo(object);
    SecretBinding.files(folder, declare(chart, props, 'other'), second).applyTo(object);
    return object;
  };

  test('may be in one folder', () => {
    const object = both({ items: { password: 'a' } }, { items: { password: 'b' } });
    expect(annotationsOf(object)).toMatchObject({ 'agent-inject-secret-a': 'secret/data/db', 'agent-inject-secret-b': 'secret/data/other' });
    expect(findings(object)).toEqual([]);
  });

  test('are no two files of one path', () => {
    expect(codes(both({}, {}))).toEqual(['[c/W] DuplicateFile', '[c/W] DuplicateFile']);
  });

  test('have one role', () => {
    expect(codes(both({}, {}, '/etc/other', { delivery: agent({ role: 'other' }) }))).toEqual(['[c/W] UnsupportedByDelivery']);
  });
});

test('a binding that is applied twice changes nothing', () => {
  const chart = newChart('shop');
  const object = workload(chart);
  const binding = SecretBinding.files('/etc/db', declare(chart));
  binding.applyTo(object);
  const once = object.toJson();
  chart.with(binding);
  expect(object.toJson()).toEqual(once);
});

test('a folder that the container mounts already is refused', () => {
  const spec = { containers: [{ ...CONTAINER, volumeMounts: [{ name: 'v', mountPath: '/etc/db/' }] }], volumes: [{ name: 'v', emptyDir: {} }] };
  expect(codes(bound({}, {}, spec))).toEqual(['[c/W] DuplicateMountPath']);
});

describe('cannot be bound as', () => {
  const USES: [string, (secret: Secret, chart: Chart) => unknown][] = [
    ['a variable', (secret, chart) => SecretBinding.env('A', secret.key('password')).applyTo(workload(chart))],
    ['variables', (secret, chart) => SecretBinding.envFrom(secret).applyTo(workload(chart))],
    ['variables out of files', (secret, chart) => SecretBinding.envsFromFiles({ A: secret.key('password') }, { image: 'busybox' }).applyTo(workload(chart))],
    ['one file', (secret, chart) => SecretBinding.file('/etc/password', secret.key('password')).applyTo(workload(chart))],
    ['a volume', (secret, chart) => SecretVolume.fromSecret(chart, 'V', secret)],
    ['files of a function', (secret, chart) => new SecretBackedFunction(chart, 'F', { name: 'f', image: 'f', secrets: [secret] })],
    ['optional files', (secret, chart) => SecretBinding.files('/etc/db', secret, { optional: true }).applyTo(workload(chart))],
    ['files of somebody', (secret, chart) => SecretBinding.files('/etc/db', secret, { owner: 1000 }).applyTo(workload(chart))],
    ['a volume of a name', (secret, chart) => SecretBinding.files('/etc/db', secret, { volumeName: 'v' }).applyTo(workload(chart))],
  ];
  test.each(USES)('%s', (_, use) => {
    const chart = newChart('shop');
    const secret = declare(chart);
    expect(refusal(() => use(secret, chart)).code).toBe('UnsupportedByDelivery');
  });

  test('what somebody may read through the API', () => {
    const chart = newChart('shop');
    expect(refusal(() => declare(chart).grants.read(new kplus.ServiceAccount(chart, 'A')))).toMatchObject({ code: 'UnsupportedByDelivery', path: 'c/db' });
  });

  test('credentials of images', () => {
    const chart = newChart('shop');
    const registry = new DockerConfigSecret(chart, 'R', { registries: [{ server: 'ghcr.io', username: from('a', 'u'), password: from('a', 'p') }], delivery: agent() });
    expect(refusal(() => SecretBinding.imagePull(registry).applyTo(workload(chart))).code).toBe('UnsupportedByDelivery');
  });
});

test.each<[string, Partial<SecretProps>, string]>([
  ['no key', { data: {} }, 'UnsupportedByDelivery'],
  ['a whole entry', { data: { a: from('a') } }, 'UnsupportedByDelivery'],
  ['a version that is no number', { data: { a: from('a', 'x', { version: 'latest' }) } }, 'UnsupportedByDelivery'],
  ['a version in an engine without', { data: { a: from('a', 'x', { version: '1' }) }, delivery: agent({ engine: VaultEngine.keyValueV1('kv') }) }, 'UnsupportedByDelivery'],
  ['what the External Secrets operator alone does', { data: { a: from('a', 'x', { decodingStrategy: RemoteDecodingStrategy.BASE64 }) } }, 'UnsupportedByDelivery'],
  ['parameters of a request', { delivery: agent({ engine: VaultEngine.dynamic({ mount: 'd', path: 'creds/a', params: { ttl: '1h' } }) }) }, 'UnsupportedByDelivery'],
])('fails with %s', (_, props, code) => {
  expect(codes(declare(newChart('shop'), props))).toEqual([`[c/db] ${code}`]);
});

test('a key that is made of several values is refused', () => {
  const registry = new DockerConfigSecret(newChart('shop'), 'R', { registries: [{ server: 'ghcr.io', username: from('a', 'u'), password: from('a', 'p') }], delivery: agent() });
  expect(codes(registry)).toEqual(['[c/R] UnsupportedByDelivery']);
});

test.each<[string, Partial<VaultAgentDeliveryOptions>]>([
  ['no role', { role: '' }],
  ['no engine', { engine: undefined as any }],
])('fails with %s', (_, options) => {
  expect(refusal(() => agent(options)).code).toBe('InvalidDelivery');
});

test.each<[string, Partial<SecretProps>]>([['immutable', { immutable: true }], ['named by a hash of its values', { hashedName: true }]])('a secret is never %s', (_, props) => {
  expect(refusal(() => declare(newChart(), props)).code).toBe('UnsupportedByDelivery');
});
