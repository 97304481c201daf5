import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackFile, StackFunction } from '../../src/openfaas/stack-file';
import { mergeConstraints, mergeEnvironment, mergeSecrets, mergeTexts } from '../../src/openfaas/stack-merge';
import { readEnvironmentFile, readStack } from '../../src/openfaas/stack-reader';
import { Errors } from '../../src/report/errors';
import { imageName } from '../../src/workload/image-name';

const fixture = (name: string) => readFileSync(join(__dirname, 'fixtures', name), 'utf8');

function read(text: string, environment: Record<string, string> = {}): StackFile {
  return readStack({ file: 'stack.yaml', text, environment });
}

function refusal(text: string, environment: Record<string, string> = {}): { code?: string; problem?: string; message?: string } {
  try {
    read(text, environment);
    return {};
  } catch (error) {
    return { code: Errors.codeOf(error), problem: (error as any).problem.message, message: String((error as Error).stack) };
  }
}

/** A stack file with one function `f`, whose fields start on line 5. */
const withFunction = (fields: string) => `provider:\n  name: openfaas\nfunctions:\n  f:\n    image: x\n${fields.replace(/^/gm, '    ')}\n`;

test('functions are sorted as Go sorts texts', () => {
  const stack = read('provider: {name: openfaas}\nfunctions: {fn2: {image: x}, fn10: {image: x}, fn1: {image: x}}\n');
  expect(stack.functions.map(fn => fn.name)).toEqual(['fn1', 'fn10', 'fn2']);
});

describe('188 random stack files, recorded with the go-sdk 0.2.22 that faas-cli is built on', () => {
  interface RecordedCase {
    readonly text: string;
    readonly environment: Record<string, string>;
    readonly refused?: true;
    readonly functions?: Record<string, Record<string, unknown>>;
  }
  const recorded = JSON.parse(fixture('stack-cases.json')) as RecordedCase[];

  const shown = (fn: StackFunction) => Object.fromEntries(Object.entries({
    image: fn.image,
    lang: fn.lang,
    handler: fn.handler,
    fprocess: fn.fprocess,
    environment: fn.environment,
    environment_file: fn.environmentFiles,
    secrets: fn.secrets,
    constraints: fn.constraints,
    labels: fn.labels,
    annotations: fn.annotations,
    limits: fn.limits,
    requests: fn.requests,
    readonly_root_filesystem: fn.readOnlyRootFilesystem,
    namespace: fn.namespace,
    skip_build: fn.skipBuild,
    build_args: fn.buildArgs,
    platforms: fn.platforms,
  }).filter(([, value]) => value !== undefined && value !== '' && value !== false));
  /** Fields that are empty whether or not the file has them. */
  const filled = (fn: Record<string, unknown>) => ({ environment: {}, environment_file: [], secrets: [], build_args: {}, ...fn });

  test('those that it reads give the same functions', () => {
    const accepted = recorded.filter(({ functions }) => functions !== undefined);
    expect(accepted).toHaveLength(110);
    for (const { text, environment, functions } of accepted) {
      const actual = Object.fromEntries(read(text, environment).functions.map(fn => [fn.name, shown(fn)]));
      expect(actual).toEqual(Object.fromEntries(Object.entries(functions!).map(([name, fn]) => [name, filled(fn)])));
    }
  });

  test('those that it refuses are refused', () => {
    const refused = recorded.filter(({ refused: wrong }) => wrong);
    expect(refused).toHaveLength(78);
    // the provider's former name is taken, with a warning
    expect(refused.filter(({ text }) => !text.startsWith('provider:\n  name: faas\n')).filter(({ text, environment }) => refusal(text, environment).code !== 'InvalidStackFile')).toEqual([]);
  });
});

test('every field is read', () => {
  const text = withFunction([
    'lang: Dockerfile', 'handler: ./f', 'fprocess: ./run', 'environment: {a: 1}', 'environment_file: [a.yml, b.yml]', 'secrets: [s, s]',
    'skip_build: yes', 'constraints: ["a=b"]', 'labels: {l: true}', 'annotations: {n: ~}', 'limits: {memory: 40Mi}', 'requests: {cpu: 100m}',
    'readonly_root_filesystem: true', 'build_options: [dev]', 'build_args: {X: 1}', 'build_secrets: {id: ./file}', 'platforms: linux/amd64',
    'namespace: staging-fn',
  ].join('\n'));
  expect(read(`version: 1.0\n${text}configuration:\n  templates:\n  - name: t\n    source: https://example.com/t\n  copy: [common]\n`)).toEqual({
    version: '1.0',
    original: expect.stringContaining('namespace: staging-fn'),
    gateway: '',
    functions: [{
      name: 'f',
      line: 5,
      image: 'x',
      lang: 'Dockerfile',
      handler: './f',
      fprocess: './run',
      environment: { a: '1' },
      environmentFiles: ['a.yml', 'b.yml'],
      secrets: ['s', 's'],
      skipBuild: true,
      constraints: ['a=b'],
      labels: { l: 'true' },
      annotations: { n: '' },
      limits: { memory: '40Mi', cpu: '' },
      requests: { memory: '', cpu: '100m' },
      readOnlyRootFilesystem: true,
      buildOptions: ['dev'],
      buildArgs: { X: '1' },
      buildSecrets: { id: './file' },
      platforms: 'linux/amd64',
      namespace: 'staging-fn',
    }],
    templates: [{ name: 't', source: 'https://example.com/t' }],
    copy: ['common'],
    warnings: [],
  });
});

test('unknown keys are warnings with their line, and say what was probably meant', () => {
  const stack = read(`${withFunction('secret: [a]\nlimits: {gpu: 1}')}provider_x: 1\n`);
  expect(stack.warnings).toEqual([
    { code: 'UnknownStackKey', line: 6, message: 'unknown key functions.f.secret is ignored, as faas-cli does; did you mean "secrets"?' },
    { code: 'UnknownStackKey', line: 7, message: 'unknown key functions.f.limits.gpu is ignored, as faas-cli does; did you mean "cpu"?' },
    { code: 'UnknownStackKey', line: 8, message: 'unknown key provider_x is ignored, as faas-cli does; did you mean "provider"?' },
  ]);
});

test.each([
  ['no provider', 'functions: {}\n', '"stack.yaml" line 1: provider.name must be "openfaas", the only provider of faas-cli'],
  ['no image', 'provider: {name: openfaas}\nfunctions:\n  f:\n    lang: go\n', '"stack.yaml" line 3: functions.f.image is required'],
  ['a list for a mapping', withFunction('environment: [a]'), '"stack.yaml" line 6: functions.f.environment must be a mapping'],
  ['a mapping for a text', withFunction('environment:\n  a: {b: c}'), '"stack.yaml" line 7: functions.f.environment.a must be one text'],
  ['a mapping in a list', withFunction('secrets:\n- a: b'), '"stack.yaml" line 7: functions.f.secrets must be a list of texts'],
  ['a number for a flag', withFunction('skip_build: 1'), '"stack.yaml" line 6: functions.f.skip_build must be true or false'],
  ['a key twice', withFunction('environment:\n  a: 1\n  a: 2'), '"stack.yaml" line 8: the key stands here a second time, first on line 7'],
  ['bad indentation', withFunction('labels:\n   a: 1\n  b: 2'), '"stack.yaml" line 8: the indentation is wrong'],
  ['a tab', 'provider:\n\tname: openfaas\n', '"stack.yaml" line 2: a tab is used for indentation'],
  ['an unknown alias', withFunction('labels: *x'), '"stack.yaml" line 6: an alias names no anchor'],
  ['a merge of a text', withFunction('labels:\n  <<: x'), '"stack.yaml" line 7: \'<<\' takes a mapping or a list of mappings'],
  ['an anchor that contains itself', withFunction('labels: &x\n  a: *x'), '"stack.yaml" line 7: functions.f.labels.a must be one text'],
  ['a control character', withFunction('namespace: "\x01"'), '"stack.yaml" line 6: a control character stands in it'],
  ['a bad substitution', withFunction('# ${A-b}\nnamespace: ${A.b}'), '"stack.yaml" line 6: in a ${…}: missing closing brace'],
  ['a scalar at the root', 'abc', '"stack.yaml" line 1: the file must be a mapping'],
])('fails on %s', (_, text, problem) => {
  expect(refusal(text)).toMatchObject({ code: 'InvalidStackFile', problem });
});

test('without an environment nothing is substituted', () => {
  const stack = readStack({ file: 'stack.yaml', text: withFunction('namespace: "${A}"') });
  expect(stack.functions[0].namespace).toBe('${A}');
});

test('merged mappings yield to what stands there, and the first of several wins', () => {
  const text = withFunction('environment:\n  <<: [{a: 1, b: 1}, {b: 2, c: 2}]\n  a: own\n  c:');
  expect(read(text).functions[0].environment).toEqual({ a: 'own', b: '1', c: '' });
});

describe('no value is ever printed', () => {
  const canary = 'c4n4ry-t3xt';

  test.each([
    ['as provider', 'provider: {name: "${T}"}'],
    ['as version', 'version: ${T}\nprovider: {name: openfaas}'],
    ['as a text that is no flag', withFunction('skip_build: ${T}')],
    ['as a text that is no list', withFunction('secrets: ${T}')],
    ['as a text that is no mapping', withFunction('environment: ${T}')],
    ['as a key with a wrong value', withFunction('environment:\n  ${T}: [a]')],
    ['as a key of the wrong shape', withFunction('${T}: 1\nskip_build: x')],
    ['as the name of a function', 'provider: {name: openfaas}\nfunctions:\n  ${T}: {}\n'],
    ['as an alias', withFunction('labels: *${T}')],
    ['as a tag', withFunction('secrets: !!binary ${T}')],
    ['in broken YAML', withFunction('labels: ${T}: ${T}: "')],
    ['in a substitution', withFunction(`labels: \${A-${canary}}`)],
    ['in an anchor', withFunction('labels: &${T} [')],
    ['in a directive', '%${T}\n---\n${T}'],
  ])('%s', (_, text) => {
    const { code, message } = refusal(text, { T: canary });
    expect(code).toBe('InvalidStackFile');
    expect(message).not.toContain(canary);
  });

  test('in a warning about a key that substitution made', () => {
    expect(read(withFunction('${T}: 1'), { T: canary }).warnings).toEqual([
      { code: 'UnknownStackKey', line: 6, message: 'unknown key functions.f.(a substituted name) is ignored, as faas-cli does' },
    ]);
  });
});

describe('hostile files', () => {
  const laughs = ['labels: {x: 1, ', ...Array.from({ length: 9 }, (_, i) => `l${i}: &l${i} [${`*l${i - 1},`.repeat(9)}],`)].join('\n').replaceAll('*l-1', 'x');

  test.each([
    ['deep nesting', '['.repeat(200_000)],
    ['nested flow mappings', '{a: '.repeat(100_000)],
    ['nested blocks', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['more than a mebibyte', `# ${'x'.repeat(1024 * 1024)}`],
    ['a hundred thousand aliases', `${withFunction(`labels: &a {x: 1}\nannotations: {${Array.from({ length: 99_999 }, (_, i) => `k${i}: *a`)}}`)}`],
    ['aliases of aliases', withFunction(`${laughs} }\nsecrets: [*l8]`)],
    ['merges of merges', withFunction([
      'labels: &m0 {a: 1}', ...Array.from({ length: 12 }, (_, i) => `x${i}: &m${i + 1} {<<: [${`*m${i}, `.repeat(10)}]}`), 'annotations: *m12',
    ].join('\n'))],
  ])('%s: refused before the work grows with it', (_, text) => {
    expect(refusal(text).code).toBe('InvalidStackFile');
  });
});

test.each([
  ['a', 'a:latest'],
  ['a:1', 'a:1'],
  ['example.com:5000/a', 'example.com:5000/a:latest'],
  ['example.com:5000/a:1', 'example.com:5000/a:1'],
  ['a@sha256:0123', 'a@sha256:0123'],
])('the image %s is deployed as %s', (image, expected) => {
  expect(imageName(image)).toBe(expected);
});

test('environment files win over the function, later over earlier, and the command line over all', () => {
  expect(mergeEnvironment({ a: '0', b: '0', c: '0', d: '0' }, [{ b: '1', c: '1', d: '1' }, { c: '2', d: '2' }], { d: '3' }))
    .toEqual({ a: '0', b: '1', c: '2', d: '3' });
});

test('secrets of the command line come first and are not repeated; those of the file keep their duplicates', () => {
  expect(mergeSecrets(['a', 'b', 'a'], ['c', 'b'])).toEqual(['c', 'b', 'a', 'a']);
});

test('labels of the command line win, constraints of the file do', () => {
  expect(mergeTexts({ a: '1', b: '1' }, { b: '2' })).toEqual({ a: '1', b: '2' });
  expect(mergeTexts(undefined)).toBeUndefined();
  expect(mergeConstraints(['x=y'], ['a=b'])).toEqual(['x=y']);
  expect(mergeConstraints([], ['a=b'])).toEqual([]);
  expect(mergeConstraints(undefined, ['a=b'])).toEqual(['a=b']);
});

test('an environment file is YAML whose texts are not substituted', () => {
  expect(readEnvironmentFile('env.yaml', 'environment:\n  A: ${X:-y}\n  B: 1.50\n')).toEqual({ A: '${X:-y}', B: '1.50' });
  expect(() => readEnvironmentFile('env.yaml', 'environment: [a]')).toThrow('"env.yaml" line 1: environment must be a mapping');
});
