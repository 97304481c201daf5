import { DeclaredSecret } from '../secret/declared-secret';
import type { ISecret } from '../secret/secret-reference';
import { randomCommand } from '../value/random-command';

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
 * A command line that gives a value to a command without showing it: from its file, from its environment variable, from random bytes where
 * it is generated for this key alone, or from whatever is typed or piped in. A variable that is not set is an error, not an empty secret.
 *
 * @param fromFile the command that takes the value from a file
 * @param fromInput the command that takes the value from its standard input
 */
export function secretCommand({ secret, key }: NamedKey, fromFile: (file: string) => string, fromInput: string): string {
  const { file, variable, trimsNewline, allowsEmpty, random } = DeclaredSecret._is(secret) ? secret._origin(key) ?? {} : {};
  if (file !== undefined) {
    const word = shellWord(/^-|^[A-Za-z_]\w*=/.test(file) ? `./${file}` : file);
    return trimsNewline ? `${WITHOUT_NEWLINE} ${word} | ${fromInput}` : fromFile(word);
  }
  if (random !== undefined && random.sharedAs === undefined) return `${randomCommand(random)} | ${fromInput}`;
  if (variable === undefined || !isShellVariable(variable)) return fromInput;
  return `: "\${${variable}${allowsEmpty ? '?' : ':?'}}" && printf %s "$${variable}" | ${fromInput}`;
}

/** Prints a file without one newline at its end: what `$(cat FILE)` gives lacks all of them. */
const WITHOUT_NEWLINE = 'LC_ALL=C awk \'NR > 1 { print line } { line = $0 } END { sub(/\\r$/, "", line); printf "%s", line }\'';
