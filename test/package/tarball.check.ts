import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

// Not part of `npm test`: run it with `npm run test:package` after `npx projen compile` and `npx projen package`.

const PROJECT = resolve(__dirname, '../..');
const PACKAGE = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
const MINUTES = 60_000;

const tarballs = readdirSync(join(PROJECT, 'dist/js')).filter(file => file.endsWith('.tgz')).map(file => join(PROJECT, 'dist/js', file));
let app: string;

/** The version of a tool that this project itself is tested with. */
function installedVersion(name: string): string {
  return JSON.parse(readFileSync(join(PROJECT, 'node_modules', name, 'package.json'), 'utf8')).version;
}

/** A file of the installed package. */
function installed(file: string): string {
  return join(app, 'node_modules/cdk8s-secrets', file);
}

/** Runs a command in the fresh app, and gives what it printed. */
function run(command: string, ...args: string[]): string {
  const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', npm_config_loglevel: 'error' };
  try {
    return execFileSync(command, args, { cwd: app, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')} failed\n${stdout}${stderr}`);
  }
}

beforeAll(() => {
  expect(tarballs).toHaveLength(1);
  app = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-fresh-app-'));
  cpSync(join(__dirname, 'app'), app, { recursive: true });

  const floors = Object.entries<string>(PACKAGE.peerDependencies).map(([name, range]) => [name, range.replace(/^\^/, '')]);
  const tools = ['cdk8s-cli', 'tsx', 'typescript', '@types/node'].map(name => [name, installedVersion(name)]);
  writeFileSync(join(app, 'package.json'), JSON.stringify({
    name: 'fresh-app',
    private: true,
    dependencies: { ...Object.fromEntries(floors), 'cdk8s-secrets': `file:${tarballs[0]}` },
    devDependencies: Object.fromEntries(tools),
  }));
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { target: 'ES2022', module: 'node16', strict: true, noEmit: true, types: ['node'] },
    include: ['*.ts'],
  }));
  run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline');
}, 10 * MINUTES);

afterAll(() => rmSync(app, { recursive: true, force: true }));

const EXPECTED = [
  /^lib\/.*(\.d\.ts|\.js|\.js\.map)$/,
  /^node_modules\/yaml\//,
  /^docs\/[\w-]+\.(md|svg)$/,
  /^assets\/report\/[\w-]+\.(css|js)$/,
  /^integrations\/[\w.-]+$/,
  /^examples\/(?!.*(__snapshots__|dist|tsconfig))/,
  /^(\.jsii|\.jsii\.gz|API\.md|CHANGELOG\.md|CONTRIBUTING\.md|LICENSE|NOTICE|README\.md|package\.json)$/,
];

test('holds the compiled library with types and source maps, its one bundled dependency, the jsii assembly, the assets of the report, documents and examples, and nothing else', () => {
  const files = execFileSync('tar', ['-tzf', tarballs[0]], { encoding: 'utf8' }).trim().split('\n').map(file => file.replace(/^package\//, ''));

  expect(files.filter(file => !EXPECTED.some(pattern => pattern.test(file)))).toEqual([]);
  expect(files).toEqual(expect.arrayContaining([
    '.jsii', 'API.md', 'LICENSE', 'NOTICE', 'README.md', 'docs/testing.md', 'examples/environments/main.ts', 'lib/index.d.ts', 'lib/index.js',
    'lib/secret/index.js.map', 'assets/report/page.js', 'docs/exposure.svg', 'package.json',
  ]));
});

// Tests and sources, which guides name as evidence, are in a clone only.
test('what a document links to is there', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', ...readdirSync(installed('docs')).map(file => `docs/${file}`)];
  const broken = documents.flatMap(document => {
    const links = [...readFileSync(installed(document), 'utf8').matchAll(/\]\((?!\w+:|\.\.\/(?:test|src)\/)([^)#\s]+)[^)]*\)/g)].map(([, link]) => link);
    return links.filter(link => !existsSync(join(installed(document), '..', link))).map(link => `${document}: ${link}`);
  });

  expect(broken).toEqual([]);
});

test('NOTICE has the licence of every package that is in it', () => {
  const notice = readFileSync(installed('NOTICE'), 'utf8');
  const bundled = readdirSync(installed('node_modules')).filter(name => !name.startsWith('.'));

  expect(bundled).toEqual(PACKAGE.bundledDependencies);
  for (const name of bundled) {
    const { license } = JSON.parse(readFileSync(installed(`node_modules/${name}/package.json`), 'utf8'));
    expect(notice).toContain(`\n${name} (${license})\n\n${readFileSync(installed(`node_modules/${name}/LICENSE`), 'utf8')}`);
  }
});

test('a stack names the line of the TypeScript source', () => {
  writeFileSync(join(app, 'stack.cjs'), `
    const { Testing } = require('cdk8s');
    const { Secret, SensitiveValue } = require('cdk8s-secrets');
    new Secret(Testing.chart(), 'Key', { data: { 'a b': SensitiveValue.fromLiteral('an api key') } });
  `);

  expect(() => run(process.execPath, '--enable-source-maps', 'stack.cjs')).toThrow(/InvalidKey[^]*\/cdk8s-secrets\/src\/secret\/secret\.ts:\d+:\d+\)/);
});

test('installs with one copy of each peer, at its lowest version', () => {
  for (const [name, range] of Object.entries<string>(PACKAGE.peerDependencies)) {
    expect(JSON.parse(readFileSync(join(app, 'node_modules', name, 'package.json'), 'utf8')).version).toBe(range.replace(/^\^/, ''));
    expect(existsSync(join(app, 'node_modules/cdk8s-secrets/node_modules', name))).toBe(false);
  }
});

test('is synthesized by `cdk8s synth`', () => {
  run('npx', 'cdk8s', 'synth');
  const objects = parseAllDocuments(readFileSync(join(app, 'dist/fresh.k8s.yaml'), 'utf8')).map(document => document.toJS());

  expect(objects.map(object => `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`)).toEqual([
    'Secret fresh/fresh-credentials',
    'Deployment fresh/fresh-web',
    'Deployment fresh/protectedapi',
    'Service fresh/protectedapi',
  ]);
  const [secret, web, api] = objects;
  expect(secret).toMatchObject({ type: 'Opaque', data: { username: 'bXktYXBw', password: 'Mzk1MjgkdmRnN0pi' } });

  const [container] = web.spec.template.spec.containers;
  expect(container.env).toEqual([{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'fresh-credentials', key: 'password' } } }]);
  expect(container.volumeMounts).toEqual([expect.objectContaining({ mountPath: '/etc/credentials', readOnly: true })]);
  expect(web.spec.template.spec.volumes).toEqual([
    { name: container.volumeMounts[0].name, secret: expect.objectContaining({ secretName: 'fresh-credentials', defaultMode: 0o400 }) },
  ]);
  expect(api.spec.template.spec.containers[0].volumeMounts).toEqual([
    { name: 'protectedapi-projected-secrets', mountPath: '/var/openfaas/secrets', readOnly: true },
  ]);
}, 2 * MINUTES);

test('is type-checked strictly, the declarations of all packages included', () => {
  expect(run('npx', 'tsc', '--project', '.')).toBe('');
}, 2 * MINUTES);

test('loads in plain JavaScript, by require and by import', () => {
  const named = 'typeof Secret, typeof SensitiveValue.fromLiteral, typeof Errors.isSecretsError';
  writeFileSync(join(app, 'plain.cjs'), `const { Errors, Secret, SensitiveValue } = require('cdk8s-secrets');\nconsole.log(${named});\n`);
  writeFileSync(join(app, 'plain.mjs'), `import { Errors, Secret, SensitiveValue } from 'cdk8s-secrets';\nconsole.log(${named});\n`);

  for (const file of ['plain.cjs', 'plain.mjs']) expect(run(process.execPath, file)).toBe('function function function\n');
});

test('loads no more than an app needs: cdk8s-plus is for the workloads of cdk8s-plus', () => {
  writeFileSync(join(app, 'functions.cjs'), `
    const { Testing } = require('cdk8s');
    const { Secret, SecretBackedFunction, SensitiveValue } = require('cdk8s-secrets');
    const chart = Testing.chart();
    const secret = new Secret(chart, 'Key', { metadata: { name: 'key' }, data: { key: SensitiveValue.fromLiteral('an api key') } });
    new SecretBackedFunction(chart, 'Api', { name: 'api', image: 'example.com/api:1', secrets: [secret] });
    console.log(Testing.synth(chart).map(object => object.kind).join(), Object.keys(require.cache).some(path => path.includes('cdk8s-plus')));
  `);

  expect(run(process.execPath, 'functions.cjs')).toBe('Secret,Deployment,Service false\n');
});

test('has the command cdk8s-secrets, which exits with 0, 1 and 2', () => {
  const pod = (key: string) => `apiVersion: v1
kind: Pod
metadata: { name: api }
spec:
  containers:
    - name: app
      image: example.com/api:1
      env: [{ name: A, valueFrom: { secretKeyRef: { name: db, key: ${key} } } }]
---
apiVersion: v1
kind: Secret
metadata: { name: db }
data: { a: YQ== }
`;
  for (const [file, text] of [['good.yaml', pod('a')], ['bad.yaml', pod('b')], ['broken.yaml', 'a: [']]) writeFileSync(join(app, file), text);

  expect(run('npx', 'cdk8s-secrets', '--version').trim()).toBe(PACKAGE.version);
  expect(run('npx', 'cdk8s-secrets', 'check', 'good.yaml')).toMatch(/^1 file, 2 objects: no errors\nnote: checked for Kubernetes 1\.\d+ to 1\.\d+, the versions in support; .*\n$/);
  expect(() => run('npx', 'cdk8s-secrets', 'check', 'bad.yaml')).toThrow(/Pod api\n +8 +error +UnknownKey /);
  expect(JSON.parse(run('npx', 'cdk8s-secrets', 'check', 'good.yaml', '-f', 'json')).tool).toEqual({ name: 'cdk8s-secrets', version: PACKAGE.version });
  expect(JSON.parse(run('npx', 'cdk8s-secrets', 'check', 'good.yaml', '-f', 'sarif')).runs[0].tool.driver.version).toBe(PACKAGE.version);
  for (const format of ['junit', 'github', 'markdown']) expect(run('npx', 'cdk8s-secrets', 'check', 'good.yaml', '-f', format)).toMatch(/^<\?xml|no errors/);
  expect(run('npx', 'cdk8s-secrets', 'explain', 'UnknownKey')).toMatch(/^UnknownKey/);
  expect(run('npx', 'cdk8s-secrets', 'check', 'good.yaml', '--policy', 'nsa,rbac')).toContain('TokenMounted');
  expect(() => run('npx', 'cdk8s-secrets', 'check', 'good.yaml', '--policy', 'cis')).toThrow('VariablesForbidden');
  expect(() => run('npx', 'cdk8s-secrets', 'check', 'broken.yaml')).toThrow(/UnreadableManifest: "broken\.yaml", line 1: /);
}, 2 * MINUTES);

test('has a validation plugin for `cdk8s synth`, which names the construct', () => {
  const settings = readFileSync(join(app, 'cdk8s.yaml'), 'utf8');
  const main = readFileSync(join(app, 'main.ts'), 'utf8');
  const plugin = 'validations: [{ package: ./node_modules/cdk8s-secrets, version: 0.0.0, class: SecretsValidation }]';
  const program = (key: string) => `import { ApiObject, App, Chart } from 'cdk8s';
    const chart = new Chart(new App(), 'plain');
    const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 'db', key: '${key}' } } }];
    new ApiObject(chart, 'Db', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, data: { a: 'YQ==' } });
    new ApiObject(chart, 'Api', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api' }, spec: { containers: [{ name: 'app', image: 'example.com/api:1', env }] } });
    App.of(chart).synth();`;
  writeFileSync(join(app, 'cdk8s.yaml'), `${settings.trimEnd()}\n${plugin}\n`);
  try {
    writeFileSync(join(app, 'main.ts'), program('a'));
    expect(run('npx', 'cdk8s', 'synth')).toContain('Validations finished');
    writeFileSync(join(app, 'main.ts'), program('b'));
    expect(() => run('npx', 'cdk8s', 'synth')).toThrow(/UnknownKey \(1 occurrences\)[^]*Construct Path: plain\/Api/);
  } finally {
    writeFileSync(join(app, 'cdk8s.yaml'), settings);
    writeFileSync(join(app, 'main.ts'), main);
  }
}, 2 * MINUTES);

test('a mistake ends `cdk8s synth` with its code, the path of the construct and the next step', () => {
  const main = readFileSync(join(app, 'main.ts'), 'utf8');
  writeFileSync(join(app, 'main.ts'), main.replace("credentials.key('password')", "credentials.key('passwrd')"));
  try {
    expect(() => run('npx', 'cdk8s', 'synth')).toThrow(/\[fresh\/credentials\] UnknownKey: .*"passwrd".*; did you mean "password"\?/);
    expect(existsSync(join(app, 'dist/fresh.k8s.yaml'))).toBe(false);
  } finally {
    writeFileSync(join(app, 'main.ts'), main);
  }
}, 2 * MINUTES);

test('makes a program of manifests that compiles, and makes the same objects', () => {
  const manifests = `apiVersion: v1
kind: Secret
metadata: { name: db, namespace: shop }
data: { password: eA== }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop }
spec: { containers: [{ name: app, image: 'example.com/api:1', env: [{ name: A, valueFrom: { secretKeyRef: { name: db, key: password } } }] }] }
`;
  const main = readFileSync(join(app, 'main.ts'), 'utf8');
  try {
    writeFileSync(join(app, 'imported.yaml'), manifests);
    run('npx', 'cdk8s-secrets', 'import', 'imported.yaml', '--output', 'main.ts');
    expect(run('npx', 'tsc', '--project', '.')).toBe('');
    run('sh', '-c', 'DB_PASSWORD=x npx cdk8s synth');
    const objects = parseAllDocuments(readFileSync(join(app, 'dist/shop.k8s.yaml'), 'utf8')).map(document => document.toJS());
    const [secret, pod] = parseAllDocuments(manifests).map(document => document.toJS());

    expect(objects).toEqual([{ ...secret, type: 'Opaque' }, pod]);
  } finally {
    writeFileSync(join(app, 'main.ts'), main);
  }
}, 2 * MINUTES);

test('has every command of docs/cli.md, each with its help', () => {
  const commands = [...readFileSync(installed('docs/cli.md'), 'utf8').matchAll(/^## (\S+)$/gm)].map(([, name]) => name);

  expect(commands).toEqual(expect.arrayContaining(['check', 'import', 'completion']));
  for (const command of commands) expect(run('npx', 'cdk8s-secrets', command, '--help')).toMatch(new RegExp(`^Usage: cdk8s-secrets ${command} `));
}, 2 * MINUTES);

test('is installed as the recipe for a container says, without its peers, and checks a repository', () => {
  const [, flags] = /^RUN npm install --global (.*) "\$PACKAGE"/m.exec(readFileSync(installed('integrations/Containerfile'), 'utf8'))!;
  const prefix = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-container-'));
  const command = join(prefix, 'bin/cdk8s-secrets');
  const bad = join(prefix, 'bad.yaml');
  try {
    run('npm', 'install', '--global', '--prefix', prefix, ...flags.split(' '), '--prefer-offline', tarballs[0]);
    writeFileSync(bad, 'apiVersion: v1\nkind: Secret\nmetadata: { name: db }\ndata: { "a b": eA== }\n');

    expect(readdirSync(join(prefix, 'lib/node_modules'))).toEqual(['cdk8s-secrets']);
    expect(() => run(command, 'check', bad)).toThrow('InvalidKey');
    expect(run(command, 'explain', 'InvalidKey')).toMatch(/^InvalidKey\n/);
    expect(() => run(command, 'import', bad)).toThrow('the command import needs');
  } finally {
    rmSync(prefix, { recursive: true, force: true });
  }
}, 2 * MINUTES);
