import type { RandomOrigin } from './value-source';

const RANGES: readonly (readonly [string, RegExp])[] = [['A-Z', /[A-Z]/], ['a-z', /[a-z]/], ['0-9', /[0-9]/]];
const WHOLE: Readonly<Record<string, number>> = { 'A-Z': 26, 'a-z': 26, '0-9': 10 };

/** The command line, for a shell as POSIX has it, that prints such a value, made of random bytes. */
export function randomCommand(origin: RandomOrigin | undefined): string | undefined {
  if (origin === undefined) return undefined;
  if (origin.uuid === true) return UUID;
  const { characters = '', length } = origin;
  return `LC_ALL=C tr -dc '${trSet(characters)}' < /dev/urandom | head -c ${length}`;
}

/** A set of characters as tr reads it: whole ranges, and else what means nothing else there; the rest by its octal number. */
function trSet(characters: string): string {
  let rest = characters;
  let set = '';
  for (const [range, pattern] of RANGES) {
    const inside = [...rest].filter(character => pattern.test(character));
    if (inside.length < WHOLE[range]) continue;
    set += range;
    rest = [...rest].filter(character => !pattern.test(character)).join('');
  }
  return set + rest.replace(/[^A-Za-z0-9_]/g, character => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** The digits that say which version and variant it is are put in their places. */
const UUID = [
  'od -An -N16 -tx1 /dev/urandom',
  'tr -d " \\n"',
  String.raw`sed 's/^\(.\{8\}\)\(....\).\(...\).\(...\)\(.\{12\}\)$/\1-\2-4\3-8\4-\5/'`,
  'tr -d "\\n"',
].join(' | ');
