/** Things by a text, each group in their order. */
export function groupBy<T>(things: readonly T[], textOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const text = textOf(thing);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [thing]);
    else group.push(thing);
  }
  return groups;
}
