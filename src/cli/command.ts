import type { Io } from './io';
import type { Options } from './option';

/** What `cdk8s-secrets NAME` does, and all that is said of it: the help, the completion and docs/cli.md are made of this. */
export interface Command {
  readonly name: string;
  /** One line about it, for the list of commands. */
  readonly summary: string;
  /** What follows its name, one line for each way to call it: `[OPTION…] FILE|DIRECTORY|-…`. */
  readonly usage: readonly string[];
  /** What it does, in a few sentences. */
  readonly description: string;
  /** What there is to say beyond that, in paragraphs, for the manual. */
  readonly details?: readonly string[];
  /** Calls that work. The help has the first. */
  readonly examples: readonly Example[];
  readonly options: Options;
  /** The words that may be its arguments, or what else these are: files are completed, and the codes of `explain`. */
  readonly completes?: () => Completable;
  /** When it ends how. */
  readonly exits: Readonly<Partial<Record<ExitCode, string>>>;

  /**
   * Runs it.
   *
   * @returns the exit code
   * @throws UsageError where the arguments are wrong
   * @throws SecretsError where its input is unusable
   */
  run(args: readonly string[], io: Io): Promise<ExitCode>;
}

/** A call of a command. */
export interface Example {
  /** The line for a shell. */
  readonly call: string;
  /** What it does, where the line does not say it. */
  readonly does?: string;
}

/** What may stand in a place of the command line. */
export interface Completable {
  readonly words?: readonly string[];
  /** Whether files and folders may stand there. */
  readonly files?: boolean;
}

/** How a command ends. */
export enum ExitCode {
  /** All is well. */
  CLEAN = 0,
  /** There are findings. */
  FINDINGS = 1,
  /** The arguments or the input cannot be used. */
  UNUSABLE = 2,
}

/** What is wrong with the arguments. */
export class UsageError extends Error {}
