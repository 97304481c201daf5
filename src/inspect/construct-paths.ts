/** Whether the path of a construct is that of another one, or below it; the empty path is that of the app. */
export function isAtOrBelow(path: string, above: string): boolean {
  return above === '' || path === above || path.startsWith(`${above}/`);
}
