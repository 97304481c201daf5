import { isUtf8 } from 'node:buffer';
import type { ValueSet } from './value-set';
import { readFileBytes } from './value-source';
import { SecretsError } from '../errors/secrets-error';
import { envName } from '../kubernetes/env-names';

/**
 * The longest line that kubectl's scanner takes, a `\r` at its end included; at a longer one it ends in silence and the
 * rest of the file is lost.
 */
const MAX_LINE = 64 * 1024 - 1;
const BYTE_ORDER_MARK = '\uFEFF';
/** What Go's unicode.IsSpace takes for a blank: unlike JavaScript's trimStart with U+0085, and without U+FEFF. */
const LEADING_BLANKS = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/**
 * An env file as `kubectl create secret generic --from-env-file` reads it.
 *
 * A line is `KEY=value`; blanks before it, blank lines and lines that start with `#` are skipped; everything after the
 * first `=` is the value, quotes and trailing blanks included; `KEY` alone takes the variable of that name from the
 * environment. Refused, beyond what kubectl refuses: such a variable that is not set (kubectl: an empty value), and a
 * line that is too long for kubectl (which then loses the rest of the file).
 */
export function envFile(path: string): ValueSet {
  const description = `env file ${JSON.stringify(path)}`;
  return { description, originOf: envKey => ({ envFile: path, envKey }), open: () => parseEnvFile(readFileBytes(path, 'env file'), description) };
}

export function parseEnvFile(bytes: Buffer, description: string): Map<string, () => Buffer> {
  const values = new Map<string, () => Buffer>();
  for (const [index, line] of linesOf(bytes).entries()) {
    const refuse = (why: string, next: string) => new SecretsError({
      code: 'InvalidEnvFile', message: `${description}, line ${index + 1}: ${why}`, next,
    });
    if (line.length > MAX_LINE) {
      throw refuse(`a line of ${line.length} bytes; kubectl would end here in silence`, 'keep the value in a file of its own');
    }
    if (!isUtf8(line)) throw refuse('it is not UTF-8', 'keep a binary value in a file of its own');
    const text = line.toString('utf8').replace(/\r$/, '');
    const entry = (index === 0 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).replace(LEADING_BLANKS, '');
    if (entry === '' || entry.startsWith('#')) continue;

    const separator = entry.indexOf('=');
    const key = separator < 0 ? entry : entry.slice(0, separator);
    if (envName(key).length > 0) {
      throw refuse('the text before "=" is no valid name', "write KEY=value; 'export', blanks around the name and digits at its start are not understood");
    }
    if (values.has(key)) throw refuse(`the key ${JSON.stringify(key)} is there twice`, 'keep one of the two');
    values.set(key, separator < 0 ? fromEnvironment(key, index + 1, description) : () => Buffer.from(entry.slice(separator + 1), 'utf8'));
  }
  return values;
}

/** The lines, as Go's bufio.ScanLines splits them, each with the `\r` that it may end in. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

function fromEnvironment(key: string, line: number, description: string): () => Buffer {
  return () => {
    const value = Object.hasOwn(process.env, key) ? process.env[key] : undefined;
    if (value === undefined) {
      throw new SecretsError({
        code: 'EnvironmentVariableUnset',
        message: `${description}, line ${line}: there is no "=", so the value is that of the environment variable ${JSON.stringify(key)}, which is not set`,
        next: 'set it, or write the value after "="',
      });
    }
    return Buffer.from(value, 'utf8');
  };
}
