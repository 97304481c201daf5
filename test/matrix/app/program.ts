import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Include, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-33';
import { DockerConfigSecret, Secret, SecretBinding, SecretRollout, SensitiveValue } from 'cdk8s-secrets';

/** What the program found in a manifest, and what should be there. */
export interface Check {
  readonly found: unknown;
  readonly expected: unknown;
}

interface Pod {
  readonly metadata?: { readonly annotations?: Record<string, string> };
  readonly spec: {
    readonly containers: readonly [Record<string, unknown>];
    readonly volumes?: unknown;
    readonly imagePullSecrets?: unknown;
  };
}

const IMAGE = 'example.com/api:1';
const CONTAINERS = [{ name: 'main', image: IMAGE }];
const LABELS = { app: 'api' };

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'api' },
  spec: { selector: { matchLabels: LABELS }, template: { metadata: { labels: LABELS }, spec: { containers: CONTAINERS } } },
};

/** Every way to a Deployment, by its name. `bindings` are applied to what each makes. */
const WORKLOADS: Record<string, (chart: Chart, bindings: Parameters<Chart['with']>, folder: string) => void> = {
  'a Deployment of cdk8s-plus': (chart, bindings) => {
    new kplus.Deployment(chart, 'Api', { containers: CONTAINERS }).with(...bindings);
  },
  'a Deployment that is an ApiObject': (chart, bindings) => {
    new ApiObject(chart, 'Api', DEPLOYMENT).with(...bindings);
  },
  'a Deployment of an included file': (chart, bindings, folder) => {
    const file = join(folder, 'included.yaml');
    writeFileSync(file, Yaml.stringify(DEPLOYMENT));
    new Include(chart, 'Included', { url: file }).with(...bindings);
  },
  'a Deployment that comes after the bindings of its chart': (chart, bindings) => {
    chart.with(...bindings);
    new kplus.Deployment(chart, 'Api', { containers: CONTAINERS });
  },
};

/** What is looked for in each of them. */
const PARTS: Record<string, (pod: Pod, podOfAnotherValue: () => Pod) => Check> = {
  'a key as variable': ({ spec: { containers: [{ env }] } }) => ({
    found: env, expected: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { key: 'password', name: 'db' } } }],
  }),
  'all keys as variables': ({ spec: { containers: [{ envFrom }] } }) => ({ found: envFrom, expected: [{ secretRef: { name: 'db' } }] }),
  'where the files are': ({ spec: { containers: [{ volumeMounts }] } }) => ({
    found: volumeMounts, expected: [{ mountPath: '/etc/db', name: 'secret-db', readOnly: true }],
  }),
  'what the files are': ({ spec: { volumes } }) => ({ found: volumes, expected: [{ name: 'secret-db', secret: { secretName: 'db' } }] }),
  'credentials to pull images': ({ spec: { imagePullSecrets } }) => ({ found: imagePullSecrets, expected: [{ name: 'registry' }] }),
  'a checksum': pod => ({ found: /^[0-9a-f]{64}$/.test(checksumOf(pod) ?? ''), expected: true }),
  'another checksum for another value': (pod, other) => ({ found: checksumOf(pod) !== checksumOf(other()), expected: true }),
};

/** All checks, by name. */
export const NAMES = Object.keys(WORKLOADS).flatMap(workload => Object.keys(PARTS).map(part => `${workload} has ${part}`));

/** Makes the manifests and looks into them; what goes wrong on the way is what was found. */
export function check(name: string): Check {
  const [workload, part] = name.split(' has ');
  try {
    return PARTS[part](podOf(workload, 'a password'), () => podOf(workload, 'another password'));
  } catch (error) {
    return { found: (error as Error).message, expected: 'no error' };
  }
}

function checksumOf(pod: Pod): string | undefined {
  return pod.metadata?.annotations?.['checksum/secret'];
}

const templates = new Map<string, Pod>();

/** The pod template of the Deployment that is written. */
function podOf(workload: string, password: string): Pod {
  const key = `${workload} ${password}`;
  if (!templates.has(key)) templates.set(key, writtenPod(workload, password));
  return templates.get(key)!;
}

function writtenPod(workload: string, password: string): Pod {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-program-'));
  try {
    const app = new App({ outdir: join(folder, 'dist') });
    const chart = new Chart(app, 'matrix', { namespace: 'matrix' });
    const db = new Secret(chart, 'Db', {
      metadata: { name: 'db' },
      data: { username: SensitiveValue.fromLiteral('app'), password: SensitiveValue.fromLiteral(password) },
    });
    const registry = new DockerConfigSecret(chart, 'Registry', {
      metadata: { name: 'registry' },
      registries: [{ server: 'example.com', username: SensitiveValue.fromLiteral('robot'), password: SensitiveValue.fromLiteral('a token') }],
    });
    WORKLOADS[workload](chart, [
      SecretBinding.env('DB_PASSWORD', db.key('password')),
      SecretBinding.envFrom(db),
      SecretBinding.files('/etc/db', db),
      SecretBinding.imagePull(registry),
      SecretRollout.checksum(),
    ], folder);
    app.synth();
    const objects: readonly { kind: string; spec: { template: Pod } }[] = chart.toJson();
    if (readFileSync(join(folder, 'dist/matrix.k8s.yaml'), 'utf8') !== Yaml.stringify(...objects)) throw new Error('toJson() gives something else than synth() writes');
    return objects.find(({ kind }) => kind === 'Deployment')!.spec.template;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[2] === 'print') console.log(JSON.stringify(NAMES.map(name => ({ name, ...check(name) }))));
