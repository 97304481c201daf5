import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadStack } from '../../src/openfaas/stack-loader';
import { readStack } from '../../src/openfaas/stack-reader';
import { stackText } from '../../src/openfaas/stack-writer';

test('what is written has the fields of a stack file in its order, and no empty ones', () => {
  expect(stackText([{
    name: 'protectedapi',
    image: 'functions/api-key-protected:latest',
    fprocess: './handler',
    environment: { n: '1' },
    secrets: ['secret-api-key'],
    labels: {},
    limits: { memory: '40Mi', cpu: '' },
    readOnlyRootFilesystem: true,
  }], 'http://127.0.0.1:8080')).toBe(`version: "1.0"
provider:
  name: openfaas
  gateway: http://127.0.0.1:8080
functions:
  protectedapi:
    lang: dockerfile
    image: functions/api-key-protected:latest
    skip_build: true
    fprocess: ./handler
    environment:
      "n": "1"
    secrets:
      - secret-api-key
    limits:
      memory: 40Mi
    readonly_root_filesystem: true
`);
});

test('any texts come back as they were, dollars, backslashes and what looks like numbers included', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('$', '{', '}', '\\', '/', 'a', ':', '#', '\n', ' ', "'", '"', 'é', '-', '0', 'o', '1') }),
    fc.constantFrom('yes', 'n', '0x10', '0o17', '1.50', '1:30', 'null', '~', '', '<<', '2020-01-01', '1e3', '.5', '=', '&a', '*a', '!x', '|', '>'),
  );
  fc.assert(fc.property(fc.dictionary(text, text), fc.array(text), (environment, secrets) => {
    const own = { ...environment };
    const written = stackText([{ name: 'f', image: 'x', environment: own, secrets }]);
    const [fn] = readStack({ file: 'stack.yaml', text: written, environment: { a: 'WRONG' } }).functions;
    expect({ ...fn.environment }).toEqual(own);
    expect(fn.secrets).toEqual(secrets);
  }), { numRuns: 500 });
});

describe('loading from disk', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stack-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('environment files are found beside the stack file, and the later one wins', () => {
    writeFileSync(join(folder, 'stack.yaml'), [
      'provider: {name: openfaas}', 'functions:', '  f:', '    image: ${IMAGE}', '    environment: {a: "0", b: "0"}', '    environment_file: [one.yml, two.yml]',
    ].join('\n'));
    writeFileSync(join(folder, 'one.yml'), 'environment: {b: 1, c: 1}\n');
    writeFileSync(join(folder, 'two.yml'), 'environment: {c: 2}\n');
    const [fn] = loadStack(join(folder, 'stack.yaml'), { IMAGE: 'x' }).functions;
    expect(fn).toMatchObject({ image: 'x', environment: { a: '0', b: '1', c: '2' }, environmentFiles: ['one.yml', 'two.yml'] });
  });

  test('fails when a file is missing, is a directory, or is no UTF-8', () => {
    const path = join(folder, 'stack.yaml');
    expect(() => loadStack(path, {})).toThrow(expect.objectContaining({ code: 'FileUnreadable' }));
    mkdirSync(path);
    expect(() => loadStack(path, {})).toThrow(expect.objectContaining({ code: 'FileUnreadable' }));
    writeFileSync(join(folder, 'bad.yaml'), Buffer.from([0x61, 0xff]));
    expect(() => loadStack(join(folder, 'bad.yaml'), {})).toThrow(expect.objectContaining({ code: 'InvalidStackFile' }));
  });
});
