/** Edit distance (insert, delete, replace, swap of neighbours), given up beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = last;
    last = row;
  }
  return last[b.length];
}

/** The candidate that was most likely meant, if one is near enough. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const normal = (text: string) => text.toLowerCase().replace(/[-_. ]/g, '');
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const d = normal(candidate) === normal(word) ? 0 : distance(word, candidate, limit);
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best;
}

/** `"a", "b", "c"`, cut after ten. */
export function quoteList(words: readonly string[]): string {
  const shown = words.slice(0, 10).map(word => JSON.stringify(word));
  return words.length > 10 ? `${shown.join(', ')} and ${words.length - 10} more` : shown.join(', ');
}

/** How many candidates are looked at where there may be very many: enough to find most slips, few enough to stay quick. */
export const MAX_CANDIDATES = 50;

/** The next step after an unknown word, of which there may be very many: what was probably meant among the first of them, and what there is. */
export function didYouMeanAmong(word: string, candidates: Iterable<string>, noun: string): string {
  return didYouMean(word, [...candidates].slice(0, MAX_CANDIDATES), noun);
}

/** The next step after an unknown word: what was probably meant, and what there is. */
export function didYouMean(word: string, candidates: readonly string[], noun: string): string {
  if (candidates.length === 0) return `there are no ${noun}`;
  const near = closest(word, candidates);
  const all = `${noun}: ${quoteList(candidates)}`;
  return near === undefined ? all : `did you mean ${JSON.stringify(near)}? ${all}`;
}
