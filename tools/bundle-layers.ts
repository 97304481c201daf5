import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { exportedNames, lazyIndex, lazyModule, type LazyModule } from './lazy-modules';
import { SourceMapOfLayer } from './source-maps';

/** The module that runs as a command: it stays a file. */
const COMMAND = 'cli/main';
const SHEBANG = '#!/usr/bin/env node\n';

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
 * @param lib the folder of the compiled library
 * @throws Error where the compiler's output is not what is expected, and nothing is written then
 */
export function bundleLayers(lib: string): Outcome {
  const compiled = readFileSync(join(lib, 'index.js'), 'utf8');
  const layers = readdirSync(lib, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name).sort();
  if (compiled.startsWith(MARK)) return unchanged(lib, layers);

  const index = lazyIndex(compiled, 'index');
  const modules = new Map(layers.flatMap(layer => readLayer(lib, layer)));
  for (const [path, { module }] of [['index', { module: { ...index, packages: [] } }] as const, ...modules]) check(path, module, modules);

  const library = `${MARK}\nconst { load, resolvePeers } = require("./modules.js");\nresolvePeers();`;
  const files = new Map([
    ...layers.flatMap(layer => layerFiles(layer, [...modules].filter(([path]) => path.startsWith(`${layer}/`)))),
    ['modules.js', moduleLoader(layers, [...modules.values()].flatMap(({ module }) => module.packages))],
    ['index.js', index.text.replace('"use strict";', library)],
  ]);
  if (modules.has(COMMAND)) files.set(`${COMMAND}.js`, `${SHEBANG}require("../modules.js").load(${JSON.stringify(COMMAND)});\n`);
  for (const { file } of modules.values()) rmSync(file);
  for (const [file, text] of files) writeFileSync(join(lib, file), text);
  return `${modules.size} modules in ${layers.length} files`;
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
    .filter(file => file.endsWith('.js') && ![...layers.map(layer => `${layer}/index.js`), 'index.js', 'modules.js', `${COMMAND}.js`].includes(file));
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

/** The file of a layer and its source map, with their paths in the library. */
function layerFiles(layer: string, modules: readonly (readonly [string, CompiledModule])[]): [string, string][] {
  const map = new SourceMapOfLayer('index.js');
  const lines = [MARK, '// The modules of one layer: functions, which modules.js calls.', 'module.exports = {'];
  for (const [path, { compiled, module }] of modules) {
    lines.push(`${JSON.stringify(path.slice(layer.length + 1))}: function (exports, load, require) {`);
    if (module.map !== undefined) map.add(path, compiled, module.map, lines.length);
    lines.push(...module.text.trimEnd().split('\n'), '},');
  }
  return [
    [`${layer}/index.js`, [...lines, '};', '//# sourceMappingURL=index.js.map', ''].join('\n')],
    [`${layer}/index.js.map`, `${map}\n`],
  ];
}

/** The module that evaluates the modules of the layers, each once. */
function moduleLoader(layers: readonly string[], packages: readonly string[]): string {
  const entry = (name: string, path: string) => `  ${JSON.stringify(name)}: function () { return require(${JSON.stringify(path)}); },`;
  return [
    MARK,
    '// Where the modules of the library are, and what is loaded of them. Each is evaluated when something in it is first used.',
    'const layers = {',
    ...layers.map(layer => entry(layer, `./${layer}/index.js`)),
    '};',
    'const packages = {',
    ...[...new Set([...PEERS, ...packages])].sort().map(name => entry(name, name)),
    '};',
    'const functions = {}, loaded = {}, found = {};',
    'function load(path) {',
    '  if (loaded[path] !== undefined) return loaded[path];',
    '  const end = path.indexOf("/"), layer = path.slice(0, end);',
    '  functions[layer] ??= layers[layer]();',
    '  functions[layer][path.slice(end + 1)](loaded[path] = {}, load, find);',
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

if (require.main === module) console.log(bundleLayers(process.argv[2]));
