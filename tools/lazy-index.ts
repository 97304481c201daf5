import { readFileSync, writeFileSync } from 'node:fs';

const REQUIRE = /^(?:var|const) (\w+) = require\("([^"]+)"\);\n/gm;
const EXPORT = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.\w+; \} \}\);$/gm;

/** Node's ES module loader takes the names from the compiler's `exports.X = void 0`; getters that it recognized would take them away again. */
const HELPER = 'function lazy(name, load) { Object.defineProperty(exports, name, { enumerable: true, get: function () { return load()[name]; } }); }\n';

/**
 * The compiled index of the library, with every module loaded when the first of its exports is asked for: who declares a
 * secret does not wait for what reads stack files.
 */
export function lazyIndex(compiled: string): string {
  const modules = new Map([...compiled.matchAll(REQUIRE)].map(([, variable, path]) => [variable, path]));
  if (modules.size === 0) return compiled;
  const lazy = compiled.replace(REQUIRE, '').replace(EXPORT, (_, name: string, variable: string) => {
    return `lazy("${name}", function () { return require("${modules.get(variable)}"); });`;
  });
  return lazy.replace('lazy(', `${HELPER}lazy(`);
}

if (require.main === module) {
  const [path] = process.argv.slice(2);
  writeFileSync(path, lazyIndex(readFileSync(path, 'utf8')));
}
