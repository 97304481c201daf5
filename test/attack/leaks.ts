import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ApiObject, App, Chart, JsonPatch, Yaml, YamlOutputType } from 'cdk8s';
import type { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { CANARY, hasTrace } from './traces';
import { BasicAuthSecret, DockerConfigSecret, Inspection, Secret, SecretBinding, SecretDelivery, SecretPolicy, SensitiveValue, SshAuthSecret } from '../../src';
import { formsOf } from '../../src/inspect/leaks/value-forms';
import vectors from '../conformance/backends-vectors.json';
import sopsVectors from '../conformance/sops-vectors.json';

/** What came of trying. */
export interface Tried {
  readonly tried: number;
  readonly failed: readonly string[];
}

type Declare = (chart: Construct, folder: string, delivery: SecretDelivery) => { readonly name: string };

const user = () => SensitiveValue.fromLiteral('somebody');
const data = (value: SensitiveValue) => (chart: Construct, _: string, delivery: SecretDelivery) => new Secret(chart, 'Db', { data: { password: value }, delivery });

/** Where a value comes from. */
const SOURCES: Readonly<Record<string, Declare>> = {
  'a literal': (chart, folder, delivery) => data(SensitiveValue.fromLiteral(CANARY))(chart, folder, delivery),
  'base64': (chart, folder, delivery) => data(SensitiveValue.fromBase64(Buffer.from(CANARY).toString('base64')))(chart, folder, delivery),
  'a file': (chart, folder, delivery) => data(SensitiveValue.fromFile(join(folder, 'in', 'password')))(chart, folder, delivery),
  'a variable': (chart, folder, delivery) => data(SensitiveValue.fromEnvironment('ATTACKED'))(chart, folder, delivery),
  'a field of a file': (chart, folder, delivery) => data(SensitiveValue.fromFile(join(folder, 'a.json'), { field: 'db.password' }))(chart, folder, delivery),
  'a command': data(SensitiveValue.fromCommand([process.execPath, '-e', 'process.stdout.write(process.env.ATTACKED)'])),
  'a template': data(SensitiveValue.template('{a}', { a: SensitiveValue.fromEnvironment('ATTACKED') })),
  'a value that is also in a store': data(SensitiveValue.fromEnvironment('ATTACKED').orRemote({ key: 'a' })),
  'an env file': (chart, folder, delivery) => Secret.fromEnvFile(chart as Chart, 'Db', join(folder, 'a.env'), { delivery }),
  'a folder': (chart, folder, delivery) => Secret.fromDirectory(chart as Chart, 'Db', join(folder, 'in'), { delivery }),
  'a user and password': (chart, _, delivery) => new BasicAuthSecret(chart as Chart, 'Db', { username: user(), password: SensitiveValue.fromLiteral(CANARY), delivery }),
  'an SSH key': (chart, _, delivery) => new SshAuthSecret(chart as Chart, 'Db', { privateKey: SensitiveValue.fromLiteral(CANARY), delivery } as never),
  'a docker config': (chart, _, delivery) => new DockerConfigSecret(chart as Chart, 'Db', {
    registries: [{ server: 'r.io', username: user(), password: SensitiveValue.fromLiteral(CANARY) }], delivery,
  }),
};

/** How it gets to the cluster. */
const DELIVERIES: Readonly<Record<string, (folder: string) => SecretDelivery>> = {
  'manifest': () => SecretDelivery.manifest(),
  'sealed': folder => SecretDelivery.sealed({ certificate: join(folder, 'certificate.pem') }),
  'sealed with a key': folder => SecretDelivery.sealed({
    certificate: join(folder, 'certificate.pem'), determinismKey: SensitiveValue.fromLiteral('a determinism key of 32 bytes ...'),
  }),
  'sops': () => SecretDelivery.sops({ age: [sopsVectors.recipient] }),
  'sops with a key': () => SecretDelivery.sops({ age: [sopsVectors.recipient], determinismKey: SensitiveValue.fromLiteral('a determinism key of 32 bytes ...') }),
};

const configMap = (chart: Construct, id: string, text: string) =>
  new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: text } });

/** What goes wrong. */
const FAILURES: Readonly<Record<string, (chart: Chart, secret: any) => void>> = {
  'nothing': () => undefined,
  'a key that there is not': (_, secret) => secret.key(CANARY),
  'a binding that reaches nothing': (chart, secret) => SecretBinding.envFrom(secret).bind(configMap(chart, 'C', 'x')),
  'a patch that fails': (_, secret) => ApiObject.of(secret).addJsonPatch(JsonPatch.test('/metadata/name', 'x')),
  'a policy': chart => SecretPolicy.of(chart).forbidPlaintext(),
  'the same name twice': (chart, secret) => new Secret(chart, 'Again', { metadata: { name: secret.name }, data: { b: SensitiveValue.fromLiteral(CANARY) } }),
  'the value as a label': (chart, secret) => new Secret(chart, 'Labelled', { metadata: { labels: { [CANARY]: CANARY }, annotations: { [secret.name]: CANARY } } }),
  'the value as a name': chart => new ApiObject(chart, CANARY, { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: CANARY, image: CANARY, env: [{ name: CANARY }, { name: CANARY }] }] } }),
  'the value as a field': chart => new ApiObject(chart, 'Pod', { apiVersion: 'v1', kind: 'Pod', [CANARY]: 1, spec: { [CANARY]: CANARY, containers: CANARY } }),
  'the value within a text': chart => configMap(chart, 'C', `postgres://app:${CANARY}@db`),
  ...Object.fromEntries([...formsOf(Buffer.from(CANARY))].map(([text, form], index) => {
    return [`the value ${form} (${index})`, (chart: Chart) => configMap(chart, 'C', text)];
  })),
  'a full disk': () => undefined,
};

/** How it is written. */
const OUTPUTS: readonly (YamlOutputType | undefined)[] = [
  YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_RESOURCE,
  YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, undefined,
];

/** Looks for a value in all that an app writes and says, but where it belongs. */
export function tryLeaks(): Tried {
  const folder = mkdtempSync(join(tmpdir(), 'attack-'));
  writeFileSync(join(folder, 'certificate.pem'), vectors.sealedSecrets.certificatePem);
  writeFileSync(join(folder, 'a.env'), `PASSWORD=${CANARY}\n`);
  writeFileSync(join(folder, 'a.json'), JSON.stringify({ db: { password: CANARY } }));
  const failed: string[] = [];
  let tried = 0;
  process.env.ATTACKED = CANARY;
  try {
    const input = join(folder, 'in');
    mkdirSync(input);
    writeFileSync(join(input, 'password'), CANARY);
    for (const [source, declare] of Object.entries(SOURCES)) {
      for (const [delivery, deliver] of Object.entries(DELIVERIES)) {
        for (const [failure, fail] of Object.entries(FAILURES)) {
          for (const output of OUTPUTS) {
            // Every form of output for some of the failures is enough.
            if (output !== undefined && output !== (tried % 4) && failure !== 'nothing' && failure !== 'a full disk') continue;
            tried++;
            const leaks = leaksOf(folder, output, failure, chart => {
              const secret = declare(chart, folder, deliver(folder));
              fail(chart, secret);
            });
            if (leaks.length > 0) failed.push(`${source}, ${delivery}, ${failure}, ${output === undefined ? 'synthYaml' : YamlOutputType[output]}: ${leaks.join(', ')}`);
          }
        }
      }
    }
  } finally {
    delete process.env.ATTACKED;
    rmSync(folder, { recursive: true });
  }
  return { tried, failed };
}

/** Where the value is and should not be. */
function leaksOf(folder: string, output: YamlOutputType | undefined, failure: string, build: (chart: Chart) => void): string[] {
  const outdir = mkdtempSync(join(folder, 'dist-'));
  const app = new App({ outdir, yamlOutputType: output, recordConstructMetadata: true });
  const said: Record<string, string> = {};
  const { save } = Yaml;
  if (failure === 'a full disk') Yaml.save = () => { throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' }); };
  try {
    build(new Chart(app, 'web', { namespace: 'web' }));
    if (output === undefined) said.yaml = withoutOwnData(app.synthYaml());
    else app.synth();
  } catch (error) {
    said.message = (error as Error).message;
    said.stack = String((error as Error).stack);
    said.inspected = inspect(error, { depth: 8, showHidden: true });
  } finally {
    Yaml.save = save;
  }
  try {
    said.findings = JSON.stringify(Inspection.fromApp(app).findings);
  } catch (error) {
    said.findings = String((error as Error).stack);
  }
  for (const name of readdirSync(outdir, { recursive: true, encoding: 'utf8' })) {
    said[`the name ${name.length}`] = name;
    if (statSync(join(outdir, name)).isFile()) said[name] = withoutOwnData(readFileSync(join(outdir, name), 'utf8'));
  }
  rmSync(outdir, { recursive: true });
  return Object.entries(said).filter(([, text]) => hasTrace(text)).map(([where]) => where);
}

/** YAML without what the data of Secrets hold. */
function withoutOwnData(text: string): string {
  return parseAllDocuments(text).map(document => {
    const { kind, data: _, ...rest } = document.toJS() ?? {};
    return JSON.stringify(kind === 'Secret' ? { kind, ...rest } : { kind, data: _, ...rest });
  }).join('\n');
}
