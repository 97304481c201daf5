import { runCli } from '../../src/cli/cli';
import type { ExitCode } from '../../src/cli/command';

/** What a run of the command line printed, and its exit code. */
export interface Run {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run is given besides its arguments. */
export interface Surroundings {
  readonly input?: string | Buffer;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where given, standard output is a terminal of this width. */
  readonly columns?: number;
  /** Says when it is to stop. */
  readonly stopped?: AbortSignal;
  /** Told whenever something is printed, with all that was printed on standard output so far. */
  readonly onOutput?: (stdout: string) => void;
}

/** Runs the command line in this process. */
export async function run(args: readonly string[], { input = '', environment = {}, columns, stopped, onOutput }: Surroundings = {}): Promise<Run> {
  let stdout = '';
  let stderr = '';
  const code = await runCli(args, {
    readInput: async () => Buffer.from(input),
    stdout: {
      write(text) {
        stdout += text;
        onOutput?.(stdout);
      },
      isTTY: columns !== undefined,
      columns,
    },
    stderr: { write: text => stderr += text },
    environment,
    stopped: () => stopped ?? new AbortController().signal,
  });
  return { code, stdout, stderr };
}
