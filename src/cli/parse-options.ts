import { parseArgs } from 'node:util';
import { UsageError } from './command';
import { didYouMean } from '../errors/suggest';

/** An option of a command. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
}

/** What was given for one option. */
type Given<O extends Option> = O extends { readonly multiple: true } ? string[] : O extends { readonly type: 'boolean' } ? boolean : string;

/** The options that were given, and what was given besides. */
export interface Parsed<T extends Readonly<Record<string, Option>>> {
  readonly values: { readonly [name in keyof T]?: Given<T[name]> };
  readonly positionals: readonly string[];
}

/** Arguments of a command, by the options that it has; what is wrong with them is a `UsageError`. */
export function parseOptions<const T extends Readonly<Record<string, Option>>>(args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options }) as unknown as Parsed<T>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('ERR_PARSE_ARGS') !== true) throw error;
    const unknown = /^Unknown option '(--?[^']*)'/.exec(message)?.[1];
    if (unknown === undefined) throw new UsageError(`${message[0].toLowerCase()}${message.slice(1).split('. ')[0]}`);
    throw new UsageError(`there is no option ${JSON.stringify(unknown)}; ${didYouMean(unknown, Object.keys(options).map(name => `--${name}`), 'options')}`);
  }
}

/** One of several words; another one is refused. */
export function oneOf<const T extends string>(text: string | undefined, words: readonly T[], noun: string, nouns: string): T {
  if (text === undefined) throw new UsageError(`no ${noun} is named; ${nouns}: ${words.join(', ')}`);
  if (!(words as readonly string[]).includes(text)) throw new UsageError(`there is no ${noun} ${JSON.stringify(text)}; ${didYouMean(text, words, nouns)}`);
  return text as T;
}
