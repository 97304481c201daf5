import { lazyIndex } from '../../tools/lazy-index';

const COMPILED = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Stage = exports.Severity = void 0;
var finding_1 = require("./inspect/finding");
Object.defineProperty(exports, "Severity", { enumerable: true, get: function () { return finding_1.Severity; } });
Object.defineProperty(exports, "Stage", { enumerable: true, get: function () { return finding_1.Stage; } });
`;

test('loads no module before one of its exports is asked for', () => {
  expect(lazyIndex(COMPILED)).toBe(`"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Stage = exports.Severity = void 0;
function lazy(name, load) { Object.defineProperty(exports, name, { enumerable: true, get: function () { return load()[name]; } }); }
lazy("Severity", function () { return require("./inspect/finding"); });
lazy("Stage", function () { return require("./inspect/finding"); });
`);
});

test('changes nothing when it is done again', () => {
  expect(lazyIndex(lazyIndex(COMPILED))).toBe(lazyIndex(COMPILED));
});
