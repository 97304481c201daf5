import { ExitCode, type Command } from './command';
import { phraseOf, spellingOf, type Option } from './option';
import { TOOL } from '../report/tool';
import { wrap } from '../report/wrap';

/** How wide every help is. */
const WIDTH = 80;

const HELP: Option = { type: 'boolean', short: 'h', summary: 'prints this' };

/** What `--help` prints where no command is named. */
export function usageOf(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 4;
  return lines(
    `Usage: ${TOOL.name} COMMAND [OPTION…] [ARGUMENT…]`,
    '',
    ...commands.flatMap(({ name, summary }) => columns(`  ${name}`, summary, width)),
    '',
    `${TOOL.name} COMMAND --help says what a command takes,`,
    `${TOOL.name} help COMMAND all that there is to say,`,
    `${TOOL.name} --version which version this is.`,
    '',
    'Exit codes: 0 clean, 1 findings, 2 unusable input or arguments.',
  );
}

/** What `--help` prints after a command: one screen of 24 lines. */
export function helpOf({ name, usage, description, examples: [example], options, exits }: Command): string {
  const shown = Object.entries({ ...options, help: HELP }).filter(([, { rare }]) => rare !== true);
  const more = shortened(Object.keys(options).filter(option => options[option].rare === true));
  const left = Math.max(...shown.map(([option, table]) => spelled(option, table).length)) + 2;
  return lines(
    ...usage.map((call, index) => `${index === 0 ? 'Usage:' : '      '} ${TOOL.name} ${name} ${call}`),
    '',
    ...wrap(description, WIDTH),
    '',
    `  ${example.call}`,
    '',
    ...shown.flatMap(([option, table]) => columns(spelled(option, table), phraseOf(table), left)),
    ...more.length === 0 ? [] : wrap(`More: ${more.join(', ')}; see '${TOOL.name} help ${name}'.`, WIDTH),
    '',
    ...wrap(`Exit codes: ${exitsOf(exits)}.`, WIDTH),
  );
}

/** What `help COMMAND` prints: all that there is to say. */
export function manualOf({ name, summary, usage, description, details = [], examples, options, exits }: Command): string {
  const indented = (text: string, by: number) => wrap(text, WIDTH - by).map(line => ' '.repeat(by) + line);
  return lines(
    'NAME',
    ...indented(`${TOOL.name} ${name}: ${summary}`, 4),
    '',
    'USAGE',
    ...usage.map(call => `    ${TOOL.name} ${name} ${call}`),
    '',
    'DESCRIPTION',
    ...[description, ...details].flatMap((text, index) => [...index === 0 ? [] : [''], ...indented(plain(text), 4)]),
    '',
    'EXAMPLES',
    ...examples.flatMap(({ call, does }) => [`    ${call}`, ...does === undefined ? [] : indented(does, 8)]),
    '',
    'OPTIONS',
    ...Object.entries(options).flatMap(([option, table]) => [
      `    ${spellingOf(option, table)}`, ...indented(phraseOf(table), 8), ...table.details === undefined ? [] : indented(plain(table.details), 8),
    ]),
    '',
    'EXIT CODES',
    ...Object.entries(exits).map(([code, when]) => `    ${code}  ${when}`),
  );
}

/** `0 no errors, 1 errors, …` */
export function exitsOf(exits: Command['exits']): string {
  return Object.values(ExitCode).filter((code): code is ExitCode => typeof code === 'number').filter(code => exits[code] !== undefined)
    .map(code => `${code} ${exits[code]}`).join(', ');
}

/** How options are named in a list: one that another takes back stands with it. */
function shortened(names: readonly string[]): string[] {
  return names.filter(name => !(name.startsWith('no-') && names.includes(name.slice(3))))
    .map(name => names.includes(`no-${name}`) ? `--[no-]${name}` : `--${name}`);
}

/** An option with its short form before it, or with room for one. */
function spelled(name: string, table: Command['options'][string]): string {
  return `  ${table.short === undefined ? '    ' : ''}${spellingOf(name, table)}`;
}

function columns(left: string, right: string, width: number): string[] {
  return wrap(right, WIDTH - width).map((line, index) => `${(index === 0 ? left : '').padEnd(width)}${line}`);
}

/** A text of Markdown as a terminal shows it: without the marks of code, and of links what they say. */
function plain(text: string): string {
  return text.replace(/\[([^[\]]*)\]\([^()]*\)/g, '$1').replaceAll('`', '');
}

function lines(...all: readonly string[]): string {
  return `${all.map(line => line.trimEnd()).join('\n')}\n`;
}
