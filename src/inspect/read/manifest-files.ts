import { isUtf8 } from 'node:buffer';
import { whyUnreadable } from './find-files';
import { NOT_REGULAR, readRegularFile, TOO_LARGE } from '../../document/regular-file';
import { unreadableManifest } from '../../document/unreadable';
import { SecretsError } from '../../errors/secrets-error';

const MAX_BYTES = 256 * 1024 * 1024;

/**
 * The text of a file.
 *
 * @throws UnreadableManifest
 */
export function readManifestText(file: string): string {
  return asUnreadable(file, () => {
    return decodeManifestText(readRegularFile(file, MAX_BYTES), file);
  });
}

/**
 * The text that bytes are.
 *
 * @throws UnreadableManifest
 */
export function decodeManifestText(bytes: Buffer, file?: string): string {
  if (bytes.length > MAX_BYTES) throw unreadableManifest(`it has more than ${MAX_BYTES} bytes`, 'split it', file);
  if (bytes.includes(0) || !isUtf8(bytes)) throw unreadableManifest('it is no text in UTF-8', 'take it out of the input', file);
  return bytes.toString('utf8');
}

function asUnreadable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SecretsError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === TOO_LARGE) throw unreadableManifest(`it has more than ${MAX_BYTES} bytes`, 'split it', file);
    if (code === NOT_REGULAR) throw unreadableManifest('it is no regular file', "name a file, or pass its content as standard input ('-')", file);
    const { message, next } = whyUnreadable(error, file);
    throw unreadableManifest(message, next, file);
  }
}
