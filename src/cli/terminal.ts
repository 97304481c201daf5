import type { Io } from './io';

/** What empties a terminal, with all that it has scrolled. */
export const CLEAR = '\x1b[2J\x1b[3J\x1b[H';

/** How wide a text for people may be: as the terminal, or as `COLUMNS` says; else there is no limit. */
export function widthOf({ stdout, environment }: Io, toFile = false): number {
  return isTerminal(stdout, toFile) ? stdout.columns ?? 80 : Number(environment.COLUMNS) || Infinity;
}

/** Whether a text for people has colours: on a terminal, unless `NO_COLOR` is set or the terminal has none. */
export function hasColours({ stdout, environment }: Io, toFile = false): boolean {
  return isTerminal(stdout, toFile) && !environment.NO_COLOR && environment.TERM !== 'dumb';
}

function isTerminal(stdout: Io['stdout'], toFile: boolean): boolean {
  return !toFile && stdout.isTTY === true;
}
