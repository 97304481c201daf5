import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ExitCode, type Command } from '../src/cli/command';
import { COMMANDS } from '../src/cli/commands';
import { phraseOf, spellingOf, type Option } from '../src/cli/option';

/** The page of all commands. */
export const CLI_DOC = resolve(__dirname, '../docs/cli.md');

const INTRODUCTION = `# Commands

The package has one program:

    npx cdk8s-secrets COMMAND [OPTION…] [ARGUMENT…]

\`cdk8s-secrets COMMAND --help\` says on one screen what a command takes; \`cdk8s-secrets help COMMAND\` says what stands here.

**What they read.** Commands that read manifests take files, folders, patterns (\`'deploy/**/*.yaml'\`, expanded where the shell has not done so) and
\`-\` for standard input, and have Helm or kustomize render what \`--helm\` and \`--kustomize\` name. \`--app\` is the command that runs an app. What cannot be read
is told on standard error, and the rest is read.

**What they print.** The result goes to standard output, or to the file of \`--output\`; all else goes to standard error. A command with several formats has \`--format\`.
No command prints the value of a Secret. Colours are for terminals only, and there are none where \`NO_COLOR\` is set. After a second, a terminal shows how far a long run is.

An option with \`…\` may be given several times; words stand behind it or as \`--option=word\`, and behind \`--\` everything is an argument.

**How they end.** With 0 where all is well, with 1 where there is something to look at, and with 2 where the arguments or the input cannot be used.`;

/** The text of docs/cli.md: what is the same for all commands, then each. */
export function renderCliDoc(commands: readonly Command[] = COMMANDS): string {
  const contents = commands.map(({ name, summary }) => `- [${name}](#${name}): ${summary}`).join('\n');
  return `<!-- Made by tools/cli-doc.ts, of what the commands say in their help. -->\n\n${[INTRODUCTION, contents, ...commands.map(section)].join('\n\n')}\n`;
}

function section({ name, usage, description, details = [], examples, options, exits }: Command): string {
  const table = Object.entries(options);
  return [
    `## ${name}`,
    ['```sh', ...usage.map(call => `cdk8s-secrets ${name} ${call}`), '```'].join('\n'),
    description,
    ...details,
    ['```sh', ...examples.map(({ call, does }) => does === undefined ? call : `${call} # ${does}`), '```'].join('\n'),
    ...table.length === 0 ? [] : [['| option | does |', '|---|---|', ...table.map(row)].join('\n')],
    ['| exit code | when |', '|---|---|', ...codes(exits)].join('\n'),
  ].join('\n\n');
}

function row([name, option]: [string, Option]): string {
  const { details } = option;
  return `| \`${cell(spellingOf(name, option))}\` | ${cell(phraseOf(option))}${details === undefined ? '' : `. ${cell(details)}`} |`;
}

function codes(exits: Command['exits']): string[] {
  return [ExitCode.CLEAN, ExitCode.FINDINGS, ExitCode.UNUSABLE].flatMap(code => exits[code] === undefined ? [] : [`| ${code} | ${cell(exits[code])} |`]);
}

/** A text in a table of Markdown. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

if (require.main === module) writeFileSync(CLI_DOC, renderCliDoc());
