import { spawnSync } from 'node:child_process';
import type { Duration } from 'cdk8s';
import { type ValueSource, withoutFinalNewline } from './value-source';
import { sensitiveMarkers } from '../errors/marker';
import { SecretsError } from '../errors/secrets-error';
import { shownName } from '../errors/shown-name';

const DEFAULT_SECONDS = 30;
/** No Secret holds more. */
const MAX_OUTPUT = 1024 * 1024;
/** What programs are called, and the paths to them. Anything else may be a whole command line, or a value. */
const PROGRAM = /^[\w.+@-]{1,64}$/;
const PATH = /^(?:[A-Za-z]:[\w.+@ ()\\/-]*|[\w.+@\\/-]*)$/;

/** How a program is run. */
export interface CommandRun {
  readonly trimNewline?: boolean;
  readonly timeout?: Duration;
  readonly showErrors?: boolean;
}

/**
 * What a program prints. It is run when the value is first read, and once: what came of it is kept. No shell is between, its arguments are in no message,
 * and nothing of what it prints is.
 */
export function commandSource(argv: readonly string[], { trimNewline = false, timeout, showErrors = false }: CommandRun): ValueSource {
  const [program, ...args] = checkedWords(argv);
  const milliseconds = timeout?.toMilliseconds() ?? DEFAULT_SECONDS * 1000;
  if (milliseconds < 1) throw invalidCommand('the time limit of a command is no time', `leave it out for ${DEFAULT_SECONDS} seconds`);
  const description = `command ${nameOf(program)}`;
  const run = (): Buffer | SecretsError => {
    const { error, status, signal, stdout } = spawnSync(program, args, {
      shell: false,
      env: process.env,
      stdio: ['ignore', 'pipe', showErrors ? 'inherit' : 'ignore'],
      maxBuffer: MAX_OUTPUT,
      timeout: milliseconds,
      // a program that takes no notice of a gentler one would keep this one waiting
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    const reason = error !== undefined ? reasonOf((error as NodeJS.ErrnoException).code, milliseconds)
      : status !== 0 ? { why: status === null ? `was ended by ${signal}` : `ended with exit code ${status}`, next: nextOf(showErrors) } : undefined;
    if (reason !== undefined) return new SecretsError({ code: 'CommandFailed', message: `${description} ${reason.why}`, next: reason.next });
    const output = trimNewline ? withoutFinalNewline(stdout) : stdout;
    return output.length > 0 ? output : new SecretsError({ code: 'CommandFailed', message: `${description} printed nothing`, next: nextOf(showErrors) });
  };
  let outcome: Buffer | SecretsError | undefined;
  return {
    description,
    runsProgram: true,
    read: () => {
      outcome ??= run();
      if (outcome instanceof SecretsError) throw new SecretsError(outcome.problem);
      return Buffer.from(outcome);
    },
  };
}

function checkedWords(argv: readonly string[]): readonly string[] {
  const next = "give the program and its arguments, each a text of its own: ['op', 'read', 'op://vault/item/field']";
  if (!Array.isArray(argv) || argv.length === 0) throw invalidCommand('a command must be a list of texts that begins with the program', next);
  const wrong = argv.findIndex((word, index) => typeof word !== 'string' || word.includes('\0') || (index === 0 && word === ''));
  if (wrong >= 0) throw invalidCommand(wrong === 0 ? 'the program of a command is no name' : `argument ${wrong} of a command is no text that a program can be given`, next);
  if (argv.some(word => sensitiveMarkers().some(marker => word.includes(marker)))) {
    throw invalidCommand('a SensitiveValue was put into a command, where every list of processes would show it', 'have the program read it itself, from its environment or a file');
  }
  return [...argv];
}

/** The name of a program, without the folder that it is in. */
function nameOf(program: string): string {
  const shown = shownName(program, PATH);
  if (shown !== JSON.stringify(program)) return shown;
  return shownName(program.slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1), PROGRAM);
}

function reasonOf(code: string | undefined, milliseconds: number): { readonly why: string; readonly next: string } {
  switch (code) {
    case 'ENOENT': return { why: 'was not found', next: 'install the program, or check its name and the PATH; each argument is a text of its own, and no shell reads it' };
    case 'EACCES': return { why: 'may not be run by this user', next: 'check its mode, and that it is a program' };
    case 'ETIMEDOUT': return { why: `took longer than ${milliseconds / 1000} s`, next: 'see what it waits for: it has no standard input; or raise timeout' };
    case 'ENOBUFS': return { why: `printed more than ${MAX_OUTPUT} bytes`, next: 'have it print the value alone' };
    default: return { why: `cannot be run (${code ?? 'unknown error'})`, next: 'check that it is a program' };
  }
}

function nextOf(showsErrors: boolean): string {
  return showsErrors ? 'see what it says on its standard error' : 'run it yourself to see why, or say showErrors, as what it says on its standard error may hold a value';
}

function invalidCommand(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidCommand', message, next });
}
