import { runeAt } from './go-text';

/** How many comparisons one template may cost; an ordinary one takes a few hundred. */
const MAX_STEPS = 20_000_000;

/** What a hostile pattern is stopped with. */
export class PatternTooCostly extends Error {}

/**
 * Matches a text against a shell pattern as drone/envsubst does: `*` (also across `/`), `?`, `[a-z]`, `[^a-z]`, `\x`.
 *
 * Texts are bytes, one character each (`latin1`). A star takes as little as it can and is never asked again, so that some
 * texts that a shell would match do not.
 */
export class ShellPattern {
  private steps = 0;

  /** Whether the pattern matches the whole text; undefined where the pattern turns out to be malformed. */
  public matches(pattern: string, text: string): boolean | undefined {
    let rest = pattern;
    let name = text;
    while (rest !== '') {
      const { star, chunk, after } = nextChunk(rest);
      rest = after;
      if (star && chunk === '') return true;
      const found = this.matchChunkFrom(chunk, name, star, rest === '');
      if (typeof found !== 'string') return found;
      name = found;
    }
    return name === '';
  }

  /** What is left of the text once the chunk has been found at its start or, after a star, further on. */
  private matchChunkFrom(chunk: string, name: string, star: boolean, last: boolean): string | false | undefined {
    for (let skipped = 0; skipped === 0 || (star && skipped <= name.length); skipped++) {
      const left = this.matchChunk(chunk, name.slice(skipped));
      if (left === undefined) return undefined;
      if (left !== false && (left === '' || !last)) return left;
    }
    return false;
  }

  private matchChunk(chunk: string, name: string): string | false | undefined {
    let c = 0;
    let n = 0;
    while (c < chunk.length) {
      if (++this.steps > MAX_STEPS) throw new PatternTooCostly();
      if (n === name.length) return false;
      if (chunk[c] === '[') {
        const rune = runeAt(name, n);
        const range = matchRange(chunk, c + 1, rune.codePoint);
        if (range === undefined) return undefined;
        if (!range.matched) return false;
        c = range.end;
        n += rune.width;
      } else if (chunk[c] === '?') {
        c++;
        n += runeAt(name, n).width;
      } else {
        if (chunk[c] === '\\' && ++c === chunk.length) return undefined;
        if (chunk[c++] !== name[n++]) return false;
      }
    }
    return name.slice(n);
  }
}

/** The stars at the start of a pattern, what follows them up to the next star, and the rest. */
function nextChunk(pattern: string): { star: boolean; chunk: string; after: string } {
  const start = /^\**/.exec(pattern)![0].length;
  let end = start;
  for (let inRange = false; end < pattern.length && (inRange || pattern[end] !== '*'); end++) {
    if (pattern[end] === '\\') end += end + 1 < pattern.length ? 1 : 0;
    else if (pattern[end] === '[') inRange = true;
    else if (pattern[end] === ']') inRange = false;
  }
  return { star: start > 0, chunk: pattern.slice(start, end), after: pattern.slice(end) };
}

/** A character class whose `[` has been read; undefined where it is malformed. */
function matchRange(chunk: string, start: number, codePoint: number): { matched: boolean; end: number } | undefined {
  const negated = chunk[start] === '^';
  let position = negated ? start + 1 : start;
  let matched = false;
  for (let ranges = 0; ranges === 0 || chunk[position] !== ']'; ranges++) {
    const low = rangeEnd(chunk, position);
    if (low === undefined) return undefined;
    const high = chunk[low.end] === '-' ? rangeEnd(chunk, low.end + 1) : low;
    if (high === undefined) return undefined;
    matched ||= low.codePoint <= codePoint && codePoint <= high.codePoint;
    position = high.end;
  }
  return { matched: matched !== negated, end: position + 1 };
}

/** A character of a class, possibly escaped; something must follow it. */
function rangeEnd(chunk: string, start: number): { codePoint: number; end: number } | undefined {
  const position = chunk[start] === '\\' ? start + 1 : start;
  if (position >= chunk.length || (position === start && '-]'.includes(chunk[start]))) return undefined;
  const { codePoint, width, valid } = runeAt(chunk, position);
  const end = position + width;
  return valid && end < chunk.length ? { codePoint, end } : undefined;
}
