import { parseCode } from './check-values';
import { ExitCode, UsageError, type Command } from './command';
import { ALL_CODES, severityText } from '../report/all-codes';
import { wrap } from '../report/wrap';

const HELP = `Usage: cdk8s-secrets explain CODE…

Prints what a code means, an example, and how it is fixed, as docs/errors.md does. Without a code: all codes.
`;

/** `cdk8s-secrets explain`: what a code means. */
export const explainCommand: Command = {
  name: 'explain',
  summary: 'says what a code means, with an example and the fix',
  help: HELP,

  async run(args, { stdout, environment }) {
    const option = args.find(arg => arg.startsWith('-'));
    if (option !== undefined) throw new UsageError(`explain has no option ${JSON.stringify(option)}`);
    const width = Math.max(40, stdout.columns ?? (Number(environment.COLUMNS) || 100));
    const texts = args.length === 0 ? Object.keys(ALL_CODES).map(code => `${code}\n`) : args.map(code => explanation(parseCode(code), width));
    stdout.write(texts.join(args.length === 0 ? '' : '\n'));
    return ExitCode.CLEAN;
  },
};

function explanation(code: string, width: number): string {
  const { cause, example, fix } = ALL_CODES[code];
  const indented = (text: string) => wrap(text, width - 2).map(line => `  ${line}`);
  return [code, ...indented(cause), 'Severity:', ...indented(severityText(ALL_CODES[code])), 'Example:', ...indented(example), 'Fix:', ...indented(fix), ''].join('\n');
}
