import { spawnSync } from 'node:child_process';
import { UsageError } from './command';

const MAX_BYTES = 256 * 1024 * 1024;

/** A program with its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

/** What a program says against its input. */
export class ProgramFailed extends UsageError {
  constructor(public readonly program: string, public readonly said: string) {
    super(`${program}: ${said}`);
  }
}

/**
 * What the first of some programs prints that is installed.
 *
 * @param needed the programs, as a person would say it
 * @throws ProgramFailed
 * @throws UsageError where none is installed
 */
export function firstInstalled(commands: readonly CommandLine[], needed: string): string {
  for (const [program, ...args] of commands) {
    const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: MAX_BYTES, env: process.env });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') continue;
    if (error === undefined && status === 0) return stdout;
    throw new ProgramFailed(program, error === undefined ? lastWords(stderr) : `it ended with ${(error as NodeJS.ErrnoException).code ?? 'an error'}`);
  }
  throw new UsageError(`${needed} is not installed`);
}

/** A path that no program takes for an option. */
export function argument(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

/** What kubectl logs when a command fails, on one line or on several. */
const KUBECTL = /"command failed" err=(?:"((?:[^"\\]|\\.)*)"|<\n([^]*))/;

/** Behind these a program quotes what stands in files: patches, literals, lines of variables. Secrets may be among it. */
const QUOTES = /[`[{]|invalid literal source|invalid utf8 bytes/;

/** What a program said last, as far as it is its own words. */
function lastWords(stderr: string): string {
  const [, line, block] = KUBECTL.exec(stderr) ?? [];
  const said = line?.replace(/\\(.)/g, '$1') ?? block ?? stderr;
  const at = QUOTES.exec(said)?.index ?? said.length;
  const lines = said.slice(0, at).split('\n').map(text => text.trim()).filter(text => text !== '' && text !== '>');
  const last = (lines[lines.length - 1] ?? '').slice(0, 300);
  return at < said.length ? `${withoutEnd(last)} …` : last;
}

/** The text without what led to a quote. */
function withoutEnd(said: string): string {
  let end = said.length;
  while (end > 0 && ' :\'"'.includes(said[end - 1])) end--;
  return said.slice(0, end);
}
