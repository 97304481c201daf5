/** Whether a path matches a pattern. Both have `/` between their parts. */
export type PathMatcher = (path: string) => boolean;

/** How many patterns one with braces may stand for. */
const MAX_ALTERNATIVES = 256;

/**
 * A pattern as shells have them: `*` and `?` stand for characters of one part of the path, `**` for any number of parts, and `{a,b}` for
 * either. A pattern without a slash is that of a name, wherever it stands; one that matches a folder matches all that is below it.
 */
export function glob(pattern: string): PathMatcher {
  const patterns = alternatives(pattern.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/$/, '')).map(one => {
    return one.includes('/') ? parts(one) : ['**', one];
  });
  return path => {
    const names = parts(path);
    return patterns.some(one => matchesParts(one, names) || matchesParts([...one, '**'], names));
  };
}

function parts(path: string): string[] {
  return path.split('/').filter(part => part !== '' && part !== '.');
}

/** What a pattern with braces stands for; braces in braces are taken as they are. */
export function alternatives(pattern: string): string[] {
  let all = [''];
  let at = 0;
  while (at < pattern.length) {
    const open = pattern.indexOf('{', at);
    const close = open === -1 ? -1 : pattern.indexOf('}', open);
    if (close === -1 || !pattern.slice(open, close).includes(',')) return all.map(one => one + pattern.slice(at));
    const choices = pattern.slice(open + 1, close).split(',');
    if (all.length * choices.length > MAX_ALTERNATIVES) return all.map(one => one + pattern.slice(at));
    all = all.flatMap(one => choices.map(choice => one + pattern.slice(at, open) + choice));
    at = close + 1;
  }
  return all;
}

/** Whether the parts of a path match those of a pattern, of which `**` matches any number. */
export function matchesParts(pattern: readonly string[], names: readonly string[]): boolean {
  return greedy(pattern.length, names.length, index => pattern[index] === '**', (index, at) => matchesName(pattern[index], names[at]));
}

/** Whether a name matches a pattern of `*`, `?` and characters. */
export function matchesName(pattern: string, name: string): boolean {
  return greedy(pattern.length, name.length, index => pattern[index] === '*', (index, at) => pattern[index] === '?' || pattern[index] === name[at]);
}

/** Matches what is fixed, and gives a star more only where it must: no star is ever looked at again once the next one was reached. */
function greedy(patternLength: number, length: number, isStar: (index: number) => boolean, fits: (index: number, at: number) => boolean): boolean {
  let index = 0;
  let at = 0;
  let star = -1;
  let mark = 0;
  while (at < length) {
    if (index < patternLength && isStar(index)) {
      star = index++;
      mark = at;
    } else if (index < patternLength && fits(index, at)) {
      index++;
      at++;
    } else if (star !== -1) {
      index = star + 1;
      at = ++mark;
    } else {
      return false;
    }
  }
  while (index < patternLength && isStar(index)) index++;
  return index === patternLength;
}
