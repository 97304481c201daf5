const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);

/** Whether a text is what Go reads as true (`strconv.ParseBool`). */
export function isGoTrue(text: string): boolean {
  return TRUE.has(text);
}
