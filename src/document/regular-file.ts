import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** How many bytes of a file are read where nothing else is said. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** The reasons for which a file is not read that no error of the system has. */
export const NOT_REGULAR = 'NOT_REGULAR';
export const TOO_LARGE = 'TOO_LARGE';

/** A file that is not read, though the system would. */
class RefusedFile extends Error {
  constructor(public readonly code: typeof NOT_REGULAR | typeof TOO_LARGE) {
    super(code);
  }
}

/**
 * The bytes of a regular file. Devices, pipes and sockets are refused before a byte is read: they may have no end, or none yet.
 *
 * @throws an error with a `code`: `NOT_REGULAR`, `TOO_LARGE`, or one of the system
 */
export function readRegularFile(path: string, limit = MAX_FILE_BYTES): Buffer {
  // Without waiting: to open a pipe that nobody writes to would never return.
  // eslint-disable-next-line no-bitwise
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw Object.assign(new Error('EISDIR'), { code: 'EISDIR' });
    if (!stat.isFile()) throw new RefusedFile(NOT_REGULAR);
    if (stat.size > limit) throw new RefusedFile(TOO_LARGE);
    const chunks: Buffer[] = [];
    let size = 0;
    for (;;) {
      // One byte more than it says that it has, which shows that there is no more; files of /proc say 0.
      const chunk = Buffer.allocUnsafe(Math.max(stat.size - size + 1, 4096));
      const read = readSync(file, chunk, 0, chunk.length, null);
      if (read === 0) return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      size += read;
      if (size > limit) throw new RefusedFile(TOO_LARGE);
      chunks.push(chunk.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
}
