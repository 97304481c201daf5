import { appCommand, declarationsOf } from './app-declarations';
import { ExitCode, UsageError, type Command } from './command';
import type { Io } from './io';
import { oneOf, parseOptions } from './parse-options';
import { grantsScript, GRANT_SYSTEMS, GRANT_VERBS, LEVELS, type GrantVerb } from './scripts/grants';
import { SECRET_VERBS, secretsScript, SYSTEMS } from './scripts/secrets-script';
import type { ScriptSubject, System } from './scripts/system';
import { didYouMean } from '../errors/suggest';
import { placeOf, type LoggedSecret } from '../secret/declaration-log';

const HELP = `Usage: cdk8s-secrets commands create|update|delete --for kubectl|faas-cli|docker|apolo [OPTION…]
       cdk8s-secrets commands grant|revoke|grants    --for kubectl|apolo [OPTION…]

Prints a script for sh that creates, updates or deletes the declared secrets by the program of a system, or lets somebody read them:

  cdk8s-secrets commands create --for kubectl --secret db > create-db.sh
  sh create-db.sh

The script holds no values, and gives none to a program as an argument. They come from the files and environment variables that the
app names; what has no such source is asked for on the terminal, without echo: one line, or, after an empty line, all up to Ctrl-D.
What is missing is an error before anything is done. Relative paths start where the script is run.

Options:
      --for SYSTEM      kubectl, faas-cli, docker or apolo
  -s, --secret NAME     only this secret, as NAME (in every namespace) or NAMESPACE/NAME; may be repeated
                        (default: every declared one)
      --to SUBJECT      grant, revoke: a user; for kubectl also serviceaccount:NAMESPACE:NAME and group:NAME
      --level LEVEL     grant: read (the default), write or manage
      --app COMMAND     runs the app (default: the app of cdk8s.yaml in this directory)
  -h, --help            prints this

Exit codes: 0 done, 2 the app fails, or a secret cannot be on that system.
`;

const CREATE_HELP = `Usage: cdk8s-secrets create [--for kubectl|faas-cli|docker|apolo] [--secret NAME]… [--app COMMAND]

Prints the script of "commands create" for the secrets of SecretDelivery.existing(), for kubectl where nothing else is said.

Exit codes: 0 done, 2 the app fails, or there is none.
`;

const OPTIONS = {
  for: { type: 'string' },
  secret: { type: 'string', short: 's', multiple: true },
  to: { type: 'string' },
  level: { type: 'string' },
  app: { type: 'string' },
} as const;

/** `cdk8s-secrets commands`: prints scripts that do with the declared secrets what a program can do. */
export const commandsCommand: Command = {
  name: 'commands',
  summary: 'prints scripts that create, update, delete or share the declared secrets',
  help: HELP,

  async run(args, io) {
    const { values, positionals } = parseOptions(args, OPTIONS);
    const verb = oneOf(positionals[0] === 'share' ? 'grant' : positionals[0], [...SECRET_VERBS, ...GRANT_VERBS], 'verb', 'verbs');
    if (positionals.length > 1) throw new UsageError(`${JSON.stringify(positionals[1])} is too much; name secrets with --secret`);
    refuseUnused(verb, values);
    if (isGrantVerb(verb)) {
      const system = oneOf(values.for, GRANT_SYSTEMS, 'system', 'systems');
      if (verb === 'grant' && !values.to) throw new UsageError('nobody is named; say --to USER');
      if (verb === 'revoke' && !values.to) throw new UsageError('nobody is named; say --to USER, from whom it is taken back');
      const level = oneOf(values.level ?? 'read', LEVELS, 'level', 'levels');
      const { secrets, inventory: { grants } } = declarationsOf(appCommand(values.app), io);
      io.stdout.write(grantsScript(verb, system, subjectOf(secrets, values.secret, DECLARED), { to: values.to, level, grants }));
      return ExitCode.CLEAN;
    }
    const system = systemOf(values.for);
    io.stdout.write(secretsScript(verb, system, subjectOf(declaredBy(values.app, io), values.secret, DECLARED)));
    return ExitCode.CLEAN;
  },
};

/** `cdk8s-secrets create`: the short form for what an app expects to exist. */
export const createCommand: Command = {
  name: 'create',
  summary: 'prints a script that creates the Secrets which an app expects to exist',
  help: CREATE_HELP,

  async run(args, io) {
    const { values, positionals } = parseOptions(args, { for: OPTIONS.for, secret: OPTIONS.secret, app: OPTIONS.app });
    if (positionals.length > 0) throw new UsageError(`${JSON.stringify(positionals[0])} is too much; name secrets with --secret`);
    const system = systemOf(values.for ?? 'kubectl');
    const declared = declaredBy(values.app, io);
    const expected = declared.filter(({ delivery }) => delivery === 'existing');
    io.stdout.write(expected.length === 0 && values.secret === undefined ? '# the app expects no Secret to exist\n'
      : secretsScript('create', system, { ...subjectOf(expected, values.secret, EXPECTED), declared }));
    return ExitCode.CLEAN;
  },
};

/** Options that only some of the verbs have. */
const VERBS_OF: Readonly<Record<'to' | 'level', readonly string[]>> = { to: ['grant', 'revoke'], level: ['grant'] };

/** An option that is passed over in silence would be taken for one that holds. */
function refuseUnused(verb: string, values: { readonly to?: string; readonly level?: string }): void {
  for (const option of ['to', 'level'] as const) {
    const verbs = VERBS_OF[option];
    if (values[option] !== undefined && !verbs.includes(verb)) throw new UsageError(`--${option} is for ${verbs.join(' and ')}, not for ${verb}`);
  }
}

function isGrantVerb(verb: string): verb is GrantVerb {
  return (GRANT_VERBS as readonly string[]).includes(verb);
}

function systemOf(name: string | undefined): System {
  const wanted = oneOf(name, SYSTEMS.map(system => system.name), 'system', 'systems');
  return SYSTEMS.find(system => system.name === wanted)!;
}

function declaredBy(app: string | undefined, io: Io): readonly LoggedSecret[] {
  return declarationsOf(appCommand(app), io).secrets;
}

/** How messages name that there is no such secret. */
const DECLARED = (name: string) => `the app declares no secret ${name}`;
const EXPECTED = (name: string) => `the app expects no secret ${name} to exist`;

/** The secrets that were asked for; all where none was. A name without a namespace is that of one in any. */
function subjectOf(secrets: readonly LoggedSecret[], names: readonly string[] | undefined, unknown: (name: string) => string): ScriptSubject {
  const chosen = names?.flatMap(name => {
    const found = secrets.filter(secret => secret.name === name || placeOf(secret) === name);
    if (found.length > 0) return found;
    const candidates = new Set(secrets.map(secret => name.includes('/') ? placeOf(secret) : secret.name));
    throw new UsageError(`${unknown(JSON.stringify(name))}; ${didYouMean(name, [...candidates], 'secrets')}`);
  });
  return { secrets: chosen === undefined ? secrets : [...new Set(chosen)], declared: secrets, named: names !== undefined };
}
