import { MAX_FILE_BYTES } from '../document/regular-file';

/** A stream of text that a command writes to. */
export interface Output {
  /** Whether a person looks at it. */
  readonly isTTY?: boolean;
  /** How wide that terminal is. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** What a command has of the world. */
export interface Io {
  /** Everything on standard input. */
  readonly readInput: () => Promise<Buffer>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Says when somebody has asked to stop, with Ctrl-C. Only what goes on until then asks for it: for all else the process ends. */
  readonly stopped: () => AbortSignal;
}

/** Ctrl-C, once: the second time it ends the process. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

/** Standard input, to its end. */
export async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    size += chunk.length;
    // What reads it says that this is too much.
    if (size > MAX_FILE_BYTES) break;
  }
  return Buffer.concat(chunks);
}
