import { writeFileSync } from 'node:fs';
import { UsageError } from './command';
import type { Io } from './io';

/**
 * Writes what a command made: to the file that was named, or to standard output.
 *
 * @throws UsageError where the file cannot be written
 */
export function writeOutput(text: string, file: string | undefined, { stdout }: Io): void {
  if (file === undefined) {
    stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`the output cannot be written to ${JSON.stringify(file)} (${(error as NodeJS.ErrnoException).code})`);
  }
}
