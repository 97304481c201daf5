import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleLayers } from '../../tools/bundle-layers';

const COMPILED: Record<string, string> = {
  'index.js': `exports.Secret = void 0;
var secret_1 = require("./secret/secret");
Object.defineProperty(exports, "Secret", { enumerable: true, get: function () { return secret_1.Secret; } });
`,
  'errors/problem.js': 'console.log("evaluated errors/problem");\nexports.say = text => console.log(text);\n',
  'errors/rare.js': 'console.log("evaluated errors/rare");\n',
  'secret/secret.js': `const problem_1 = require("../errors/problem");
const base_1 = require("./kinds/base");
class Secret extends base_1.Base { say() { (0, problem_1.say)("said"); } }
exports.Secret = Secret;
`,
  'secret/secret.d.ts': 'export declare class Secret {}\n',
  'secret/kinds/base.js': 'exports.Base = class Base {};\n',
  'cli/main.js': '#!/usr/bin/env node\nconst secret_1 = require("../secret/secret");\nnew secret_1.Secret().say();\n',
};

let lib: string;

beforeEach(() => {
  lib = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-lib-'));
  for (const [file, text] of Object.entries(COMPILED)) {
    mkdirSync(dirname(join(lib, file)), { recursive: true });
    writeFileSync(join(lib, file), text);
  }
  bundleLayers(lib);
});

afterEach(() => rmSync(lib, { recursive: true }));

function node(...args: string[]): string {
  return execFileSync(process.execPath, args, { cwd: lib, encoding: 'utf8' });
}

test('makes one file of each layer, and keeps the declarations and the command', () => {
  const files = readdirSync(lib, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());

  expect(files.map(file => join(file.parentPath, file.name).slice(lib.length + 1)).sort()).toEqual([
    'cli/index.js', 'cli/main.js', 'errors/index.js', 'index.js', 'secret/index.js', 'secret/secret.d.ts',
  ]);
});

test('evaluates a module when something in it is first used', () => {
  expect(node('-e', 'const { Secret } = require("./index.js"); console.log(new Secret() instanceof Secret); new Secret().say(); new Secret().say();'))
    .toBe('true\nevaluated errors/problem\nsaid\nsaid\n');
});

test('the command runs', () => {
  expect(node('cli/main.js')).toBe('evaluated errors/problem\nsaid\n');
  expect(readFileSync(join(lib, 'cli/main.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('changes nothing when it is done again', () => {
  const before = readFileSync(join(lib, 'secret/index.js'), 'utf8');
  bundleLayers(lib);

  expect(readFileSync(join(lib, 'secret/index.js'), 'utf8')).toBe(before);
  expect(node('cli/main.js')).toBe('evaluated errors/problem\nsaid\n');
});
