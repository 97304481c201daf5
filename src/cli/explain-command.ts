import { parseCode } from './check-values';
import { ExitCode, type Command } from './command';
import type { Options } from './option';
import { parseOptions } from './parse-options';
import { widthOf } from './terminal';
import { ALL_CODES, severityText } from '../report/all-codes';
import { wrap } from '../report/wrap';

const EXPLAIN_OPTIONS = {} as const satisfies Options;

/** `cdk8s-secrets explain`: what a code means. */
export const explainCommand: Command = {
  name: 'explain',
  summary: 'says what a code means, with an example and the fix',
  usage: ['[CODE…]'],
  description: 'Says what a code means, with an example, and how it is fixed, as docs/errors.md does. Without a code it lists all codes.',
  examples: [{ call: 'cdk8s-secrets explain UnknownKey' }],
  options: EXPLAIN_OPTIONS,
  exits: { [ExitCode.CLEAN]: 'done', [ExitCode.UNUSABLE]: 'there is no such code' },
  completes: () => ({ words: Object.keys(ALL_CODES) }),

  async run(args, io) {
    const { positionals: codes } = parseOptions(args, EXPLAIN_OPTIONS);
    const available = widthOf(io);
    const width = Math.max(40, Number.isFinite(available) ? available : 100);
    const texts = codes.length === 0 ? Object.keys(ALL_CODES).map(code => `${code}\n`) : codes.map(code => explanation(parseCode(code), width));
    io.stdout.write(texts.join(codes.length === 0 ? '' : '\n'));
    return ExitCode.CLEAN;
  },
};

function explanation(code: string, width: number): string {
  const { cause, example, fix } = ALL_CODES[code];
  const indented = (text: string) => wrap(text, width - 2).map(line => `  ${line}`);
  return [code, ...indented(cause), 'Severity:', ...indented(severityText(ALL_CODES[code])), 'Example:', ...indented(example), 'Fix:', ...indented(fix), ''].join('\n');
}
