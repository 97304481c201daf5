import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync, type Stats } from 'node:fs';
import { whyUnreadable } from './find-files';
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
    const { size } = regularFile(file);
    if (size > MAX_BYTES) throw unreadableManifest(`it has more than ${MAX_BYTES} bytes`, 'split it', file);
    return decodeManifestText(readFileSync(file), file);
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

/** Devices and pipes may never end. */
function regularFile(file: string): Stats {
  const stats = statSync(file);
  if (!stats.isFile()) throw unreadableManifest('it is no regular file', "name a file, or pass its content as standard input ('-')", file);
  return stats;
}

function asUnreadable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SecretsError) throw error;
    const { message, next } = whyUnreadable(error, file);
    throw unreadableManifest(message, next, file);
  }
}
