import { posix } from 'node:path';
import ts from 'typescript';

const IMPORT = /^(?:var|const) (\w+) = require\("([^"]+)"\);$/;
const EXPORT = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);$/;
const STAR = /^__exportStar\(require\("([^"]+)"\), exports\);$/;
const NAMESPACE = /^exports\.(\w+) = __importStar\(require\("\.\/(\w+)"\)\);$/;
const NAMES = /^(?:exports\.\w+ = )+void 0;$/;
const ALWAYS = ['"use strict";', 'Object.defineProperty(exports, "__esModule", { value: true });', ''];
/** Node's ES module loader takes the names from the compiler's `exports.X = void 0`; getters that it recognized would take them away again. */
const LAZY = 'function lazy(name, get) { Object.defineProperty(exports, name, { enumerable: true, get: get }); }';
const MAP_COMMENT = /^\/\/# sourceMappingURL=.*$/m;

/** A compiled module that loads what it imports where it is first used. */
export interface LazyModule {
  /** The body of a function of `exports`, `load` (which gives a module of the library) and `require` (which gives a package). */
  readonly text: string;
  /** The source map from `text` to the compiled module. */
  readonly map: string;
  /** The modules of the library that it imports, by their paths: `secret/secret-base`. */
  readonly modules: readonly string[];
  /** The packages and modules of Node that it imports. */
  readonly packages: readonly string[];
}

/**
 * A compiled index (of the library, or of the submodule of a layer) that loads a module when the first of its exports is asked for.
 *
 * @param compiled what the compiler made of it
 * @param path where it stands in the library: `index`, `openfaas/index`
 * @param namesOf what a module exports, for `export * from './module'`
 * @throws Error where a line is not one of those that the compiler makes of `export { name } from './module'`, `export * from './module'` and `export * as name from './layer'`
 */
export function lazyIndex(compiled: string, path: string, namesOf: (module: string) => readonly string[] = () => []): Pick<LazyModule, 'text' | 'modules'> {
  const modules = new Map<string, string>();
  const names: string[] = [];
  const head: string[] = [];
  const getters: string[] = [];
  let stars = 0;
  for (const line of withoutHelpers(compiled.replace(MAP_COMMENT, '')).split('\n')) {
    const [, variable, specifier] = IMPORT.exec(line) ?? [];
    const [, name, of, member] = EXPORT.exec(line) ?? [];
    const [, namespace, layer] = NAMESPACE.exec(line) ?? [];
    const [, all] = STAR.exec(line) ?? [];
    if (variable !== undefined) {
      modules.set(variable, moduleOf(specifier, path));
    } else if (name !== undefined && name === member && modules.has(of)) {
      getters.push(`lazy("${name}", function () { return load("${modules.get(of)}").${name}; });`);
      names.push(name);
    } else if (namespace !== undefined) {
      modules.set(namespace, `${layer}/index`);
      getters.push(`lazy("${namespace}", function () { return load("${layer}/index"); });`);
      names.push(namespace);
    } else if (all !== undefined) {
      const module = moduleOf(all, path);
      modules.set(all, module);
      stars += namesOf(module).length;
      getters.push(...namesOf(module).map(each => `lazy("${each}", function () { return load("${module}").${each}; });`));
    } else if (NAMES.test(line)) {
      head.push(line);
    } else if (ALWAYS.includes(line)) {
      if (line !== '') head.push(line);
    } else {
      throw new Error(`${path} has a line that the bundler does not know: ${line}`);
    }
  }
  const announced = [...head.join('\n').matchAll(/exports\.(\w+) = /g)].map(match => match[1]);
  if (names.length + stars === 0 || announced.sort().join() !== names.sort().join()) {
    throw new Error(`${path} announces ${announced.length} names, and exports ${names.length}`);
  }
  return { text: `${[...head, LAZY, ...getters].join('\n')}\n`, modules: [...new Set(modules.values())] };
}

/** The names that a compiled module exports. */
export function exportedNames(compiled: string): string[] {
  const announced = compiled.split('\n').find(line => NAMES.test(line)) ?? '';
  return [...announced.matchAll(/exports\.(\w+) = /g)].map(match => match[1]).sort();
}

/** A compiled index without what the compiler adds for `export *`. */
function withoutHelpers(compiled: string): string {
  return compiled.replace(/^var __(createBinding|setModuleDefault|importStar) = [^]*?^\}\)+(?:\(\))?;\n/gm, '').replace(/^var __exportStar = [^]*?^\};?\n/m, '');
}

/**
 * A compiled module, in which what it imports is loaded where it is first used, and comments are left out.
 *
 * @param compiled what the compiler made of the module
 * @param path where it stands in the library: `secret/secret-base`
 * @throws Error where it imports in another way than with `import { name }` and `import * as name`, or where an import is used as
 * anything but the start of `imported.member`
 */
export function lazyModule(compiled: string, path: string): LazyModule {
  const imported: string[] = [];
  const { outputText, sourceMapText } = ts.transpileModule(compiled.replace(MAP_COMMENT, ''), {
    fileName: `${path}.js`,
    compilerOptions: { allowJs: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, removeComments: true, sourceMap: true },
    transformers: { before: [context => file => transform(file, path, context, imported)] },
  });
  return {
    text: outputText.replace(MAP_COMMENT, '').trimEnd() + '\n',
    map: sourceMapText!,
    modules: imported.filter(specifier => specifier.startsWith('.')).map(specifier => moduleOf(specifier, path)),
    packages: imported.filter(specifier => !specifier.startsWith('.')),
  };
}

/** The path in the library of what a module at `path` calls `specifier`. */
function moduleOf(specifier: string, path: string): string {
  return posix.join(posix.dirname(path), specifier);
}

/** The expression with which a module at `path` loads what it calls `specifier`. */
function loading(specifier: string, path: string): string {
  return specifier.startsWith('.') ? `load(${JSON.stringify(moduleOf(specifier, path))})` : `require(${JSON.stringify(specifier)})`;
}

function transform(file: ts.SourceFile, path: string, context: ts.TransformationContext, imported: string[]): ts.SourceFile {
  const { factory } = context;
  const imports = new Map(file.statements.map(importOf).filter(found => found !== undefined));
  imported.push(...imports.values());
  const visit = (node: ts.Node): ts.Node => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && imports.has(node.expression.text)) {
      const loaded = factory.createIdentifier(loading(imports.get(node.expression.text)!, path));
      const once = factory.createBinaryExpression(node.expression, ts.SyntaxKind.QuestionQuestionEqualsToken, loaded);
      return factory.updatePropertyAccessExpression(node, factory.createParenthesizedExpression(once), node.name);
    }
    if (ts.isIdentifier(node) && imports.has(node.text) && !isNameOfMember(node)) {
      throw new Error(`${path} uses ${node.text} other than in ${node.text}.member, so it cannot be loaded later`);
    }
    if (node.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node) && node.text === 'require' && !isNameOfMember(node))) {
      throw new Error(`${path} imports in a way that the bundler does not know: ${node.parent.getText()}`);
    }
    return ts.visitEachChild(node, visit, context);
  };
  return factory.updateSourceFile(file, file.statements.filter(statement => !isImportHelper(statement)).map(statement => {
    const [variable] = importOf(statement) ?? [];
    if (variable === undefined) return ts.visitNode(statement, visit) as ts.Statement;
    const declaration = factory.createVariableDeclaration(variable);
    return factory.createVariableStatement(undefined, factory.createVariableDeclarationList([declaration], ts.NodeFlags.Let));
  }));
}

/** The variable and the module of `const variable = require("module")`, or of the same with a helper around it. */
function importOf(statement: ts.Statement): readonly [string, string] | undefined {
  const [, name, specifier] = ts.isVariableStatement(statement)
    ? /^const (\w+) = (?:__importStar\()?require\("([^"]+)"\)\)?;$/.exec(statement.getText()) ?? [] : [];
  return name === undefined ? undefined : [name, specifier];
}

/** What the compiler adds for `import * as`, which modules that say what they export do not need. */
function isImportHelper(statement: ts.Statement): boolean {
  return ts.isVariableStatement(statement) && /^var __(createBinding|setModuleDefault|importStar) = /.test(statement.getText());
}

/** Whether an identifier only names a member of something. */
function isNameOfMember(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node;
}
