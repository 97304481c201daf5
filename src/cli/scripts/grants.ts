import { namespaceOption } from './kubectl';
import { ShellScript } from './shell-script';
import type { InventoryGrant } from '../../inspect/model/inventory';
import { portableHash } from '../../kubernetes/name-hash';
import { placeOf, type LoggedSecret } from '../../secret/declaration-log';
import { shellWord } from '../../workload/secret-commands';
import { UsageError } from '../command';

export const GRANT_VERBS = ['grant', 'revoke', 'grants'] as const;
export type GrantVerb = typeof GRANT_VERBS[number];
export const GRANT_SYSTEMS = ['kubectl', 'apolo'] as const;
/** Each includes the ones before it. */
export const LEVELS = ['read', 'write', 'manage'] as const;
export type Level = typeof LEVELS[number];

/** Whom a grant is about, how far it goes, and what the app grants itself. */
export interface GrantOptions {
  readonly to?: string;
  readonly level: Level;
  readonly grants: readonly InventoryGrant[];
}

/** What a Role can allow on one named object; creating and listing cannot be limited to a name. */
const VERBS: Readonly<Record<Level, readonly string[]>> = {
  read: ['get'],
  write: ['get', 'patch', 'update'],
  manage: ['get', 'patch', 'update', 'delete'],
};

/** A script that lets somebody read secrets, takes that back, or lists who may. */
export function grantsScript(
  verb: GrantVerb, system: typeof GRANT_SYSTEMS[number], secrets: readonly LoggedSecret[], options: GrantOptions,
): ShellScript {
  const does = { grant: 'grants secrets', revoke: 'takes grants of secrets back', grants: 'lists the grants of secrets' }[verb];
  const script = new ShellScript(`${does} by ${system}; made by cdk8s-secrets commands ${verb} --for ${system}`);
  script.needs(system);
  const lines = system === 'apolo' ? apoloLines : kubectlLines;
  for (const secret of secrets) script.step(placeOf(secret), lines(verb, secret, options));
  return script;
}

/** `apolo share` is another name of `apolo acl grant`. */
function apoloLines(verb: GrantVerb, { keys }: LoggedSecret, { to = '', level }: GrantOptions): string[] {
  if (to.includes(':')) throw new UsageError(`a user of Apolo has no ':' in its name, as ${JSON.stringify(to)} has`);
  return keys.map(({ key }) => {
    const uri = shellWord(`secret:${key}`);
    switch (verb) {
      case 'grant': return `apolo acl grant ${uri} ${shellWord(to)} ${level}`;
      case 'revoke': return `apolo acl revoke ${uri} ${shellWord(to)}`;
      case 'grants': return `apolo acl list --shared ${uri}`;
    }
  });
}

/** A Role for each level on just this Secret, and a RoleBinding for each who has it. */
function kubectlLines(verb: GrantVerb, secret: LoggedSecret, { to = '', level, grants }: GrantOptions): string[] {
  const namespace = namespaceOption(secret);
  const role = (of: Level) => `${secret.name}:${of}`;
  switch (verb) {
    case 'grant': return [
      applied(`kubectl create role ${shellWord(role(level))}${namespace} ${VERBS[level].map(each => `--verb=${each}`).join(' ')} --resource=secrets --resource-name=${shellWord(secret.name)}`),
      applied(`kubectl create rolebinding ${shellWord(bindingName(role(level), to))}${namespace} --role=${shellWord(role(level))} ${subjectOption(to)}`),
    ];
    case 'revoke': return [
      `kubectl delete rolebinding ${LEVELS.map(each => shellWord(bindingName(role(each), to))).join(' ')}${namespace} --ignore-not-found`,
    ];
    case 'grants': {
      const own = grants.filter(grant => grant.secret === secret.name && grant.namespace === secret.namespace && grant.role.startsWith('Role/'));
      const roles = [...LEVELS.map(role), ...new Set(own.map(grant => grant.role.slice('Role/'.length)))];
      return roles.map(name => `kubectl get rolebindings${namespace} -o ${shellWord(
        `jsonpath={range .items[?(@.roleRef.name=="${name}")]}{.roleRef.name}{range .subjects[*]} {.kind}/{.namespace}/{.name}{end}{"\\n"}{end}`)}`);
    }
  }
}

/** Granting again changes nothing. */
function applied(create: string): string {
  return `${create} --dry-run=client -o yaml | kubectl apply -f -`;
}

function subjectOption(to: string): string {
  const account = /^serviceaccount:([^:]+:[^:]+)$/.exec(to);
  if (account !== null) return `--serviceaccount=${shellWord(account[1])}`;
  if (to.startsWith('serviceaccount:')) throw new UsageError('a ServiceAccount is named serviceaccount:NAMESPACE:NAME');
  return to.startsWith('group:') ? `--group=${shellWord(to.slice('group:'.length))}` : `--user=${shellWord(to)}`;
}

/** Names of RoleBindings may hold anything but '/' and '%'. */
function bindingName(role: string, to: string): string {
  return /[/%\s]/.test(to) ? `${role}:${portableHash(to)}` : `${role}:${to}`;
}
