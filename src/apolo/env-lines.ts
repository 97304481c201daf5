import { isUtf8 } from 'node:buffer';
import { SecretsError } from '../errors/secrets-error';
import { readFileBytes } from '../value/value-source';

/** Where Python's `splitlines` ends a line. */
const LINE_ENDS = /\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]/;

/** What Python's `lstrip` takes away. */
const LEADING_SPACE = /^[\s\x1c-\x1f\x85]+/;

/** An entry of the environment, `NAME=value` or `NAME`, and where it stands if that is a file. */
export interface EnvEntry {
  readonly text: string;
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
}

/**
 * The entries of an env file as the Apolo client reads one: blank lines and lines that start with `#` are left out; quotes,
 * `export`, comments after a value and spaces at its end belong to the entry.
 */
export function envFileEntries(content: string, file: string): EnvEntry[] {
  return content.replace(/^\ufeff/, '').split(LINE_ENDS)
    .map((line, index) => ({ text: line.replace(LEADING_SPACE, ''), file, line: index + 1 }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'));
}

/** @throws SecretsError FileUnreadable, InvalidApoloReference */
export function readEnvFile(path: string): EnvEntry[] {
  const bytes = readFileBytes(path, 'env file');
  if (!isUtf8(bytes)) {
    throw new SecretsError({ code: 'InvalidApoloReference', message: `the env file ${JSON.stringify(path)} is no UTF-8`, next: 'save it as UTF-8' });
  }
  return envFileEntries(bytes.toString('utf8'), path);
}
