import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { NAMES, type Check } from './app/program';
import type { Cell, Result } from './cell';
import { CommandFailed, type Folder } from './workshop';

const PLUS = 'cdk8s-plus-33';
/** Each cdk8s-plus that npm has. */
const EVERY_PLUS = [25, 27, 28, 29, 30, 31, 32, 33, 34].map(version => `cdk8s-plus-${version}`);

const PEERS = { cdk8s: 'latest', constructs: 'latest' };
/** As `cdk8s init typescript-app` has it. */
const TYPESCRIPT = { 'typescript': '5.9.x', '@types/node': '^20' };

const COMMONJS = { target: 'ES2020', module: 'CommonJS', moduleResolution: 'node', esModuleInterop: true, strict: true, types: ['node'] };
const ES_MODULES = { target: 'ES2022', module: 'NodeNext', moduleResolution: 'NodeNext', strict: true, types: ['node'] };

const NODE = Number(process.versions.node.split('.')[0]);

/** The cells in which app/program.ts runs: it makes the same manifests in each. */
export const PROGRAM_CELLS: readonly Cell[] = [
  ...EVERY_PLUS.map(plus => programCell(plus.replace('cdk8s-', 'k'), { ...PEERS, [plus]: 'latest', ...TYPESCRIPT }, [plus, 'cdk8s'], folder => {
    return compiled(folder, plus, COMMONJS, {});
  })),
  programCell('floors', { ...floors(), ...TYPESCRIPT }, ['cdk8s-plus-28', 'cdk8s', 'constructs'], folder => compiled(folder, 'cdk8s-plus-28', COMMONJS, {})),
  programCell('typescript-5.0', { ...PEERS, [PLUS]: 'latest', 'typescript': '5.0.x', '@types/node': '20.0.0' }, ['typescript'], folder => {
    return compiled(folder, PLUS, COMMONJS, {});
  }),
  programCell('typescript-newest', { ...PEERS, [PLUS]: 'latest', 'typescript': 'latest', '@types/node': '^20' }, ['typescript'], folder => {
    return compiled(folder, PLUS, ES_MODULES, {});
  }),
  programCell('commonjs', toolchain(), ['cdk8s', 'constructs'], folder => compiled(folder, PLUS, { ...ES_MODULES }, {})),
  programCell('esm', toolchain(), ['cdk8s', 'constructs'], folder => compiled(folder, PLUS, ES_MODULES, { type: 'module' })),
  programCell('jest', toolchain(), ['jest', 'ts-jest'], folder => jest(folder, {})),
  programCell('jest-reset-modules', toolchain(), ['jest', 'ts-jest'], folder => jest(folder, { resetModules: true })),
  programCell('vitest', toolchain(), ['vitest'], folder => {
    writeProgram(folder, PLUS);
    folder.write('program.test.ts', `import { expect, test } from 'vitest';\n${testText()}`);
    return ofTestRunner(folder, 'vitest', ['run', '--reporter=json', '--outputFile=results.json']);
  }),
  programCell('esbuild', toolchain(), ['esbuild'], (folder, workshop) => {
    writeProgram(folder, PLUS);
    folder.run('esbuild', ['program.ts', '--bundle', '--platform=node', '--outfile=bundle.js', '--log-level=error']);
    const elsewhere = workshop.fresh('esbuild-bundle');
    elsewhere.write('bundle.js', folder.read('bundle.js'));
    return printed(elsewhere, 'bundle.js').map(result => {
      return result.name.startsWith('a Deployment of an included file') ? { name: result.name, skipped: 'the Include of cdk8s runs a file of its own, which no bundle holds' } : result;
    });
  }),
  programCell('pnpm', undefined, ['cdk8s', 'constructs'], (folder, workshop) => {
    const tool = workshop.fresh('pnpm-itself');
    tool.run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', 'pnpm@latest']);
    const dependencies = { ...PEERS, [PLUS]: 'latest', ...TYPESCRIPT, 'cdk8s-secrets': `file:${workshop.tarball}` };
    folder.write('package.json', { name: 'app', private: true, dependencies });
    folder.run(join(tool.path, 'node_modules/.bin/pnpm'), ['install', '--ignore-scripts', '--no-frozen-lockfile', '--config.auto-install-peers=true']);
    return compiled(folder, PLUS, COMMONJS, undefined);
  }),
];

function programCell(name: string, dependencies: Cell['dependencies'], shown: readonly string[], run: Cell['run']): Cell {
  return { name, dependencies, shown, checks: NAMES.length, run };
}

/** Tools that go together, so that they are installed once. */
function toolchain(): Record<string, string> {
  const vitest = NODE >= 22 ? 'latest' : '^4'; // vitest 5 needs Node 22
  return { ...PEERS, [PLUS]: 'latest', ...TYPESCRIPT, 'jest': '^30', '@types/jest': '^30', 'ts-jest': '^29', vitest, 'esbuild': 'latest' };
}

/** The lowest version of each peer that the library takes. */
function floors(): Record<string, string> {
  const { peerDependencies } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
  return Object.fromEntries(Object.entries<string>(peerDependencies).map(([name, range]) => [name, range.replace(/^\^/, '')]));
}

/** Compiles the program, declarations of all packages included, and runs it. */
function compiled(folder: Folder, plus: string, compilerOptions: object, manifest: object | undefined): Result[] {
  writeProgram(folder, plus);
  if (manifest !== undefined) folder.write('package.json', manifest);
  folder.write('tsconfig.json', { compilerOptions, files: ['program.ts'] });
  folder.run('tsc', ['-p', '.']);
  return printed(folder, 'program.js');
}

function writeProgram(folder: Folder, plus: string): void {
  folder.write('program.ts', readFileSync(join(__dirname, 'app/program.ts'), 'utf8').replaceAll(PLUS, plus));
}

function testText(): string {
  return readFileSync(join(__dirname, 'app/program.jest.ts'), 'utf8');
}

/** Runs the program, and compares what it found. */
function printed(folder: Folder, file: string): Result[] {
  const checks: (Check & { name: string })[] = JSON.parse(folder.run(process.execPath, [file, 'print']));
  return checks.map(({ name, found, expected }) => {
    const same = isDeepStrictEqual(found, expected);
    return same ? { name } : { name, problem: `${JSON.stringify(found) ?? 'nothing'} instead of ${JSON.stringify(expected)}` };
  });
}

function jest(folder: Folder, settings: object): Result[] {
  writeProgram(folder, PLUS);
  folder.write('program.test.ts', testText());
  folder.write('tsconfig.json', { compilerOptions: { ...COMMONJS, types: ['node', 'jest'] } });
  folder.write('package.json', { jest: { preset: 'ts-jest', testEnvironment: 'node', ...settings } });
  return ofTestRunner(folder, 'jest', ['--ci', '-w', '1', '--json', '--outputFile=results.json']);
}

/** The results that jest, and vitest as jest does, wrote into results.json. */
function ofTestRunner(folder: Folder, command: string, args: readonly string[]): Result[] {
  try {
    folder.run(command, args);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error; // some tests failed
  }
  const { testResults }: { testResults: TestFile[] } = JSON.parse(folder.read('results.json'));
  if (testResults.some(({ assertionResults }) => assertionResults.length === 0)) throw new Error(testResults.map(({ message }) => message).join('\n'));
  return testResults.flatMap(({ assertionResults }) => assertionResults.map(({ title, status, failureMessages }) => {
    return status === 'passed' ? { name: title } : { name: title, problem: failureMessages.join('\n').replace(/\n +at [^]*/, '') };
  }));
}

interface TestFile {
  readonly message: string;
  readonly assertionResults: readonly { readonly title: string; readonly status: string; readonly failureMessages: readonly string[] }[];
}
