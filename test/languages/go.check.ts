import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANARY, filesOf, isThere, programOf, Workshop } from './workshop';

// Not part of `npm test`: run it with `npm run test:languages` after `npx projen compile` and `npx projen package`.

const MINUTES = 60_000;
const missing = isThere('go', 'version') ? undefined : 'there is no go';

(missing === undefined ? describe : describe.skip)(missing === undefined ? 'in Go' : `in Go (skipped: ${missing})`, () => {
  let workshop: Workshop;
  let program: string;
  let page: string;

  beforeAll(() => {
    workshop = new Workshop();
    const folder = workshop.path('program-go');
    mkdirSync(folder);
    cpSync(join(__dirname, 'go/main.go'), join(folder, 'main.go'));
    // The packages of cdk8s for Go are made here like ours; constructs and the jsii runtime come from the module proxy.
    const modules = {
      'cdk8s': 'github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2',
      'cdk8s-plus-28': 'github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2',
      'cdk8s-plus-33': 'github.com/cdk8s-team/cdk8s-plus-go/cdk8splus33/v2',
      'cdk8s-secrets': 'example.com/cdk8s-secrets-go/cdk8ssecrets',
    };
    const lines = Object.entries(modules).flatMap(([name, module]) => {
      const made = workshop.generate(name, 'go');
      const version = module.endsWith('/v2') ? 'v2.0.0' : 'v0.0.0';
      return [`require ${module} ${version}`, `replace ${module} => ${join(made, readdirSync(made)[0])}`];
    });
    writeFileSync(join(folder, 'go.mod'), ['module program', 'go 1.23', ...lines, ''].join('\n'));
    workshop.run('go', ['mod', 'tidy'], folder);
    program = join(folder, 'program');
    workshop.run('go', ['build', '-o', program, '.'], folder);
    mkdirSync(join(folder, 'page'));
    writeFileSync(join(folder, 'page/main.go'), programOf('docs/go.md', 'go'));
    page = join(folder, 'page/program');
    workshop.run('go', ['build', '-o', page, './page'], folder);
  }, 20 * MINUTES);

  afterAll(() => workshop?.close());

  test('the same program writes the same bytes as in TypeScript', () => {
    const written = workshop.path('go-output');
    workshop.run(program, [written]);
    expect(filesOf(written)).toEqual(workshop.expected());
  }, 5 * MINUTES);

  test('mistakes are refused with a code that Errors_CodeOf finds, and never show the value', () => {
    const mistakes = JSON.parse(workshop.run(program, []));
    expect(Object.fromEntries(Object.entries<any>(mistakes).map(([name, { code }]) => [name, code]))).toEqual({
      'a plain text in data': 'InvalidValue',
      'a pointer to a plain text in data': 'InvalidValue',
      'an unknown key': 'UnknownKey',
      'a value that was printed with %v': 'InvalidValue',
      'a value that was printed with %+v': 'InvalidValue',
      'a value that was printed with %#v': 'InvalidValue',
      'a value that was printed with %s': 'InvalidValue',
      'a variable that is not set at synth': 'EnvironmentVariableUnset',
    });
    expect(JSON.stringify(mistakes)).not.toContain(CANARY);
  }, 5 * MINUTES);

  test('the program of docs/go.md runs', () => {
    const written = workshop.path('go-page');
    workshop.run(page, [], undefined, { CDK8S_OUTDIR: written });
    expect(filesOf(written)['web.k8s.yaml']).toContain('name: DB_PASSWORD');
  }, 5 * MINUTES);
});
