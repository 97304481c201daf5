import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, Chart } from 'cdk8s';
import { StandIns } from './stand-in';
import { SECRET_VERBS, secretsScript, SYSTEMS } from '../../../src/cli/scripts/secrets-script';
import { BasicAuthSecret, DockerConfigSecret, Secret, SecretDelivery, SensitiveValue } from '../../../src/index';
import { loggedSecrets, type LoggedSecret } from '../../../src/secret/declaration-log';
import { SecretRegistry } from '../../../src/secret/secret-registry';
import { tempFolder } from '../../support/temp-folder';

const system = (name: string) => SYSTEMS.find(candidate => candidate.name === name)!;
const script = (verb: typeof SECRET_VERBS[number], name: string, secrets: readonly LoggedSecret[], named = false) =>
  secretsScript(verb, system(name), secrets, { named });

/** What a chart declares, as commands hear of it. */
function declared(fill: (chart: Chart) => void): LoggedSecret[] {
  const app = new App();
  SecretDelivery.existing().useFor(app);
  fill(new Chart(app, 'c', { namespace: 'shop' }));
  return loggedSecrets(SecretRegistry.of(app).all());
}

/** One secret of one key, named like it. */
const single = (name: string, value: SensitiveValue) => declared(chart => new Secret(chart, 'S', { metadata: { name }, data: { [name]: value } }));

const BINARY = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
const HARD = 'a $HOME `id` "q" \'s\' \\n %s *\nsecond line\ttab é \u{1f511} ';

/** What a script finds where it is run. */
interface Surroundings {
  readonly files?: Record<string, Buffer | string>;
  readonly env?: Record<string, string>;
}

const SOURCES: readonly [string, (name: string) => SensitiveValue, Surroundings, Buffer][] = [
  ['a variable', () => SensitiveValue.fromEnvironment('VALUE'), { env: { VALUE: HARD } }, Buffer.from(HARD)],
  ['a binary file', () => SensitiveValue.fromFile('value.bin'), { files: { 'value.bin': BINARY } }, BINARY],
  ['a file with a comma and an equals sign in its name', () => SensitiveValue.fromFile('a,b=c $d'), { files: { 'a,b=c $d': HARD } }, Buffer.from(HARD)],
  ['a file that looks like an option', () => SensitiveValue.fromFile('-f'), { files: { '-f': 'x' } }, Buffer.from('x')],
  ['a file in a folder named ~', () => SensitiveValue.fromFile('~/x'), { files: { '~/x': 'x' } }, Buffer.from('x')],
  ['a file without its newline', () => SensitiveValue.fromFile('v', { trimNewline: true }), { files: { v: 'two\n\n' } }, Buffer.from('two\n')],
  ['a file without its newline of Windows', () => SensitiveValue.fromFile('v', { trimNewline: true }),
    { files: { v: Buffer.concat([BINARY, Buffer.from('\r\n')]) } }, BINARY],
  ['a file that is just a newline', () => SensitiveValue.fromFile('v', { trimNewline: true }), { files: { v: '\n' } }, Buffer.alloc(0)],
];

describe.each(SOURCES)('from %s', (_, value, { files = {}, env = {} }, bytes) => {
  const run = (name: string, programs: Record<string, string>, verb: 'create' | 'update' = 'create') => {
    const standIns = new StandIns(tempFolder(files), programs);
    const text = script(verb, name, single('api-key', value('api-key')));
    const { status, stderr } = standIns.run(text, env);
    expect([stderr, status]).toEqual(['', 0]);
    return { calls: standIns.calls(), text };
  };
  const neverAnArgument = (calls: readonly { args: readonly string[] }[]) =>
    expect(bytes.length > 1 && calls.some(({ args }) => args.some(arg => arg.includes(bytes.toString())))).toBe(false);

  test.each(['create', 'update'] as const)('kubectl gets the value in base64 on its standard input: %s', verb => {
    const { calls } = run('kubectl', { kubectl: '' }, verb);
    expect(calls.map(({ args }) => args)).toEqual([[verb === 'create' ? 'create' : 'replace', '-f', '-']]);
    expect(JSON.parse(calls[0].stdin.toString())).toEqual({
      apiVersion: 'v1', kind: 'Secret', metadata: { name: 'api-key', namespace: 'shop' }, type: 'Opaque', data: { 'api-key': bytes.toString('base64') },
    });
    neverAnArgument(calls);
  });

  test('faas-cli gets the value on its standard input, or the file', () => {
    const { calls: [{ args, stdin }] } = run('faas-cli', { 'faas-cli': 'for arg; do case $arg in --from-file=*) cat < "${arg#*=}" > "$stdin";; esac; done' });
    expect(args.slice(0, 6)).toEqual(['secret', 'create', 'api-key', '--namespace', 'shop', '--trim=false']);
    expect(stdin).toEqual(bytes);
    neverAnArgument([{ args }]);
  });

  test('docker gets the value on its standard input', () => {
    const { calls } = run('docker', { docker: '' });
    expect(calls).toEqual([{ program: 'docker', args: ['secret', 'create', 'api-key', '-'], stdin: bytes }]);
  });

  test('apolo gets the value on its standard input, or the file', () => {
    const { calls: [{ args, stdin }] } = run('apolo', { apolo: 'case $4 in @/dev/stdin) ;; @*) cat < "${4#@}" > "$stdin";; esac' });
    expect(args.slice(0, 3)).toEqual(['secret', 'add', 'api-key']);
    expect(stdin).toEqual(bytes);
    neverAnArgument([{ args }]);
  });
});

test('an env file goes to kubectl as one, with labels, annotations and type; the others get its values', () => {
  const env = '# comment\n\uFEFF\n A=one two \r\nB="q"=$x\nC\n';
  const files = { 'db.env': env.replace('\uFEFF\n', '') };
  const secrets = (folder: string) => declared(chart => Secret.fromEnvFile(chart, 'S', `${folder}/db.env`, {
    metadata: { name: 'db', labels: { team: 'a' }, annotations: { note: "it's" } }, keys: ['A', 'B', 'C'], immutable: true,
  }));
  const folder = tempFolder(files);
  const standIns = new StandIns(folder, { docker: '', kubectl: 'cat < "$stdin"' });
  expect(standIns.run(script('create', 'docker', secrets(folder)), { C: 'see' }).stderr).toBe('');
  expect(standIns.calls().map(({ args, stdin }) => [args.at(-2), stdin.toString()])).toEqual([['db.A', 'one two '], ['db.B', '"q"=$x'], ['db.C', 'see']]);

  const unset = standIns.run(script('create', 'kubectl', secrets(folder)));
  expect([unset.status, unset.stderr]).toEqual([1, expect.stringContaining('the variable C, which')]);
  expect(standIns.calls()).toHaveLength(3);

  const kubectl = new StandIns(folder, { kubectl: '' });
  kubectl.run(script('create', 'kubectl', secrets(folder)), { C: 'see' });
  expect(kubectl.calls().map(({ args }) => args).sort()).toEqual([
    ['create', '-f', '-'],
    ['create', 'secret', 'generic', 'db', '--namespace', 'shop', '--type', 'Opaque', `--from-env-file=${folder}/db.env`, '--dry-run=client', '-o', 'json'],
    ['patch', '--local', '-f', '-', '--type', 'merge', '-p', '{"metadata":{"labels":{"team":"a"},"annotations":{"note":"it\'s"}},"immutable":true}', '-o', 'json'],
  ]);
});

test('a folder gives each of its files', () => {
  const folder = tempFolder({ 'a.txt': 'one\n', '.b': BINARY });
  const standIns = new StandIns(folder, { docker: '' });
  standIns.run(script('create', 'docker', declared(chart => Secret.fromDirectory(chart, 'S', folder, { metadata: { name: 'd' } }))));
  expect(standIns.calls().map(({ args, stdin }) => [args[2], stdin])).toEqual([['d..b', BINARY], ['d.a.txt', Buffer.from('one\n')]]);
});

test('a docker config is made as kubectl makes it, of user name and password', () => {
  const folder = tempFolder({ password: 'p"\\<&>é\n' });
  const secrets = declared(chart => new DockerConfigSecret(chart, 'S', {
    metadata: { name: 'r' },
    registries: [
      { server: 'r.io', username: SensitiveValue.fromEnvironment('R_USER'), password: SensitiveValue.fromFile('password', { trimNewline: true }), email: 'a@b' },
      { server: 'a.io', username: SensitiveValue.fromEnvironment('R_USER'), password: SensitiveValue.fromEnvironment('A_PASSWORD') },
    ],
  }));
  const standIns = new StandIns(folder, { kubectl: '' });
  expect(standIns.run(script('create', 'kubectl', secrets), { R_USER: 'u', A_PASSWORD: 'x' }).stderr).toBe('');
  const { data, type } = JSON.parse(standIns.calls()[0].stdin.toString());
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  expect([type, Buffer.from(data['.dockerconfigjson'], 'base64').toString()]).toEqual(['kubernetes.io/dockerconfigjson',
    `{"auths":{"a.io":{"username":"u","password":"x","auth":"${base64('u:x')}"},`
    + `"r.io":{"username":"u","password":"p\\"\\\\\\u003c\\u0026\\u003eé","email":"a@b","auth":"${base64('u:p"\\<&>é')}"}}}`]);
});

test('type, labels, annotations and immutability come along; an immutable secret is updated by making it again', () => {
  const secrets = declared(chart => new BasicAuthSecret(chart, 'S', {
    metadata: { name: 'db', labels: { 'a/b': 'c' }, annotations: { x: '$(id) "y" \'z\'\n' } },
    immutable: true,
    username: SensitiveValue.fromEnvironment('USER_NAME'),
    password: SensitiveValue.fromEnvironment('PASSWORD'),
  }));
  const standIns = new StandIns(tempFolder(), { kubectl: '' });
  expect(standIns.run(script('update', 'kubectl', secrets), { USER_NAME: 'u', PASSWORD: 'p' })).toMatchObject({ status: 0, stderr: '' });
  const calls = standIns.calls();
  expect(calls.map(({ args }) => args)).toEqual([['delete', 'secret', 'db', '--namespace', 'shop', '--ignore-not-found'], ['create', '-f', '-']]);
  expect(JSON.parse(calls[1].stdin.toString())).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db', namespace: 'shop', labels: { 'a/b': 'c' }, annotations: { x: '$(id) "y" \'z\'\n' } },
    type: 'kubernetes.io/basic-auth',
    immutable: true,
    data: { username: 'dQ==', password: 'cA==' },
  });
});

test.each<[string, string[][]]>([
  ['kubectl', [['delete', 'secret', 'api-key', '--namespace', 'shop', '--ignore-not-found']]],
  ['faas-cli', [['secret', 'remove', 'api-key', '--namespace', 'shop']]],
  ['docker', [['secret', 'ls', '--format', '{{.Name}}'], ['secret', 'rm', 'api-key'], ['secret', 'rm', 'api-key-v2']]],
  ['apolo', [['secret', 'rm', 'api-key']]],
])('%s deletes without a value', (name, args) => {
  const standIns = new StandIns(tempFolder(), { [name]: 'case "$*" in "secret ls"*) printf "api-key\\napi-key-v2\\napi-key-vx\\nother\\n";; esac' });
  expect(standIns.run(script('delete', name, single('api-key', SensitiveValue.fromLiteral('canary'))))).toMatchObject({ status: 0, stderr: '' });
  expect(standIns.calls().map(call => call.args)).toEqual(args);
});

test('a swarm gets a new version, and every service that has an older one is given it at the same place', () => {
  const docker = String.raw`case "$1 $2" in
    'secret ls') printf 'api-key\napi-key-v9\napi-key-v10\napi-key-old\n' ;;
    'service ls') printf 'fn\nother\n' ;;
    'service inspect') [ "$5" != fn ] || printf 'api-key-v10 0 12000 400 /var/openfaas/secrets/api key\nelse 0 0 444 x\n\n' ;;
  esac`;
  const standIns = new StandIns(tempFolder(), { docker });
  expect(standIns.run(script('update', 'docker', single('api-key', SensitiveValue.fromEnvironment('V'))), { V: 'canary' })).toMatchObject({ status: 0, stderr: '' });
  const calls = standIns.calls().filter(({ args }) => ['create', 'update'].includes(args[1]));
  expect(calls.map(({ args }) => args)).toEqual([
    ['secret', 'create', 'api-key-v11', '-'],
    ['service', 'update', '--secret-rm', 'api-key-v10', '--secret-add', 'source=api-key-v11,target=/var/openfaas/secrets/api key,uid=0,gid=12000,mode=0400', 'fn'],
  ]);
  expect(calls[0].stdin.toString()).toBe('canary');
});

describe('a value without a source', () => {
  const secrets = single('api-key', SensitiveValue.fromLiteral('canary'));

  test.each(SYSTEMS.map(({ name }) => name))('is an error without a terminal, and nothing is done: %s', name => {
    const standIns = new StandIns(tempFolder(), { [name]: '' });
    const { status, stderr } = standIns.run(script('create', name, secrets));
    expect([status, stderr]).toEqual([1, expect.stringContaining('there is no terminal to ask for the value of shop/api-key, key api-key')]);
    expect(standIns.calls()).toEqual([]);
  });

  test('is read from the terminal without echo', () => {
    const standIns = new StandIns(tempFolder(), { docker: '' });
    const { stdout } = standIns.runOnTerminal(script('create', 'docker', secrets), ' typed $x \\n\n');
    expect(standIns.calls().map(({ stdin }) => stdin.toString())).toEqual([' typed $x \\n']);
    expect(stdout).toContain('value of shop/api-key, key api-key: ');
  });
});

test.each<[string, SensitiveValue]>([
  ['a variable that is not set', SensitiveValue.fromEnvironment('NOT_SET')],
  ['a file that is not there', SensitiveValue.fromFile('missing')],
  ['a folder in the place of a file', SensitiveValue.fromFile('.')],
])('%s is an error before anything is done', (_, value) => {
  for (const { name } of SYSTEMS) {
    const standIns = new StandIns(tempFolder(), { [name]: '' });
    expect(standIns.run(script('create', name, single('api-key', value)))).toMatchObject({ status: 1 });
    expect(standIns.calls()).toEqual([]);
  }
});

test('what a system cannot have is left out with a comment, and refused where it is asked for', () => {
  const secrets = declared(chart => {
    new Secret(chart, 'S', { metadata: { name: 'db' }, data: { user: SensitiveValue.fromLiteral('canary'), password: SensitiveValue.fromLiteral('canary') } });
    new Secret(chart, 'T', { metadata: { name: 'other' }, data: { user: SensitiveValue.fromLiteral('canary') } });
  });
  expect(script('create', 'faas-cli', secrets)).toContain('# shop/db is left out: OpenFaaS makes secrets of one key');
  expect(() => script('create', 'faas-cli', secrets, true)).toThrow('shop/db cannot be a secret of faas-cli');
  expect(() => script('create', 'apolo', secrets, true)).toThrow('shop/other declares that key too');
});

test('a variable whose name a shell would run is refused, and not shown', () => {
  const secrets = single('api-key', SensitiveValue.fromEnvironment('X}$(touch canary)'));
  for (const { name } of SYSTEMS) {
    expect(() => script('create', name, secrets)).toThrow(/no shell has a variable/);
    expect(() => script('create', name, secrets)).not.toThrow(/canary/);
  }
});

test.each(SYSTEMS.map(({ name }) => name))('no script for %s holds a value', name => {
  const secrets = declared(chart => {
    new Secret(chart, 'S', { metadata: { name: 'api-key' }, data: { 'api-key': SensitiveValue.fromLiteral('canary') } });
    new Secret(chart, 'B', { metadata: { name: 'b' }, data: { b: SensitiveValue.fromBase64(Buffer.from('canary').toString('base64')) } });
  });
  for (const verb of SECRET_VERBS) expect(script(verb, name, secrets)).not.toMatch(/canary|Y2FuYXJ5/);
});

const hasKubectl = (() => {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
})();

(hasKubectl ? describe : describe.skip)(`kubectl itself${hasKubectl ? '' : ' (skipped: there is no kubectl here)'}`, () => {
  /** What kubectl asks a cluster before a dry run: which kinds there are. */
  const discovery: Record<string, object> = {
    '/api': { kind: 'APIVersions', versions: ['v1'] },
    '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [] },
    '/api/v1': { kind: 'APIResourceList', groupVersion: 'v1', resources: [{ name: 'secrets', singularName: 'secret', namespaced: true, kind: 'Secret', verbs: ['create', 'get'] }] },
  };
  const server = createServer((request, response) => {
    const found = discovery[request.url!.split('?')[0]];
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? {}));
  });
  beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => server.close());

  test('makes the secrets that were declared', async () => {
    const folder = tempFolder({ 'a,b=c': BINARY, 'db.env': 'A=one\nB=$two\n' });
    const secrets = declared(chart => {
      new Secret(chart, 'S', {
        metadata: { name: 's', labels: { l: 'v' }, annotations: { n: "it's" } },
        type: 'example.com/a',
        immutable: true,
        data: { a: SensitiveValue.fromFile('a,b=c'), b: SensitiveValue.fromEnvironment('B') },
      });
      Secret.fromEnvFile(chart, 'E', `${folder}/db.env`, { metadata: { name: 'e', labels: { l: 'v' } } });
    });
    const real = execFileSync('sh', ['-c', 'command -v kubectl'], { encoding: 'utf8' }).trim();
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const dryRun = String.raw`case "$*" in
      'create -f -') '${real}' --server ${address} --cache-dir . create --dry-run=client --validate=false -o json -f - < "$stdin" >> made.json ;;
      *) '${real}' "$@" < "$stdin" ;;
    esac`;
    const standIns = new StandIns(folder, { kubectl: dryRun });
    const result = await standIns.runWithout(script('create', 'kubectl', secrets), { B: HARD, HOME: folder });
    expect(result).toEqual({ status: 0, stderr: '' });
    const made = JSON.parse(`[${standIns.read('made.json').trim().replaceAll('\n}\n{', '\n},\n{')}]`);
    expect(made.map(({ data, type, immutable, metadata: { name, namespace, labels, annotations } }: any) =>
      ({ name, namespace, labels, annotations, type, immutable, data }))).toEqual([
      {
        name: 's',
        namespace: 'shop',
        labels: { l: 'v' },
        annotations: { n: "it's" },
        type: 'example.com/a',
        immutable: true,
        data: { a: BINARY.toString('base64'), b: Buffer.from(HARD).toString('base64') },
      },
      { name: 'e', namespace: 'shop', labels: { l: 'v' }, type: 'Opaque', data: { A: 'b25l', B: 'JHR3bw==' } },
    ]);
  }, 60_000);
});
