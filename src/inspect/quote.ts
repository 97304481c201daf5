const MAX_QUOTED = 80;

/** The most of a text that is kept until the sentence is shown; whoever has longer names has no need to read them. */
const MAX_KEPT = 1024 * 1024;

/** A text in quotes. It is cut where it is long, by `cutQuotes`, once values were taken out of the sentence: what was cut before is not found. */
export function quote(text: string): string {
  return JSON.stringify(text.length > MAX_KEPT ? '…' : text);
}

/** A sentence, with what stands in quotes in it cut where it is long. */
export function cutQuotes(sentence: string): string {
  if (sentence.length <= MAX_QUOTED) return sentence;
  let shown = '';
  let at = 0;
  for (let open = sentence.indexOf('"'); open !== -1; open = sentence.indexOf('"', at)) {
    const close = closingQuote(sentence, open);
    if (close === -1) break;
    shown += sentence.slice(at, open) + cut(sentence.slice(open, close + 1));
    at = close + 1;
  }
  return shown + sentence.slice(at);
}

function closingQuote(sentence: string, open: number): number {
  let at = open + 1;
  while (at < sentence.length && sentence[at] !== '"') at += sentence[at] === '\\' ? 2 : 1;
  return at < sentence.length ? at : -1;
}

function cut(quoted: string): string {
  if (quoted.length <= MAX_QUOTED + 2) return quoted;
  try {
    const text: string = JSON.parse(quoted);
    return JSON.stringify(text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text);
  } catch {
    return '"…"';
  }
}
