const MAX_QUOTED = 80;

/** The most of a text that is kept until the sentence is shown; whoever has longer names has no need to read them. */
const MAX_KEPT = 1024 * 1024;
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** A text in quotes. It is cut where it is long, by `cutQuotes`, once values were taken out of the sentence: what was cut before is not found. */
export function quote(text: string): string {
  return JSON.stringify(text.length > MAX_KEPT ? '…' : text);
}

/** A sentence, with what stands in quotes in it cut where it is long. */
export function cutQuotes(sentence: string): string {
  return sentence.length <= MAX_QUOTED ? sentence : sentence.replace(QUOTED, quoted => {
    if (quoted.length <= MAX_QUOTED + 2) return quoted;
    try {
      const text: string = JSON.parse(quoted);
      return JSON.stringify(text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text);
    } catch {
      return '"…"';
    }
  });
}
