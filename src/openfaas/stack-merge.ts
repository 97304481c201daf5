/**
 * How faas-cli puts together what a stack file, its environment files and the command line say.
 *
 * @see https://docs.openfaas.com/reference/yaml/
 */

type Texts = Readonly<Record<string, string>>;

/** Environment: files win over the function's own, a later file over an earlier one, and the command line over all. */
export function mergeEnvironment(own: Texts, files: readonly Texts[], overrides: Texts = {}): Record<string, string> {
  return Object.fromEntries([own, ...files, overrides].flatMap(texts => Object.entries(texts)));
}

/** Labels and annotations: the command line wins. */
export function mergeTexts(own: Texts | undefined, overrides: Texts = {}): Record<string, string> | undefined {
  return own === undefined && Object.keys(overrides).length === 0 ? undefined : { ...own, ...overrides };
}

/** Secrets: those of the command line first, then the function's own that are not among them. */
export function mergeSecrets(own: readonly string[], added: readonly string[] = []): string[] {
  const before = new Set(added);
  return [...added, ...own.filter(secret => !before.has(secret))];
}

/** Constraints: those of the file replace those of the command line. */
export function mergeConstraints(own: readonly string[] | undefined, defaults: readonly string[] = []): string[] | undefined {
  if (own !== undefined) return [...own];
  return defaults.length === 0 ? undefined : [...defaults];
}
