import { list, text } from '../untyped';

/** A rule of a Role or ClusterRole, as it stands in the manifest. */
export type RoleRule = Readonly<Record<string, unknown>>;

/** What is asked of the API server: a verb on a resource, `pods` or `pods/exec`, of a group. */
export interface Request {
  readonly verbs: readonly string[];
  readonly group: string;
  readonly resource: string;
}

/** Verbs that give the values: `list` and `watch` those of all. */
const READS: ReadonlySet<string> = new Set(['get', 'list', 'watch', '*']);

/** Whether a rule of a Role is about Secrets, all or some. */
export function concernsSecrets(rule: RoleRule): boolean {
  return concerns(rule, '', 'secrets');
}

/** The verbs with which a rule of a Role gives the values of Secrets that it does not name. */
export function readsAllSecrets(rule: RoleRule): string[] {
  const { resourceNames, verbs } = rule;
  if (!concernsSecrets(rule) || list(resourceNames).length > 0) return [];
  return list(verbs).map(text).filter(verb => READS.has(verb));
}

/**
 * The verbs of a request that a rule allows, on all objects or on those that it names.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/registry/rbac/validation/rule.go
 */
export function allowedVerbs({ verbs, group, resource }: Request, rule: RoleRule): string[] {
  if (!concerns(rule, group, resource)) return [];
  const allowed = list(rule.verbs);
  return verbs.filter(verb => allowed.includes(verb) || allowed.includes('*'));
}

/** The names that a rule is limited to; undefined where it holds for all. */
export function namesIn({ resourceNames }: RoleRule): string[] | undefined {
  const names = list(resourceNames).map(text);
  return names.length === 0 ? undefined : names;
}

/** A rule may say `*`, the resource itself, and of a part of resources `*` and the part: `*` with `/exec` behind it. Nothing else has a meaning. */
function concerns({ apiGroups, resources }: RoleRule, group: string, resource: string): boolean {
  const slash = resource.indexOf('/');
  const part = slash < 0 ? undefined : `*${resource.slice(slash)}`;
  return list(apiGroups).some(value => value === group || value === '*')
    && list(resources).some(value => value === resource || value === '*' || (part !== undefined && value === part));
}
