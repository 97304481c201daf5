import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CANARY, filesOf, isThere, programOf, Workshop } from './workshop';

// Not part of `npm test`: run it with `npm run test:python` after `npx projen compile` and `npx projen package`.

const MINUTES = 60_000;

/** Why nothing can be tried here, or undefined. */
function obstacle(): string | undefined {
  if (!isThere('python3', '-c', 'import venv, ensurepip')) return 'there is no python3 with venv';
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-pip-'));
  if (!isThere('python3', '-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, 'constructs==10.5.0')) return 'pip can not fetch constructs';
  return undefined;
}

const missing = obstacle();
const title = missing === undefined ? 'in Python' : `in Python (skipped: ${missing})`;

(missing === undefined ? describe : describe.skip)(title, () => {
  let workshop: Workshop;
  let python: string;

  beforeAll(() => {
    workshop = new Workshop();
    const environment = workshop.path('venv');
    python = join(environment, 'bin/python');
    workshop.run('python3', ['-m', 'venv', environment]);
    const peers = Object.entries(workshop.peers()).map(([name, version]) => `${name}==${version}`);
    workshop.run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...peers, workshop.generate('cdk8s-secrets', 'python')]);
  }, 10 * MINUTES);

  afterAll(() => workshop?.close());

  test('the same program writes the same bytes as in TypeScript', () => {
    const written = workshop.path('python-output');
    workshop.run(python, [join(__dirname, 'python/program.py'), written]);
    const expected = workshop.expected();

    expect(Object.keys(expected)).toEqual(['external.k8s.yaml', 'functions.k8s.yaml', 'plain.k8s.yaml', 'sealed.k8s.yaml']);
    expect(filesOf(written)).toEqual(expected);
    for (const thing of ['secretKeyRef', 'prefix: DB_', 'path: deep/password', 'imagePullSecrets', 'checksum/secret', 'kind: RoleBinding', 'kind: StatefulSet']) {
      expect(expected['plain.k8s.yaml']).toContain(thing);
    }
  }, 5 * MINUTES);

  describe('mistakes', () => {
    let mistakes: Record<string, { type: string; code: string | null; text: string }>;
    beforeAll(() => {
      mistakes = JSON.parse(workshop.run(python, [join(__dirname, 'python/mistakes.py')]));
    }, 5 * MINUTES);

    test.each([
      ['a plain text in data', 'InvalidValue'],
      ['a plain text in data given as a struct', 'InvalidValue'],
      ['a plain text as the password of a registry given as a dict', 'InvalidValue'],
      ['str() of a value in a literal', 'InvalidValue'],
      ['an unknown key', 'UnknownKey'],
      ['a variable that is not set, at synth', 'EnvironmentVariableUnset'],
      ['str() of a value in a ConfigMap, at synth', 'SensitiveValueMisplaced'],
      ['a value in a ConfigMap, at synth', 'LeakedValue'],
    ])('%s is refused with %s, which code_of finds in the message', (name, code) => {
      expect(mistakes[name]).toMatchObject({ type: 'RuntimeError', code });
    });

    test.each(['a plain text as an argument', 'a plain text as the user name of a BasicAuthSecret'])('%s is refused by the types', name => {
      expect(mistakes[name]).toMatchObject({ type: 'TypeError', code: null });
    });

    test('no message or trace holds the value', () => {
      expect(Object.keys(mistakes)).toHaveLength(10);
      expect(JSON.stringify(mistakes)).not.toContain(CANARY);
      expect(JSON.stringify(mistakes)).not.toContain(Buffer.from(CANARY).toString('base64'));
    });
  });

  test.each(['README.md', 'docs/python.md'])('the program of %s runs', page => {
    const program = programOf(page, 'python');
    expect(program).toContain('import');
    writeFileSync(join(workshop.folder, 'files', 'page.py'), program);
    workshop.run(python, ['page.py']);
  }, 5 * MINUTES);
});
