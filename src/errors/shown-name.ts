import type { Problem } from './problem';

/** Shorter values of variables are words like `1` and `dev`. */
const MIN_HIDDEN = 6;
/** Variables of every shell, whose values are no secrets. */
const PUBLIC_VARIABLE = /^(?:PWD|OLDPWD|INIT_CWD|HOME|USER|USERNAME|LOGNAME|HOSTNAME|SHELL|TERM|LANG|PATH|TMPDIR|NODE_ENV|npm_.*)$/;
/** The codes of what was refused as a name, a path or a reference. */
const REFUSED_NAME = /^(?:Invalid|Unknown|FileUnreadable|EnvironmentVariableUnset)/;

/** The literal values of this process, to be told from names. More of them are in no program that a person wrote. */
const literals = new Set<string>();
const MAX_LITERALS = 10_000;

/** Notes that a text is the value of a secret. */
export function noteValue(text: string): void {
  if (text.length >= MIN_HIDDEN && literals.size < MAX_LITERALS) literals.add(text);
}

/**
 * Why a text that was given as a name must not be shown, where it must not: it is a value. Secrets get into programs as literals and as the values
 * of environment variables; the variable is named.
 */
export function hiddenBecause(text: string): string | undefined {
  if (text.length < MIN_HIDDEN) return undefined;
  const [variable] = Object.keys(process.env).filter(key => process.env[key] === text && !PUBLIC_VARIABLE.test(key)).sort();
  if (variable !== undefined) return `it is the value of the environment variable ${JSON.stringify(variable)}`;
  return literals.has(text) ? 'it is a value that was declared' : undefined;
}

/**
 * A name in quotes, where it can be shown: a value of a secret that was given where its name is meant must not be.
 *
 * @param name what was given as a name
 * @param plausible what such a name looks like; anything else is not shown
 */
export function shownName(name: string, plausible: RegExp = /^/): string {
  if (!plausible.test(name)) return '(not shown: it is no such name, and could be a value)';
  return hidden(name) ?? JSON.stringify(name);
}

/** A problem, whose sentence does not quote a value that was given where a name is meant. */
export function withoutValues(problem: Problem): Problem {
  if (!REFUSED_NAME.test(problem.code)) return problem;
  const { code, message, next } = problem;
  return { code, message: withoutQuotedValues(message), next };
}

/** Messages quote with double quotes, as in JSON, and with single quotes what is in the words of another program. */
function withoutQuotedValues(text: string): string {
  // What stands between any two single quotes that follow one another, as some of them are apostrophes.
  const parts = text.split('\'').map((part, index, all) => index === 0 || index === all.length - 1 ? part : hidden(part) ?? part);
  const pieces: string[] = [];
  const singly = parts.join('\'');
  let end = 0;
  for (let start = singly.indexOf('"'); start !== -1; start = singly.indexOf('"', end)) {
    const close = endOfQuote(singly, start);
    if (close === undefined) break;
    const quoted = singly.slice(start, close);
    pieces.push(singly.slice(end, start), hidden(unquoted(quoted)) ?? quoted);
    end = close;
  }
  return pieces.join('') + singly.slice(end);
}

function hidden(text: string): string | undefined {
  const reason = hiddenBecause(text);
  return reason === undefined ? undefined : `(not shown: ${reason})`;
}

/** Where a text in double quotes ends, behind the second of them. */
function endOfQuote(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return undefined;
}

function unquoted(quoted: string): string {
  try {
    return JSON.parse(quoted);
  } catch {
    return quoted.slice(1, -1);
  }
}
