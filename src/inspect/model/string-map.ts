/** A map of the API, like labels, as it was parsed. Its keys are anybody's texts: `constructor` is one too. */
export type StringMap<T = string> = Readonly<Record<string, T>>;

/** What a map has under a key, or undefined. */
export function entryOf<T>(map: StringMap<T> | undefined, key: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The keys of a map that may not be there. */
export function keysOf(map: StringMap<unknown> | undefined): string[] {
  const keys: string[] = [];
  for (const key in map) keys.push(key);
  return keys;
}
