import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CANARY, filesOf, isThere, programOf, Workshop } from './workshop';

// Not part of `npm test`: run it with `npm run test:languages` after `npx projen compile` and `npx projen package`.

const MINUTES = 60_000;
const PACKAGES = ['cdk8s', 'cdk8s-plus-28', 'cdk8s-plus-33', 'cdk8s-secrets'];
const missing = ['javac', 'mvn'].find(command => !isThere(command, '-version'));

const dependency = (group: string, artifact: string, version: string) =>
  `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;

(missing === undefined ? describe : describe.skip)(missing === undefined ? 'in Java' : `in Java (skipped: there is no ${missing})`, () => {
  let workshop: Workshop;
  let classpath: string;

  beforeAll(() => {
    workshop = new Workshop();
    const folder = workshop.path('program-java');
    mkdirSync(folder);
    // constructs and the jsii runtime come from Maven Central; the packages of cdk8s for Java are made here, like ours.
    const runtime = JSON.parse(readFileSync(require.resolve('jsii-pacmak/package.json'), 'utf8')).version;
    writeFileSync(join(folder, 'pom.xml'), `<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>program</artifactId>
      <version>0</version><dependencies>${[
        dependency('software.amazon.jsii', 'jsii-runtime', runtime),
        dependency('software.constructs', 'constructs', workshop.peers().constructs),
        dependency('org.jetbrains', 'annotations', '19.0.0'),
        dependency('javax.annotation', 'javax.annotation-api', '1.3.2'),
      ].join('')}</dependencies></project>`);
    workshop.run('mvn', ['-q', '-B', 'dependency:build-classpath', '-Dmdep.outputFile=classpath.txt'], folder);
    const jars = readFileSync(join(folder, 'classpath.txt'), 'utf8').trim();

    const classes = join(folder, 'classes');
    for (const name of PACKAGES) {
      const main = join(workshop.generate(name, 'java'), 'src/main');
      cpSync(join(main, 'java'), join(folder, 'src'), { recursive: true });
      cpSync(join(main, 'resources'), classes, { recursive: true });
    }
    cpSync(join(__dirname, 'java/Program.java'), join(folder, 'src/Program.java'));
    writeFileSync(join(folder, 'src/Page.java'), programOf('docs/java.md', 'java'));
    writeFileSync(join(folder, 'sources.txt'), execFileSync('find', [join(folder, 'src'), '-name', '*.java'], { encoding: 'utf8' }));
    workshop.run('javac', ['-nowarn', '-proc:none', '-d', classes, '-cp', jars, `@${join(folder, 'sources.txt')}`]);
    classpath = [classes, jars].join(delimiter);
  }, 20 * MINUTES);

  afterAll(() => workshop?.close());

  test('the same program writes the same bytes as in TypeScript', () => {
    const written = workshop.path('java-output');
    workshop.run('java', ['-cp', classpath, 'Program', written]);
    expect(filesOf(written)).toEqual(workshop.expected());
  }, 5 * MINUTES);

  test('mistakes are refused with a code that Errors.codeOf finds, and never show the value', () => {
    const printed = workshop.run('java', ['-cp', classpath, 'Program']);
    expect(printed.split('\n').filter(line => line !== '' && !line.startsWith('trace '))).toEqual([
      'a plain text in data: InvalidValue',
      'an unknown key: UnknownKey',
      'a value in a text: InvalidValue',
      'a variable that is not set at synth: EnvironmentVariableUnset',
    ]);
    expect(printed).not.toContain(CANARY);
  }, 5 * MINUTES);

  test('the program of docs/java.md runs', () => {
    const written = workshop.path('java-page');
    workshop.run('java', ['-cp', classpath, 'Page'], undefined, { CDK8S_OUTDIR: written });
    expect(filesOf(written)['web.k8s.yaml']).toContain('name: DB_PASSWORD');
  }, 5 * MINUTES);
});
