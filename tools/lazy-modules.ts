import { posix } from 'node:path';
import ts from 'typescript';

const REQUIRE = /^(?:var|const) (\w+) = require\("([^"]+)"\);\n/gm;
const EXPORT = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.\w+; \} \}\);$/gm;

/** Node's ES module loader takes the names from the compiler's `exports.X = void 0`; getters that it recognized would take them away again. */
const HELPER = 'function lazy(name, load) { Object.defineProperty(exports, name, { enumerable: true, get: function () { return load()[name]; } }); }\n';

/**
 * The compiled index of the library, which loads a module when the first of its exports is asked for: who declares a
 * secret does not wait for what reads stack files.
 */
export function lazyIndex(compiled: string): string {
  const modules = new Map([...compiled.matchAll(REQUIRE)].map(([, variable, specifier]) => [variable, loading(specifier, 'index')]));
  const lazy = compiled.replace(REQUIRE, '').replace(EXPORT, (_, name: string, variable: string) => {
    return `lazy("${name}", function () { return ${modules.get(variable)}; });`;
  });
  return modules.size === 0 ? compiled : lazy.replace('lazy(', `${HELPER}lazy(`);
}

/**
 * A compiled module as the body of a function of `exports`, `require` and `load`, in which what it imports is loaded where
 * it is first used, and comments are left out. `load` gives the modules of the same layer by their path in it.
 *
 * @param compiled what the compiler made of the module
 * @param path where it stands in the library: `secret/secret-base`
 * @throws Error where an import is used as anything but the start of `imported.member`
 */
export function lazyModule(compiled: string, path: string): string {
  const { outputText } = ts.transpileModule(compiled, {
    fileName: `${path}.js`,
    compilerOptions: { allowJs: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, removeComments: true },
    transformers: { before: [context => file => transform(file, path, context)] },
  });
  return outputText.replace(/^\/\/# sourceMappingURL=.*$/m, '');
}

/** The expression with which a module at `path` loads what it calls `specifier`. */
function loading(specifier: string, path: string): string {
  if (!specifier.startsWith('.')) return `require(${JSON.stringify(specifier)})`;
  const [layer, ...name] = posix.join(posix.dirname(path), specifier).split('/');
  const module = JSON.stringify(name.join('/'));
  if (path.startsWith(`${layer}/`)) return `load(${module})`;
  return `require("${path.includes('/') ? '..' : '.'}/${layer}/index.js")(${module})`;
}

function transform(file: ts.SourceFile, path: string, context: ts.TransformationContext): ts.SourceFile {
  const { factory } = context;
  const imports = new Map(file.statements.map(importOf).filter(found => found !== undefined));
  const visit = (node: ts.Node): ts.Node => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && imports.has(node.expression.text)) {
      const loaded = factory.createIdentifier(loading(imports.get(node.expression.text)!, path));
      const once = factory.createBinaryExpression(node.expression, ts.SyntaxKind.QuestionQuestionEqualsToken, loaded);
      return factory.createPropertyAccessExpression(factory.createParenthesizedExpression(once), node.name);
    }
    if (ts.isIdentifier(node) && imports.has(node.text) && !isNameOfMember(node)) {
      throw new Error(`${path} uses ${node.text} other than in ${node.text}.member, so it cannot be loaded later`);
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
