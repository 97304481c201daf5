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
}

/** Standard input, to its end. */
export async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}
