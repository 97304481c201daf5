import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join, relative } from 'node:path';
import { exportedNames, lazyIndex, lazyModule, type LazyModule } from './lazy-modules';
import { SourceMapOfModules } from './source-maps';
import { evaluatedModules, STARTS, type Start } from './starts';

/** The module that runs as a command: it stays a file. */
const COMMAND = 'cli/main';
const SHEBANG = '#!/usr/bin/env node\n';
/** Where Node.js can, since 22.1, it keeps what the command was compiled to, in its folder for that. */
const COMPILE_CACHE = 'require("node:module").enableCompileCache?.();\n';

/** What every bundled file begins with, so that a second run knows it. */
const MARK = '"use strict"; // made by tools/bundle-layers.ts';

/** The peers: an app has them, and has loaded them before it uses anything of the library. */
const PEERS = ['constructs', 'cdk8s'];
/** What is only loaded when it is used: the bundled parser. */
const LATER = ['yaml'];

/** What was done, as a sentence. */
export type Outcome = string;

/**
 * Makes one file, `LAYER/index.js`, of the compiled modules of each layer of the library, and `modules.js`, which evaluates a module when
 * something in it is first used; the declarations stay as they are. Beside each file stands a source map, with the sources in it.
 *
 * Opening some two hundred small files takes longer than an app of a few secrets runs. The files of the layers only hold functions: a
 * module is evaluated by `modules.js`, with the peers that the index found when it was loaded. So however often a file is read again
 * (jest does, after `resetModules`), there is no second copy of a module or of a peer.
 *
 * What typical programs evaluate is moved into files of its own, `start-NAME.js`, so that they read that and little else: each start is run
 * once, and a module goes to the file of those starts that have evaluated it.
 *
 * @param lib the folder of the compiled library; where there are starts, it finds the peers
 * @param starts the typical programs
 * @throws Error where the compiler's output is not what is expected, and nothing is written then; and where a start fails
 */
export function bundleLayers(lib: string, starts: readonly Start[] = []): Outcome {
  const compiled = readFileSync(join(lib, 'index.js'), 'utf8');
  const layers = readdirSync(lib, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name).sort();
  if (compiled.startsWith(MARK)) return unchanged(lib, layers);

  const index = lazyIndex(compiled, 'index');
  const modules = new Map(layers.flatMap(layer => readLayer(lib, layer)));
  for (const [path, { module }] of [['index', { module: { ...index, packages: [] } }] as const, ...modules]) check(path, module, modules);

  const layerFiles = new Map(layers.map(layer => [layer, `${layer}/index.js`]));
  const inLayers = modulesInFiles(modules, layerFiles, new Map());

  for (const file of startFiles(lib)) rmSync(join(lib, file));
  for (const { file } of modules.values()) rmSync(file);
  const library = `${MARK}\nconst { load, resolvePeers } = require("./modules.js");\nresolvePeers();`;
  write(lib, new Map([['index.js', index.text.replace('"use strict";', library)]]));
  if (modules.has(COMMAND)) write(lib, new Map([[`${COMMAND}.js`, `${SHEBANG}${COMPILE_CACHE}require("../modules.js").load(${JSON.stringify(COMMAND)});\n`]]));

  write(lib, inLayers);
  if (starts.length > 0) {
    const evaluated = starts.map(start => ({ start, modules: evaluatedModules(lib, layerFiles, start) }));
    const startFileOf = new Map([...modules.keys()].flatMap(path => {
      const names = evaluated.filter(each => each.modules.has(path)).map(({ start }) => start.name);
      return names.length > 0 ? [[path, `start-${names.join('-')}.js`] as const] : [];
    }));
    write(lib, modulesInFiles(modules, layerFiles, startFileOf));
  }
  return `${modules.size} modules in ${layers.length + startFiles(lib).filter(file => file.endsWith('.js')).length} files`;
}

function write(lib: string, files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) writeFileSync(join(lib, file), text);
}

/** What an earlier run has put into files for starts. */
function startFiles(lib: string): string[] {
  return readdirSync(lib).filter(file => /^start-[\w-]+\.js(\.map)?$/.test(file));
}

interface CompiledModule {
  readonly file: string;
  readonly compiled: string;
  /** With a source map, if it is not an index. */
  readonly module: Omit<LazyModule, 'map'> & Partial<LazyModule>;
}

/** The index was bundled before: that is only so if nothing was compiled since. */
function unchanged(lib: string, layers: readonly string[]): Outcome {
  const compiled = readdirSync(lib, { recursive: true, encoding: 'utf8' }).map(file => file.replaceAll('\\', '/'))
    .filter(file => file.endsWith('.js') && ![...layers.map(layer => `${layer}/index.js`), ...startFiles(lib), 'index.js', 'modules.js', `${COMMAND}.js`].includes(file));
  if (compiled.length > 0) throw new Error(`the index was bundled before, but ${compiled[0]} was not: delete ${lib} and compile again`);
  return 'nothing was compiled since';
}

function readLayer(lib: string, layer: string): [string, CompiledModule][] {
  const folder = join(lib, layer);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => /\.js(on)?$/.test(file)).sort();
  return files.map(name => join(folder, name)).filter(file => file !== join(folder, 'index.js') || !readFileSync(file, 'utf8').startsWith(MARK)).map(file => {
    if (!file.endsWith('.js')) throw new Error(`the compiler made ${relative(lib, file)}, which the bundler does not know`);
    const path = relative(lib, file).replaceAll('\\', '/').slice(0, -'.js'.length);
    const compiled = readFileSync(file, 'utf8').replace(SHEBANG, '\n');
    const isIndex = path === `${layer}/index`;
    return [path, { file, compiled, module: isIndex ? { packages: [], ...lazyIndex(compiled, path, name => exportedNames(readFileSync(join(lib, `${name}.js`), 'utf8'))) } : lazyModule(compiled, path) }];
  });
}

/** Whether everything that a module imports is there. */
function check(path: string, { modules, packages }: Pick<LazyModule, 'modules' | 'packages'>, all: ReadonlyMap<string, unknown>): void {
  for (const module of modules) {
    if (!all.has(module)) throw new Error(`${path} imports ${module}, which the compiler did not make`);
  }
  for (const name of packages) {
    if (![...PEERS, ...LATER].includes(name) && !builtinModules.includes(name.replace(/^node:/, ''))) {
      throw new Error(`${path} imports the package ${name}, which apps do not have`);
    }
  }
}

/** The files that hold the modules, with their source maps, and the one that evaluates them: each with its path in the library. */
function modulesInFiles(
  modules: ReadonlyMap<string, CompiledModule>, layerFiles: ReadonlyMap<string, string>, startFileOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const packages = [...modules.values()].flatMap(({ module }) => module.packages);
  const layers = [...layerFiles].flatMap(([layer, file]) => (
    moduleFile(file, [...modules].filter(([path]) => path.startsWith(`${layer}/`) && !startFileOf.has(path)).map(([path, module]) => [path.slice(layer.length + 1), path, module]))
  ));
  const starts = [...new Set(startFileOf.values())].sort().flatMap(file => (
    moduleFile(file, [...modules].filter(([path]) => startFileOf.get(path) === file).map(([path, module]) => [path, path, module]))
  ));
  return new Map([...layers, ...starts, ['modules.js', moduleLoader(layerFiles, startFileOf, packages)]]);
}

/**
 * A file that exports modules as functions, by name, and its source map. Around those of a start, which all run, stand brackets: they tell V8
 * to compile the function with the file, not to look through it first and compile it later.
 */
function moduleFile(file: string, modules: readonly (readonly [string, string, CompiledModule])[]): [string, string][] {
  const name = basename(file);
  const isStart = file === name;
  const map = new SourceMapOfModules(name, isStart ? '../src' : '../../src');
  const lines = [MARK, '// Modules, as functions that modules.js calls.', 'module.exports = {'];
  for (const [key, path, { compiled, module }] of modules) {
    lines.push(`${JSON.stringify(key)}: ${isStart ? '(' : ''}function (exports, load, require) {`);
    if (module.map !== undefined) map.add(path, compiled, module.map, lines.length);
    lines.push(...module.text.trimEnd().split('\n'), isStart ? '}),' : '},');
  }
  return [
    [file, [...lines, '};', `//# sourceMappingURL=${name}.map`, ''].join('\n')],
    [`${file}.map`, `${map}\n`],
  ];
}

/** The module that evaluates the modules, each once. */
function moduleLoader(layerFiles: ReadonlyMap<string, string>, startFileOf: ReadonlyMap<string, string>, packages: readonly string[]): string {
  const entry = (name: string, path: string) => `  ${JSON.stringify(name)}: function () { return require(${JSON.stringify(path)}); },`;
  return [
    MARK,
    '// Where the modules of the library are, and what is loaded of them. Each is evaluated when something in it is first used.',
    'const files = {',
    ...[...layerFiles].map(([layer, file]) => entry(layer, `./${file}`)),
    ...[...new Set(startFileOf.values())].sort().map(file => entry(file, `./${file}`)),
    '};',
    '// What typical programs evaluate, and in which file it is.',
    'const starts = {',
    ...[...startFileOf].map(([path, file]) => `  ${JSON.stringify(path)}: ${JSON.stringify(file)},`),
    '};',
    'const packages = {',
    ...[...new Set([...PEERS, ...packages])].sort().map(name => entry(name, name)),
    '};',
    'const functions = {}, loaded = {}, found = {};',
    'function load(path) {',
    '  if (loaded[path] !== undefined) return loaded[path];',
    '  const end = path.indexOf("/"), start = starts[path], file = start ?? path.slice(0, end);',
    '  functions[file] ??= files[file]();',
    '  functions[file][start === undefined ? path.slice(end + 1) : path](loaded[path] = {}, load, find);',
    '  return loaded[path];',
    '}',
    'function find(name) {',
    '  return found[name] ??= packages[name]();',
    '}',
    'exports.load = load;',
    '// The copies that the app uses: what is looked for later may be found in another one.',
    `exports.resolvePeers = function () { ${PEERS.map(name => `find(${JSON.stringify(name)});`).join(' ')} };`,
    '',
  ].join('\n');
}

if (require.main === module) console.log(bundleLayers(process.argv[2], STARTS));
