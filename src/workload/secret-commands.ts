import { DeclaredSecret } from '../secret/declared-secret';
import type { ISecret } from '../secret/secret-reference';

/** One value that a command brings to another system, under the name that it has there. */
export interface NamedKey {
  readonly name: string;
  readonly secret: ISecret;
  readonly key: string;
}

/** The part of a shell's command line that stands for a text. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Whether a shell has a variable of that name. */
export function isShellVariable(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

/**
 * A command line that gives a value to a command without showing it: from its file, from its environment variable, or from
 * whatever is typed or piped in.
 *
 * @param fromFile the command that takes the value from a file
 * @param fromInput the command that takes the value from its standard input
 */
export function secretCommand({ secret, key }: NamedKey, fromFile: (file: string) => string, fromInput: string): string {
  const { file, variable, trimsNewline } = DeclaredSecret._is(secret) ? secret._origin(key) ?? {} : {};
  if (file !== undefined) {
    const word = shellWord(file.startsWith('-') ? `./${file}` : file);
    return trimsNewline ? `printf %s "$(cat ${word})" | ${fromInput}` : fromFile(word);
  }
  return variable !== undefined && isShellVariable(variable) ? `printf %s "$${variable}" | ${fromInput}` : fromInput;
}
