import { list, text } from './untyped';

/** Verbs that give the values: `list` and `watch` those of all. */
const READS: ReadonlySet<string> = new Set(['get', 'list', 'watch', '*']);

/** The verbs with which a rule of a Role gives the values of Secrets that it does not name. */
export function readsAllSecrets({ apiGroups, resources, resourceNames, verbs }: Record<string, unknown>): string[] {
  const has = (values: unknown, wanted: string) => list(values).some(value => value === wanted || value === '*');
  if (!has(apiGroups, '') || !has(resources, 'secrets') || list(resourceNames).length > 0) return [];
  return list(verbs).map(text).filter(verb => READS.has(verb));
}
