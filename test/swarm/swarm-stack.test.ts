import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import fc from 'fast-check';
import { parse } from 'yaml';
import { stackConfigProblems } from './stack-schema';
import { portableName, swarmName } from '../../src/kubernetes/portable-name';
import { Secret } from '../../src/secret/secret';
import { dockerCpus, dockerMemory } from '../../src/swarm/docker-units';
import { stackDocument, type StackModel, type StackService } from '../../src/swarm/stack-model';
import { stackProblems } from '../../src/swarm/stack-rules';
import { SwarmSecretSource } from '../../src/swarm/swarm-secret-source';
import { SwarmStack, type SwarmFunctionOptions } from '../../src/swarm/swarm-stack';
import { SensitiveValue } from '../../src/value/sensitive-value';
import { SecretBackedFunction, type SecretBackedFunctionProps } from '../../src/workload/secret-backed-function';

let folder: string;
let chart: Chart;
let count: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'swarm-'));
  chart = new Chart(Testing.app(), 'c', { namespace: 'openfaas-fn' });
  count = 0;
});

afterEach(() => rmSync(folder, { recursive: true }));

function secret(name: string, ...keys: string[]): Secret {
  const data = Object.fromEntries((keys.length === 0 ? [name] : keys).map(key => [key, SensitiveValue.fromLiteral('v')]));
  return new Secret(chart, name, { metadata: { name }, data });
}

function fn(props: Partial<SecretBackedFunctionProps> = {}): SecretBackedFunction {
  return new SecretBackedFunction(chart, `F${count++}`, { name: 'protectedapi', image: 'functions/api-key-protected:latest', ...props });
}

function services(stack: SwarmStack): any {
  return parse(stack.toYaml()).services;
}

/** What a whole function becomes: everything that there is. */
function everything(): { function: SecretBackedFunction; options: SwarmFunctionOptions } {
  return {
    function: fn({
      secrets: [secret('secret-api-key'), secret('db', 'user', 'password')],
      fprocess: './handler',
      environment: { A: 'a$b${c}' },
      labels: { 'com.openfaas.scale.min': '2', 'canary': 'true' },
      annotations: { topic: 'kafka.payments' },
      constraints: ['disk=ssd'],
      limits: { memory: '40Mi', cpu: '100m' },
      requests: { memory: '20M' },
      readOnlyRootFilesystem: true,
    }),
    options: { uid: '12000', gid: '12000', mode: '0400' },
  };
}

test('a function is the service that OpenFaaS makes of it on Docker Swarm', () => {
  const { function: f, options } = everything();
  const stack = new SwarmStack();
  stack.addFunction(f, options);
  const owned = { uid: '12000', gid: '12000', mode: 0o400 };
  const labels = {
    'com.openfaas.function': 'protectedapi',
    'function': 'true',
    'com.openfaas.scale.min': '2',
    'canary': 'true',
    'com.openfaas.annotations.topic': 'kafka.payments',
  };
  expect(parse(stack.toYaml())).toEqual({
    version: '3.8',
    services: {
      protectedapi: {
        image: 'functions/api-key-protected:latest',
        read_only: true,
        tmpfs: ['/tmp'],
        environment: { fprocess: './handler', A: 'a$$b$${c}' },
        labels,
        networks: ['functions'],
        secrets: [
          { source: 'secret-api-key', target: '/var/openfaas/secrets/secret-api-key', ...owned },
          { source: 'db.password', target: '/var/openfaas/secrets/password', ...owned },
          { source: 'db.user', target: '/var/openfaas/secrets/user', ...owned },
        ],
        deploy: {
          mode: 'replicated',
          replicas: 2,
          labels,
          update_config: { parallelism: 1, order: 'start-first', failure_action: 'rollback' },
          restart_policy: { condition: 'any', delay: '5s', max_attempts: 5 },
          placement: { constraints: ['node.labels.disk == ssd'] },
          resources: { limits: { memory: '40M', cpus: '0.1' }, reservations: { memory: '20000000B' } },
        },
      },
    },
    secrets: { 'db.password': { external: true }, 'db.user': { external: true }, 'secret-api-key': { external: true } },
    networks: { functions: { external: true, name: 'func_functions' } },
  });
});

test('without anything to say, nothing is said', () => {
  expect(services(new SwarmStack({ functions: [fn()] })).protectedapi).toEqual({
    image: 'functions/api-key-protected:latest',
    labels: { 'com.openfaas.function': 'protectedapi', 'function': 'true' },
    networks: ['functions'],
    deploy: expect.objectContaining({ replicas: 1, placement: { constraints: ['node.platform.os == linux'] } }),
  });
});

test('docker-type secrets are left to docker login, and the legacy path holds here too', () => {
  const pull = new Secret(chart, 'Pull', { type: 'kubernetes.io/dockercfg', data: { '.dockercfg': SensitiveValue.fromLiteral('{}') } });
  const stack = new SwarmStack({ functions: [fn({ secrets: [pull, secret('s')], legacySecretsPath: true })] });
  expect(services(stack).protectedapi).toMatchObject({
    environment: { secret_mount_path: '/run/secrets/' },
    secrets: [{ source: 's', target: '/run/secrets/s' }],
  });
});

test('a secret whose keys are not known has one, named like it', () => {
  const others = Secret.fromSecretName(chart, 'O', 'others');
  expect(services(new SwarmStack({ functions: [fn({ secrets: [others] })] })).protectedapi.secrets).toMatchObject([{ source: 'others' }]);
});

describe('commands', () => {
  test('they take every value from where it is, and hold none', () => {
    const data = {
      'from-file': SensitiveValue.fromFile('it\'s a file.txt'),
      'trimmed': SensitiveValue.fromFile('-t.txt', { trimNewline: true }),
      'from-env': SensitiveValue.fromEnvironment('DB_PASSWORD'),
      'literal': SensitiveValue.fromLiteral('c4n4ry'),
      's': SensitiveValue.fromBase64(Buffer.from('c4n4ry').toString('base64')),
    };
    const s = new Secret(chart, 'S', { metadata: { name: 's' }, data });
    expect(new SwarmStack({ functions: [fn({ secrets: [s, Secret.fromSecretName(chart, 'O', 'others')] })] }).secretCommands()).toEqual([
      'docker secret create others -',
      'docker secret create s -',
      ': "${DB_PASSWORD:?}" && printf %s "$DB_PASSWORD" | docker secret create s.from-env -',
      "docker secret create s.from-file 'it'\\''s a file.txt'",
      'docker secret create s.literal -',
      expect.stringMatching(/^LC_ALL=C awk '[^']+' \.\/-t\.txt \| docker secret create s\.trimmed -$/),
    ]);
  });
});

describe('Compose', () => {
  test('the same container runs at a port of the machine, with the same files', () => {
    writeFileSync(join(folder, 's'), 'v');
    const stack = new SwarmStack({
      functions: [fn({ name: 'a', secrets: [secret('s')], limits: { memory: '1Gi' } }), fn({ name: 'b' })],
      secrets: SwarmSecretSource.files(folder),
    });
    expect(parse(stack.toComposeYaml())).toEqual({
      services: {
        a: {
          image: 'functions/api-key-protected:latest',
          labels: { 'com.openfaas.function': 'a', 'function': 'true' },
          secrets: [{ source: 's', target: '/var/openfaas/secrets/s', uid: '0', gid: '0', mode: 0o444 }],
          ports: ['127.0.0.1:8080:8080'],
          deploy: { resources: { limits: { memory: '1G' } } },
        },
        b: {
          image: 'functions/api-key-protected:latest',
          labels: { 'com.openfaas.function': 'b', 'function': 'true' },
          ports: ['127.0.0.1:8081:8080'],
        },
      },
      secrets: { s: { file: join(folder, 's') } },
    });
  });

  test('fails where the secrets are in the swarm', () => {
    expect(() => new SwarmStack({ functions: [fn({ secrets: [secret('s')] })] }).toComposeYaml())
      .toThrow(expect.objectContaining({ code: 'InvalidSwarmStack', problem: expect.objectContaining({ message: 'the secret "s" is in the swarm; Docker Compose has no access to it' }) }));
  });
});

describe('what Docker tells only when the stack is deployed', () => {
  test.each([
    ['is missing', undefined, 'FileUnreadable'],
    ['is empty', 0, 'InvalidSwarmStack'],
    ['is too large', 512_000, 'InvalidSwarmStack'],
  ])('fails when the file of a secret %s', (_, size, code) => {
    if (size !== undefined) writeFileSync(join(folder, 's'), Buffer.alloc(size));
    const stack = new SwarmStack({ functions: [fn({ secrets: [secret('s')] })], secrets: SwarmSecretSource.files(folder) });
    expect(() => stack.toYaml()).toThrow(expect.objectContaining({ code }));
  });

  test('the largest file is taken', () => {
    writeFileSync(join(folder, 's'), Buffer.alloc(511_999));
    expect(() => new SwarmStack({ functions: [fn({ secrets: [secret('s')] })], secrets: SwarmSecretSource.files(folder) }).toYaml()).not.toThrow();
  });

  const service: StackService = {
    name: 'f', image: 'x', environment: {}, labels: {}, secrets: [], readOnly: false, constraints: [], replicas: 1, limits: {}, reservations: {}, port: 8080,
  };
  const reference = { source: 's', target: '/t', uid: '0', gid: '0', mode: 0o444 };
  const declared = new Map([['s', { entry: { external: true } }]]);
  const model = (changes: Partial<StackService>, secrets: StackModel['secrets'] = declared): StackModel =>
    ({ services: [{ ...service, ...changes }], secrets, network: 'n' });

  test.each<[string, StackModel, string]>([
    ['a secret that the file does not declare', model({ secrets: [reference] }, new Map()), 'service "f" uses the secret "s", which the file does not declare'],
    ['two secrets at one path', model({ secrets: [reference, reference] }), 'service "f" has two secrets at "/t"'],
    ['a relative path', model({ secrets: [{ ...reference, target: 't' }] }), 'service "f": the target "t" must be an absolute path'],
    ['a user by name', model({ secrets: [{ ...reference, uid: 'root' }] }), 'service "f": "root" is no numeric user or group'],
    ['a constraint of Kubernetes', model({ constraints: ['lowmem'] }), 'service "f": "lowmem" is no placement constraint'],
    ['no image', model({ image: '' }), 'service "f" has no image'],
    ['a name that is no key', model({ name: 'a b' }), 'service "a b" has a name that is no key of a stack file'],
    ['half a replica', model({ replicas: 0.5 }), 'service "f" has no whole number of replicas'],
    ['two services of one name', { ...model({}), services: [service, service] }, 'two services are called "f"'],
    ['a name that no secret can have', model({}, new Map([['a_', { entry: {} }]])),
      '"a_" can be no secret of Docker Swarm: only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]'],
  ])('%s', (_, stack, problem) => {
    expect(stackProblems(stack)).toEqual([expect.objectContaining({ code: 'InvalidSwarmStack', message: problem })]);
  });

  test('all problems are said at once', () => {
    const stack = new SwarmStack({ functions: [fn({ name: 'a', secrets: [secret('x'.repeat(65))] })] });
    stack.addFunction(fn({ name: 'b' }), { constraints: ['x', 'y'] });
    expect(() => stack.toYaml()).toThrow(/^InvalidSwarmStack: 3 problems\n/);
  });

  test.each<[string, Partial<SecretBackedFunctionProps>, SwarmFunctionOptions, string]>([
    ['a quantity of nothing', { requests: { cpu: '0' } }, {}, 'InvalidSwarmStack'],
    ['a mode that is none', {}, { mode: '999' }, 'InvalidMode'],
  ])('fails on %s', (_, props, options, code) => {
    expect(() => new SwarmStack().addFunction(fn(props), options)).toThrow(expect.objectContaining({ code, constructPath: 'c/F0' }));
  });

  test('fails when secrets of two namespaces would be one secret of the swarm', () => {
    const other = new Chart(Testing.app(), 'd', { namespace: 'other' });
    const theirs = new Secret(other, 'S', { metadata: { name: 's' }, data: { s: SensitiveValue.fromLiteral('w') } });
    const stack = new SwarmStack({ functions: [fn({ name: 'a', secrets: [secret('s')] })] });
    expect(() => stack.addFunction(new SecretBackedFunction(other, 'F', { name: 'b', image: 'x', secrets: [theirs] })))
      .toThrow(expect.objectContaining({ code: 'InvalidSwarmStack', problem: expect.objectContaining({ message: 'the secrets "c/s" and "d/S" would both be "s"' }) }));
  });
});

/** The cases of a recorded run of `docker stack config`. */
const recorded = readFileSync(join(__dirname, 'fixtures/docker-stack-config.txt'), 'utf8').split(/^##### (?=\w+\.yml)/m).slice(1).map(part => {
  const [head, output] = part.split('##### output\n');
  return [head.slice(0, head.indexOf('\n')), head.slice(head.indexOf('\n') + 1), output.trim()] as const;
});

describe('the stand-in for docker stack config', () => {
  test.each(recorded)('says of %s what Docker said', (_, file, output) => {
    const problems = stackConfigProblems(file);
    if (output.endsWith('rc=0')) expect(problems).toEqual([]);
    else expect(problems).toContain(output.replace(/\nrc=1$/, ''));
  });
});

const docker = spawnSync('docker', ['stack', 'config', '--help']).status === 0;
const testWithDocker = docker ? test : test.skip;
const where = docker ? '' : ' (skipped: the docker command is missing; the stand-in above has checked the same files)';

/** Files that everything there is goes into. */
function outputs(): string[] {
  mkdirSync(join(folder, 'secrets'));
  for (const name of ['secret-api-key', 'db.user', 'db.password']) writeFileSync(join(folder, 'secrets', name), 'v');
  const { function: f, options } = everything();
  const plain = fn({ name: 'plain' });
  return [SwarmSecretSource.external(), SwarmSecretSource.files(join(folder, 'secrets'))].flatMap((source, index) => {
    const stack = new SwarmStack({ secrets: source, functions: [plain] });
    stack.addFunction(f, options);
    return index === 0 ? [stack.toYaml()] : [stack.toYaml(), stack.toComposeYaml()];
  });
}

/** The files of the example. */
const examples = ['stack.yml', 'compose.yml'].map(name => join(__dirname, '../../examples/swarm-stack/__snapshots__', name));

test('the stand-in accepts every output, and the files of the example', () => {
  expect([...outputs(), ...examples.map(path => readFileSync(path, 'utf8'))].flatMap(stackConfigProblems)).toEqual([]);
});

testWithDocker(`docker stack config accepts the files of the example${where}`, () => {
  expect(examples.map(path => spawnSync('docker', ['stack', 'config', '-c', path]).status)).toEqual([0, 0]);
}, 60_000);

testWithDocker(`docker stack config accepts every output, and reads what was meant${where}`, () => {
  for (const [index, output] of outputs().entries()) {
    const path = join(folder, `${index}.yml`);
    writeFileSync(path, output);
    const { status, stdout, stderr } = spawnSync('docker', ['stack', 'config', '-c', path], { encoding: 'utf8' });
    // A swarm can not serve a port on one address, as Compose can.
    const complaints = stderr.split('\n').filter(line => line !== '' && !line.includes('ignoring IP-address'));
    expect({ status, complaints }).toEqual({ status: 0, complaints: [] });
    const { protectedapi } = parse(stdout).services;
    expect(protectedapi.environment.A).toBe('a$b${c}');
    expect(protectedapi.secrets[0].mode).toBe(0o400);
    expect(protectedapi.deploy.resources.limits).toEqual({ cpus: '0.1', memory: '41943040' });
    expect(protectedapi.deploy.resources.reservations).toEqual({ memory: '20000000' });
  }
}, 60_000);

testWithDocker(`docker stack config reads any text as it was meant${where}`, () => {
  // No ends of lines: of those docker prints some otherwise than it has read them.
  const text = fc.string({ unit: fc.constantFrom(...'$${}:-_aA0 "\'#\\é'.split('')), maxLength: 12 });
  const [values] = fc.sample(fc.array(text, { minLength: 300, maxLength: 300 }), { numRuns: 1, seed: 1 });
  const environment = Object.fromEntries(values.map((value, index) => [`V${index}`, value]));
  const path = join(folder, 'texts.yml');
  writeFileSync(path, new SwarmStack({ functions: [fn({ environment })] }).toYaml());
  const { status, stdout, stderr } = spawnSync('docker', ['stack', 'config', '-c', path], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(parse(stdout, { version: '1.1' }).services.protectedapi.environment).toEqual(environment);
}, 60_000);

test('dollars are doubled', () => {
  const stack = new SwarmStack({ functions: [fn({ environment: { A: '$B$$' } })] });
  expect(services(stack).protectedapi.environment).toEqual({ A: '$$B$$$$' });
});

test('a stack of nothing is one', () => {
  expect(stackConfigProblems(new SwarmStack().toYaml())).toEqual([]);
  expect(stackDocument({ services: [], secrets: new Map(), network: 'n' })).toEqual({
    version: '3.8', services: {}, networks: { functions: { external: true, name: 'n' } },
  });
});

test.each([
  ['40Mi', '40M'], ['1Gi', '1G'], ['1.5Gi', '1536M'], ['64Ki', '64K'], ['1000', '1000B'], ['1k', '1000B'], ['1M', '1000000B'], ['1e3', '1000B'], ['1.5', '2B'],
  ['100m', '1B'], ['0', undefined], ['-1Mi', undefined], ['Mi', undefined], ['', undefined], ['40MB', undefined], ['1e', undefined],
])('memory %s is %s', (quantity, expected) => {
  expect(dockerMemory(quantity)).toBe(expected);
});

test.each([
  ['100m', '0.1'], ['1', '1'], ['1500m', '1.5'], ['0.25', '0.25'], ['2.', '2'], ['.5', '0.5'], ['1n', '0.000000001'], ['10', '10'], ['1u', '0.000001'],
  ['0', undefined], ['x', undefined], ['-1', undefined], ['1m1', undefined],
])('%s CPUs are %s', (quantity, expected) => {
  expect(dockerCpus(quantity)).toBe(expected);
});

test.each([
  ['secret-api-key', true, true], ['a.b', true, true], ['secret_api_key', true, false], ['API', true, false], ['a'.repeat(64), true, true],
  ['a'.repeat(65), false, false], ['-a', false, false], ['a-', false, false], ['a\n', false, false], ['', false, false], ['a..b', true, false], ['é', false, false],
])('the name %j: on Docker Swarm %s, on both %s', (name, swarm, both) => {
  expect(swarmName(name).length === 0).toBe(swarm);
  expect(portableName(name).length === 0).toBe(both);
});
