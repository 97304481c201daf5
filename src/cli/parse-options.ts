import { parseArgs } from 'node:util';
import { UsageError } from './command';
import type { Option, Options } from './option';
import { didYouMean } from '../errors/suggest';

/** What was given for one option. */
type Given<O extends Option> =
  O extends { readonly type: 'boolean' } ? boolean
    : O extends { readonly choices: readonly (infer C)[] } ? O extends { readonly multiple: true } ? C[] : C
      : O extends { readonly multiple: true } ? string[] : string;

/** The options that have a default. */
type WithDefault<T extends Options> = { [name in keyof T]: T[name] extends { readonly default: string } ? name : never }[keyof T];

/** The options that were given or have a default, and what was given besides. */
export interface Parsed<T extends Options> {
  readonly values: { readonly [name in WithDefault<T>]: Given<T[name]> } & { readonly [name in Exclude<keyof T, WithDefault<T>>]?: Given<T[name]> };
  readonly positionals: readonly string[];
}

/** Arguments of a command, by the options that it has; what is wrong with them is a `UsageError`. */
export function parseOptions<const T extends Options>(args: readonly string[], options: T): Parsed<T> {
  const table = Object.fromEntries(Object.entries(options).map(([name, { type, short, multiple = false, default: byDefault }]) =>
    [name, { type, multiple, ...short === undefined ? {} : { short }, ...byDefault === undefined ? {} : { default: byDefault } }]));
  try {
    const parsed = parseArgs({ args: [...args], allowPositionals: true, options: table });
    refuseOtherWords(parsed.values, options);
    return parsed as unknown as Parsed<T>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('ERR_PARSE_ARGS') !== true) throw error;
    const unknown = /^Unknown option '(--?[^']*)'/.exec(message)?.[1];
    if (unknown === undefined) throw new UsageError(`${message[0].toLowerCase()}${message.slice(1).split('. ')[0]}`);
    throw new UsageError(`there is no option ${JSON.stringify(unknown)}; ${didYouMean(unknown, Object.keys(options).map(name => `--${name}`), 'options')}`);
  }
}

function refuseOtherWords(values: Readonly<Record<string, unknown>>, options: Options): void {
  for (const [name, { choices, noun }] of Object.entries(options)) {
    const given = values[name];
    const [one, several] = noun ?? [name, `${name}s`];
    if (choices === undefined || given === undefined) continue;
    for (const word of Array.isArray(given) ? given : [given]) oneOf(word, choices, one, several);
  }
}

/** One of several words; another one is refused. */
export function oneOf<const T extends string>(text: string | undefined, words: readonly T[], noun: string, nouns: string): T {
  if (text === undefined) throw new UsageError(`no ${noun} is named; ${nouns}: ${words.join(', ')}`);
  if (!(words as readonly string[]).includes(text)) throw new UsageError(`there is no ${noun} ${JSON.stringify(text)}; ${didYouMean(text, words, nouns)}`);
  return text as T;
}
