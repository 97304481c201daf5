import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { parse, parseAllDocuments } from 'yaml';
import { yamlText } from '../../src/document/yaml-text';
import { WARNING } from '../../src/errors/warning';
import { OpenFaasStack, type OpenFaasStackFromFileProps } from '../../src/openfaas/openfaas-stack';
import { Errors } from '../../src/report/errors';
import { Secret } from '../../src/secret/secret';
import { SensitiveValue } from '../../src/value/sensitive-value';
import { FunctionForm } from '../../src/workload/function-form';
import { FUNCTION_RESOURCE, functionResourceSpec } from '../../src/workload/function-resource';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stack-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function chart(namespace?: string): Chart {
  return new Chart(Testing.app(), 'c', { namespace });
}

function stackOf(text: string, props: Partial<OpenFaasStackFromFileProps> = {}, scope = chart()): OpenFaasStack {
  return OpenFaasStack.fromFile(scope, 'Stack', { path: file('stack.yaml', text), environment: {}, ...props });
}

function manifests(stack: OpenFaasStack): any[] {
  return Testing.synth(Chart.of(stack));
}

const one = (fields: string) => `provider: {name: openfaas}\nfunctions:\n  f:\n    image: x:1\n${fields.replace(/^/gm, '    ')}\n`;

describe('as Function resources', () => {
  const golden = readFileSync(join(__dirname, 'fixtures/openfaas-stack-to-crd.txt'), 'utf8').split(/^##### (?=s)/m).slice(1).map(part => {
    const [head, output] = part.split('##### output\n');
    return [head.slice(0, head.indexOf('\n')), head.slice(head.indexOf('\n') + 1), output.trim()] as const;
  });
  // an amount that is not given is left out: faas-cli writes an empty text, of which no Deployment can be made
  const accepted = golden.filter(([, , output]) => output.startsWith('---'))
    .map(([name, text, output]) => [name, text, output.replace(/^ +(?:cpu|memory): ""\n/gm, '')] as const);

  test.each(accepted)('%s has the objects that faas-cli generate printed, apart from what that loses', (_, text, output) => {
    const printed = parseAllDocuments(output).map(document => document.toJS());
    const stack = stackOf(text, { form: FunctionForm.customResource(), namespace: 'openfaas-fn' });
    for (const { spec } of printed) if (spec.name === 'protectedapi') spec.handler = './handler';
    expect(manifests(stack)).toEqual(printed);
  });

  test.each(accepted)('%s gives the same bytes, fields in the same order', (_, text, output) => {
    const stack = stackOf(text, { form: FunctionForm.customResource(), namespace: 'openfaas-fn' });
    const printed = stack.functions.map(fn => `---\n${yamlText({
      ...FUNCTION_RESOURCE,
      metadata: { name: fn.functionName, namespace: 'openfaas-fn' },
      spec: functionResourceSpec({ ...fn._spec(), fprocess: undefined }),
    })}`);
    expect(printed.join('').trim()).toBe(output);
  });

  test('what the stack file has beyond generate is kept: the namespace and the process', () => {
    const stack = stackOf(one('namespace: staging-fn\nfprocess: ./run'), { form: FunctionForm.customResource() });
    expect(manifests(stack)).toEqual([{
      apiVersion: 'openfaas.com/v1',
      kind: 'Function',
      metadata: { name: 'f', namespace: 'staging-fn' },
      spec: { name: 'f', image: 'x:1', handler: './run' },
    }]);
  });

  test.each([
    ['an annotation that looks like a number', 'annotations:\n  com.scale.zero: 1', { annotations: { 'com.scale.zero': '1' } }],
    ['a read-only root', 'readonly_root_filesystem: true', { readOnlyRootFilesystem: true }],
    ['empty labels, constraints and secrets', 'labels: {}\nconstraints: []\nsecrets: []', { labels: {}, constraints: [] }],
    ['empty limits', 'limits: {}', { limits: {} }],
    ['a limit of memory alone', 'limits: {memory: 40Mi}', { limits: { memory: '40Mi' } }],
    ['a request of cpu alone', 'requests: {cpu: 100m}', { requests: { cpu: '100m' } }],
  ])('%s', (_, fields, spec) => {
    const [fn] = stackOf(one(fields), { form: FunctionForm.customResource() }).functions;
    expect(functionResourceSpec(fn._spec())).toEqual({ name: 'f', image: 'x:1', ...spec });
  });

  test('an option that the resource has no field for is a warning on the function', () => {
    const stack = stackOf(one(''), { form: FunctionForm.customResource(), nonRootUser: true, httpProbe: false });
    const warnings = stack.functions[0].node.metadata.filter(({ type }) => type === WARNING).map(({ data }) => data);
    expect(warnings).toEqual(['httpProbe: false', 'nonRootUser'].map(option => ({
      code: 'NotInFunctionResource',
      message: `a Function resource has no field for ${option}`,
      next: 'set it for all functions in the chart of OpenFaaS, or use FunctionForm.deployment()',
    })));
  });
});

describe('as Deployments and Services', () => {
  test('every function is what OpenFaaS makes of it, with the files of its secrets', () => {
    const scope = chart('openfaas-fn');
    const key = new Secret(scope, 'Key', { metadata: { name: 'api-key' }, data: { 'api-key': SensitiveValue.fromLiteral('v') } });
    const pull = new Secret(scope, 'Pull', {
      metadata: { name: 'pull' },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': SensitiveValue.fromLiteral('{"auths":{"example.com":{"auth":"YTpi"}}}') },
    });
    const stack = stackOf(one([
      'secrets: [api-key, pull, other]', 'constraints: ["disk=ssd", "a==b", "c"]', 'labels: {com.openfaas.scale.min: 2}', 'annotations: {topic: t}',
      'environment: {B: 1}', 'fprocess: ./run', 'readonly_root_filesystem: true', 'limits: {memory: 40Mi}',
    ].join('\n')), { secrets: [key, pull], nonRootUser: true, httpProbe: false }, scope);
    const [secret, , deployment, service] = manifests(stack);

    expect(secret.metadata.labels).toEqual({ 'app.kubernetes.io/managed-by': 'openfaas' });
    expect(deployment).toMatchObject({
      kind: 'Deployment',
      metadata: { name: 'f', namespace: 'openfaas-fn', labels: { faas_function: 'f' }, annotations: { 'prometheus.io.scrape': 'false', 'topic': 't' } },
    });
    expect(deployment.spec.replicas).toBe(2);
    const { spec } = deployment.spec.template;
    expect(spec.nodeSelector).toEqual({ disk: 'ssd' });
    expect(spec.imagePullSecrets).toEqual([{ name: 'pull' }]);
    expect(spec.automountServiceAccountToken).toBeUndefined();
    expect(spec.volumes).toEqual([
      {
        name: 'f-projected-secrets',
        projected: {
          sources: ['api-key', 'other'].map(name => ({ secret: { name, items: [{ key: name, path: name }] } })),
        },
      },
      { name: 'temp', emptyDir: {} },
    ]);
    expect(spec.containers[0]).toMatchObject({
      name: 'f',
      image: 'x:1',
      env: [{ name: 'B', value: '1' }, { name: 'fprocess', value: './run' }],
      resources: { limits: { memory: '40Mi' } },
      livenessProbe: { exec: { command: ['cat', '/tmp/.lock'] } },
      securityContext: { readOnlyRootFilesystem: true, runAsUser: 12000 },
      volumeMounts: [
        { name: 'f-projected-secrets', mountPath: '/var/openfaas/secrets', readOnly: true },
        { name: 'temp', mountPath: '/tmp', readOnly: false },
      ],
    });
    expect(service).toMatchObject({ kind: 'Service', metadata: { name: 'f' }, spec: { selector: { faas_function: 'f' } } });
  });

  test('the legacy path comes without a token of the service account, which could not be mounted below it', () => {
    const [deployment] = manifests(stackOf(one('secrets: [s]'), { legacySecretsPath: true }));
    const { spec } = deployment.spec.template;
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.containers[0].volumeMounts).toEqual([{ name: 'f-projected-secrets', mountPath: '/run/secrets', readOnly: true }]);
    expect(spec.containers[0].env).toEqual([{ name: 'secret_mount_path', value: '/run/secrets/' }]);
  });

  test('the service account comes from its annotation', () => {
    const [deployment] = manifests(stackOf(one('annotations: {com.openfaas.serviceaccount: builder}')));
    expect(deployment.spec.template.spec.serviceAccountName).toBe('builder');
  });

  test('a secret twice is refused: the API server would refuse the volume', () => {
    expect(() => stackOf(one('secrets: [a, a]'))).toThrow(expect.objectContaining({ code: 'DuplicateFile' }));
  });
});

test.each([
  ['the option', one('namespace: own'), { namespace: 'given' }, undefined, 'given'],
  ['the function', one('namespace: own'), {}, 'chart', 'own'],
  ['the chart', one(''), {}, 'chart', 'chart'],
  ['OpenFaaS', one(''), {}, undefined, 'openfaas-fn'],
])('the namespace is the one of %s', (_, text, props, ofChart, expected) => {
  const [fn] = stackOf(text, props, chart(ofChart)).functions;
  expect(fn.resource.metadata.namespace).toBe(expected);
});

test('secrets of a folder are declared once each, with the label of OpenFaaS and one key named like the secret', () => {
  file('.secrets/a', 'value-a');
  const text = 'provider: {name: openfaas}\nfunctions: {f: {image: x, secrets: [a]}, g: {image: x, secrets: [a]}}\n';
  const [secret, ...others] = manifests(stackOf(text, { secretsFolder: join(folder, '.secrets') }, chart('ns')));
  expect(secret).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'a', namespace: 'ns', labels: { 'app.kubernetes.io/managed-by': 'openfaas' } },
    type: 'Opaque',
    data: { a: Buffer.from('value-a').toString('base64') },
  });
  expect(others.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['Deployment f', 'Service f', 'Deployment g', 'Service g']);
});

test('variables come from the environment of the process where none is given, and stay where substitution is off', () => {
  const path = file('stack.yaml', one('fprocess: "${OPENFAAS_STACK_TEST:-default}"'));
  process.env.OPENFAAS_STACK_TEST = 'set';
  try {
    expect(OpenFaasStack.fromFile(chart(), 'A', { path }).functions[0]._spec().fprocess).toBe('set');
    expect(OpenFaasStack.fromFile(chart(), 'B', { path, environment: {} }).functions[0]._spec().fprocess).toBe('default');
    expect(OpenFaasStack.fromFile(chart(), 'C', { path, substitute: false }).functions[0]._spec().fprocess).toBe('${OPENFAAS_STACK_TEST:-default}');
  } finally {
    delete process.env.OPENFAAS_STACK_TEST;
  }
});

test('environment files and overrides win in the order of faas-cli', () => {
  file('env.yml', 'environment: {b: file, c: file}');
  const [fn] = stackOf(one('environment: {a: own, b: own}\nenvironment_file: [env.yml]\nsecrets: [s]\nlabels: {l: own, m: own}'), {
    overrides: { environment: { c: 'flag' }, labels: { m: 'flag' }, annotations: { n: 'flag' }, secrets: ['t', 's'], constraints: ['x=y'] },
  }).functions;
  expect(fn._spec()).toMatchObject({
    environment: { a: 'own', b: 'file', c: 'flag' },
    labels: { l: 'own', m: 'flag' },
    annotations: { n: 'flag' },
    secretNames: ['t', 's'],
    constraints: ['x=y'],
  });
});

test('the process of a template is read beside the stack file, and missed with a warning', () => {
  file('template/python3/template.yml', 'language: python3\nfprocess: python3 index.py\nunknown: 1\n');
  const stack = stackOf('provider: {name: openfaas}\nfunctions: {f: {image: x, lang: python3}, g: {image: x, lang: go}, h: {image: x, lang: Dockerfile}}\n');
  expect(stack.functions.map(fn => fn._spec().fprocess)).toEqual(['python3 index.py', undefined, undefined]);
  expect(stack.warnings).toEqual([
    expect.stringMatching(/stack.yaml" line 2: the template of the function "g" is not here/),
  ]);
});

test('unknown keys are warnings on the stack', () => {
  const stack = stackOf(one('secret: [a]'));
  expect(stack.warnings).toEqual([expect.stringMatching(/stack.yaml" line 5: unknown key functions.f.secret is ignored/)]);
  expect(stack.node.metadata.map(({ type, data }) => [type, data.code])).toEqual([[WARNING, 'UnknownStackKey']]);
});

test.each([
  ['a bad file', one('secrets: x'), {}, 'InvalidStackFile'],
  ['a file that is missing', one('environment_file: [none.yml]'), {}, 'FileUnreadable'],
  ['a name with an underscore', one('secrets: [secret_api_key]'), {}, 'InvalidName'],
  ['a name that is too long for Docker Swarm', one(`secrets: [${'a'.repeat(65)}]`), { portableSecrets: true }, 'NotPortable'],
  ['a name with a capital', 'provider: {name: openfaas}\nfunctions: {F: {image: x}}\n', {}, 'InvalidFunctionName'],
  ['a variable that none can be', one('environment: {1ST: x}'), {}, 'InvalidEnvName'],
  ['a label that none can be', one('labels: {l: a b}'), {}, 'InvalidLabel'],
  ['an amount that is none', one('limits: {memory: 40MB}'), {}, 'InvalidQuantity'],
  ['a function whose name is too long for its volume', `provider: {name: openfaas}\nfunctions: {${'f'.repeat(46)}: {image: x, secrets: [s]}}\n`, {}, 'InvalidFunctionName'],
])('fails on %s, with the path of a construct', (_, text, props, code) => {
  try {
    stackOf(text, props);
  } catch (error) {
    expect(Errors.codeOf(error)).toBe(code);
    expect((error as any).constructPath).toMatch(/^c\/Stack/);
    if (code !== 'FileUnreadable') expect((error as any).problem.message).toMatch(/stack.yaml" line \d+: /);
    return;
  }
  throw new Error('nothing was refused');
});

test('a secret of several keys is refused where Docker Swarm is to take it', () => {
  const scope = chart('openfaas-fn');
  const secret = new Secret(scope, 'S', { metadata: { name: 's' }, data: { user: SensitiveValue.fromLiteral('u'), s: SensitiveValue.fromLiteral('p') } });
  expect(() => stackOf(one('secrets: [s]'), { secrets: [secret], portableSecrets: true }, scope))
    .toThrow(expect.objectContaining({ code: 'NotPortable', problem: expect.objectContaining({ message: expect.stringContaining('"user"') }) }));
});

test('the commands of faas-cli take every value from where it is, and hold none', () => {
  const scope = chart('openfaas-fn');
  const values = {
    file: SensitiveValue.fromFile('a b.txt'),
    variable: SensitiveValue.fromEnvironment('DB_PASSWORD'),
    literal: SensitiveValue.fromLiteral('c4n4ry'),
  };
  const own = Object.entries(values).map(([name, value]) => new Secret(scope, name, { metadata: { name }, data: { [name]: value } }));
  const two = new Secret(scope, 'two', { metadata: { name: 'two' }, data: { a: values.literal, b: values.literal } });
  const pull = Secret.fromSecretName(scope, 'pull', 'pull', { type: 'kubernetes.io/dockercfg' });
  const text = 'provider: {name: openfaas}\nfunctions: {f: {image: x, secrets: [variable, file, two, pull]}, g: {image: x, secrets: [file, literal, other]}}\n';
  expect(stackOf(text, { secrets: [...own, two, pull] }, scope).secretCommands()).toEqual([
    "faas-cli secret create file --namespace openfaas-fn --from-file='a b.txt'",
    'faas-cli secret create literal --namespace openfaas-fn --trim=false',
    'faas-cli secret create other --namespace openfaas-fn --trim=false',
    ': "${DB_PASSWORD:?}" && printf %s "$DB_PASSWORD" | faas-cli secret create variable --namespace openfaas-fn --trim=false',
  ]);
});

describe('the way back', () => {
  test('what was read is written with all that matters to a deployment and to a build', () => {
    const text = one([
      'lang: python3', 'handler: ./f', 'fprocess: "a$$b"', 'namespace: ns', 'environment: {A: "1"}', 'secrets: [s]', 'constraints: [a=b]', 'labels: {l: "1"}',
      'annotations: {n: "2"}', 'limits: {memory: 40Mi}', 'requests: {cpu: 100m}', 'readonly_root_filesystem: true', 'build_args: {X: "1"}',
    ].join('\n')).replace('{name: openfaas}', '{name: openfaas, gateway: "http://127.0.0.1:8080"}');
    const written = stackOf(text).toStackYaml();
    expect(parse(written)).toEqual({
      version: '1.0',
      provider: { name: 'openfaas', gateway: 'http://127.0.0.1:8080' },
      functions: {
        f: {
          lang: 'python3',
          handler: './f',
          image: 'x:1',
          fprocess: 'a$b',
          namespace: 'ns',
          environment: { A: '1' },
          secrets: ['s'],
          constraints: ['a=b'],
          labels: { l: '1' },
          annotations: { n: '2' },
          limits: { memory: '40Mi' },
          requests: { cpu: '100m' },
          readonly_root_filesystem: true,
          build_args: { X: '1' },
        },
      },
    });
    expect(manifests(stackOf(written, {}, chart()))).toEqual(manifests(stackOf(text, {}, chart())));
  });

  test('two functions of one name are refused', () => {
    const stack = stackOf(one(''));
    expect(() => stack.addFunction(stack.functions[0])).toThrow(expect.objectContaining({ code: 'InvalidFunctionName' }));
  });
});

test('a Deployment has the amounts that are given', () => {
  const stack = stackOf(one('limits: {memory: 40Mi}\nrequests: {cpu: 100m}'));
  const deployment = manifests(stack).find(({ kind }: any) => kind === 'Deployment') as any;
  expect(deployment.spec.template.spec.containers[0].resources).toEqual({ limits: { memory: '40Mi' }, requests: { cpu: '100m' } });
});

test('the provider of older guides is read, with a warning', () => {
  const stack = stackOf('provider:\n  name: faas\n  gateway: http://127.0.0.1:8080\nfunctions: {f: {image: x}}\n');
  expect(stack.warnings).toEqual([expect.stringContaining('line 2: provider.name is "faas", which faas-cli has refused since 2019; it is read as "openfaas"')]);
  expect(stack.node.metadata.map(({ data }) => data.code)).toEqual(['FormerStackProvider']);
  expect(stack.toStackYaml()).toContain('name: openfaas');
});
