import { ExitCode, UsageError, type Command } from './command';
import { COMMANDS } from './commands';
import { COMPLETE, FILES } from './completion-command';
import { completionsOf } from './completions';
import { errorText } from './error-text';
import { helpOf, manualOf, usageOf } from './help';
import type { Io } from './io';
import { didYouMean } from '../errors/suggest';
import { TOOL } from '../report/tool';

/** Runs the command line, and gives the exit code. Nothing is thrown, and nothing printed that could hold a value. */
export async function runCli(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    io.stderr.write(errorText(error, COMMANDS.find(({ name }) => name === args[0])?.name));
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
