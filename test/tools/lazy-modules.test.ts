import { exportedNames, lazyIndex, lazyModule } from '../../tools/lazy-modules';

const INDEX = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Stage = exports.Severity = void 0;
var finding_1 = require("./inspect/finding");
Object.defineProperty(exports, "Severity", { enumerable: true, get: function () { return finding_1.Severity; } });
Object.defineProperty(exports, "Stage", { enumerable: true, get: function () { return finding_1.Stage; } });
//# sourceMappingURL=data:application/json;base64,e30=`;

const NAMESPACE = `"use strict";
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    return function (mod) { return mod; };
})();
Object.defineProperty(exports, "__esModule", { value: true });
exports.openfaas = void 0;
exports.openfaas = __importStar(require("./openfaas"));
`;

test('the index loads no module before one of its exports is asked for', () => {
  expect(lazyIndex(INDEX, 'index')).toEqual({
    modules: ['inspect/finding'],
    text: `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Stage = exports.Severity = void 0;
function lazy(name, get) { Object.defineProperty(exports, name, { enumerable: true, get: get }); }
lazy("Severity", function () { return load("inspect/finding").Severity; });
lazy("Stage", function () { return load("inspect/finding").Stage; });
`,
  });
});

test('a submodule is the index of a layer', () => {
  expect(lazyIndex(NAMESPACE, 'index')).toEqual({
    modules: ['openfaas/index'],
    text: `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.openfaas = void 0;
function lazy(name, get) { Object.defineProperty(exports, name, { enumerable: true, get: get }); }
lazy("openfaas", function () { return load("openfaas/index"); });
`,
  });
  expect(lazyIndex(INDEX.replace('./inspect/finding', './finding'), 'inspect/index').modules).toEqual(['inspect/finding']);
});

test.each([
  ['a line that is unknown', INDEX.replace('var finding_1 = require("./inspect/finding");', 'var finding_1 = await import("./inspect/finding");'),
    'index has a line that the bundler does not know: var finding_1 = await import("./inspect/finding");'],
  ['another name than that of the member', INDEX.replace('finding_1.Stage', 'finding_1.Phase'), 'index has a line that the bundler does not know: Object'],
  ['a name that is not announced', INDEX.replace('exports.Stage = ', ''), 'index announces 1 names, and exports 2'],
  ['nothing', '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n', 'index announces 0 names, and exports 0'],
])('an index that exports %s is refused', (_, compiled, message) => {
  expect(() => lazyIndex(compiled, 'index')).toThrow(message);
});

test.each([
  ['of its own layer', './metadata', 'load("inspect/checks/metadata")'],
  ['of its own layer, a folder up', '../decode/schema', 'load("inspect/decode/schema")'],
  ['of another layer', '../../errors/codes', 'load("errors/codes")'],
  ['of Node', 'node:fs', 'require("node:fs")'],
  ['of a package', 'cdk8s', 'require("cdk8s")'],
])('a module loads one %s where it first uses it', (_, specifier, expression) => {
  const { text } = lazyModule(`"use strict";\nconst it_1 = require("${specifier}");\nfunction f() { return (0, it_1.g)(new it_1.C()); }\n`, 'inspect/checks/secret');
  expect(text).toBe(`"use strict";\nlet it_1;\nfunction f() { return (0, (it_1 ??= ${expression}).g)(new (it_1 ??= ${expression}).C()); }\n`);
});

test('what a module imports is told apart: modules of the library, and packages', () => {
  const { modules, packages } = lazyModule('const a_1 = require("./a");\nconst b_1 = require("../errors/b");\nconst yaml_1 = require("yaml");\n', 'secret/secret');

  expect(modules).toEqual(['secret/a', 'errors/b']);
  expect(packages).toEqual(['yaml']);
});

test('an import of everything needs no helper, and no comment is kept', () => {
  const compiled = `"use strict";
var __importStar = (this && this.__importStar) || function (module) { return module; };
const kplus = __importStar(require("cdk8s-plus-28"));
/** A class. */
class Web extends kplus.Deployment { kplus() { return { kplus: this.kplus }; } } // its end
`;

  expect(lazyModule(compiled, 'workload/web').text).toBe(
    '"use strict";\nlet kplus;\nclass Web extends (kplus ??= require("cdk8s-plus-28")).Deployment {\n    kplus() { return { kplus: this.kplus }; }\n}\n');
});

test.each(['f(it_1)', '({ it_1 })', '(it_1 => it_1.g)()', 'it_1["g"]'])('what cannot be loaded later is refused: %s', expression => {
  expect(() => lazyModule(`const it_1 = require("./it");\n${expression};\n`, 'secret/secret')).toThrow('secret/secret uses it_1 other than in it_1.member');
});

test.each([
  'const it_1 = __importDefault(require("./it"));',
  'var it_1 = require("./it");',
  'require("./it");',
  'function f() { return require("./it"); }',
  'function f() { return import("./it"); }',
  'const { createRequire } = module;\nconst f = require;',
])('an import that is made in another way is refused: %s', statement => {
  expect(() => lazyModule(`"use strict";\n${statement}\n`, 'secret/secret')).toThrow('secret/secret imports in a way that the bundler does not know');
});

test('an index that exports everything of a module has a getter for each of its names', () => {
  const compiled = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n__exportStar(require("./job"), exports);\n';
  const { text, modules } = lazyIndex(compiled, 'apolo/index', module => exportedNames(module === 'apolo/job' ? 'exports.Job = exports.Form = void 0;' : ''));
  expect(modules).toEqual(['apolo/job']);
  expect(text).toContain('lazy("Form", function () { return load("apolo/job").Form; });\nlazy("Job", function () { return load("apolo/job").Job; });\n');
});
