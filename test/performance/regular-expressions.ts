import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

/** A regular expression of the sources, and where it stands. */
export interface FoundExpression {
  readonly file: string;
  readonly line: number;
  readonly source: string;
  readonly flags: string;
  /** Whether it is put together from others when it is loaded, so that its text is no literal. */
  readonly isComposed: boolean;
}

/** Every literal regular expression, and every `new RegExp`, of the TypeScript files below a folder. */
export function regularExpressionsOf(folder: string): FoundExpression[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts')).sort();
  return files.flatMap(file => expressionsOf(file, readFileSync(join(folder, file), 'utf8')));
}

function expressionsOf(file: string, text: string): FoundExpression[] {
  const found: FoundExpression[] = [];
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ file, line, source: node.text.slice(1, end), flags: node.text.slice(end + 1), isComposed: false });
    } else if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') {
      found.push({ file, line, source: node.getText(), flags: '', isComposed: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
