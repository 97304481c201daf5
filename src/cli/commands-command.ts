import { appCommand, declarationsOf } from './app-declarations';
import { ExitCode, UsageError, type Command } from './command';
import { APP } from './common-options';
import type { Io } from './io';
import type { Option, Options } from './option';
import { oneOf, parseOptions } from './parse-options';
import { grantsScript, GRANT_SYSTEMS, GRANT_VERBS, LEVELS, type GrantVerb } from './scripts/grants';
import { SECRET_VERBS, secretsScript, SYSTEMS } from './scripts/secrets-script';
import type { ScriptSubject, System } from './scripts/system';
import { didYouMean } from '../errors/suggest';
import { placeOf, type LoggedSecret } from '../secret/declaration-log';

const VERBS = [...SECRET_VERBS, ...GRANT_VERBS] as const;

const SECRET = {
  type: 'string',
  short: 's',
  multiple: true,
  value: 'NAME',
  summary: 'only this secret',
  details: '`NAME` (in every namespace) or `NAMESPACE/NAME`. Without it the script is for every declared secret.',
} as const satisfies Option;

const COMMANDS_OPTIONS = {
  for: { type: 'string', value: 'SYSTEM', choices: SYSTEMS.map(({ name }) => name), noun: ['system', 'systems'], summary: '' },
  secret: SECRET,
  to: {
    type: 'string',
    value: 'SUBJECT',
    summary: 'whom to grant it, or from whom to revoke it',
    details: 'A user; for kubectl also `serviceaccount:NAMESPACE:NAME` and `group:NAME`.',
  },
  level: { type: 'string', value: 'LEVEL', choices: LEVELS, noun: ['level', 'levels'], summary: 'what to grant', details: '`read` where nothing is said.' },
  app: APP,
} as const satisfies Options;

const CREATE_OPTIONS = { for: COMMANDS_OPTIONS.for, secret: SECRET, app: APP } as const satisfies Options;

/** `cdk8s-secrets commands`: prints scripts that do with the declared secrets what a program can do. */
export const commandsCommand: Command = {
  name: 'commands',
  summary: 'prints a script that creates, changes or shares secrets',
  usage: ['create|update|delete --for SYSTEM [OPTION…]', 'grant|revoke|grants --for kubectl|apolo [OPTION…]'],
  description: 'Prints a script for sh that creates, updates or deletes the declared secrets by the program of a system, or lets somebody read them. '
    + 'It holds no values, and gives none to a program as an argument.',
  details: [
    'Values come from the files and environment variables that the app names; what has no such source is asked for on the terminal, without echo: one line, or, after an empty line, all up to Ctrl-D. '
    + 'What is missing is an error before anything is done. Relative paths start where the script is run.',
  ],
  examples: [
    { call: 'cdk8s-secrets commands create --for kubectl > create.sh', does: 'a script that creates every declared secret, for `sh create.sh`' },
    { call: 'cdk8s-secrets commands grant --for kubectl --secret db --to serviceaccount:shop:api', does: 'lets a ServiceAccount read one secret' },
  ],
  options: COMMANDS_OPTIONS,
  exits: { [ExitCode.CLEAN]: 'done', [ExitCode.UNUSABLE]: 'the app fails, or a secret cannot be on that system' },
  completes: () => ({ words: VERBS }),

  async run(args, io) {
    const { values, positionals } = parseOptions(args, COMMANDS_OPTIONS);
    const verb = oneOf(positionals[0] === 'share' ? 'grant' : positionals[0], VERBS, 'verb', 'verbs');
    if (positionals.length > 1) throw new UsageError(`${JSON.stringify(positionals[1])} is too much; name secrets with --secret`);
    refuseUnused(verb, values);
    if (isGrantVerb(verb)) {
      const system = oneOf(values.for, GRANT_SYSTEMS, 'system', 'systems');
      if (verb === 'grant' && !values.to) throw new UsageError('nobody is named; say --to USER');
      if (verb === 'revoke' && !values.to) throw new UsageError('nobody is named; say --to USER, from whom it is taken back');
      const level = values.level ?? 'read';
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
  summary: 'prints a script that creates what an app expects to exist',
  usage: ['[OPTION…]'],
  description: 'Prints the script of "commands create" for the secrets of SecretDelivery.existing(), for kubectl where nothing else is said.',
  examples: [{ call: 'cdk8s-secrets create > create.sh' }],
  options: CREATE_OPTIONS,
  exits: { [ExitCode.CLEAN]: 'done', [ExitCode.UNUSABLE]: 'the app fails, or there is none' },

  async run(args, io) {
    const { values, positionals } = parseOptions(args, CREATE_OPTIONS);
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
