import { join } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '../..');

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: true,
  types: ['node', 'jest'],
  paths: { 'cdk8s-secrets': [join(ROOT, 'src/index.ts')] },
};

const PREAMBLE = [
  "import { Chart, Lazy } from 'cdk8s';",
  "import * as kplus from 'cdk8s-plus-28';",
  "import * as secrets from 'cdk8s-secrets';",
  "import { Secret, SecretBinding, SecretVolume, SensitiveValue } from 'cdk8s-secrets';",
  'declare const chart: Chart;',
  "const value = SensitiveValue.fromLiteral('x');",
  '',
].join('\n');

/**
 * What the TypeScript compiler, as strict as it can be, has against each of these programs: its messages by their names.
 *
 * They are checked in one program, and of the library only what they use, so that it takes seconds.
 *
 * @param programs by their names
 * @param preamble what stands before each of them
 */
export function compile(programs: Readonly<Record<string, string>>, preamble = PREAMBLE): Record<string, string[]> {
  const names = Object.keys(programs);
  const paths = new Map(names.map((name, index) => [join(ROOT, 'test/types', `program-${index}.ts`), name]));
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  const textOf = (path: string) => paths.has(path) ? preamble + programs[paths.get(path)!] : undefined;
  host.getSourceFile = (path, ...rest) => {
    const text = textOf(path);
    return text === undefined ? getSourceFile.call(host, path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  };
  host.fileExists = path => paths.has(path) || fileExists.call(host, path);
  host.readFile = path => textOf(path) ?? readFile.call(host, path);
  const program = ts.createProgram([...paths.keys()], OPTIONS, host);
  return Object.fromEntries([...paths].map(([path, name]) => {
    const file = program.getSourceFile(path)!;
    const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return [name, diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ').replace(/ +/g, ' '))];
  }));
}
