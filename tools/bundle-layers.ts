import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { lazyIndex, lazyModule } from './lazy-modules';

/** The module that runs as a command: it stays a file, which loads its layer. */
const COMMAND = 'cli/main';
const SHEBANG = '#!/usr/bin/env node\n';

/**
 * Makes one file, `LAYER/index.js`, of the compiled modules of each layer of the library; the declarations stay as they are.
 *
 * Opening some two hundred small files takes longer than an app of a few secrets runs. Every module is still evaluated by
 * itself, and only when something in it is first used.
 *
 * @param lib the folder of the compiled library
 */
export function bundleLayers(lib: string): void {
  const index = join(lib, 'index.js');
  const compiled = readFileSync(index, 'utf8');
  const lazy = lazyIndex(compiled);
  if (lazy === compiled) return; // since then nothing was compiled
  for (const entry of readdirSync(lib, { withFileTypes: true })) {
    if (entry.isDirectory()) bundleLayer(lib, entry.name);
  }
  writeFileSync(index, lazy);
}

function bundleLayer(lib: string, layer: string): void {
  const folder = join(lib, layer);
  const bundle = join(folder, 'index.js');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => join(folder, file))
    .filter(file => file.endsWith('.js') && file !== bundle).sort();
  const modules = files.map(file => {
    const path = relative(lib, file).replaceAll('\\', '/').slice(0, -'.js'.length);
    return { file, path, name: path.slice(layer.length + 1), text: lazyModule(readFileSync(file, 'utf8').replace(SHEBANG, ''), path) };
  });
  writeFileSync(bundle, [
    '"use strict";',
    '// The modules of one layer, each evaluated when something in it is first used.',
    'const modules = {',
    ...modules.map(({ name, text }) => `${JSON.stringify(name)}: exports => {\n${text}},`),
    '};',
    'const loaded = {};',
    'function load(name) {',
    '  if (loaded[name] === undefined) modules[name](loaded[name] = {});',
    '  return loaded[name];',
    '}',
    'module.exports = load;',
    '',
  ].join('\n'));
  for (const { file, path, name } of modules) {
    if (path === COMMAND) writeFileSync(file, `${SHEBANG}require("./index.js")(${JSON.stringify(name)});\n`);
    else rmSync(file);
  }
}

if (require.main === module) bundleLayers(process.argv[2]);
