import { apolo } from './apolo';
import { kubectl, namespaceOption } from './kubectl';
import { ShellScript } from './shell-script';
import { addSteps, type ScriptSubject, type System } from './system';
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

/** A system that lets somebody read its secrets. */
interface GrantSystem {
  readonly system: System;
  add(verb: GrantVerb, secret: LoggedSecret, options: GrantOptions, script: ShellScript): void;
}

const SYSTEMS: Readonly<Record<typeof GRANT_SYSTEMS[number], GrantSystem>> = {
  kubectl: { system: kubectl, add: addForKubectl },
  apolo: { system: apolo, add: addForApolo },
};

/** What a Role can allow on one named object; creating and listing cannot be limited to a name. */
const VERBS: Readonly<Record<Level, readonly string[]>> = {
  read: ['get'],
  write: ['get', 'patch', 'update'],
  manage: ['get', 'patch', 'update', 'delete'],
};

/** A script that lets somebody read secrets, takes that back, or lists who may. */
export function grantsScript(verb: GrantVerb, name: typeof GRANT_SYSTEMS[number], subject: ScriptSubject, options: GrantOptions): string {
  const does = { grant: 'grants secrets', revoke: 'takes grants of secrets back', grants: 'lists the grants of secrets' }[verb];
  const script = new ShellScript(`${does} by ${name}; made by cdk8s-secrets commands ${verb} --for ${name}`);
  const { system, add } = SYSTEMS[name];
  addSteps(script, system, verb, subject, secret => {
    script.needs(name);
    add(verb, secret, options, script);
  });
  return script.toString();
}

/** `apolo share` is another name of `apolo acl grant`. What was not granted cannot be revoked, and says so. */
function addForApolo(verb: GrantVerb, secret: LoggedSecret, { to = '', level }: GrantOptions, script: ShellScript): void {
  if (to.includes(':')) throw new UsageError(`a user of Apolo has no ':' in its name, as ${JSON.stringify(to)} has`);
  if (verb === 'revoke') script.uses('tries');
  script.step(placeOf(secret), secret.keys.map(({ key }) => {
    const uri = shellWord(`secret:${key}`);
    switch (verb) {
      case 'grant': return `apolo acl grant ${uri} ${shellWord(to)} ${level}`;
      case 'revoke': return `tries apolo acl revoke ${uri} ${shellWord(to)}`;
      case 'grants': return `apolo acl list --shared ${uri}`;
    }
  }));
}

/** A Role for each level on just this Secret, and a RoleBinding for each who has it. */
function addForKubectl(verb: GrantVerb, secret: LoggedSecret, options: GrantOptions, script: ShellScript): void {
  const lines = kubectlLines(verb, secret, options);
  const remaining = verb === 'revoke' ? grantedByApp(secret, options) : [];
  if (remaining.length > 0) script.uses('note');
  script.step(placeOf(secret), [...lines, ...remaining.map(role =>
    `note ${shellWord(`the app grants ${placeOf(secret)} to ${options.to} by the ${role}: to take that back, change the program`)}`)]);
}

/** The Roles by which the app itself lets somebody read a secret. */
function grantedByApp({ name, namespace }: LoggedSecret, { to = '', grants }: GrantOptions): string[] {
  const { subject } = subjectOf(to);
  const own = grants.filter(grant => (grant.secret ?? name) === name && (grant.namespace ?? namespace) === namespace && grant.subject === subject);
  return [...new Set(own.map(({ role }) => role.replace('/', ' ')))];
}

function kubectlLines(verb: GrantVerb, secret: LoggedSecret, { to = '', level, grants }: GrantOptions): string[] {
  const namespace = namespaceOption(secret);
  const role = (of: Level) => `${secret.name}:${of}`;
  switch (verb) {
    case 'grant': return [
      applied(`kubectl create role ${shellWord(role(level))}${namespace} ${VERBS[level].map(each => `--verb=${each}`).join(' ')} --resource=secrets --resource-name=${shellWord(secret.name)}`),
      applied(`kubectl create rolebinding ${shellWord(bindingName(role(level), to))}${namespace} --role=${shellWord(role(level))} ${shellWord(subjectOf(to).option)}`),
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

/** Whom RBAC means: as kubectl takes it, and as manifests name it. */
function subjectOf(to: string): { readonly option: string; readonly subject: string } {
  const account = /^serviceaccount:([^:/]+):([^:/]+)$/.exec(to);
  if (account !== null) return { option: `--serviceaccount=${account[1]}:${account[2]}`, subject: `ServiceAccount/${account[1]}/${account[2]}` };
  if (to.startsWith('serviceaccount:')) throw new UsageError('a ServiceAccount is named serviceaccount:NAMESPACE:NAME');
  const group = /^group:(.*)$/s.exec(to)?.[1];
  if (group === '') throw new UsageError('a group is named group:NAME');
  return group === undefined ? { option: `--user=${to}`, subject: `User/${to}` } : { option: `--group=${group}`, subject: `Group/${group}` };
}

/** Names of RoleBindings may hold anything but '/' and '%'. */
function bindingName(role: string, to: string): string {
  return /[/%\s]/.test(to) ? `${role}:${portableHash(to)}` : `${role}:${to}`;
}
