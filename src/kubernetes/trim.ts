/** A text without every one of a character at its end; the expression `/-+$/` would try each dash in the middle of the text anew. */
export function withoutEnd(text: string, character: string): string {
  let end = text.length;
  while (text[end - 1] === character) end--;
  return text.slice(0, end);
}

/** A text without every one of a character at its beginning. */
export function withoutStart(text: string, character: string): string {
  let start = 0;
  while (text[start] === character) start++;
  return text.slice(start);
}
