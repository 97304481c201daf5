import { list, record } from './untyped';

/** The key of the whole answer of Vault, which is there unless it is left out. */
const RAW = '_raw';

/** Excludes that match every field. */
const EVERYTHING: ReadonlySet<unknown> = new Set(['.*', '^.*$', '.+', '^.+$', '']);

/**
 * The keys of the Secret that the Vault Secrets Operator makes, or undefined where they depend on what Vault holds: templates are always kept, and
 * what all is excluded leaves nothing else.
 */
export function vaultKeys(kind: string, destination: Readonly<Record<string, unknown>>): ReadonlySet<string> | undefined {
  const transformation = record(destination.transformation);
  if (transformation.transformationRefs !== undefined) return undefined;
  // of a certificate it makes tls.crt and tls.key besides, where there are no templates
  if (kind === 'VaultPKISecret' && Object.keys(record(transformation.templates)).length === 0) return undefined;
  if (!list(transformation.excludes).some(pattern => EVERYTHING.has(pattern))) return undefined;
  // without excludeRaw, the operator's own settings decide
  return new Set([...Object.keys(record(transformation.templates)), ...transformation.excludeRaw === true ? [] : [RAW]]);
}
