import type { Io } from './io';

/** What `cdk8s-secrets NAME` does. */
export interface Command {
  readonly name: string;
  /** One line about it, for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;

  /**
   * Runs it.
   *
   * @returns the exit code
   * @throws UsageError where the arguments are wrong
   * @throws SecretsError where its input is unusable
   */
  run(args: readonly string[], io: Io): Promise<ExitCode>;
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
