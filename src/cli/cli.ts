import { checkCommand } from './check-command';
import { ExitCode, UsageError, type Command } from './command';
import { commandsCommand, createCommand } from './commands-command';
import { explainCommand } from './explain-command';
import type { Io } from './io';
import { listCommand } from './list-command';
import { SecretsError } from '../errors/secrets-error';
import { didYouMean } from '../errors/suggest';
import { TOOL } from '../report/tool';

/** Every command; another one needs nothing but its place in this list. */
const COMMANDS: readonly Command[] = [checkCommand, explainCommand, listCommand, commandsCommand, createCommand];

const USAGE = `Usage: ${TOOL.name} COMMAND [ARGUMENT…]

Commands:
${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

Options:
  --help     prints this, and after a command what it takes
  --version  prints the version

Exit codes: 0 clean, 1 findings, 2 unusable input or arguments.
`;

/** Runs the command line, and gives the exit code. Nothing is thrown, and nothing printed that could hold a value. */
export async function runCli(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    io.stderr.write(`${TOOL.name}: ${explain(error, args[0])}\n`);
    return ExitCode.UNUSABLE;
  }
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === undefined) {
    io.stderr.write(USAGE);
    return ExitCode.UNUSABLE;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(USAGE);
    return ExitCode.CLEAN;
  }
  if (name === '--version' || name === '-V') {
    io.stdout.write(`${TOOL.version}\n`);
    return ExitCode.CLEAN;
  }
  const command = COMMANDS.find(candidate => candidate.name === name);
  if (command === undefined) {
    throw new UsageError(`there is no command ${JSON.stringify(name)}; ${didYouMean(name, COMMANDS.map(known => known.name), 'commands')}`);
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.stdout.write(command.help);
    return ExitCode.CLEAN;
  }
  return command.run(rest, io);
}

/** What to say of an error. Of one that nobody expected only the place is said: its text could hold anything. */
function explain(error: unknown, asked: string): string {
  if (error instanceof SecretsError) return error.message;
  if (error instanceof UsageError) return `${error.message}\nTry ${TOOL.name} ${COMMANDS.some(({ name }) => name === asked) ? `${asked} ` : ''}--help`;
  const { name, stack = '' } = error as Error;
  return [`unexpected ${name}; please report it`, ...stack.split('\n').filter(line => /^\s+at /.test(line))].join('\n');
}
