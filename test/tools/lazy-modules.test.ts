import { lazyIndex, lazyModule } from '../../tools/lazy-modules';

const INDEX = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Stage = exports.Severity = void 0;
var finding_1 = require("./inspect/finding");
Object.defineProperty(exports, "Severity", { enumerable: true, get: function () { return finding_1.Severity; } });
Object.defineProperty(exports, "Stage", { enumerable: true, get: function () { return finding_1.Stage; } });
`;

test('the index loads no module before one of its exports is asked for', () => {
  expect(lazyIndex(INDEX)).toBe(`"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Stage = exports.Severity = void 0;
function lazy(name, load) { Object.defineProperty(exports, name, { enumerable: true, get: function () { return load()[name]; } }); }
lazy("Severity", function () { return require("./inspect/index.js")("finding"); });
lazy("Stage", function () { return require("./inspect/index.js")("finding"); });
`);
});

test('nothing is left to do in an index where it was done', () => {
  expect(lazyIndex(lazyIndex(INDEX))).toBe(lazyIndex(INDEX));
});

test.each([
  ['of its own layer', './metadata', 'load("checks/metadata")'],
  ['of its own layer, a folder up', '../decode/schema', 'load("decode/schema")'],
  ['of another layer', '../../errors/codes', 'require("../errors/index.js")("codes")'],
  ['of Node', 'node:fs', 'require("node:fs")'],
  ['of a package', 'cdk8s', 'require("cdk8s")'],
])('a module loads one %s where it first uses it', (_, specifier, expression) => {
  expect(lazyModule(`"use strict";\nconst it_1 = require("${specifier}");\nfunction f() { return (0, it_1.g)(new it_1.C()); }\n`, 'inspect/checks/secret')).toBe(
    `"use strict";\nlet it_1;\nfunction f() { return (0, (it_1 ??= ${expression}).g)(new (it_1 ??= ${expression}).C()); }\n`);
});

test('an import of everything needs no helper, and no comment is kept', () => {
  const compiled = `"use strict";
var __importStar = (this && this.__importStar) || function (module) { return module; };
const kplus = __importStar(require("cdk8s-plus-28"));
/** A class. */
class Web extends kplus.Deployment { kplus() { return { kplus: this.kplus }; } } // its end
`;

  expect(lazyModule(compiled, 'workload/web')).toBe(
    '"use strict";\nlet kplus;\nclass Web extends (kplus ??= require("cdk8s-plus-28")).Deployment {\n    kplus() { return { kplus: this.kplus }; }\n}\n');
});

test.each(['f(it_1)', '({ it_1 })', '(it_1 => it_1.g)()', 'it_1["g"]'])('what cannot be loaded later is refused: %s', expression => {
  expect(() => lazyModule(`const it_1 = require("./it");\n${expression};\n`, 'secret/secret')).toThrow('secret/secret uses it_1 other than in it_1.member');
});
