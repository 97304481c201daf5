import { ExitCode, UsageError, type Command } from './command';
import { COMMANDS } from './commands';
import { COMPLETE, FILES } from './completion-command';
import { completionsOf } from './completions';
import { helpOf, manualOf, usageOf } from './help';
import type { Io } from './io';
import { SecretsError } from '../errors/secrets-error';
import { didYouMean } from '../errors/suggest';
import { TOOL } from '../report/tool';

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
    io.stderr.write(usageOf(COMMANDS));
    return ExitCode.UNUSABLE;
  }
  if (name === COMPLETE) return complete(rest, io);
  if (name === '--version' || name === '-V') {
    io.stdout.write(`${TOOL.version}\n`);
    return ExitCode.CLEAN;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const [about] = rest.filter(word => !word.startsWith('-'));
    io.stdout.write(about === undefined ? usageOf(COMMANDS) : manualOf(commandNamed(about)));
    return ExitCode.CLEAN;
  }
  const command = commandNamed(name);
  if (asksForHelp(rest)) {
    io.stdout.write(helpOf(command));
    return ExitCode.CLEAN;
  }
  return command.run(rest, io);
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? args.length : end).some(arg => arg === '--help' || arg === '-h');
}

function commandNamed(name: string): Command {
  const command = COMMANDS.find(candidate => candidate.name === name);
  if (command !== undefined) return command;
  if (name.startsWith('-')) throw new UsageError(`there is no option ${JSON.stringify(name)} before a command; options stand behind it`);
  throw new UsageError(`there is no command ${JSON.stringify(name)}; ${didYouMean(name, COMMANDS.map(known => known.name), 'commands')}`);
}

/** Answers a shell, which asks what may stand where the cursor is. */
function complete(typed: readonly string[], { stdout }: Io): ExitCode {
  const { words, files } = completionsOf(typed, COMMANDS);
  for (const [word, does] of words) stdout.write(`${word}\t${does}\n`);
  if (files) stdout.write(`${FILES}\n`);
  return ExitCode.CLEAN;
}

/** What to say of an error. Of one that nobody expected only the place is said: its text could hold anything. */
function explain(error: unknown, asked: string): string {
  if (error instanceof SecretsError) return error.message;
  if (error instanceof UsageError) return `${error.message}\nTry ${TOOL.name} ${COMMANDS.some(({ name }) => name === asked) ? `${asked} ` : ''}--help`;
  const { name, stack = '' } = error as Error;
  return [`unexpected ${name}; please report it`, ...stack.split('\n').filter(line => /^\s+at /.test(line))].join('\n');
}
