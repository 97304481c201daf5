/** An option of a command: how it is read, and what the help, the completion and docs/cli.md say of it. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Whether it may be given several times. */
  readonly multiple?: boolean;
  /** What its value is called: `FILE` and `DIRECTORY` are completed as such. */
  readonly value?: string;
  /** What it does, in a phrase that fits behind it on a line of 80 characters; the choices and the default are added. */
  readonly summary: string;
  /** What there is to say beyond that, in sentences, for the manual. */
  readonly details?: string;
  /** The words that it takes; others are refused. */
  readonly choices?: readonly string[];
  /** Words that stand in its value, with commas between them, for the completion. */
  readonly listOf?: readonly string[];
  /** What a word of these is called, and several, where it is not the name of the option. */
  readonly noun?: readonly [one: string, several: string];
  /** What counts where it is not given. */
  readonly default?: string;
  /** Whether `--help` only names it; `help COMMAND` and docs/cli.md say what it does. */
  readonly rare?: boolean;
}

/** The options of a command, in the order in which the help has them. */
export type Options = Readonly<Record<string, Option>>;

/** How an option is written, with its value, and with `…` where it may be given several times. */
export function spellingOf(name: string, { short, value, multiple }: Option): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}${multiple === true ? '…' : ''}`;
}

/** What the help says of an option. */
export function phraseOf({ summary, choices, default: byDefault }: Option): string {
  const words = choices?.map(word => word === byDefault ? `${word} (the default)` : word).join(', ');
  const fallback = choices === undefined && byDefault !== undefined ? ` (default: ${byDefault})` : '';
  return [summary, ...words === undefined ? [] : [words]].join(summary === '' ? '' : ': ') + fallback;
}
