import { list, text } from './untyped';

/** Verbs that give the values: `list` and `watch` those of all. */
const READS: ReadonlySet<string> = new Set(['get', 'list', 'watch', '*']);

/** Whether a rule of a Role is about Secrets, all or some. */
export function concernsSecrets({ apiGroups, resources }: Record<string, unknown>): boolean {
  const has = (values: unknown, wanted: string) => list(values).some(value => value === wanted || value === '*');
  return has(apiGroups, '') && has(resources, 'secrets');
}

/** The verbs with which a rule of a Role gives the values of Secrets that it does not name. */
export function readsAllSecrets(rule: Record<string, unknown>): string[] {
  const { resourceNames, verbs } = rule;
  if (!concernsSecrets(rule) || list(resourceNames).length > 0) return [];
  return list(verbs).map(text).filter(verb => READS.has(verb));
}
