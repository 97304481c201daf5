import { readFileSync, writeFileSync } from 'node:fs';

const REQUIRE = /^(?:var|const) (\w+) = require\("([^"]+)"\);\n/gm;
const EXPORT = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.\w+; \} \}\);$/gm;

/**
 * The compiled index of the library, with every module loaded when the first of its exports is asked for: who declares a
 * secret does not wait for what reads stack files. Node's ES module loader still finds the names, in the compiler's `exports.X = void 0`.
 */
export function lazyIndex(compiled: string): string {
  const modules = new Map([...compiled.matchAll(REQUIRE)].map(([, variable, path]) => [variable, path]));
  return compiled.replace(REQUIRE, '').replace(EXPORT, (_, name: string, variable: string) => {
    return `Object.defineProperty(exports, "${name}", { enumerable: true, get: function () { return require("${modules.get(variable)}").${name}; } });`;
  });
}

if (require.main === module) {
  const [path] = process.argv.slice(2);
  writeFileSync(path, lazyIndex(readFileSync(path, 'utf8')));
}
