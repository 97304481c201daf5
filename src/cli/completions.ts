import type { Command, Completable } from './command';
import { phraseOf, type Option, type Options } from './option';

/** What may stand where the cursor is. */
export interface Completions {
  /** Words, each with what it does. */
  readonly words: readonly (readonly [word: string, does: string])[];
  /** Whether a file or folder may stand there as well. */
  readonly files: boolean;
}

const NOTHING: Completions = { words: [], files: false };

/**
 * What may stand where the cursor is.
 *
 * @param typed the words behind the name of the program; the last one is where the cursor is, and may be empty
 * @param commands every command
 */
export function completionsOf(typed: readonly string[], commands: readonly Command[]): Completions {
  const [name, ...rest] = typed;
  const names = commands.map(command => [command.name, command.summary] as const);
  if (rest.length === 0) {
    return startingWith(name ?? '', {
      words: [...names, ['help', 'says all that there is to say of a command'], ['--help', 'lists the commands'], ['--version', 'prints the version']], files: false,
    });
  }
  if (name === 'help') return rest.length === 1 ? startingWith(rest[0], { words: names, files: false }) : NOTHING;
  const command = commands.find(candidate => candidate.name === name);
  return command === undefined ? NOTHING : completionsOfCommand(withoutBreaks(rest), command);
}

function completionsOfCommand(typed: readonly string[], { options, completes }: Command): Completions {
  const before = typed.slice(0, -1);
  const word = typed[typed.length - 1];
  const ends = before.indexOf('--');
  if (ends === -1) {
    const asked = optionNamed(before[before.length - 1], options);
    if (asked?.type === 'string') return startingWith(word, valuesOf(asked, word));
    const [, option, prefix] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
    if (option !== undefined) {
      const table = optionNamed(option, options);
      const { words, files } = table === undefined ? NOTHING : startingWith(prefix, valuesOf(table, prefix));
      return { words: words.map(([value, does]) => [`${option}=${value}`, does]), files };
    }
    if (word.startsWith('-')) return startingWith(word, { words: optionsLeft(before, options), files: false });
  }
  const places = completes?.() ?? {};
  return startingWith(word, withWords(places));
}

function withWords({ words = [], files = false }: Completable): Completions {
  return { words: words.map(word => [word, '']), files };
}

/** Options that were not given yet, and those that may be given again. */
function optionsLeft(given: readonly string[], options: Options): [string, string][] {
  const isGiven = (name: string, { short }: Option) => given.some(word => word === `--${name}` || word.startsWith(`--${name}=`) || word === `-${short}`);
  const left = Object.entries(options).filter(([name, option]) => option.multiple === true || !isGiven(name, option));
  return [...left.map(([name, option]): [string, string] => [`--${name}`, phraseOf(option)]), ['--help', 'says what the command takes']];
}

function optionNamed(word: string | undefined, options: Options): Option | undefined {
  return Object.entries(options).find(([name, { short }]) => word === `--${name}` || (short !== undefined && word === `-${short}`))?.[1];
}

/** What may stand for a value of which so much was typed: of a list what may follow the last comma. */
function valuesOf({ choices, listOf, value = '' }: Option, typed: string): Completions {
  const given = typed.slice(0, typed.lastIndexOf(',') + 1);
  const list = listOf?.filter(word => !given.split(',').includes(word)).map(word => given + word);
  return withWords({ words: choices ?? list ?? [], files: /FILE|DIRECTORY|CHART/.test(value) });
}

function startingWith(prefix: string, { words, files }: Completions): Completions {
  return { words: words.filter(([word]) => word.startsWith(prefix)), files };
}

/** Words as they were typed: bash takes `--format=json` for three. */
function withoutBreaks(words: readonly string[]): readonly string[] {
  const at = words.length - 1;
  if (words[at] === '=' && words[at - 1]?.startsWith('--')) return [...words.slice(0, at), ''];
  if (words[at - 1] === '=' && words[at - 2]?.startsWith('--')) return [...words.slice(0, at - 1), words[at]];
  return words;
}
