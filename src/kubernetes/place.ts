/** What tells objects of one kind apart: namespace and name, as one text. Without a namespace they are in that of whoever applies them. */
export function placeOf(namespace: string | undefined, name: string): string {
  return JSON.stringify([namespace ?? null, name]);
}
