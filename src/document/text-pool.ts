/* eslint-disable no-bitwise */
const SIZE = 4096;
const LONGEST = 40;

/** Texts that were read, so that what stands in many places is one text. It forgets: what has the same place in it takes it over. */
export class TextPool {
  private readonly texts: string[] = new Array<string>(SIZE).fill('');

  /** The part of a text. */
  public slice(text: string, start: number, end: number): string {
    const length = end - start;
    if (length > LONGEST) return text.slice(start, end);
    const place = placeOf(length, text.charCodeAt(start), text.charCodeAt(end - 2), text.charCodeAt(end - 1), text.charCodeAt((start + end) >>> 1));
    const known = this.texts[place];
    if (known.length === length && text.startsWith(known, start)) return known;
    return this.texts[place] = text.slice(start, end);
  }
}

/** A place for a text, by a few of its characters: all of them take longer to look at than a text that is made once more takes to make. */
function placeOf(length: number, first: number, lastButOne: number, last: number, middle: number): number {
  return (length ^ (first << 1) ^ (lastButOne << 3) ^ (last << 5) ^ (middle << 7)) & (SIZE - 1);
}
