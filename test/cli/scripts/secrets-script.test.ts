import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { BINARY, declared, declaredIn, HARD, script, single } from './declared';
import { SHELLS_HERE, SHELLS_MISSING } from './shells';
import { StandIns } from './stand-in';
import { END, NO_TERMINAL, runOnTerminal } from './terminal';
import { SECRET_VERBS, SYSTEMS } from '../../../src/cli/scripts/secrets-script';
import {
  BasicAuthSecret, DeliveryKind, DockerConfigSecret, Secret, SecretBackedFunction, SecretDelivery, SensitiveValue, ServiceAccountTokenSecret,
} from '../../../src/index';
import type { LoggedSecret } from '../../../src/secret/declaration-log';
import { tempFolder } from '../../support/temp-folder';

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

/** What a system's program is called with for one value, and where it has the value from. */
interface Expected {
  readonly prints: string;
  readonly args: Readonly<Record<'create' | 'update', readonly (readonly string[])[]>>;
}

const SERVICES = 'case "$1 $2" in "secret ls") echo api-key ;; esac';
const EXPECTED: Readonly<Record<string, Expected>> = {
  'kubectl': { prints: '', args: { create: [['create', '-f', '-']], update: [['replace', '-f', '-']] } },
  'faas-cli': {
    // As faas-cli does, it reads the file that it is told of, or else its standard input.
    prints: 'for arg; do case $arg in --from-file=*) cat < "${arg#*=}" > "$stdin";; esac; done',
    args: {
      create: [['secret', 'create', 'api-key', '--namespace', 'shop', '--trim=false']],
      update: [['secret', 'update', 'api-key', '--namespace', 'shop', '--trim=false']],
    },
  },
  'docker': {
    prints: SERVICES,
    args: {
      create: [['secret', 'create', 'api-key', '-']],
      update: [
        ['secret', 'ls', '--format', '{{.Name}}'], ['secret', 'create', 'api-key-v2', '-'],
        ['secret', 'ls', '--format', '{{.Name}}'], ['service', 'ls', '--format', '{{.Name}}'],
      ],
    },
  },
  'apolo': {
    prints: 'case $4 in @/dev/stdin) ;; @*) cat < "${4#@}" > "$stdin";; esac',
    args: { create: [['secret', 'add', 'api-key']], update: [['secret', 'add', 'api-key']] },
  },
};

/** An argument by which a program is told of a file, or of its standard input. */
const isFileArgument = (arg: string) => /^(?:--from-file=|@)/.test(arg);

/** The value that a program got, of its standard input. */
function valueIn(name: string, stdin: Buffer): Buffer {
  return name === 'kubectl' ? Buffer.from(JSON.parse(stdin.toString()).data['api-key'], 'base64') : stdin;
}

describe.each(SHELLS_HERE.map(shell => [shell.join(' '), shell]))('run by %s', (_, shell) => {
  describe.each(SOURCES)('the value of %s', (__, value, { files = {}, env = {} }, bytes) => {
    test.each(SYSTEMS.map(({ name }) => name))('gets to %s byte for byte, and never as an argument', name => {
      for (const verb of ['create', 'update'] as const) {
        const standIns = new StandIns(tempFolder(files), { [name]: EXPECTED[name].prints });
        const { status, stderr } = standIns.run(script(verb, name, single('api-key', value('api-key'))), env, shell);
        expect([verb, stderr, status]).toEqual([verb, '', 0]);
        const calls = standIns.calls();
        expect(calls.map(({ args }) => args.filter(arg => !isFileArgument(arg)))).toEqual(EXPECTED[name].args[verb]);
        const told = calls.find(({ stdin }) => stdin.length > 0) ?? calls[0];
        expect(valueIn(name, told.stdin)).toEqual(bytes);
        // A text of one byte may stand in a name as well.
        if (bytes.length > 1) expect(calls.filter(({ args }) => args.some(arg => arg.includes(bytes.toString())))).toEqual([]);
      }
    });
  });
});

for (const shell of SHELLS_MISSING) test.skip(`run by ${shell} (skipped: it is not here)`, () => {});

test.each(SYSTEMS.map(({ name }) => name))('a value that is generated is made by the script for %s; the one before it is asked for', name => {
  const standIns = new StandIns(tempFolder({}), { [name]: EXPECTED[name].prints });
  const made = standIns.run(script('create', name, single('api-key', SensitiveValue.generated({ length: 40 }))));
  expect([made.status, made.stderr]).toEqual([0, '']);
  const { stdin } = standIns.calls().find(call => call.stdin.length > 0)!;
  expect(valueIn(name, stdin).toString()).toMatch(/^[A-Za-z0-9]{40}$/);
  const both = declared(chart => new Secret(chart, 'S', { metadata: { name: 's' }, data: { k: SensitiveValue.generated({ keepPrevious: true }) } }));
  expect(script('create', 'kubectl', both)).toContain("ask 'shop/s, key k-previous'\n");
});

test('kubectl gets a manifest, with the value in base64', () => {
  const standIns = new StandIns(tempFolder({ f: BINARY }), { kubectl: '' });
  standIns.run(script('create', 'kubectl', single('api-key', SensitiveValue.fromFile('f'))));
  expect(JSON.parse(standIns.calls()[0].stdin.toString())).toEqual({
    apiVersion: 'v1', kind: 'Secret', metadata: { name: 'api-key', namespace: 'shop' }, type: 'Opaque', data: { 'api-key': BINARY.toString('base64') },
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

test.each(SHELLS_HERE.map(shell => [shell.join(' '), shell]))('a password with a newline is an error of a docker config, and nothing is done: run by %s', (_, shell) => {
  const secrets = declared(chart => new DockerConfigSecret(chart, 'S', {
    metadata: { name: 'r' }, registries: [{ server: 'r.io', username: SensitiveValue.fromEnvironment('R_USER'), password: SensitiveValue.fromEnvironment('R_PASSWORD') }],
  }));
  const standIns = new StandIns(tempFolder(), { kubectl: '' });
  const { status, stderr } = standIns.run(script('create', 'kubectl', secrets), { R_USER: 'u', R_PASSWORD: 'canary\nsecond' }, shell);
  expect([status, stderr.replace(/^\S+: /, ''), standIns.calls()]).toEqual(
    [1, 'the password of registry "r.io" of shop/r, key .dockerconfigjson holds a control character\n', []]);
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

test('labels come along that the chart, a function, or the name with a hash adds to the Secret', () => {
  const secrets = declaredIn(app => {
    const chart = new Chart(app, 'c', { namespace: 'shop', labels: { app: 'shop' } });
    const delivery = SecretDelivery.manifest();
    const data = { key: SensitiveValue.fromLiteral('canary') };
    new Secret(chart, 'Plain', { metadata: { name: 'plain', labels: { own: 'x' } }, data, delivery });
    const key = new Secret(chart, 'Key', { metadata: { name: 'key' }, data, delivery });
    new SecretBackedFunction(chart, 'Fn', { name: 'fn', image: 'x', secrets: [key] });
    new Secret(chart, 'Hashed', { metadata: { name: 'hashed' }, data, delivery, hashedName: true });
    const later = new Secret(chart, 'Later', { metadata: { name: 'later' }, data, delivery });
    ApiObject.of(later).metadata.addAnnotation('added', 'later');
    new Secret(chart, 'Existing', { metadata: { name: 'existing', labels: { own: 'x' } }, data });
  });
  expect(secrets.map(({ labels, annotations, immutable }) => ({ labels, annotations, immutable }))).toEqual([
    { labels: { app: 'shop', own: 'x' }, annotations: {}, immutable: false },
    { labels: { 'app': 'shop', 'app.kubernetes.io/managed-by': 'openfaas' }, annotations: {}, immutable: false },
    { labels: { 'app': 'shop', 'cdk8s-secrets/hashed-name-of': 'hashed' }, annotations: {}, immutable: true },
    { labels: { app: 'shop' }, annotations: { added: 'later' }, immutable: false },
    { labels: { own: 'x' }, annotations: {}, immutable: false },
  ]);
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

describe('a generated value', () => {
  const password = SensitiveValue.generated();
  const secrets = declared(chart => {
    new Secret(chart, 'A', { metadata: { name: 'a' }, data: { one: password, two: password } });
    new Secret(chart, 'B', { metadata: { name: 'b' }, data: { three: password, other: SensitiveValue.generated() } });
  });

  test('that several keys have is made once', () => {
    const standIns = new StandIns(tempFolder(), { kubectl: '' });
    expect(standIns.run(script('create', 'kubectl', secrets)).stderr).toBe('');
    const [a, b] = standIns.calls().map(({ stdin }) => JSON.parse(stdin.toString()).data);
    expect([a.two, b.three]).toEqual([a.one, a.one]);
    expect(Buffer.from(a.one, 'base64').toString()).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(b.other).not.toBe(a.one);
  });

  test('is the same in all namespaces of a secret', () => {
    const standIns = new StandIns(tempFolder(), { kubectl: '' });
    const of = declared(chart => new Secret(chart, 'A', { metadata: { name: 'a' }, data: { password: SensitiveValue.generated() } }).replicateTo('jobs'));
    expect(standIns.run(script('create', 'kubectl', of)).stderr).toBe('');
    const [here, there] = standIns.calls().map(({ stdin }) => JSON.parse(stdin.toString()));
    expect([here.metadata.namespace, there.metadata.namespace, there.data]).toEqual(['shop', 'jobs', here.data]);
  });

  test('is asked for where a secret that is not written has it too', () => {
    const standIns = new StandIns(tempFolder(), { kubectl: '' });
    const { stderr } = standIns.run(script('update', 'kubectl', secrets.slice(0, 1), true, secrets));
    expect([stderr, standIns.calls()]).toEqual([expect.stringContaining('there is no terminal to ask for the value of shop/a, key one'), []]);
  });

  test('is asked for where others are made of it, which nobody could write without knowing it', () => {
    const of = declared(chart => new Secret(chart, 'S', {
      metadata: { name: 's' }, data: { password, url: SensitiveValue.template('amqp://app:{password}@mq', { password }) },
    }));
    expect(of[0].keys.map(({ origin }) => origin)).toEqual([undefined, undefined]);
  });

  test('is asked for as the password of a registry, which would know nothing of it', () => {
    const of = declared(chart => new DockerConfigSecret(chart, 'S', { registries: [{ username: SensitiveValue.fromEnvironment('R_USER'), password }] }));
    expect(of[0].keys[0].origin?.registries?.map(registry => registry.password)).toEqual([undefined]);
  });
});

test('what is missing is told before anything is asked for', () => {
  const secrets = declared(chart => {
    new Secret(chart, 'A', { metadata: { name: 'a' }, data: { a: SensitiveValue.fromLiteral('canary') } });
    new Secret(chart, 'B', { metadata: { name: 'b' }, data: { b: SensitiveValue.fromEnvironment('NOT_SET') } });
  });
  const standIns = new StandIns(tempFolder(), { docker: '' });
  expect(standIns.run(script('create', 'docker', secrets)).stderr).toMatch(/the variable NOT_SET is not set/);
});

describe('a value without a source', () => {
  const secrets = single('api-key', SensitiveValue.fromLiteral('canary'));

  test.each(SYSTEMS.map(({ name }) => name))('is an error without a terminal, and nothing is done: %s', name => {
    for (const verb of ['create', 'update'] as const) {
      const standIns = new StandIns(tempFolder(), { [name]: '' });
      const { status, stderr } = standIns.run(script(verb, name, secrets));
      expect([status, stderr]).toEqual([1, expect.stringContaining('there is no terminal to ask for the value of shop/api-key, key api-key')]);
      expect(standIns.calls()).toEqual([]);
    }
  });

  const onTerminal = NO_TERMINAL === undefined ? describe.each(SHELLS_HERE.map(shell => [shell.join(' '), shell] as const)) : describe.skip.each([['sh', ['sh']] as const]);
  onTerminal(`on a terminal${NO_TERMINAL === undefined ? '' : ` (skipped: ${NO_TERMINAL})`}, run by %s`, (_, shell) => {
    const typed = async (...answers: string[]) => {
      const standIns = new StandIns(tempFolder(), { docker: '' });
      const { screen, status } = await runOnTerminal(standIns, script('create', 'docker', secrets), answers, {}, shell);
      return { screen, status, values: standIns.calls().map(({ stdin }) => stdin.toString()) };
    };
    const PEM = '-----BEGIN PRIVATE KEY-----\n  MIIBVw"$x`\\n é\n\n-----END PRIVATE KEY-----\n';

    test.each<[string, string[], string]>([
      ['a line', [' typed $x \\n\n'], ' typed $x \\n'],
      ['several lines, after an empty one, with their last newline', ['\n', `${PEM}${END}`], PEM],
      ['several lines without the last newline', ['\n', `${PEM}end${END}${END}`], `${PEM}end`],
      ['one line with its newline', ['\n', `x\n${END}`], 'x\n'],
      ['a line as long as a terminal takes', [`${'x'.repeat(4094)}\n`], 'x'.repeat(4094)],
    ])('%s is read without echo', async (__, answers, value) => {
      const { screen, status, values } = await typed(...answers);
      expect([status, values]).toEqual([0, [value]]);
      expect(screen).toMatch(/^value of shop\/api-key, key api-key \(for several lines press Enter first\): /);
      for (const line of value.split('\n').filter(text => text.trim() !== '')) expect(screen).not.toContain(line.trim());
    });

    test.each<[string, string[], string]>([
      ['nothing', [END], 'no value was given for shop/api-key, key api-key'],
      ['no line after an empty one', ['\n', END], 'no value was given for shop/api-key, key api-key'],
      ['several lines at once', [PEM], 'more than one line was given for shop/api-key, key api-key: press Enter first'],
      ['a line that the terminal cuts', [`${'x'.repeat(5000)}\n`], 'a terminal cuts lines of 4095 bytes'],
      ['lines of which the terminal cuts one', ['\n', `a\n${'x'.repeat(5000)}\n${END}`], 'a terminal cuts lines of 4095 bytes'],
    ])('%s is an error, and nothing is done', async (__, answers, message) => {
      const { screen, status, values } = await typed(...answers);
      expect([status, values]).toEqual([1, []]);
      expect(screen).toContain(message);
      expect(screen).not.toMatch(/MIIBVw|xxx|not found/);
    });
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

const value = SensitiveValue.fromLiteral('canary');
const secretsOf = (keysOf: Readonly<Record<string, readonly string[]>>) => declared(chart => {
  for (const [name, keys] of Object.entries(keysOf)) {
    new Secret(chart, name, { metadata: { name }, data: Object.fromEntries(keys.map(key => [key, value])) });
  }
});
const twoNamespaces = () => declaredIn(app => {
  for (const namespace of ['one', 'two']) new Secret(new Chart(app, namespace, { namespace }), 'S', { metadata: { name: 'key' }, data: { key: value } });
});
const token = () => declared(chart => new ServiceAccountTokenSecret(chart, 'T', {
  metadata: { name: 'token' }, serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'A', 'bob'),
}));

test.each<[string, string, () => LoggedSecret[], string]>([
  ['another key than its name', 'faas-cli', () => secretsOf({ db: ['user'] }), 'OpenFaaS makes secrets of one key, which has the name of the secret'],
  ['two keys', 'faas-cli', () => secretsOf({ db: ['db', 'user'] }), 'OpenFaaS makes secrets of one key'],
  ['a type of its own', 'faas-cli', token, 'OpenFaaS makes secrets of the type Opaque only'],
  ['a key that another one has', 'apolo', () => secretsOf({ db: ['user'], other: ['user'] }), 'a project of Apolo has one secret "user", and shop/other declares that key too'],
  ['the same name in another namespace', 'apolo', twoNamespaces, 'and two/key declares that key too'],
  ['a key that is reserved', 'apolo', () => secretsOf({ db: ['---Neuro---'] }), 'Apolo refuses the key "---Neuro---": Illegal key'],
  ['no key', 'apolo', token, 'the program knows no key of it'],
  ['no key', 'docker', token, 'the program knows no key of it'],
  ['the same name in another namespace', 'docker', twoNamespaces, 'a swarm has one secret "key", and another declared one is that too'],
  ['the name of a key of another one', 'docker', () => secretsOf({ 'a.b': ['a.b'], 'a': ['b'] }), 'a swarm has one secret "a.b"'],
  ['a version that is another one', 'docker', () => secretsOf({ 'key': ['key'], 'key-v2': ['key-v2'] }), 'a swarm has one secret "key", and another declared one is that too, or a version of it'],
  ['a key that ends in a dot', 'docker', () => secretsOf({ db: ['x.'] }), '"db.x." can be no secret of Docker Swarm: only 64'],
  ['too long a name', 'docker', () => secretsOf({ ['x'.repeat(60)]: ['four'] }), 'can be no secret of Docker Swarm: only 64'],
])('a secret with %s is left out for %s with a comment, and refused where it is asked for', (_, name, make, why) => {
  const secrets = make();
  for (const verb of SECRET_VERBS) {
    const text = script(verb, name, secrets);
    expect(text).toMatch(/^# shop\/\S+ is left out: |^# one\/key is left out: /m);
    expect(text).toContain(why);
    expect(new StandIns(tempFolder(), { [name]: '' }).run(text.replace(/^ask .*$/gm, 'answer=x')).stderr).toBe('');
    expect(() => script(verb, name, secrets, true)).toThrow(`cannot be a secret of ${name}: `);
  }
});

describe('kubectl', () => {
  const keyless = (delivery: SecretDelivery) => declared(chart => new Secret(chart, 'S', { metadata: { name: 'db' }, delivery }));

  test.each(['create', 'update'] as const)('makes no empty Secret of one whose keys the program does not know: %s', verb => {
    expect(script(verb, 'kubectl', keyless(SecretDelivery.existing()))).toContain('# shop/db is left out: the program knows no key of it\n');
    expect(() => script(verb, 'kubectl', keyless(SecretDelivery.existing()), true)).toThrow('shop/db cannot be a secret of kubectl: the program knows no key of it');
  });

  test('deletes it, makes an empty one that is declared so, and one that the cluster fills', () => {
    expect(script('delete', 'kubectl', keyless(SecretDelivery.existing()), true)).toContain('\nkubectl delete secret db ');
    expect(script('create', 'kubectl', keyless(SecretDelivery.manifest()), true)).toContain(' kubectl create -f -\n');
    expect(script('create', 'kubectl', token(), true)).toContain(' kubectl create -f -\n');
    expect(script('update', 'kubectl', token(), true)).toContain(' kubectl apply -f -\n');
  });

  test.each(SECRET_VERBS)('tells who else makes a Secret: %s', verb => {
    const secrets = Object.values(DeliveryKind).flatMap(delivery =>
      single('db', SensitiveValue.fromEnvironment('V')).map(secret => ({ ...secret, name: delivery, delivery })));
    const { status, stderr } = new StandIns(tempFolder(), { kubectl: '' }).run(script(verb, 'kubectl', secrets), { V: 'canary' });
    expect([status, stderr.replaceAll(/^\S+: /gm, '')]).toEqual([0, [
      'shop/sealed is also made by the controller of Sealed Secrets, of its SealedSecret, which may undo what is done here\n',
      'shop/sops is also made by whoever decrypts what is in the repository with SOPS, such as Flux, which may undo what is done here\n',
      'shop/external is also made by the External Secrets operator, of what its store holds, which may undo what is done here\n',
      'shop/csi is also made by the Secrets Store CSI driver, for the pods that mount it, which may undo what is done here\n',
      'shop/certificate is also made by cert-manager, of its Certificate, which may undo what is done here\n',
      'shop/vault is also made by the Vault Secrets Operator, of what Vault holds, which may undo what is done here\n',
      'shop/vaultAgent is written into pods by the Vault agent: what it is bound to reads no Secret\n',
      'shop/onePassword is also made by the operator of 1Password, of its item, which may undo what is done here\n',
      'shop/infisical is also made by the operator of Infisical, of what its folder holds, which may undo what is done here\n',
      'shop/secretSync is also made by the Secrets Store Sync controller, of what its store holds, which may undo what is done here\n',
    ].join('')]);
  });
});

test('of two secrets with one name in a swarm or a project, the one that is asked for is taken; never a version that is another secret', () => {
  const secrets = twoNamespaces();
  for (const name of ['docker', 'apolo']) expect(script('delete', name, secrets.slice(0, 1), true, secrets)).toContain('# one/key\n');
  const versions = secretsOf({ 'key': ['key'], 'key-v2': ['key-v2'] });
  expect(() => script('delete', 'docker', versions.slice(0, 1), true, versions)).toThrow('or a version of it');
  expect(script('delete', 'docker', versions.slice(1), true, versions)).toContain('versions=$(swarm_versions key-v2)\n');
});

test.each(SYSTEMS.map(({ name }) => name))('an app that declares no secret is told so: %s', name => {
  const text = script('create', name, []);
  expect(text).toContain('# the app declares no secret\n');
  expect(new StandIns(tempFolder(), {}).run(text)).toMatchObject({ status: 0, stderr: '' });
});

test.each([
  ['faas-cli', ['secret remove a --namespace shop', 'secret remove b --namespace shop']],
  ['apolo', ['secret rm a', 'secret rm b']],
  ['docker', ['secret rm a', 'secret rm b']],
])('%s: a secret that cannot be deleted keeps no other from it, and the script fails', (name, lines) => {
  const standIns = new StandIns(tempFolder(), { [name]: 'case "$*" in "secret ls"*) printf "a\\nb\\n" ;; "secret r"*" a"*) echo "no a" >&2; exit 3 ;; esac' });
  expect(standIns.run(script('delete', name, secretsOf({ a: ['a'], b: ['b'] })))).toMatchObject({ status: 1, stderr: 'no a\n' });
  expect(standIns.calls().map(({ args }) => args.join(' ')).filter(line => !line.startsWith('secret ls'))).toEqual(lines);
});

test.each(['update', 'delete'] as const)('a swarm that cannot be asked is an error: %s', verb => {
  for (const shell of SHELLS_HERE) {
    const standIns = new StandIns(tempFolder(), { docker: 'echo "no daemon" >&2; exit 1' });
    const { status, stderr } = standIns.run(script(verb, 'docker', single('a', SensitiveValue.fromEnvironment('V'))), { V: 'x' }, shell);
    expect([shell, status, stderr]).toEqual([shell, 1, 'no daemon\n']);
    expect(standIns.calls()).toHaveLength(1);
  }
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
