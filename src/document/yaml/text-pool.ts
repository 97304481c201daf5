const SIZE = 4096;
const LONGEST = 40;

/** Texts that were read, so that what stands in many places is one text. It forgets: what has the same place in it takes it over. */
export class TextPool {
  private readonly texts: string[] = new Array<string>(SIZE).fill('');

  /** The part of a text. */
  public slice(text: string, start: number, end: number): string {
    const length = end - start;
    if (length > LONGEST) return text.slice(start, end);
    let hash = length;
    // eslint-disable-next-line no-bitwise
    for (let at = start; at < end; at++) hash = (hash * 31 + text.charCodeAt(at)) | 0;
    // eslint-disable-next-line no-bitwise
    const place = (hash ^ (hash >>> 12)) & (SIZE - 1);
    const known = this.texts[place];
    if (known.length === length && text.startsWith(known, start)) return known;
    return this.texts[place] = text.slice(start, end);
  }
}
