import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { bundleLayers } from '../../tools/bundle-layers';
import type { Start } from '../../tools/starts';

const SOURCES: Record<string, string> = {
  'index.ts': `export { Secret } from './secret/secret';
export * as swarm from './swarm';
`,
  'errors/problem.ts': `console.log('evaluated errors/problem');
/** Comments are left out, so lines move. */
export function say(text: string): void { console.log(text); }
export function fail(): never {
  throw new Error('failed on purpose');
}
`,
  'errors/rare.ts': "console.log('evaluated errors/rare');\n",
  'secret/secret.ts': `import { App } from 'cdk8s';
import { parse } from 'yaml';
import { fail, say } from '../errors/problem';
import { Base } from './kinds/base';

export class Secret extends Base {
  public say(): void { say('said'); }
  public fail(): void { fail(); }
  public isApp(app: unknown): boolean { return app instanceof App; }
  public parse(text: string): unknown { return parse(text); }
}
`,
  'secret/kinds/base.ts': 'export class Base {}\n',
  'swarm/index.ts': "export { Stack } from './stack';\n",
  'swarm/stack.ts': "import { Secret } from '../secret/secret';\nexport class Stack extends Secret {}\n",
  'cli/main.ts': "#!/usr/bin/env node\nimport { Secret } from '../secret/secret';\nnew Secret().say();\n",
};

const PACKAGES: Record<string, string> = {
  constructs: 'console.log("evaluated constructs");',
  cdk8s: 'console.log("evaluated cdk8s"); exports.App = class App {};',
  yaml: 'console.log("evaluated yaml"); exports.parse = JSON.parse;',
};

let root: string;
let lib: string;

/** What the compiler makes of the sources, in `lib`. */
function compile(sources: Record<string, string>): void {
  for (const [path, text] of Object.entries(sources)) {
    const { outputText } = ts.transpileModule(text, {
      fileName: path,
      compilerOptions: {
        target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true, inlineSourceMap: true, inlineSources: true,
      },
    });
    write(path.replace(/\.ts$/, '.js'), outputText);
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(lib, file)), { recursive: true });
  writeFileSync(join(lib, file), text);
}

function read(file: string): string {
  return readFileSync(join(lib, file), 'utf8');
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    .map(file => join(file.parentPath, file.name).slice(folder.length + 1)).sort();
}

function node(...args: string[]): string {
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-lib-'));
  lib = join(root, 'lib');
  for (const [name, text] of Object.entries(PACKAGES)) {
    mkdirSync(join(root, 'node_modules', name), { recursive: true });
    writeFileSync(join(root, 'node_modules', name, 'index.js'), `${text}\n`);
  }
  compile(SOURCES);
  write('secret/secret.d.ts', 'export declare class Secret {}\n');
});

afterEach(() => rmSync(root, { recursive: true }));

test('makes one file of each layer, and keeps the declarations and the command', () => {
  expect(bundleLayers(lib)).toBe('7 modules in 4 files');
  expect(filesOf(lib)).toEqual([
    'cli/index.js', 'cli/index.js.map', 'cli/main.js', 'errors/index.js', 'errors/index.js.map', 'index.js', 'modules.js',
    'secret/index.js', 'secret/index.js.map', 'secret/secret.d.ts', 'swarm/index.js', 'swarm/index.js.map',
  ]);
});

test('evaluates a module, and the bundled package, when something in it is first used', () => {
  bundleLayers(lib);
  expect(node('-e', `
    const { Secret, swarm } = require("./lib");
    console.log("loaded", new Secret() instanceof Secret);
    new Secret().say(); new Secret().say();
    console.log(new swarm.Stack() instanceof Secret, new Secret().parse("1"));
  `)).toBe('evaluated constructs\nevaluated cdk8s\nloaded true\nevaluated errors/problem\nsaid\nsaid\nevaluated yaml\ntrue 1\n');
});

test('loads no second copy of anything when the registry of modules is forgotten, as jest does with resetModules', () => {
  bundleLayers(lib);
  expect(node('-e', `
    const forget = () => { for (const path of Object.keys(require.cache)) delete require.cache[path]; };
    const { App } = require("cdk8s");
    const library = require("./lib");
    forget();
    const secret = new library.Secret();
    forget();
    console.log(secret.isApp(new App()), secret.parse("1"));
    forget();
    console.log(new library.swarm.Stack() instanceof library.Secret, secret.parse("1"));
  `)).toBe('evaluated cdk8s\nevaluated constructs\nevaluated yaml\ntrue 1\ntrue 1\n');
});

test('every name is there for who imports it as an ES module', () => {
  bundleLayers(lib);
  writeFileSync(join(root, 'main.mjs'), 'import { Secret, swarm } from "./lib/index.js"; console.log(typeof Secret, typeof swarm.Stack);\n');

  expect(node('main.mjs')).toContain('function function\n');
});

test('the command runs, and loads no peer that it does not use', () => {
  bundleLayers(lib);
  expect(node('lib/cli/main.js')).toBe('evaluated errors/problem\nsaid\n');
  expect(read('cli/main.js')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('a stack names the line of the TypeScript source, which the package need not hold', () => {
  bundleLayers(lib);
  const { stderr } = spawnSync(process.execPath, ['--enable-source-maps', '-e', 'new (require("./lib").Secret)().fail()'], { cwd: root, encoding: 'utf8' });

  expect(stderr).toContain("throw new Error('failed on purpose');");
  expect(stderr).toMatch(/at fail \(.*\/src\/errors\/problem\.ts:5:\d+\)\n +at Secret\.fail \(.*\/src\/secret\/secret\.ts:8:\d+\)/);
  expect(existsSync(join(root, 'src'))).toBe(false);
});

describe('what typical programs evaluate', () => {
  const STARTS: Start[] = [
    { name: 'say', program: 'console.log = () => {}; const { Secret } = require("./index.js"); new Secret().say();' },
    { name: 'stack', program: 'console.log = () => {}; new (require("./index.js").swarm.Stack)();' },
  ];

  test('stands in a file for those programs that evaluate it', () => {
    expect(bundleLayers(lib, STARTS)).toBe('7 modules in 7 files');

    expect(filesOf(lib).filter(file => /^start-.*\.js$/.test(file))).toEqual(['start-say-stack.js', 'start-say.js', 'start-stack.js']);
    expect(modulesIn('start-say.js')).toEqual(['errors/problem']);
    expect(modulesIn('start-stack.js')).toEqual(['swarm/index', 'swarm/stack']);
    expect(modulesIn('start-say-stack.js')).toEqual(['secret/kinds/base', 'secret/secret']);
    expect(modulesIn('errors/index.js')).toEqual(['rare']);
    expect(modulesIn('swarm/index.js')).toEqual([]);
  });

  test('works as it did, with the lines of the sources', () => {
    bundleLayers(lib, STARTS);
    expect(node('lib/cli/main.js')).toBe('evaluated errors/problem\nsaid\n');
    expect(node('-e', 'const { Secret, swarm } = require("./lib"); console.log(new swarm.Stack() instanceof Secret)')).toContain('true\n');

    const { stderr } = spawnSync(process.execPath, ['--enable-source-maps', '-e', 'new (require("./lib").Secret)().fail()'], { cwd: root, encoding: 'utf8' });
    expect(stderr).toMatch(/at fail \(.*\/src\/errors\/problem\.ts:5:\d+\)\n +at Secret\.fail \(.*\/src\/secret\/secret\.ts:8:\d+\)/);
    expect(stderr).not.toContain('/lib/src/');
  });

  test('is sorted out anew when everything was compiled again, and stays when nothing was', () => {
    bundleLayers(lib, STARTS);
    expect(bundleLayers(lib, STARTS)).toBe('nothing was compiled since');
    compile(SOURCES);
    bundleLayers(lib, STARTS.slice(0, 1));

    expect(filesOf(lib).filter(file => /^start-.*\.js$/.test(file))).toEqual(['start-say.js']);
  });

  test.each([
    ['fails', 'throw new Error("no such luck")', 'no such luck'],
    ['evaluates nothing', '', 'the start poor evaluates no module'],
  ])('is not known where a program %s: that is an error', (_, program, message) => {
    expect(() => bundleLayers(lib, [{ name: 'poor', program }])).toThrow(message);
  });

  /** The names of the modules that a file holds. */
  function modulesIn(file: string): string[] {
    return JSON.parse(node('-e', `console.log(JSON.stringify(Object.keys(require("./lib/${file}"))))`));
  }
});

test('changes nothing when it is done again, and says so', () => {
  bundleLayers(lib);
  const before = filesOf(lib).map(read);

  expect(bundleLayers(lib)).toBe('nothing was compiled since');
  expect(filesOf(lib).map(read)).toEqual(before);
});

test('makes the same when everything was compiled again', () => {
  bundleLayers(lib);
  const before = filesOf(lib).map(read);
  compile(SOURCES);

  expect(bundleLayers(lib)).toBe('7 modules in 4 files');
  expect(filesOf(lib).map(read)).toEqual(before);
});

test.each<[string, () => void, string]>([
  ['without an index', () => rmSync(join(lib, 'index.js')), 'ENOENT'],
  ['with an empty index', () => write('index.js', ''), 'index announces 0 names'],
  ['with an index in another form', () => write('index.js', 'export { Secret } from "./secret/secret";\n'), 'index has a line that the bundler does not know'],
  ['whose index exports a module that is not there', () => rmSync(join(lib, 'secret/secret.js')), 'index imports secret/secret, which the compiler did not make'],
  ['in which a module imports one that is not there', () => rmSync(join(lib, 'secret/kinds/base.js')), 'secret/secret imports secret/kinds/base, which'],
  ['in which a module imports a package that apps do not have', () => compile({ 'errors/rare.ts': "import { a } from 'left-pad';\na();\n" }),
    'errors/rare imports the package left-pad, which apps do not have'],
  ['without source maps', () => write('errors/rare.js', '"use strict";\n'), 'the compiler made no source map of errors/rare'],
  ['with data that no module is', () => write('errors/texts.json', '{}\n'), 'the compiler made errors/texts.json, which the bundler does not know'],
])('refuses the output of a compiler %s, and writes nothing', (_, change, message) => {
  change();
  const before = filesOf(lib);

  expect(() => bundleLayers(lib)).toThrow(message);
  expect(filesOf(lib)).toEqual(before);
});

test('refuses a library of which only a part was compiled again', () => {
  bundleLayers(lib);
  compile({ 'errors/problem.ts': SOURCES['errors/problem.ts'] });

  expect(() => bundleLayers(lib)).toThrow('the index was bundled before, but errors/problem.js was not: delete');
});
