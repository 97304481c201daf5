import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ValueSet } from './value-set';
import { readFileBytes } from './value-source';
import { SecretsError } from '../errors/secrets-error';
import { dataKey } from '../kubernetes/keys';

/**
 * A folder as `kubectl create secret generic --from-file=DIRECTORY` reads it: every regular file in it, dot files too,
 * is a key with its bytes. Refused, beyond what kubectl refuses: what kubectl would skip in silence (folders, symbolic
 * links, sockets), unless it is excluded by name.
 */
export function directory(path: string, exclude: readonly string[] = []): ValueSet {
  const description = `directory ${JSON.stringify(path)}`;
  return {
    description,
    originOf: key => ({ file: join(path, key) }),
    open: () => {
      const values = new Map<string, () => Buffer>();
      for (const entry of entriesOf(path, description)) {
        if (exclude.includes(entry.name)) continue;
        checkEntry(entry, description);
        values.set(entry.name, () => readFileBytes(join(path, entry.name)));
      }
      return values;
    },
  };
}

function entriesOf(path: string, description: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw new SecretsError({
      code: 'FileUnreadable',
      message: `${description} cannot be read (${(error as NodeJS.ErrnoException).code})`,
      next: `check the path; a relative one starts at the working directory ${JSON.stringify(process.cwd())}`,
    });
  }
}

function checkEntry(entry: Dirent, description: string): void {
  const name = JSON.stringify(entry.name);
  if (!entry.isFile()) {
    const kind = entry.isDirectory() ? 'a folder' : entry.isSymbolicLink() ? 'a symbolic link' : 'no regular file';
    throw new SecretsError({
      code: 'InvalidDirectory',
      message: `${description} holds ${name}, which is ${kind}; kubectl would skip it in silence`,
      next: 'remove it, name it in `exclude`, or declare its keys one by one with SensitiveValue.fromFile',
    });
  }
  const wrong = dataKey(entry.name);
  if (wrong.length > 0) {
    throw new SecretsError({
      code: 'InvalidDirectory',
      message: `${description} holds ${name}, which can be no key of a secret: ${wrong.join(', ')}`,
      next: 'rename the file, name it in `exclude`, or declare its key with SensitiveValue.fromFile',
    });
  }
}
