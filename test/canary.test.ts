import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect, type InspectOptions } from 'node:util';
import { ApiObject, App, Chart, Duration, JsonPatch, Yaml, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import {
  Alphabet, AppInspection, BasicAuthSecret,
  BootstrapTokenSecret, CertificateAuthority, CertificateIssuer, ContainerSelector, CsiProvider, DeliveryKind,
  DockerConfigSecret, Encoding, Exposure, ExposureReport, FieldFormat, FluxSource, InfisicalProject, KeyPair, PushSecret, PushSource, Secret,
  SecretBackedFunction, SecretBinding, SecretConfigMap, SecretDelivery, SecretOrdering, SecretPolicy, SecretRollout, SecretVolume, SensitiveValue,
  ServiceAccountTokenSecret, SshAuthSecret, StoreReference, TlsSecret, VaultEngine, WarningHandling,
} from '../src';
import backends from './conformance/backends-vectors.json';
import sops from './conformance/sops-vectors.json';
import { newChart } from './support/charts';
import { withEnvironment } from './support/environment';
import { jestReport } from './support/jest-report';
import { CERTIFICATE } from './support/key-pairs';
import { tempFile, tempFolder } from './support/temp-folder';
import { newWorkload } from './support/workloads';
import { ALL_CODES } from '../src/report/all-codes';

/** A text that nothing prints by chance, with characters that URLs, JSON, HTML and shells escape. */
const CANARY = 'zQ7xK&9vJ<4bL/pW+2mT';
const BASE64 = Buffer.from(CANARY).toString('base64');

/** Every piece of the canary of 6 characters, so that half of a value is found too, and the whole as it might be encoded. */
const TRACES = [
  ...Array.from({ length: CANARY.length - 5 }, (_, at) => CANARY.slice(at, at + 6)),
  ...[0, 1, 2].flatMap(shift => {
    const base64 = Buffer.from('\0'.repeat(shift) + CANARY).toString('base64').slice(shift === 0 ? 0 : shift + 1).replace(/.?.?=*$/, '');
    return [base64.slice(0, 12), base64.slice(-12)].flatMap(text => [text, text.replaceAll('+', '-').replaceAll('/', '_')]);
  }),
  Buffer.from(CANARY).toString('hex').slice(4, 20),
  Buffer.from(CANARY).toString('hex').slice(4, 20).toUpperCase(),
  encodeURIComponent(CANARY),
  JSON.stringify([...Buffer.from(CANARY)]).slice(1, 20),
  [...Buffer.from(CANARY)].map(byte => byte.toString(16)).join(' ').slice(0, 20),
  [...CANARY].reverse().join('').slice(0, 8),
];

function expectNoTrace(text: string): void {
  for (const trace of TRACES) {
    const at = text.indexOf(trace);
    // no matcher: it would print the text
    if (at >= 0) throw new Error(`a trace of the value at character ${at}, after ${JSON.stringify(text.slice(Math.max(0, at - 80), at))}`);
  }
}

const PRINTERS: Record<string, (thing: any) => string> = {
  'console.log': thing => inspect(thing),
  'inspect of all that is there': thing => inspect(thing, { depth: null, showHidden: true } satisfies InspectOptions),
  'inspect with getters': thing => inspect(thing, { depth: 6, getters: true, maxArrayLength: null, maxStringLength: null }),
  'inspect without what a class says of itself': thing => inspect(thing, { depth: null, showHidden: true, customInspect: false }),
  'JSON.stringify': thing => attempt(() => JSON.stringify(thing)),
  'String()': thing => String(thing),
  'a template literal': thing => `${thing}`,
  'its enumerable fields': thing => inspect({ ...thing }, { depth: 4 }),
  'the report of jest': thing => attempt(() => jestReport(thing)),
};

/** What a printer prints, also where it fails. */
function attempt(print: () => string): string {
  try {
    return print() ?? '';
  } catch (error) {
    return inspect(error, { depth: null, showHidden: true });
  }
}

const literal = () => SensitiveValue.fromLiteral(CANARY);
const fromFile = () => SensitiveValue.fromFile(tempFile(CANARY));
const field = () => SensitiveValue.fromFile(tempFile(JSON.stringify({ db: { password: CANARY } })), { field: 'db.password', format: FieldFormat.JSON });
/** A program that prints the canary, which it has from its environment. */
const command = () => SensitiveValue.fromCommand([process.execPath, '-e', 'process.stdout.write(process.env.CANARY)']);
const declare = (chart: Chart, data: Record<string, SensitiveValue> = { a: literal(), b: fromFile() }) => new Secret(chart, 'Db', { metadata: { name: 'db' }, data });
/** A secret of which earlier ones are kept, as a journal says. */
const declareKept = (chart: Chart, journal: string) => new Secret(chart, 'Kept', {
  metadata: { name: 'kept' },
  data: { a: literal(), password: SensitiveValue.generated() },
  hashedName: true,
  delivery: SecretDelivery.manifest({ determinismKey: SensitiveValue.fromLiteral(CANARY.repeat(2)), keep: { journal: tempFile(journal) } }),
});
const synth = (construct: IConstruct) => App.of(construct).synthYaml();
const registryOf = (chart: Chart, username: SensitiveValue, password: SensitiveValue, server?: string) =>
  new DockerConfigSecret(chart, 'Registry', { registries: [{ server, username, password }] });

test('the search finds the value however it is encoded', () => {
  for (const text of [
    CANARY, CANARY.slice(0, 8), `x${CANARY}`, BASE64, Buffer.from(`a${CANARY}`).toString('base64'), Buffer.from(`ab${CANARY}c`).toString('base64'),
    Buffer.from(CANARY).toString('base64url'), Buffer.from(CANARY).toString('hex'), encodeURIComponent(CANARY), JSON.stringify({ a: CANARY }),
    JSON.stringify(Buffer.from(CANARY)), inspect(Buffer.from(CANARY)),
  ]) {
    expect(() => expectNoTrace(text)).toThrow('a trace of the value');
  }
  expect(() => expectNoTrace(inspect(new Chart(new App(), 'c'), { depth: null }))).not.toThrow();
});

describe('printing', () => {
  const THINGS: Record<string, (chart: Chart) => unknown> = {
    'a literal': literal,
    'a file': fromFile,
    'an environment variable': () => SensitiveValue.fromEnvironment('CANARY'),
    'base64': () => SensitiveValue.fromBase64(BASE64),
    'a field of a file': field,
    'a field of a variable': () => SensitiveValue.fromEnvironment('CANARY_JSON', { field: 'a' }),
    'what a command prints': command,
    'a secret with fields and what a command prints': chart => declare(chart, {
      a: field(), b: SensitiveValue.fromEnvironment('CANARY_JSON', { field: 'a' }), c: command(),
    }),
    'a secret': chart => declare(chart),
    'a secret with keys that the compiler knows': chart => Secret.typed(chart, 'Db', { data: { a: literal() } }),
    'its keys': chart => declare(chart).key('a'),
    'its object': chart => ApiObject.of(declare(chart)),
    'a secret from an env file': chart => Secret.fromEnvFile(chart, 'Env', tempFile(`A=${CANARY}\nCANARY`)),
    'a secret from a directory': chart => Secret.fromDirectory(chart, 'Dir', tempFolder({ a: CANARY })),
    'basic auth': chart => new BasicAuthSecret(chart, 'Auth', { username: literal(), password: literal() }),
    'ssh auth': chart => new SshAuthSecret(chart, 'Ssh', { privateKey: literal(), knownHosts: literal() }),
    'a registry': chart => registryOf(chart, literal(), literal()),
    'a key pair': chart => new TlsSecret(chart, 'Tls', { tlsCert: literal(), tlsKey: literal(), certificateAuthority: literal() }),
    'a bootstrap token': chart => new BootstrapTokenSecret(chart, 'T', { tokenId: 'abcdef', tokenSecret: literal() }),
    'a generated value': () => SensitiveValue.generated(),
    'a secret with generated values, of a key that is the canary': chart => new Secret(chart, 'Db', {
      data: { a: SensitiveValue.generated({ keepPrevious: true }), b: SensitiveValue.generatedUuid() },
      delivery: SecretDelivery.manifest({ determinismKey: SensitiveValue.fromLiteral(CANARY.repeat(2)) }),
    }),
    'a key pair that is derived from the canary': chart => new Secret(chart, 'Db', {
      data: { a: KeyPair.ed25519('a').privateKey, b: KeyPair.ecdsaP256('b').sshPrivateKey },
      delivery: SecretDelivery.manifest({ determinismKey: SensitiveValue.fromLiteral(CANARY.repeat(2)) }),
    }),
    'a certificate whose authority is derived from the canary': chart => new TlsSecret(chart, 'Tls', {
      ...CertificateAuthority.generated('dev', { notBefore: '2026-01-01' }).issue('shop', { dnsNames: ['shop.example.com'] }),
      delivery: SecretDelivery.manifest({ determinismKey: SensitiveValue.fromLiteral(CANARY.repeat(2)) }),
    }),
    'a value that is made of others': () => SensitiveValue.template('{a}:{b}', { a: literal(), b: fromFile() }, { encode: Encoding.url() }),
    'a value with a second home': () => literal().orRemote({ key: 'db' }),
    'a service account token': chart => new ServiceAccountTokenSecret(chart, 'T', {
      serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'A', 'robot'),
    }),
    'bindings': chart => {
      const db = declare(chart);
      return [SecretBinding.env('A', db.key('a')), SecretBinding.envFrom(db), SecretBinding.files('/a', db), SecretBinding.file('/b', db.key('a'))];
    },
    'a volume': chart => SecretVolume.fromSecret(chart, 'V', declare(chart)),
    'a secret that is pushed': chart => new PushSecret(chart, 'Push', { source: PushSource.secret(declare(chart)), stores: [StoreReference.secretStore('s')] }),
    'an exposure': chart => {
      newWorkload('Deployment', chart).with(SecretBinding.envFrom(declare(chart)));
      const exposure = Exposure.fromApp(App.of(chart));
      return [exposure, exposure.secrets, exposure.readersOf('db')];
    },
    'a workload': chart => new kplus.Deployment(chart, 'W', { containers: [{ image: 'a' }] }).with(SecretBinding.envFrom(declare(chart))),
    'a function': chart => new SecretBackedFunction(chart, 'F', { name: 'f', image: 'f', secrets: [declare(chart)] }),
    'the app': chart => {
      newWorkload('Deployment', chart).with(SecretBinding.envFrom(declare(chart)), SecretRollout.checksum());
      return App.of(chart);
    },
  };

  describe.each(Object.entries(THINGS))('%s', (_, make) => {
    test.each(Object.entries(PRINTERS))('by %s shows no value, before and after it was read', (_name, print) => {
      withEnvironment({ CANARY, CANARY_JSON: JSON.stringify({ a: CANARY }) }, () => {
        const chart = newChart();
        const thing = make(chart);
        expectNoTrace(print(thing));
        attempt(() => synth(chart));
        expectNoTrace(print(thing));
      });
    });
  });
});

describe('failing', () => {
  const bind = (binding: (db: Secret) => SecretBinding) => (chart: Chart) => {
    newWorkload('Deployment', chart).with(binding(declare(chart)));
    synth(chart);
  };
  const data = (key: string, value: any) => (chart: Chart) => synth(declare(chart, { [key]: value, other: literal() }));

  /** Ways to fail, at least one for each code of the core, each with the canary where a value can be. */
  const FAILURES: [keyof typeof ALL_CODES, string, (chart: Chart) => unknown][] = [
    ['InvalidName', 'a name', chart => new Secret(chart, 'S', { metadata: { name: 'A' }, data: { a: literal() } })],
    ['InvalidName', 'a volume name', bind(db => SecretBinding.files('/a', db, { volumeName: 'a.b' }))],
    ['InvalidNamespace', 'a namespace', chart => new Secret(chart, 'S', { metadata: { namespace: 'a.b' }, data: { a: literal() } })],
    ['InvalidKey', 'a key', data('a b', literal())],
    ['InvalidKey', 'a key that is asked for', chart => Secret.fromSecretName(chart, 'I', 'i').key('a b')],
    ['InvalidLabel', 'a label', chart => new Secret(chart, 'S', { metadata: { labels: { a: 'b c' } }, data: { a: literal() } })],
    ['InvalidEnvName', 'a variable', bind(db => SecretBinding.env('1', db.key('a')))],
    ['InvalidMode', 'a mode', bind(db => SecretBinding.files('/a', db, { mode: '9' }))],
    ['InvalidPath', 'a path', bind(db => SecretBinding.files('/a', db, { items: { a: '..' } }))],
    ['InvalidMountPath', 'a mount path', bind(db => SecretBinding.files('a', db))],
    ['InvalidValue', 'a plain text as value', data('a', CANARY)],
    ['InvalidValue', 'a Buffer as value', data('a', Buffer.from(CANARY))],
    ['InvalidValue', 'a Buffer as literal', () => SensitiveValue.fromLiteral(Buffer.from(CANARY) as any)],
    ['InvalidValue', 'an object as literal', () => SensitiveValue.fromLiteral({ toString: () => CANARY } as any)],
    ['InvalidValue', 'a plain text as password', chart => registryOf(chart, literal(), CANARY as any)],
    ['InvalidValue', 'a volume of nothing', chart => SecretVolume.fromSecrets(chart, 'V', [])],
    ['EnvironmentVariableUnset', 'a variable beside others', data('a', SensitiveValue.fromEnvironment('UNSET_1'))],
    ['EnvironmentVariableUnset', 'a key alone in an env file', chart => synth(Secret.fromEnvFile(chart, 'S', tempFile(`A=${CANARY}\nUNSET_1`)))],
    ['InvalidValueField', 'a value in place of a field', () => SensitiveValue.fromFile('a.json', { field: `${CANARY}~`, format: CANARY as never })],
    ['InvalidValueField', 'a field that is not there', data('a', SensitiveValue.fromFile(tempFile(JSON.stringify({ [CANARY]: CANARY })), { field: 'a', format: FieldFormat.JSON }))],
    ['InvalidValueField', 'a file that is no JSON', data('a', SensitiveValue.fromFile(tempFile(`{ ${CANARY}`), { field: 'a', format: FieldFormat.JSON }))],
    ['InvalidValueField', 'a file that is no YAML', data('a', SensitiveValue.fromFile(tempFile(`a: [${CANARY}\n`), { field: 'a', format: FieldFormat.YAML }))],
    ['InvalidValueField', 'a value in quotes', data('a', SensitiveValue.fromFile(tempFile(`A="${CANARY}"\n`), { field: 'A', format: FieldFormat.ENV }))],
    ['InvalidValueField', 'fields below the value', data('a', SensitiveValue.fromFile(tempFile(JSON.stringify({ a: { [CANARY]: CANARY } })), { field: 'a', format: FieldFormat.JSON }))],
    ['InvalidEnvFile', 'a line that is a value', data('a', SensitiveValue.fromFile(tempFile(`${CANARY}\n`), { field: 'A', format: FieldFormat.ENV }))],
    ['InvalidCommand', 'a value in place of a command', () => SensitiveValue.fromCommand(CANARY as never)],
    ['InvalidCommand', 'a value that is an argument', () => SensitiveValue.fromCommand(['op', `${CANARY}${literal()}`])],
    ['CommandFailed', 'a program that says the value', data('a', SensitiveValue.fromCommand([process.execPath, '-e', 'console.log(process.argv[1]); console.error(process.argv[1]); process.exit(1)', CANARY]))],
    ['CommandFailed', 'a value in place of a program', data('a', SensitiveValue.fromCommand([CANARY]))],
    ['InvalidGeneratedValue', 'an alphabet', () => SensitiveValue.generated({ alphabet: Alphabet.of(CANARY.repeat(2)) })],
    ['InvalidGeneratedValue', 'the name of a server', () => CertificateAuthority.generated('dev', { notBefore: '2026-01-01' }).issue('a', { dnsNames: [CANARY] })],
    ['InvalidGeneratedValue', 'an address', () => CertificateAuthority.generated('dev', { notBefore: '2026-01-01' }).issue('a', { ipAddresses: [CANARY] })],
    ['InvalidGeneratedValue', 'a day', () => CertificateAuthority.generated('dev', { notBefore: CANARY })],
    ['InvalidGeneratedValue', 'a name of an authority', () => CertificateAuthority.generated(`${CANARY} `, { notBefore: '2026-01-01' })],
    ['InvalidGeneratedValue', 'a common name', () => CertificateAuthority.generated('dev', { notBefore: '2026-01-01', commonName: CANARY.repeat(9) })],
    ['MissingDeterminismKey', 'a generated value beside others', data('a', SensitiveValue.generated())],
    ['InvalidDeterminismKey', 'a key that is too short', chart => synth(new Secret(chart, 'S', {
      data: { a: SensitiveValue.generated() }, delivery: SecretDelivery.manifest({ determinismKey: literal() }),
    }))],
    ['InvalidDeterminismKey', 'a plain text as key', () => SecretDelivery.manifest({ determinismKey: CANARY as never })],
    ['InvalidValueTemplate', 'a name that is a value', () => SensitiveValue.template(`{${CANARY}}`, { a: literal() })],
    ['InvalidValueTemplate', 'an unknown name beside values', () => SensitiveValue.template('{a}{c}', { a: literal(), b: literal() })],
    ['InvalidValueTemplate', 'bytes in JSON', data('a', SensitiveValue.template('{a}', {
      a: SensitiveValue.fromBase64(Buffer.from(`${CANARY}\xff`, 'latin1').toString('base64')),
    }, { encode: Encoding.json() }))],
    ['InvalidValue', 'a plain text in a template', () => SensitiveValue.template('{a}', { a: CANARY as never })],
    ['InvalidExternalSecret', 'a literal in a template that the operator makes', chart => synth(new Secret(chart, 'S', {
      data: { a: SensitiveValue.template('{a}{b}', { a: literal(), b: SensitiveValue.fromRemote({ key: 'b' }) }) },
      delivery: SecretDelivery.external({ store: StoreReference.secretStore('s') }),
    }))],
    ['InvalidExternalSecret', 'a literal that the operator would fetch', chart => synth(new Secret(chart, 'S', {
      data: { a: literal() }, delivery: SecretDelivery.external({ store: StoreReference.secretStore('s') }),
    }))],
    ['InvalidOrdering', 'values in place of a path and a source', chart => SecretOrdering.fluxDependsOn({ chart, source: literal() as never, path: CANARY })],
    ['InvalidOrdering', 'a field that is computed', chart => SecretOrdering.fluxDependsOn({
      chart, source: FluxSource.gitRepository('a'), path: 'a', fields: { path: CANARY },
    })],
    ['OrderingCycle', 'charts that need each other', () => {
      const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
      SecretOrdering.fluxDependsOn({ chart: new Chart(app, 'flux'), source: FluxSource.gitRepository('a'), path: 'a' }).useFor(app);
      const [one, other] = [new Chart(app, 'one'), new Chart(app, 'other')];
      newWorkload('Deployment', one).with(SecretBinding.envFrom(new Secret(other, 'A', { data: { a: literal() } })));
      newWorkload('Deployment', other).with(SecretBinding.envFrom(new Secret(one, 'B', { data: { a: literal() } })));
      synth(app);
    }],
    ['NotPublic', 'a value in a ConfigMap', chart => new SecretConfigMap(chart, 'C', { secret: declare(chart), keys: ['a'] })],
    ['NotPublic', 'a URL in a ConfigMap', chart => {
      new SecretConfigMap(chart, 'C', { secret: declare(chart, { url: SensitiveValue.fromLiteral(`https://a:${CANARY}@b`) }), keys: ['url'] });
      synth(chart);
    }],
    ['InvalidValue', 'a second store', () => literal().orRemote({ key: 'a' }).orRemote({ key: 'b' })],
    ['InvalidValue', 'a public generated value', () => SensitiveValue.generated().asPublic()],
    ['FileUnreadable', 'a file beside others', data('a', SensitiveValue.fromFile('/no/such/file'))],
    ['FileUnreadable', 'a path with a zero byte', () => SensitiveValue.fromFile('a\0b')],
    ['InvalidBase64', 'a plain text given as base64', () => SensitiveValue.fromBase64(CANARY)],
    ['InvalidBase64', 'base64 without padding', () => SensitiveValue.fromBase64(BASE64.replace(/=+$/, ''))],
    ['RemoteValue', 'a value of a store beside others', data('a', SensitiveValue.fromRemote({ key: 'db' }))],
    ['InvalidExternalSecret', 'an entry of a store', () => SensitiveValue.fromRemote({ key: '' })],
    ['InvalidEnvFile', 'a line that is only a value', chart => Secret.fromEnvFile(chart, 'S', tempFile(`A=b\n${CANARY}`))],
    ['InvalidEnvFile', 'export', chart => Secret.fromEnvFile(chart, 'S', tempFile(`export A=${CANARY}`))],
    ['InvalidEnvFile', 'a key twice', chart => Secret.fromEnvFile(chart, 'S', tempFile(`A=${CANARY}\nA=${CANARY}`))],
    ['InvalidEnvFile', 'a line that is too long', chart => Secret.fromEnvFile(chart, 'S', tempFile(`A=${CANARY.repeat(4000)}`))],
    ['InvalidEnvFile', 'no UTF-8', chart => Secret.fromEnvFile(chart, 'S', tempFile(Buffer.concat([Buffer.from(`A=${CANARY}`), Buffer.from([0xff])])))],
    ['InvalidDirectory', 'a folder in a directory', chart => Secret.fromDirectory(chart, 'S', tempFolder({ 'a': CANARY, 'b/c': CANARY }))],
    ['KeysChanged', 'an env file with another key', chart => synth(Secret.fromEnvFile(chart, 'S', tempFile(`A=${CANARY}`), { keys: ['B'] }))],
    ['KeysChanged', 'a directory with another key', chart => synth(Secret.fromDirectory(chart, 'S', tempFolder({ a: CANARY }), { keys: ['b'] }))],
    ['SecretTooLarge', 'too much', data('a', SensitiveValue.fromLiteral(CANARY.repeat(60_000)))],
    ['UnknownKey', 'a key that is not there', chart => declare(chart).key('c')],
    ['DuplicateKey', 'a key twice', chart => declare(chart).addData('a', literal())],
    ['DuplicateSecret', 'a secret twice', chart => {
      declare(chart);
      new Secret(chart, 'S', { metadata: { name: 'db' }, data: { a: literal() } });
      synth(chart);
    }],
    ['MissingKey', 'a key that its type asks for', chart => synth(new Secret(chart, 'S', { type: 'kubernetes.io/tls', data: { 'tls.crt': literal() } }))],
    ['MissingKey', 'an empty private key', chart => synth(new SshAuthSecret(chart, 'S', { privateKey: SensitiveValue.fromLiteral(''), knownHosts: literal() }))],
    ['InvalidDockerConfig', 'credentials that are no JSON', chart => synth(DockerConfigSecret.fromConfigJson(chart, 'S', literal()))],
    ['InvalidDockerConfig', 'broken JSON', chart => synth(DockerConfigSecret.fromConfigJson(chart, 'S', SensitiveValue.fromLiteral(`{"auths":{"a":{"auth":"${CANARY}"}`)))],
    ['InvalidDockerConfig', 'a password that ends in a newline', chart => synth(registryOf(chart, literal(), SensitiveValue.fromLiteral(`${CANARY}\n`)))],
    ['InvalidDockerConfig', 'a user name with a colon', chart => synth(registryOf(chart, SensitiveValue.fromLiteral(`${CANARY}:`), literal()))],
    ['InvalidDockerConfig', 'a password that is no UTF-8', chart => synth(registryOf(chart, literal(), SensitiveValue.fromBase64(`${Buffer.from(`${CANARY}\xff`, 'latin1').toString('base64')}`)))],
    ['InvalidDockerConfig', 'a registry that matches nothing', chart => registryOf(chart, literal(), literal(), 'hub.docker.com')],
    ['InvalidCertificate', 'what is no certificate', chart => synth(new TlsSecret(chart, 'S', { tlsCert: literal(), tlsKey: literal() }))],
    ['InvalidCertificate', 'a certificate of which a part is something else', chart => synth(new TlsSecret(chart, 'S', {
      tlsCert: SensitiveValue.fromLiteral(CERTIFICATE.replace(/\n.{20}/, `\n${CANARY}`)), tlsKey: literal(),
    }))],
    ['InvalidCertificate', 'a private key of which a part is something else', chart => synth(new TlsSecret(chart, 'S', {
      tlsCert: SensitiveValue.fromLiteral(CERTIFICATE), tlsKey: SensitiveValue.fromLiteral(`-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----`),
    }))],
    ['InvalidBootstrapToken', 'a secret half of another form', chart => synth(new BootstrapTokenSecret(chart, 'S', { tokenId: 'abcdef', tokenSecret: literal() }))],
    ['InvalidBootstrapToken', 'an id', chart => new BootstrapTokenSecret(chart, 'S', { tokenId: 'x', tokenSecret: literal() })],
    ['SecretTypeMismatch', 'credentials as files', chart => newWorkload('Pod', chart).with(SecretBinding.files('/a', registryOf(chart, literal(), literal())))],
    ['SecretTypeMismatch', 'credentials as variables', chart => SecretBinding.envFrom(registryOf(chart, literal(), literal()))],
    ['SecretTypeMismatch', 'a secret that pulls nothing', chart => SecretBinding.imagePull(declare(chart))],
    ['NamespaceMismatch', 'another namespace', chart => newWorkload('Pod', chart, 'W', { metadata: { namespace: 'x' } } as kplus.PodProps).with(SecretBinding.envFrom(declare(chart)))],
    ['NamespaceMismatch', 'a function', chart => new SecretBackedFunction(chart, 'F', { name: 'f', image: 'f', namespace: 'x', secrets: [declare(chart)] })],
    ['DeliveryTooLate', 'a delivery', chart => {
      declare(chart);
      SecretDelivery.manifest().useFor(chart);
    }],
    ['UnsupportedWorkload', 'a ConfigMap', chart => SecretBinding.envFrom(declare(chart)).applyTo(new kplus.ConfigMap(chart, 'M'))],
    ['BindingUnused', 'a chart', chart => {
      chart.with(SecretBinding.envFrom(declare(chart)));
      synth(chart);
    }],
    ['BindingDropped', 'an object of a class of its own', chart => {
      class OwnWay extends ApiObject {
        public toJson(): any {
          return { ...super.toJson(), spec: { containers: [{ name: 'a', image: 'a' }] } };
        }
      }
      new OwnWay(chart, 'W', { apiVersion: 'v1', kind: 'Pod' }).with(SecretBinding.envFrom(declare(chart)));
      synth(chart);
    }],
    ['UnknownContainer', 'a name', bind(db => SecretBinding.envFrom(db, { containers: ContainerSelector.named('x') }))],
    ['DuplicateEnvName', 'a variable', chart => {
      const pod = new kplus.Pod(chart, 'P', { containers: [{ image: 'a', envVariables: { A: kplus.EnvValue.fromValue(CANARY) } }] });
      pod.with(SecretBinding.env('A', declare(chart).key('a')));
      synth(chart);
    }],
    ['DuplicateMountPath', 'a path', chart => {
      const db = declare(chart);
      newWorkload('Pod', chart).with(SecretBinding.files('/a', db), SecretBinding.file('/a', db.key('a')));
      synth(chart);
    }],
    ['DuplicateFile', 'a file', bind(db => SecretBinding.files('/a', db, { items: { a: 'x', b: 'x' } }))],
    ['DuplicateVolume', 'a volume', chart => {
      const db = declare(chart);
      newWorkload('Pod', chart).with(SecretBinding.files('/a', db, { volumeName: 'v' }), SecretBinding.files('/b', db, { volumeName: 'v', mode: '0444' }));
      synth(chart);
    }],
    ['LeakedValue', 'a value in a ConfigMap and its annotations', chart => {
      declare(chart);
      new kplus.ConfigMap(chart, 'M', {
        metadata: { annotations: { 'example.com/a': BASE64 } },
        data: { a: `postgres://app:${CANARY}@db`, b: encodeURIComponent(CANARY) },
      });
      synth(chart);
    }],
    ['LeakedValue', 'a value in a variable, a command and another secret', chart => {
      declare(chart);
      new kplus.Pod(chart, 'P', { containers: [{ image: 'a', command: ['x', CANARY], envVariables: { A: kplus.EnvValue.fromValue(CANARY) } }] });
      new kplus.Secret(chart, 'S', { stringData: { a: CANARY } });
      synth(chart);
    }],
    ['SensitiveValueMisplaced', 'a text that a value was put into', chart => {
      declare(chart);
      new kplus.ConfigMap(chart, 'M', { data: { a: `postgres://app:${literal()}@db`, b: CANARY } });
      synth(chart);
    }],
    ['OutOfRange', 'an owner of files', bind(db => SecretBinding.files('/etc/db', db, { owner: -1 }))],
    ['DuplicateContainer', 'an init container that is there already', chart => {
      const binding = SecretBinding.envsFromFiles({ A: declare(chart).key('a') }, { image: 'busybox:1.37' });
      const workload = (id: string, initContainers: any[]) => binding.bind(new ApiObject(chart, id, {
        apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'c', image: 'a' }], initContainers },
      }));
      const [{ name }] = workload('P', []).toJson().spec.initContainers;
      workload('Q', [{ name, image: CANARY }]);
      synth(chart);
    }],
    ['HashedNameFixed', 'a key more', chart => {
      new Secret(chart, 'S', { hashedName: true, data: { a: literal() } }).addData('b', literal());
    }],
    ['RolloutRequired', 'a secret whose name has no hash', chart => {
      newWorkload('Deployment', chart).with(SecretBinding.envFrom(declare(chart)), SecretRollout.hashedName());
      synth(chart);
    }],
    ['DeliveryForbidden', 'a delivery that a policy forbids', chart => {
      SecretPolicy.of(chart).allowDeliveries(DeliveryKind.SEALED);
      declare(chart);
      synth(chart);
    }],
    ['InvalidReportFile', 'a report', chart => {
      declare(chart);
      new ExposureReport(App.of(chart), { file: 'report.exe' });
    }],
    ['ModeTooOpen', 'a mode that a policy forbids', chart => {
      SecretPolicy.of(chart).maxMode('0400');
      bind(db => SecretBinding.files('/etc/db', db))(chart);
    }],
    ['TooManyReaders', 'readers that a policy forbids', chart => {
      SecretPolicy.of(chart).maxReaders(0);
      bind(db => SecretBinding.envFrom(db))(chart);
    }],
    ['ReaderForbidden', 'a reader that a policy forbids', chart => {
      SecretPolicy.of(chart).onlyReaders('ServiceAccount/ci/build');
      bind(db => SecretBinding.envFrom(db))(chart);
    }],
    ['InvalidReader', 'a number of readers', chart => {
      declare(chart);
      SecretPolicy.of(chart).maxReaders(-1);
    }],
    ['ModeTooOpen', 'files that everybody in a container may read', chart => {
      SecretPolicy.of(chart).maxMode('0400');
      newWorkload('Deployment', chart).with(SecretBinding.files('/etc/db', declare(chart), { mode: '0444' }));
      synth(chart);
    }],
    ['TooManyReaders', 'a workload more than a policy allows', chart => {
      SecretPolicy.of(chart).maxReaders(0);
      newWorkload('Deployment', chart).with(SecretBinding.envFrom(declare(chart)));
      synth(chart);
    }],
    ['ReaderForbidden', 'a workload that may not read', chart => {
      SecretPolicy.of(chart).onlyReaders('User/jane');
      newWorkload('Deployment', chart).with(SecretBinding.envFrom(declare(chart)));
      synth(chart);
    }],
    ['RotationRequired', 'a value in place of the day on which it was made', chart => {
      SecretPolicy.of(chart).requireRotation(Duration.days(90));
      new Secret(chart, 'S', { metadata: { annotations: { 'cdk8s-secrets/rotated-at': CANARY } }, data: { a: literal() } });
      synth(chart);
    }],
    ['InvalidReportFile', 'a file of another kind', chart => new ExposureReport(App.of(chart) as App, { file: 'exposure.txt' })],
    ['InvalidAgeRecipient', 'a value in place of a recipient', () => SecretDelivery.sops({ age: [CANARY] })],
    ['UnusableGenerations', 'a value in the journal', chart => declareKept(chart, CANARY)],
    ['EarlierSecretLost', 'a literal beside a generated value that has changed', chart => {
      AppInspection.of(chart).configure({ warnings: WarningHandling.FAIL });
      const line = { path: 'c/Kept', delivery: 'manifest', namespace: 'web', name: 'kept-k695gkmbtk', generations: { password: 1 } };
      declareKept(chart, `{"version":1}\n${JSON.stringify(line)}\n`);
      App.of(chart).synthYaml();
    }],
    ['MissingNamespace', 'a grant to an account of no namespace', () => {
      const chart = new Chart(new App(), 'c');
      declare(chart).grants.read(new kplus.ServiceAccount(chart, 'A'));
    }],
    ['InvalidFunctionName', 'a function', chart => new SecretBackedFunction(chart, 'F', { name: 'F', image: 'f', secrets: [declare(chart)] })],
    ['InvalidFunctionImage', 'a function without an image', chart => new SecretBackedFunction(chart, 'F', { name: 'f', image: '', secrets: [declare(chart)] })],
    ['InvalidQuantity', 'an amount of memory', chart => {
      new SecretBackedFunction(chart, 'F', { name: 'f', image: 'f', secrets: [declare(chart)], limits: { memory: `${CANARY}!` } });
    }],
    ['NotPortable', 'a function for Swarm', chart => new SecretBackedFunction(chart, 'F', { name: 'f', image: 'f', portableSecrets: true, secrets: [declare(chart)] })],
  ];

  test.each(FAILURES)('with %s for %s shows no value', (code, _, fail) => {
    withEnvironment({ CANARY, UNSET_1: undefined }, () => {
      const chart = newChart();
      let caught: any;
      try {
        fail(chart);
      } catch (error) {
        caught = error;
      }
      expect(String(caught?.message).includes(`${code}: `)).toBe(true);
      for (const text of [caught.message, caught.stack, String(caught.cause), ...Object.values(caught).map(String)]) expectNoTrace(text);
      for (const print of Object.values(PRINTERS)) expectNoTrace(print(caught));
    });
  });

  /** A warning, with which nothing fails, what is refused where a delivery reads no values, and what another code is reported for. */
  const WITHOUT_VALUES = ['DuplicateObject', 'NotInFunctionResource', 'RolloutIneffective', 'UnsupportedByDelivery'];

  test('every code that the core refuses with is among them', () => {
    const sources = ['value', 'secret', 'binding', 'workload'].flatMap(folder => {
      const path = join(__dirname, '../src', folder);
      return readdirSync(path).map(name => readFileSync(join(path, name), 'utf8'));
    }).concat(['delivery/secret-delivery.ts', 'delivery/determinism-key.ts', 'delivery/generation-journal.ts', 'delivery/sops/age-recipient.ts', 'delivery/sops/sops-document.ts', 'policy/secret-policy.ts', 'inspect/leaks/leak-guard.ts', 'kubernetes/metadata.ts', 'kubernetes/secret-types.ts'].map(file => readFileSync(join(__dirname, '../src', file), 'utf8')));
    const words = sources.flatMap(text => [...text.matchAll(/'([A-Z][A-Za-z0-9]+)'/g)].map(match => match[1]));
    const named = new Set(words.filter(word => word in ALL_CODES && !WITHOUT_VALUES.includes(word)));
    expect([...named].sort()).toEqual([...new Set(FAILURES.map(([code]) => code))].sort());
  });

  test('a value where no value may be makes synth throw, and is not in what it throws', () => {
    const chart = newChart();
    new kplus.ConfigMap(chart, 'M', { data: { a: literal() as any } });
    let caught: any;
    try {
      synth(chart);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(Error);
    for (const print of Object.values(PRINTERS)) expectNoTrace(print(caught));
  });
});

/** The deliveries that read no value. */
const UNREAD: [string, SecretDelivery][] = [
  ['certificate', SecretDelivery.certificate({ issuer: CertificateIssuer.issuer('ca'), dnsNames: ['example.com'] })],
  ['vault', SecretDelivery.vault({ engine: VaultEngine.keyValue('secret') })],
  ['onePassword', SecretDelivery.onePassword({ vault: 'a' })],
  ['infisical', SecretDelivery.infisical({ project: InfisicalProject.slug('a'), environment: 'a', authName: 'a' })],
  ['secretSync', SecretDelivery.secretSync({ provider: CsiProvider.vault({ roleName: 'a' }), serviceAccountName: 'a' })],
  ['vaultAgent', SecretDelivery.vaultAgent({ role: 'a', engine: VaultEngine.keyValue('secret') })],
  ['vault with dynamic credentials', SecretDelivery.vault({ engine: VaultEngine.dynamic({ mount: 'database', path: 'creds/a' }) })],
  ['vault with certificates', SecretDelivery.vault({ engine: VaultEngine.pki({ mount: 'pki', role: 'a', commonName: 'a', renewBefore: Duration.days(1) }) })],
];

describe('delivering', () => {
  test.each(UNREAD)('by %s writes no value, and shows none', (_, delivery) => {
    const chart = newChart();
    const secret = new TlsSecret(chart, 'Tls', { metadata: { name: 'tls' }, delivery, tlsCert: fromFile(), tlsKey: fromFile() });
    new kplus.Deployment(chart, 'D', { containers: [{ image: 'a' }], automountServiceAccountToken: true }).with(SecretBinding.files('/etc/tls', secret));
    expectNoTrace(synth(chart));
    for (const thing of [secret, delivery, secret.node.defaultChild, App.of(chart)]) {
      for (const print of Object.values(PRINTERS)) expectNoTrace(print(thing));
    }
  });
});

describe('every source with every delivery', () => {
  const KEY = SensitiveValue.fromLiteral(CANARY.repeat(2));
  const SOURCES: Record<string, () => SensitiveValue> = {
    'a literal': literal,
    'base64': () => SensitiveValue.fromBase64(BASE64),
    'a file': fromFile,
    'a variable': () => SensitiveValue.fromEnvironment('CANARY'),
    'a field of a file': field,
    'a field of a variable': () => SensitiveValue.fromEnvironment('CANARY_JSON', { field: 'a' }),
    'a command': command,
    'a generated value': () => SensitiveValue.generated({ keepPrevious: true }),
    'a generated UUID': () => SensitiveValue.generatedUuid(),
    'a private key': () => KeyPair.ed25519('a').privateKey,
    'an SSH key': () => KeyPair.ecdsaP256('a').sshPrivateKey,
    'a key of a certificate': () => CertificateAuthority.generated('dev', { notBefore: '2026-01-01' }).issue('a', { dnsNames: ['example.com'] }).tlsKey,
    'a template': () => SensitiveValue.template('{a}:{b}@{c}', { a: literal(), b: field(), c: SensitiveValue.generated() }, { encode: Encoding.url() }),
    'a template of a template': () => SensitiveValue.template('{a}', { a: SensitiveValue.template('x{b}', { b: command() }) }, { encode: Encoding.json() }),
    'a value that delivery has': () => SensitiveValue.fromDelivery(),
    'a value of a store': () => SensitiveValue.fromRemote({ key: 'a' }),
  };
  const DELIVERIES: Record<string, () => SecretDelivery> = {
    'manifest': () => SecretDelivery.manifest({ determinismKey: KEY }),
    'sealed': () => SecretDelivery.sealed({ certificate: tempFile(backends.sealedSecrets.certificatePem) }),
    'sealed with a key': () => SecretDelivery.sealed({ certificate: tempFile(backends.sealedSecrets.certificatePem), determinismKey: KEY }),
    'sops': () => SecretDelivery.sops({ age: [sops.recipient] }),
    'sops with a key': () => SecretDelivery.sops({ age: [sops.recipient], determinismKey: KEY }),
    'external': () => SecretDelivery.external({ store: StoreReference.secretStore('s') }),
    'csi': () => SecretDelivery.csi({ provider: CsiProvider.vault({ roleName: 'a' }) }),
    'existing': () => SecretDelivery.existing(),
    ...Object.fromEntries([...UNREAD].filter(([name]) => name !== 'certificate').map(([name, delivery]) => [name, () => delivery])),
  };

  describe.each(Object.entries(DELIVERIES))('by %s', (delivery, deliver) => {
    test.each(Object.entries(SOURCES).flatMap(([name, make]) => [
      [name, make] as const,
      ...name === 'a value of a store' ? [] : [[`${name}, and a store`, () => make().orRemote({ key: 'a' })] as const],
    ]))('of %s shows no value but in the data of the Secret', (_, make) => {
      withEnvironment({ CANARY, CANARY_JSON: JSON.stringify({ a: CANARY }) }, () => {
        const chart = newChart();
        let shown: string;
        try {
          const secret = new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { a: make() }, delivery: deliver() });
          newWorkload('Deployment', chart).with(SecretBinding.files('/etc/db', secret));
          const manifests: any[] = parseAllDocuments(synth(chart)).map(document => document.toJS());
          const isWritten = ({ kind }: any) => kind === 'Secret' && delivery === 'manifest';
          shown = JSON.stringify(manifests.map(manifest => isWritten(manifest) ? { ...manifest, data: Object.keys(manifest.data) } : manifest));
        } catch (error: any) {
          shown = [error.message, error.stack, inspect(error, { depth: 8, showHidden: true })].join('\n');
        }
        expectNoTrace(shown);
        expectNoTrace(inspect(chart.node.children, { depth: 12, showHidden: true, customInspect: false }));
      });
    });
  });
});

test.each<[string, () => SecretDelivery]>([
  ['manifest', () => SecretDelivery.manifest()],
  ['sealed', () => SecretDelivery.sealed({ certificate: tempFile(backends.sealedSecrets.certificatePem) })],
  ['sops', () => SecretDelivery.sops({ age: [sops.recipient] })],
])('a patch that fails on the object of %s shows no value', (_, deliver) => {
  const chart = newChart();
  const secret = new Secret(chart, 'Db', { data: { a: literal() }, delivery: deliver() });
  ApiObject.of(secret).addJsonPatch(JsonPatch.test('/metadata/name', 'another'));
  let caught: any;
  try {
    synth(chart);
  } catch (error) {
    caught = error;
  }
  expect(String(caught?.message).includes('TEST_OPERATION_FAILED')).toBe(true);
  for (const print of Object.values(PRINTERS)) expectNoTrace(print(caught));
});

describe('writing', () => {
  test('only Secrets hold values, and only in their data', () => {
    withEnvironment({ CANARY }, () => {
      const outdir = tempFolder();
      const app = new App({ outdir, recordConstructMetadata: true });
      const chart = newChart('web', app);
      const secrets = [
        declare(chart, { a: literal(), b: fromFile(), c: SensitiveValue.fromEnvironment('CANARY'), d: SensitiveValue.fromBase64(BASE64) }),
        new BasicAuthSecret(chart, 'Auth', { username: literal(), password: literal() }),
        Secret.fromEnvFile(chart, 'Env', tempFile(`A=${CANARY}`)),
      ];
      const registry = registryOf(chart, literal(), literal());
      const bindings = secrets.map((secret, index) => SecretBinding.files(`/etc/${index}`, secret)).concat(SecretBinding.imagePull(registry));
      new kplus.Deployment(chart, 'D', { containers: [{ image: 'a' }] }).with(...bindings);
      new kplus.Job(chart, 'J', { containers: [{ image: 'a' }] }).with(...bindings);
      new SecretBackedFunction(chart, 'F', { name: 'f', image: 'f', secrets: [secrets[0], registry] });
      const roles = new kplus.Role(chart, 'R');
      roles.allowRead(secrets[0]);
      mkdirSync(outdir, { recursive: true });
      app.synth();

      expect(() => expectNoTrace(readFileSync(join(outdir, 'c.k8s.yaml'), 'utf8'))).toThrow('a trace of the value');
      for (const name of readdirSync(outdir)) {
        expectNoTrace(name);
        const documents = name.endsWith('.yaml') ? Yaml.load(join(outdir, name)) : [readFileSync(join(outdir, name), 'utf8')];
        for (const document of documents) expectNoTrace(Yaml.stringify(document.kind === 'Secret' ? { ...document, data: Object.keys(document.data) } : document));
      }
      expect(readdirSync(outdir).sort()).toEqual(['c.k8s.yaml', 'construct-metadata.json']);
    });
  });
});
