import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Codes } from '../src/errors/codes';
import { ALL_CODES, severityText } from '../src/report/all-codes';

/** The page of all codes. */
export const ERRORS_DOC = resolve(__dirname, '../docs/errors.md');

const INTRODUCTION = `# Errors

Every refusal of this library is a \`SecretsError\`. Its message reads

    [construct/path] Code: what is wrong; the next step

and \`code\`, \`constructPath\`, \`problem\` and \`next\` hold the parts. A code is stable: it may be retired, but is never renamed and never
gets another meaning. No part ever holds the text of a secret's value.

An error cannot work; a warning works, but not as it reads, or not for ever. An error is a warning too where it only concerns older versions of Kubernetes than the newest one,
and none was asked for by name, and in a repository where an operator may mend it.`;

/** Code within a line of Markdown: fenced by more backticks than it holds, and by a space where it starts or ends in one. */
function codeSpan(code: string): string {
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${code}${padding}${fence}`;
}

/** The text of docs/errors.md: a table of contents, then cause, example and fix of every code. */
export function renderErrorsDoc(codes: Codes = ALL_CODES): string {
  const names = Object.keys(codes);
  const contents = names.map(name => `- [${name}](#${name.toLowerCase()})`).join('\n');
  const sections = names.map(name => {
    const { cause, example, fix } = codes[name];
    return `## ${name}\n\n${cause}\n\n- **Severity**: ${severityText(codes[name])}\n- **Example**: ${codeSpan(example)}\n- **Fix**: ${fix}`;
  });
  return `<!-- Made by tools/errors-doc.ts, from what stands beside each rule. -->\n\n${[INTRODUCTION, contents, ...sections].join('\n\n')}\n`;
}

if (require.main === module) writeFileSync(ERRORS_DOC, renderErrorsDoc());
