import type { Io } from './io';

/** What empties a terminal, with all that it has scrolled. */
export const CLEAR = '\x1b[2J\x1b[3J\x1b[H';

/** What is narrower cannot be read: the terminal breaks lines itself then. */
const NARROWEST = 20;

/** How wide a text for people may be: as the terminal, or as `COLUMNS` says; else there is no limit. A terminal that nobody has given a size says that it has 0 columns. */
export function widthOf({ stdout, environment }: Io, toFile = false): number {
  const width = isTerminal(stdout, toFile) ? stdout.columns || 80 : Number(environment.COLUMNS) || Infinity;
  return Math.max(NARROWEST, width);
}

/** Whether a text for people has colours: on a terminal, unless `NO_COLOR` is set or the terminal has none. */
export function hasColours({ stdout, environment }: Io, toFile = false): boolean {
  return isTerminal(stdout, toFile) && !environment.NO_COLOR && environment.TERM !== 'dumb';
}

function isTerminal(stdout: Io['stdout'], toFile: boolean): boolean {
  return !toFile && stdout.isTTY === true;
}
